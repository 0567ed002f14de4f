import * as vscode from "vscode";
import type { Tip } from "../protocol/coaching.ts";
import { reasonOf, replySchema, whyInvalid, type Problem, type Reply } from "../protocol/errors.ts";
import { invalid } from "../protocol/messages.ts";
import type { PanelState } from "../protocol/panel.ts";
import {
  notificationsToExtension,
  requestsToServer,
  type Initialization,
  type NotificationToServer,
  type ParamsOf,
  type RequestToServer,
  type ResultOf,
  type ServerStatus,
  type Work,
} from "../protocol/server.ts";
import type { SharingNews } from "../protocol/sync.ts";
import type { Client, ClientBundle, ClientOptions } from "./client.ts";
import type { Host } from "./host.ts";
import type { ObservationBuffer } from "./observationBuffer.ts";
import { Restarts } from "./restarts.ts";

type GivenOptions = Pick<ClientOptions, "serverFile" | "log" | "isRecorded" | "sessionOf">;

export interface SessionOptions extends GivenOptions {
  readonly host: Host;
  readonly buffer: ObservationBuffer;
  readonly initialization: () => Initialization;
  /** Loads the bundle with the language client. */
  readonly loadClient: () => Promise<ClientBundle>;
}

/** How long a request may take before its asker is told that it failed. */
const requestTimeoutMs = 15_000;
/** Observations that come close together travel together. */
const gatherMs = 10;

/** The life of the language server as this window sees it. */
export class Session implements vscode.Disposable {
  readonly #options: SessionOptions;
  readonly #restarts: Restarts;
  readonly #stateChanged = new vscode.EventEmitter<PanelState>();
  readonly #numbersChanged = new vscode.EventEmitter<void>();
  readonly #nudged = new vscode.EventEmitter<Tip>();
  readonly onNudged = this.#nudged.event;
  readonly #worked = new vscode.EventEmitter<readonly Work[]>();
  /** How far long work is; nothing of it when it is over. */
  readonly onWorked = this.#worked.event;
  readonly #sharingNews = new vscode.EventEmitter<SharingNews>();
  readonly onSharingNews = this.#sharingNews.event;
  readonly onStateChanged = this.#stateChanged.event;
  readonly onNumbersChanged = this.#numbersChanged.event;
  #state: PanelState = { state: "starting" };
  #folder = "";
  #serverProcessId: number | undefined;
  #isListening = false;
  #client: Client | undefined;
  #stopGathering: (() => void) | undefined;
  #ended = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#restarts = new Restarts(() => options.host.elapsedMs());
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Where the database is, once the server said so. */
  get folder(): string {
    return this.#folder;
  }

  /** Of the server that runs now. */
  get serverProcessId(): number | undefined {
    return this.#state.state === "running" ? this.#serverProcessId : undefined;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  /** Starts and stops follow each other: two at once would leave a server that nobody stops. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(run, run);
    return this.#turn;
  }

  async #start(): Promise<void> {
    if (this.#ended) return;
    this.#become({ state: "starting" });
    try {
      const { createClient } = await this.#options.loadClient();
      if (this.#ended) return;
      this.#client = createClient({
        ...this.#options,
        notificationMethods: Object.keys(notificationsToExtension),
        onClosed: () => this.#closed(),
        onRunning: () => this.#running(),
        onNotification: (method, params) => this.#told(method, params),
      });
      await this.#client.start();
    } catch (thrown) {
      if (this.#ended || this.#state.state === "stopped") return;
      this.#become({
        state: "stopped",
        problem: { code: "server.cannotStart", details: { reason: reasonOf(thrown) } },
      });
    }
  }

  /** Resolves as soon as the server runs or has stopped: a command may come while it starts. */
  settled(): Promise<void> {
    if (this.#state.state !== "starting") return Promise.resolve();
    return new Promise((resolve) => {
      const listener = this.onStateChanged(({ state }) => {
        if (state === "starting") return;
        listener.dispose();
        resolve();
      });
    });
  }

  /** By the user's wish: the count of crashes begins anew. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      this.#restarts.forget();
      await this.#stopClient();
      await this.#start();
    });
  }

  async ask<Method extends RequestToServer>(
    method: Method,
    params: ParamsOf<Method>,
    timeoutMs = requestTimeoutMs,
  ): Promise<Reply<ResultOf<Method>>> {
    if (this.#state.state === "stopped") return { ok: false, problem: this.#state.problem };
    if (!this.#client || this.#state.state === "starting") return notRunning;
    const answered = await Promise.race([
      this.#client.ask(method, params).catch((): unknown => notRunning),
      this.#timeOut(timeoutMs),
    ]);
    const schema = replySchema(requestsToServer[method].result);
    const parsed = schema.safeParse(answered);
    return parsed.success ? (parsed.data as Reply<ResultOf<Method>>) : invalid(whyInvalid(parsed.error));
  }

  /** Tells the server something; what cannot be told now is lost, and the server starts without it. */
  notify<Method extends NotificationToServer>(method: Method, params: ParamsOf<Method>): void {
    if (!this.#client || !this.#isListening) return;
    void this.#client.notify(method, params).catch((thrown: unknown) => {
      this.#options.log.debug(`${method} did not reach the server: ${reasonOf(thrown)}`);
    });
  }

  /** Something waits in the buffer. */
  observationAdded(): void {
    this.#stopGathering ??= this.#options.host.startTimer(gatherMs, () => {
      this.#stopGathering = undefined;
      this.#sendObservations();
    });
  }

  /** Resolves when the server process has ended. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#stopGathering?.();
    await this.#inTurn(() => this.#stopClient());
    this.#stateChanged.dispose();
    this.#numbersChanged.dispose();
    this.#nudged.dispose();
    this.#worked.dispose();
    this.#sharingNews.dispose();
  }

  dispose(): void {
    void this.end();
  }

  async #stopClient(): Promise<void> {
    this.#isListening = false;
    const client = this.#client;
    this.#client = undefined;
    await client?.stop().catch((thrown: unknown) => {
      this.#options.log.debug(`The server did not stop by itself: ${reasonOf(thrown)}`);
    });
  }

  #closed(): boolean {
    this.#isListening = false;
    if (this.#ended) return false;
    this.#become({ state: "starting" });
    if (this.#restarts.mayStartAgain()) return true;
    this.#become({
      state: "stopped",
      problem: { code: "server.crashed", details: { count: this.#restarts.count } },
    });
    return false;
  }

  /** The server has the open documents; what is said of them can follow. */
  #running(): void {
    this.#options.buffer.sendAllAgain();
    this.#isListening = true;
    this.#sendObservations();
  }

  #sendObservations(): void {
    if (!this.#isListening) return;
    const observations = this.#options.buffer.takeUnsent();
    if (observations.length > 0) this.notify("kept/observations", { observations });
    const dropped = this.#options.buffer.takeDropped();
    if (dropped > 0) this.notify("kept/dropped", { name: "observation.overflow", count: dropped });
  }

  #told(method: string, params: unknown): void {
    if (!Object.hasOwn(notificationsToExtension, method)) return;
    const notification = method as keyof typeof notificationsToExtension;
    const parsed = notificationsToExtension[notification].safeParse(params);
    if (!parsed.success) {
      this.#options.log.warn(`Passed over ${method} from the server: ${whyInvalid(parsed.error)}`);
      this.notify("kept/dropped", { name: "server.malformed", count: 1 });
      return;
    }
    switch (notification) {
      case "kept/acknowledged":
        this.#options.buffer.acknowledge((parsed.data as ParamsOf<"kept/acknowledged">).sequence);
        return;
      case "kept/changed":
        this.#numbersChanged.fire();
        return;
      case "kept/nudge":
        this.#nudged.fire((parsed.data as ParamsOf<"kept/nudge">).tip);
        return;
      case "kept/sharingNews":
        this.#sharingNews.fire((parsed.data as ParamsOf<"kept/sharingNews">).news);
        return;
      case "kept/working":
        this.#worked.fire((parsed.data as ParamsOf<"kept/working">).works);
        return;
      case "kept/status":
        this.#serverStatus(parsed.data as ServerStatus);
        return;
      case "kept/askRecordable": {
        const { id, uris } = parsed.data as ParamsOf<"kept/askRecordable">;
        const recordable = uris.map((uri) => this.#options.isRecorded(closedDocument(uri)));
        this.notify("kept/recordable", { id, recordable });
        return;
      }
    }
  }

  #serverStatus({ store, folder, processId, problems }: ServerStatus): void {
    this.#folder = folder;
    this.#serverProcessId = processId;
    this.#become({ state: "running", store, problems });
  }

  #become(state: PanelState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #timeOut(afterMs: number): Promise<Reply<never>> {
    return new Promise((resolve) => {
      this.#options.host.startTimer(afterMs, () => {
        resolve({
          ok: false,
          problem: { code: "request.timedOut", details: { seconds: afterMs / 1000 } },
        });
      });
    });
  }
}

const notRunning: { ok: false; problem: Problem } = {
  ok: false,
  problem: { code: "server.notRunning", details: {} },
};

/** Whether a document is recorded is told by its address; the editor's own matching takes no more of it than this. */
function closedDocument(uri: string): vscode.TextDocument {
  return { uri: vscode.Uri.parse(uri), languageId: "plaintext" } as vscode.TextDocument;
}
