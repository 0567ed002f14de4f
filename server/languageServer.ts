import {
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
} from "vscode-languageserver/node";
import type * as z from "zod";
import { reasonOf, type Problem } from "../protocol/errors.ts";
import {
  initializationSchema,
  notificationsToServer,
  type Initialization,
  type NotificationToExtension,
  type ParamsOf,
} from "../protocol/server.ts";
import type { ServerSettings } from "../protocol/settings.ts";
import type { Question, Summary } from "../protocol/summary.ts";
import { forgetData, problemOf } from "./forgetData.ts";
import type { Hashes } from "./deviceKey.ts";
import type { Coaching, CoachingRequests } from "./coaching/coaching.ts";
import { coachingOf } from "./coaching/coachingOf.ts";
import { LocalGit } from "./git/localGit.ts";
import { Repositories } from "./git/repositories.ts";
import { watchCommits, type CommitWatch } from "./funnel/watchCommits.ts";
import { Reading } from "./funnel/reading.ts";
import { Git, type GitOptions } from "./git/git.ts";
import type { StartMonth } from "./history/beforeKept.ts";
import { Pasts } from "./history/pasts.ts";
import type { Host } from "./host.ts";
import { keepAims } from "./numbers/aims.ts";
import { exportPart } from "./numbers/exportPart.ts";
import { parseInitialization } from "./initialization.ts";
import { Keeper } from "./edits/keeper.ts";
import { Ledger } from "./edits/ledger.ts";
import type { StartReading } from "./agents/agentRecords.ts";
import { Tools } from "./agents/tools.ts";
import { connectionRequests, type ConnectionRequests } from "./hooks/connectionRequests.ts";
import { OthersReader } from "./ownFolder/otherMachines.ts";
import { takeObservations } from "./edits/observations.ts";
import { OwnFolder } from "./ownFolder/ownFolder.ts";
import { registerProvenance, type Provenance } from "./provenance/register.ts";
import { changedSchema, closedSchema, openedSchema } from "./edits/syncedText.ts";
import { readTextFile } from "./unseen/textFile.ts";
import { readEditsBehind } from "./numbers/editsBehind.ts";
import { numberRequests } from "./numbers/numberRequests.ts";
import { readSummary } from "./numbers/readSummary.ts";
import { answerRequest, requestMethods, type RequestHandlers } from "./requests.ts";
import type { RecordPlaces } from "./records/conversation.ts";
import { shareAndHeed, type Sharing, type SharingRequests } from "./sync/shareAndHeed.ts";
import type { SyncOptions } from "./sync/sync.ts";
import type { Store } from "./store/store.ts";
import { WorkspaceFolders } from "./workspaceFolders.ts";

export interface LanguageServerOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly folder: string;
  readonly processId: number;
  readonly openStore: () => Store;
  /** Called once the store is open: the key lies beside the database. */
  readonly makeHashes: () => Hashes;
  readonly git: Omit<GitOptions, "isTrusted">;
  readonly recordPlaces: RecordPlaces;
  readonly startReading: StartReading;
  readonly startMonth: StartMonth;
  readonly sync: Pick<SyncOptions, "bytes" | "chance" | "policyFile" | "transport">;
}

/**
 * Connects the Language Server Protocol, and what Kept adds to it, to the ledger and the store. The answer commits
 * what there is, at once: an editor that dies does not say good-bye.
 */
export function runLanguageServer(options: LanguageServerOptions): () => void {
  const { connection } = options;
  let server: RunningServer | undefined;
  connection.onInitialize((params): InitializeResult => {
    const given: unknown = params.initializationOptions;
    const initialization = parseInitialization(given, options.host);
    const isOwnClient = initializationSchema.safeParse(given).success;
    const folders = new WorkspaceFolders(params.workspaceFolders ?? []);
    server = new RunningServer(options, initialization, folders, {
      capabilities: params.capabilities,
      isOwn: isOwnClient,
      locale: params.locale ?? "en",
    });
    return {
      serverInfo: { name: "Kept" },
      capabilities: {
        ...server.provenance.capabilities,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => server?.announce());
  const close = () => {
    server?.close();
    server = undefined;
  };
  connection.onShutdown(close);
  connection.listen();
  return close;
}

class RunningServer {
  readonly #options: LanguageServerOptions;
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #keeper: Keeper;
  readonly #requests: RequestHandlers;
  readonly #folders: WorkspaceFolders;
  readonly #others = new OthersReader();
  readonly #ownFolder: OwnFolder;
  readonly #commits: CommitWatch;
  readonly #reading: Reading;
  readonly #pasts: Pasts;
  readonly #trust: (now: boolean) => void;
  readonly #tools: Tools;
  readonly #coaching: Coaching;
  readonly #sync: Sharing;
  #recordSettings: ServerSettings;
  readonly provenance: Provenance;

  constructor(
    options: LanguageServerOptions,
    { window, settings }: Initialization,
    folders: WorkspaceFolders,
    client: { readonly capabilities: ClientCapabilities; readonly isOwn: boolean; readonly locale: string },
  ) {
    const { host } = options;
    this.#options = options;
    this.#folders = folders;
    this.#store = options.openStore();
    const hashes = options.makeHashes();
    const view = new LocalGit(new Repositories(), () => host.now());
    this.#ledger = new Ledger({
      window,
      store: this.#store,
      now: () => host.now(),
      elapsedMs: () => host.elapsedMs(),
      utcOffsetMinutes: (at) => host.utcOffsetMinutes(at),
      uuid: () => host.uuid(),
      hashes,
      git: view,
      readFile: readTextFile,
      workspaceOf: (uri) => folders.of(uri),
    });
    this.#keeper = new Keeper({
      host,
      store: this.#store,
      ledger: this.#ledger,
      settings,
      onWritten: (sequence) => this.#tell("kept/acknowledged", { sequence }),
      onChanged: () => {
        this.#tell("kept/changed", {});
        this.provenance.changed();
        this.#sync.changed();
      },
      onStatus: (problem) => this.#announceWith(problem ? [problem] : []),
    });
    let { trusted } = settings;
    this.#trust = (now) => (trusted = now);
    const git = new Git({ ...options.git, isTrusted: () => trusted });
    const { folder, recordPlaces: around, startMonth } = options;
    const onChanged = () => this.#tell("kept/changed", {});
    const past = { host, folder, store: this.#store, ledger: this.#ledger, hashes, git, around, startMonth };
    this.#pasts = new Pasts({ ...past, onChanged, onWorking: (now) => this.#tell("kept/working", now) });
    this.#commits = watchCommits({
      host,
      ledger: this.#ledger,
      store: this.#store,
      git,
      hashes,
      view,
      flush: () => this.#keeper.flush(),
    });
    this.#reading = new Reading({
      host,
      ledger: this.#ledger,
      store: this.#store,
      hashes,
      view,
      flush: () => this.#keeper.flush(),
      onSeen: () => this.#tell("kept/changed", {}),
    });
    this.provenance = registerProvenance({
      connection: options.connection,
      client: client.capabilities,
      host,
      ledger: this.#ledger,
      store: this.#store,
      settings,
      recordPlaces: options.recordPlaces,
      flush: () => this.#keeper.flush(),
    });
    this.#recordSettings = settings;
    this.#tools = new Tools({
      ...options,
      ledger: this.#ledger,
      store: this.#store,
      around: options.recordPlaces,
      hashText: (text) => hashes.text(text),
      folderOf: (uri) => folders.of(uri),
      ask: client.isOwn ? (id, uris) => this.#tell("kept/askRecordable", { id, uris: [...uris] }) : undefined,
      wake: () => this.#keeper.wake(),
    });
    this.#ownFolder = new OwnFolder({
      host,
      store: this.#store,
      folders: () => folders.uris,
      onProblem: (problem) => this.#announceWith([problem]),
    });
    this.#ownFolder.follow(settings.ownFolder);
    keepAims(this.#store, settings);
    const shared = { folders: () => folders.uris, onChanged, tell: this.#tell.bind(this) };
    this.#sync = shareAndHeed({ host, folder, store: this.#store, ...options.sync, ...shared });
    this.#coaching = coachingOf(
      {
        ...{ host, store: this.#store, ledger: this.#ledger, reading: this.#reading, folders, git, hashes },
        ...{ connection: options.connection, locale: client.locale, onChanged, fates: this.#pasts.fates },
        around: options.recordPlaces,
        flush: () => this.#flush(),
        onNudge: (tip) => this.#tell("kept/nudge", { tip }),
      },
      settings,
    );
    this.#requests = {
      ...this.#coaching.requests,
      ...this.#ownRequests,
      ...this.provenance.requests,
      ...connectionRequests({ ...options, store: this.#store }),
      ...this.#sync.requests,
    };
    this.#listenToDocuments();
    this.#listenToExtension();
  }

  announce(): void {
    this.#followTools(this.#recordSettings);
    this.#coaching.start();
    this.provenance.start();
    this.#keeper.start();
    this.#commits.start(this.#folders.uris, this.#recordSettings.gitNotes);
    this.#pasts.start(this.#folders.uris);
  }

  close(): void {
    this.#tools.stop();
    this.#coaching.stop();
    this.provenance.stop();
    this.#ownFolder.stop();
    this.#sync.stop();
    this.#ledger.closeAll();
    this.#commits.stop();
    this.#pasts.stop();
    this.#reading.stop();
    this.#keeper.stop();
    this.#store.close();
  }

  #followTools(settings: Pick<ServerSettings, "agents" | "agentHomes" | "editDays" | "prices">): void {
    this.#tools.follow(settings, this.#folders.uris);
    this.#pasts.follow(settings);
  }

  #announceWith(problems: readonly Problem[]): void {
    this.#tell("kept/status", {
      store: this.#store.kind,
      processId: this.#options.processId,
      folder: this.#options.folder,
      problems: [...this.#store.problems, ...problems],
    });
  }

  #listenToDocuments(): void {
    const { connection } = this.#options;
    this.#onSync("textDocument/didOpen", openedSchema, ({ textDocument }) => {
      this.#ledger.open(textDocument);
      this.#commits.funnel.opened(textDocument.uri);
      this.#pasts.opened(textDocument.uri);
    });
    this.#onSync("textDocument/didChange", changedSchema, ({ textDocument, contentChanges }) => {
      this.#ledger.change({ ...textDocument, contentChanges });
      this.#coaching.wrote();
    });
    this.#onSync("textDocument/didSave", closedSchema, ({ textDocument }) =>
      this.#commits.funnel.saved(textDocument.uri),
    );
    this.#onSync("textDocument/didClose", closedSchema, ({ textDocument }) => {
      this.#commits.funnel.closing(textDocument.uri);
      this.#ledger.close(textDocument.uri);
    });
    connection.onNotification("workspace/didChangeWorkspaceFolders", (params: unknown) => {
      this.#guard("didChangeWorkspaceFolders", () => this.#folders.change(params));
    });
  }

  #onSync<Schema extends z.ZodType>(
    method: string,
    schema: Schema,
    take: (params: z.infer<Schema>) => void,
  ): void {
    this.#options.connection.onNotification(method, (params: unknown) => {
      this.#guard(method, () => {
        const parsed = schema.safeParse(params);
        if (parsed.success) take(parsed.data);
        else this.#ledger.drop("sync.malformed", 1);
      });
    });
  }

  #listenToExtension(): void {
    const { connection } = this.#options;
    this.#onNotification("kept/opened", ({ uri, session }) => this.#ledger.opening(uri, session));
    this.#onNotification("kept/dropped", ({ name, count }) => this.#ledger.drop(name, count));
    this.#onNotification("kept/settings", (settings: ServerSettings) => {
      this.#keeper.follow(settings);
      this.#ownFolder.follow(settings.ownFolder);
      keepAims(this.#store, settings);
      this.#tell("kept/changed", {});
      this.#commits.notes.follow(settings.gitNotes);
      this.provenance.follow(settings);
      this.#coaching.follow(settings);
      this.#trust(settings.trusted);
      this.#recordSettings = settings;
      this.#followTools(settings);
    });
    this.#onNotification("kept/recordable", ({ id, recordable }) =>
      this.#tools.teller.answered(id, recordable),
    );
    this.#onNotification("kept/moment", (moment) => this.#coaching.take(moment));
    this.#onNotification("kept/problems", (shown) => this.#coaching.takeProblems(shown));
    this.#onNotification("kept/shown", (shown) => this.#reading.show(shown));
    this.#onNotification("kept/maySend", (may) => this.#sync.follow(may));
    connection.onNotification("kept/observations", (params: unknown) => {
      this.#guard("kept/observations", () => takeObservations(this.#ledger, params));
    });
    for (const method of requestMethods) {
      connection.onRequest(method, (params: unknown) => answerRequest(this.#requests, method, params));
    }
  }

  readonly #ownRequests: Omit<
    RequestHandlers,
    keyof Provenance["requests"] | keyof ConnectionRequests | keyof CoachingRequests | keyof SharingRequests
  > = {
    ...numberRequests({
      flush: () => this.#flush(),
      summary: (question, isCompared) => this.#summary(question, isCompared),
      edits: (question) =>
        readEditsBehind(this.#store, this.#options.host, question, this.#folders.uris, this.#pasts.fates),
    }),
    "kept/forget": async (params) => {
      this.#flush();
      const forgetting = await forgetData(this.#store, this.#options, params, () => {
        this.#ledger.forgetDeleted();
        this.#pasts.forget();
        this.#tell("kept/changed", {});
        this.provenance.changed();
      });
      if (forgetting.outcome !== "forgotten") return { ok: false, problem: problemOf(forgetting) };
      return { ok: true, value: forgetting.result };
    },
    "kept/export": (question) => {
      if (!question.cursor) this.#flush();
      return Promise.resolve({ ok: true, value: exportPart(this.#store, question) });
    },
    "kept/unread": () => {
      this.#reading.look();
      const unread = this.#reading.unread((uri) => this.#folders.of(uri) !== null);
      return Promise.resolve({ ok: true, value: unread });
    },
    "kept/stopHistory": () => {
      this.#pasts.stopReading();
      return Promise.resolve({ ok: true, value: {} });
    },
    "kept/flush": () => {
      this.#flush();
      return Promise.resolve({ ok: true, value: {} });
    },
  };

  #summary(question: Question, isCompared: boolean): Promise<Summary> {
    const parts = { others: this.#others, fates: this.#pasts.fates, isCompared };
    return readSummary(this.#store, this.#options.host, question, this.#folders.uris, parts);
  }

  /** Commits what there is, so that the answer knows of it. */
  #flush(): void {
    this.#ledger.settleAll();
    this.#keeper.flush();
  }

  #onNotification<Method extends keyof typeof notificationsToServer>(
    method: Method,
    take: (params: z.infer<(typeof notificationsToServer)[Method]>) => void,
  ): void {
    this.#options.connection.onNotification(method, (params: unknown) => {
      this.#guard(method, () => {
        const parsed = notificationsToServer[method].safeParse(params);
        if (parsed.success) take(parsed.data as z.infer<(typeof notificationsToServer)[Method]>);
        else this.#ledger.drop("message.malformed", 1);
      });
    });
  }

  /** The one place where a notification's failure ends: counted and logged, and the next one is taken as usual. */
  #guard(what: string, run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#ledger.drop("handler.failed", 1);
      this.#options.host.log.warn(`${what} failed: ${reasonOf(thrown)}`);
    }
    this.#keeper.wake();
  }

  #tell<Method extends NotificationToExtension>(method: Method, params: ParamsOf<Method>): void {
    void this.#options.connection.sendNotification(method, params).catch((thrown: unknown) => {
      this.#options.host.log.warn(`${method} was not sent: ${reasonOf(thrown)}`);
    });
  }
}
