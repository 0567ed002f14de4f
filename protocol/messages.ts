import * as z from "zod";
import { problemSchema, reasonOf, whyInvalid, type Problem, type Reply } from "./errors.ts";

/** Request and reply over a channel that only posts, such as a webview's. Failures cross back. */

export const askedSchema = z.strictObject({
  type: z.literal("ask"),
  id: z.int().positive(),
  method: z.string().max(100),
  params: z.unknown(),
});
export type Asked = z.infer<typeof askedSchema>;

export const answeredSchema = z.strictObject({
  type: z.literal("answer"),
  id: z.int().positive(),
  reply: z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), value: z.unknown() }),
    z.strictObject({ ok: z.literal(false), problem: problemSchema }),
  ]),
});
export type Answered = z.infer<typeof answeredSchema>;

export const noticeSchema = z.strictObject({
  type: z.literal("notice"),
  method: z.string().max(100),
  params: z.unknown(),
});

type Contract = Record<string, { params: z.ZodType; result: z.ZodType }>;
export type Handlers<Requests extends Contract> = {
  [Method in keyof Requests]: (
    params: z.infer<Requests[Method]["params"]>,
  ) => Promise<Reply<z.infer<Requests[Method]["result"]>>>;
};

/**
 * Answers one message, or returns undefined where it is no request at all (the caller counts that). A handler that
 * throws still answers.
 */
export async function answer<Requests extends Contract>(
  contract: Requests,
  handlers: Handlers<Requests>,
  message: unknown,
): Promise<Answered | undefined> {
  const asked = askedSchema.safeParse(message);
  if (!asked.success) return undefined;
  const { id, method, params } = asked.data;
  return { type: "answer", id, reply: await replyTo(contract, handlers, method, params) };
}

/** Parses the parameters, calls the handler, and turns whatever goes wrong into a reply. */
export async function replyTo<Requests extends Contract>(
  contract: Requests,
  handlers: Handlers<Requests>,
  method: string,
  params: unknown,
): Promise<Reply<unknown>> {
  if (!Object.hasOwn(contract, method)) return invalid(`there is no request ${method}`);
  const parsed = contract[method]!.params.safeParse(params);
  if (!parsed.success) return invalid(whyInvalid(parsed.error));
  try {
    return await handlers[method]!(parsed.data as never);
  } catch (thrown) {
    return { ok: false, problem: { code: "request.failed", details: { reason: reasonOf(thrown) } } };
  }
}

export function invalid(reason: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { code: "request.invalid", details: { reason } } };
}

interface Waiting {
  readonly resolve: (reply: Reply<unknown>) => void;
  readonly stopWaiting: () => void;
}

/** The asking end. Every request is settled: by an answer, by time, or when the channel closes. */
export class Asker {
  readonly #post: (message: Asked) => void;
  readonly #startTimer: (afterMs: number, run: () => void) => () => void;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(
    post: (message: Asked) => void,
    startTimer: (afterMs: number, run: () => void) => () => void,
    timeoutMs: number,
  ) {
    this.#post = post;
    this.#startTimer = startTimer;
    this.#timeoutMs = timeoutMs;
  }

  ask(method: string, params: unknown): Promise<Reply<unknown>> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const stopWaiting = this.#startTimer(this.#timeoutMs, () => {
        this.#settle(id, {
          ok: false,
          problem: { code: "request.timedOut", details: { seconds: Math.round(this.#timeoutMs / 1000) } },
        });
      });
      this.#waiting.set(id, { resolve, stopWaiting });
      this.#post({ type: "ask", id, method, params });
    });
  }

  /** Takes in an answer. One that nobody waits for is passed over: its asker was told that time ran out. */
  take({ id, reply }: Answered): void {
    this.#settle(id, reply);
  }

  #settle(id: number, reply: Reply<unknown>): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.stopWaiting();
    waiting.resolve(reply);
  }
}
