import {
  MarkupKind,
  MessageType,
  ShowMessageNotification,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import { readRecordAt } from "../../core/provenance/recordAt.ts";
import { labelWords } from "../../core/provenance/provenanceWords.ts";
import { reasonOf, type Reply } from "../../protocol/errors.ts";
import { labelQuestionSchema, type LabelOutcome, type LabelQuestion } from "../../protocol/provenance.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import type { Host } from "../host.ts";
import { findConversation, type RecordPlaces } from "../records/conversation.ts";
import { patienceMs, type Ledger } from "../edits/ledger.ts";
import type { RequestHandlers } from "../requests.ts";
import type { Store } from "../store/store.ts";
import {
  documentLinesOf,
  editsOfLine,
  explanationOf,
  hoverOf,
  labelActions,
  labelCommand,
  lensesOf,
  targetsOf,
  type OwnedDocument,
} from "./answers.ts";
import { readDetector } from "./detector.ts";
import { readOnce, readTogether } from "./knownEdit.ts";
import { Providers } from "./providers.ts";

export interface ProvenanceOptions {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly host: Host;
  readonly ledger: Ledger;
  readonly store: Pick<Store, "kind" | "readLabelledEdits" | "readRecordAt">;
  readonly settings: ServerSettings;
  /** Where other tools keep what they record. */
  readonly recordPlaces: RecordPlaces;
  /** Writes what is new, so that the sums have it. */
  readonly flush: () => void;
}

/** Says whose the text of open documents is, by LSP where LSP has it. */
export interface Provenance {
  readonly capabilities: Partial<ServerCapabilities>;
  readonly requests: Pick<
    RequestHandlers,
    "kept/lines" | "kept/explain" | "kept/conversation" | "kept/label" | "kept/detector"
  >;
  start(): void;
  stop(): void;
  follow(settings: ServerSettings): void;
  /** Something was written, by this process or another. */
  changed(): void;
}

/** How often a request waits for what the editor knows of the last changes, before it answers nothing. */
const mostWaits = 4;

export function registerProvenance(options: ProvenanceOptions): Provenance {
  const { connection, client, host, ledger } = options;
  const providers = new Providers(options);
  const formats = client.textDocument?.hover?.contentFormat;
  const markdown = formats?.includes(MarkupKind.Markdown) ?? true;

  connection.onHover(({ textDocument, position }) =>
    quietly(host, "hover", null, async () => {
      const document = providers.isOn("hover") ? await openDocument(options, textDocument.uri) : undefined;
      return document ? hoverOf(document, position, { now: host.now(), markdown }) : null;
    }),
  );
  connection.onCodeLens(({ textDocument }) =>
    quietly(host, "codeLens", [], async () => {
      const document = providers.isOn("codeLens") ? await openDocument(options, textDocument.uri) : undefined;
      return document ? lensesOf(document) : [];
    }),
  );
  connection.onCodeAction((params) => (ledger.peek(params.textDocument.uri) ? labelActions(params) : []));
  connection.onExecuteCommand(({ command, arguments: given }) =>
    quietly(host, command, null, async () => {
      const question = labelQuestionSchema.safeParse(given?.[0]);
      if (command !== labelCommand || !question.success) return null;
      const outcome = await label(options, question.data);
      const words = labelWords(outcome, question.data.label);
      // As a notification: the library would ask, and fail where a client does not answer.
      if (words !== "") {
        await connection.sendNotification(ShowMessageNotification.type, {
          type: MessageType.Warning,
          message: words,
        });
      }
      return outcome;
    }),
  );

  return {
    capabilities: providers.capabilities,
    requests: {
      "kept/lines": async ({ uri }) => {
        const document = await openDocument(options, uri);
        return done(document ? documentLinesOf(document) : { version: null, ranges: [], shares: [] });
      },
      "kept/explain": async ({ uri, line }) => {
        const document = await openDocument(options, uri);
        return done({ markdown: document ? explanationOf(document, line, host.now()) : null });
      },
      "kept/conversation": async ({ uri, line }) => {
        options.flush();
        const document = await openDocument(options, uri);
        const [id] = document ? editsOfLine(document, line) : [];
        const stored = id === undefined ? undefined : options.store.readRecordAt(id);
        const record = stored === undefined ? undefined : readRecordAt(stored);
        const place = record && (await findConversation(record, options.recordPlaces));
        return done({ place: place ?? null });
      },
      "kept/label": async (question) => done(await label(options, question)),
      "kept/detector": () => {
        options.flush();
        return Promise.resolve(done(readDetector(options.store)));
      },
    },
    start: () => providers.start(),
    stop: () => providers.stop(),
    follow: (settings) => providers.follow(settings),
    changed: () => providers.changed(),
  };
}

/** The document once what the editor knows of its last changes has come: until then nobody knows whose they are. */
async function openDocument(
  { host, ledger }: ProvenanceOptions,
  uri: string,
): Promise<OwnedDocument | undefined> {
  for (let waits = 0; waits <= mostWaits; waits++) {
    const seen = ledger.peek(uri);
    if (!seen) return undefined;
    if (!seen.waiting) {
      const { version, text, spans } = seen.document;
      return {
        uri,
        version,
        text,
        spans,
        readEdit: readOnce((id) => ledger.readEdit(id)),
        readOrigin: readTogether(
          () => spans.owners(),
          (ids) => ledger.readOrigins(ids),
        ),
      };
    }
    await new Promise<void>((resolve) => host.startTimer(patienceMs / 2, resolve));
  }
  return undefined;
}

async function label(options: ProvenanceOptions, question: LabelQuestion): Promise<LabelOutcome> {
  const { host, ledger, store, flush } = options;
  const document = await openDocument(options, question.uri);
  const nothing = { labelled: 0, leftAlone: 0, unknownChars: 0 };
  if (!document || store.kind === "readOnly") return { ...nothing, recorded: store.kind !== "readOnly" };
  const { inside, beyond, unknownChars } = targetsOf(document, question.ranges);
  const labelled = ledger.label(inside, question.label, host.now());
  flush();
  return { labelled, leftAlone: beyond.length, unknownChars, recorded: true };
}

function done<Value>(value: Value): Reply<Value> {
  return { ok: true, value };
}

/** What fails is logged, and the answer is what it is where nothing is known. */
async function quietly<Answer>(
  { log }: Host,
  what: string,
  nothing: Answer,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer();
  } catch (thrown) {
    log.warn(`${what} failed: ${reasonOf(thrown)}`);
    return nothing;
  }
}
