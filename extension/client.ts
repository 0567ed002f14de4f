import type * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type Middleware,
} from "vscode-languageclient/node";
import type { Initialization } from "../protocol/server.ts";
import type { IsRecorded } from "./recordedDocuments.ts";
import { recordedSchemes } from "./recordedSchemes.ts";

/** A bundle of its own: it is loaded after activation, because the library is big. */

export interface ClientOptions {
  readonly serverFile: string;
  readonly log: vscode.LogOutputChannel;
  readonly isRecorded: IsRecorded;
  readonly sessionOf: (uri: string) => number;
  readonly initialization: () => Initialization;
  /** The server ended by itself. The answer says whether it is to be started again. */
  readonly onClosed: () => boolean;
  /** The server answers, for the first time or again. */
  readonly onRunning: () => void;
  readonly onNotification: (method: string, params: unknown) => void;
  readonly notificationMethods: readonly string[];
}

/** The bundle as its loader sees it. */
export interface ClientBundle {
  readonly createClient: (options: ClientOptions) => Client;
}

export interface Client {
  start(): Promise<void>;
  stop(): Promise<void>;
  notify(method: string, params: object): Promise<void>;
  ask(method: string, params: object): Promise<unknown>;
}

export function createClient(options: ClientOptions): Client {
  const run = { module: options.serverFile, transport: TransportKind.ipc };
  const client: LanguageClient = new LanguageClient(
    "kept",
    "Kept",
    { run, debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6019"] } } },
    {
      documentSelector: recordedSchemes.map((scheme) => ({ scheme })),
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: options.initialization,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({
          action: options.onClosed() ? CloseAction.Restart : CloseAction.DoNotRestart,
          handled: true,
        }),
      },
      middleware: syncRecordedDocumentsOnly(options, (method, params) =>
        client.sendNotification(method, params),
      ),
    },
  );
  client.onDidChangeState(({ newState }) => {
    // It runs before the open documents were sent; they come before anything that is said of them.
    if (newState === State.Running) void client.start().then(options.onRunning);
  });
  for (const method of options.notificationMethods) {
    client.onNotification(method, (params: unknown) => options.onNotification(method, params));
  }
  return {
    start: () => client.start(),
    stop: async () => {
      if (client.state !== State.Stopped) await client.dispose(stopWithinMs);
    },
    notify: (method, params) => client.sendNotification(method, params),
    ask: (method, params) => client.sendRequest<unknown>(method, params),
  };
}

/** After which a server that does not stop by itself is ended. */
const stopWithinMs = 2000;

function syncRecordedDocumentsOnly(
  { isRecorded, sessionOf }: ClientOptions,
  notify: (method: string, params: object) => Promise<void>,
): Middleware {
  return {
    didOpen: async (document, next) => {
      if (!isRecorded(document)) return;
      const uri = document.uri.toString();
      const told = notify("kept/opened", { uri, session: sessionOf(uri) });
      await Promise.all([told, next(document)]);
    },
    didChange: async (event, next) => {
      if (isRecorded(event.document)) await next(event);
    },
    didSave: async (document, next) => {
      if (isRecorded(document)) await next(document);
    },
    didClose: async (document, next) => {
      if (isRecorded(document)) await next(document);
    },
  };
}
