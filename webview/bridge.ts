import { answeredSchema, Asker, noticeSchema } from "../protocol/messages.ts";
import {
  notificationsToPanel,
  requestsFromPanel,
  type NotificationToPanel,
  type PanelNotice,
  type PanelParams,
  type PanelResult,
  type RequestFromPanel,
} from "../protocol/panel.ts";
import { whyInvalid, type Reply } from "../protocol/errors.ts";

/** The two things of the outside world that talking to the host needs. */
export interface Channel {
  post(message: unknown): void;
  /** Runs something later; calling what it returns prevents that. */
  startTimer(afterMs: number, run: () => void): () => void;
}

/** Long enough for the first answer after a cold start. */
const answerWithinMs = 15_000;

type Listener = (params: never) => void;

/** The panel's end of the talk with the extension. What comes in is parsed here, once, or dropped and counted. */
export class Bridge {
  readonly #asker: Asker;
  readonly #listeners = new Map<NotificationToPanel, Set<Listener>>();
  #dropped = 0;

  constructor(channel: Channel) {
    this.#asker = new Asker(
      (message) => channel.post(message),
      (afterMs, run) => channel.startTimer(afterMs, run),
      answerWithinMs,
    );
  }

  /** Messages that did not have the agreed form. */
  get dropped(): number {
    return this.#dropped;
  }

  async ask<Method extends RequestFromPanel>(
    method: Method,
    params: PanelParams<Method>,
  ): Promise<Reply<PanelResult<Method>>> {
    const reply = await this.#asker.ask(method, params);
    if (!reply.ok) return reply;
    const value = requestsFromPanel[method].result.safeParse(reply.value);
    if (value.success) return { ok: true, value: value.data as PanelResult<Method> };
    this.#dropped += 1;
    return { ok: false, problem: { code: "request.invalid", details: { reason: whyInvalid(value.error) } } };
  }

  /** Calls the listener for each notice of this kind, until what it returns is called. */
  on<Method extends NotificationToPanel>(
    method: Method,
    listener: (params: PanelNotice<Method>) => void,
  ): () => void {
    const listeners = this.#listeners.get(method) ?? new Set<Listener>();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Takes in one message of the host. */
  receive(message: unknown): void {
    const answered = answeredSchema.safeParse(message);
    if (answered.success) this.#asker.take(answered.data);
    else if (!this.#notify(message)) this.#dropped += 1;
  }

  #notify(message: unknown): boolean {
    const notice = noticeSchema.safeParse(message);
    if (!notice.success || !isNotification(notice.data.method)) return false;
    const params = notificationsToPanel[notice.data.method].safeParse(notice.data.params);
    if (!params.success) return false;
    for (const listener of this.#listeners.get(notice.data.method) ?? []) listener(params.data as never);
    return true;
  }
}

function isNotification(method: string): method is NotificationToPanel {
  return Object.hasOwn(notificationsToPanel, method);
}
