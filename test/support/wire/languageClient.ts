import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import type { Observation } from "../../../protocol/observation.ts";
import type { ParamsOf, ServerStatus } from "../../../protocol/server.ts";

const serverFile = path.resolve(import.meta.dirname, "../../../dist/server.js");

interface Registration {
  readonly id: string;
  readonly method: string;
}

/** A plain LSP client around the real server process: no editor, no library of the editor's. */
export class TestClient {
  readonly window: string;
  readonly statuses: ServerStatus[] = [];
  acknowledged = 0;
  changes = 0;
  /** Answers what the window is asked: whether documents that are not open are recorded. */
  isRecordable: (uri: string) => boolean = () => true;
  /** What the server said to the user. */
  readonly shown: string[] = [];
  /** What the server registered, by the id it gave. */
  readonly registered = new Map<string, string>();
  lensRefreshes = 0;
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #settle: (() => void)[] = [];

  private constructor(process: ChildProcess, connection: ProtocolConnection, window: string) {
    this.#process = process;
    this.#connection = connection;
    this.window = window;
    connection.onNotification("kept/acknowledged", ({ sequence }: ParamsOf<"kept/acknowledged">) => {
      this.acknowledged = sequence;
      this.#wake();
    });
    connection.onNotification("kept/askRecordable", ({ id, uris }: ParamsOf<"kept/askRecordable">) => {
      void this.notify("kept/recordable", { id, recordable: uris.map((uri) => this.isRecordable(uri)) });
    });
    connection.onNotification("kept/changed", () => {
      this.changes++;
      this.#wake();
    });
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.shown.push(message);
      this.#wake();
    });
    connection.onRequest("client/registerCapability", (params: { registrations: Registration[] }) => {
      for (const { id, method } of params.registrations) this.registered.set(id, method);
      this.#wake();
      return null;
    });
    connection.onRequest("client/unregisterCapability", (params: { unregisterations: Registration[] }) => {
      for (const { id } of params.unregisterations) this.registered.delete(id);
      this.#wake();
      return null;
    });
    connection.onRequest("workspace/codeLens/refresh", () => {
      this.lensRefreshes++;
      this.#wake();
      return null;
    });
    connection.onNotification("kept/status", (status: ServerStatus) => {
      this.statuses.push(status);
      this.#wake();
    });
  }

  static async start(options: {
    home: string;
    /** Where tools keep their records. */
    userHome?: string;
    environment?: NodeJS.ProcessEnv;
    window?: string;
    folders?: string[];
    /** The server to start, where it is not the built one. */
    file?: string;
    /** What the client says it can do. */
    capabilities?: object;
    /** Sent as they are; undefined is what another editor sends. */
    initializationOptions?: unknown;
  }): Promise<TestClient> {
    const window = options.window ?? randomUUID();
    const child = spawn(process.execPath, [options.file ?? serverFile, "--stdio"], {
      // What tools record on this machine is not the tests' business.
      env: {
        ...process.env,
        HOME: options.userHome ?? options.home,
        USERPROFILE: options.userHome ?? options.home,
        CLAUDE_CONFIG_DIR: undefined,
        CODEX_HOME: undefined,
        XDG_CONFIG_HOME: undefined,
        XDG_DATA_HOME: undefined,
        KEPT_HOME: options.home,
        ...options.environment,
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onError(() => undefined);
    const client = new TestClient(child, connection, window);
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? {},
      workspaceFolders: (options.folders ?? []).map((uri) => ({ uri, name: uri })),
      initializationOptions:
        "initializationOptions" in options
          ? options.initializationOptions
          : { window, settings: { editDays: 90, sumMonths: 25 } },
    });
    await connection.sendNotification("initialized", {});
    return client;
  }

  get processId(): number {
    return this.#process.pid!;
  }

  async open(uri: string, text: string, version = 1, session = 1): Promise<void> {
    await this.notify("kept/opened", { uri, session });
    await this.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "typescript", version, text },
    });
  }

  /** Replaces a range given as [line, character, line, character]. */
  async change(uri: string, version: number, range: readonly number[], text: string): Promise<void> {
    const [startLine, startCharacter, endLine, endCharacter] = range;
    await this.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [
        {
          range: {
            start: { line: startLine, character: startCharacter },
            end: { line: endLine, character: endCharacter },
          },
          text,
        },
      ],
    });
  }

  async observe(...observations: unknown[]): Promise<void> {
    await this.notify("kept/observations", { observations });
  }

  async notify(method: string, params: object): Promise<void> {
    await this.#connection.sendNotification(method, params);
  }

  async ask<Answer>(method: string, params: unknown): Promise<Answer> {
    return this.#connection.sendRequest<Answer>(method, params);
  }

  /** Resolves as soon as a condition holds, looked at whenever the server says something. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!condition()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Waited in vain until ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#settle.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async kill(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
    this.#letGo();
  }

  /** As when the editor's process is gone. */
  async endInput(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.stdin!.end();
    await ended;
    this.#letGo();
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    await ended;
    this.#letGo();
  }

  /** What was not read yet would keep the pipes open for ever. */
  #letGo(): void {
    this.#connection.dispose();
    this.#process.stdin?.destroy();
    this.#process.stdout?.destroy();
  }

  #wake(): void {
    const settle = this.#settle;
    this.#settle = [];
    for (const one of settle) one();
  }
}

/** A typed key, as the editor observes it. */
export function typed(
  overrides: Partial<Observation> & Pick<Observation, "sequence" | "uri" | "version">,
): Observation {
  return {
    languageId: "typescript",
    session: 1,
    at: Date.now(),
    utcOffsetMinutes: 0,
    changes: [{ offset: 0, deletedLength: 0, insertedLength: 1 }],
    reloaded: false,
    focused: true,
    active: true,
    carets: 1,
    pending: [],
    ...overrides,
  };
}
