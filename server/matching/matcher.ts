import { divideChange, type DividedChange } from "../../core/tools/dividedChange.ts";
import { explainChange } from "../../core/tools/explainedChange.ts";
import type { ToldBy } from "../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { TextView } from "../../core/text/textReplacement.ts";
import type { Evidence, Origin } from "../../protocol/origin.ts";
import type { AppliedChange, OpenDocument } from "../edits/openDocument.ts";
import type { EditRow, OriginRow } from "../store/store.ts";
import { OpenChanges, type Gathered } from "./openChanges.ts";
import { evidenceOf, matchingMs, recordPlaceOf, ToldRecords, type Told } from "./toldRecords.ts";
import { TriedRecords } from "./triedRecords.ts";

export interface MatcherOptions {
  readonly now: () => number;
  /** The text of an open document. */
  readonly textOf: (uri: string) => string | undefined;
  readonly readEdit: (id: string) => EditRow | undefined;
  /** Takes in evidence for an edit, and where the tool keeps its own record of it. */
  readonly attest: (
    editId: string,
    said: {
      readonly evidence: readonly Evidence[];
      readonly recordAt: string | undefined;
      readonly by: ToolEdit;
    },
  ) => void;
  /** Makes an edit several, and gives back those of the parts in their order; undefined where its document is closed. */
  readonly divide: (
    uri: string,
    edit: { readonly id: string; readonly at: number },
    change: DividedChange<Told>,
  ) => readonly string[] | undefined;
}

/** Changes joined from this many reloads are compared with records as one. */
const mostJoined = 5;

/** Finds which of the changes of open documents are those that tools' own records tell of. */
export class Matcher {
  readonly #options: MatcherOptions;
  readonly #told = new ToldRecords();
  readonly #changes = new OpenChanges();
  readonly #tried = new TriedRecords();

  constructor(options: MatcherOptions) {
    this.#options = options;
  }

  get restsAt(): number {
    return this.#changes.restsAt;
  }

  isGathering(uri: string): boolean {
    return this.#changes.isGathering(uri);
  }

  /** A change of a document was applied to it. What a tool may yet tell of is remembered with its texts until it does. */
  note(
    document: OpenDocument,
    change: {
      readonly edit: string;
      readonly at: number;
      /** Undefined for what is nobody's edit. */
      readonly origin: Origin | undefined;
      readonly isReload?: boolean | undefined;
      readonly applied: AppliedChange;
      /** The text before it, where `isGathering` asked for it. */
      readonly gathered: string | undefined;
    },
  ): void {
    const { uri } = document;
    const { edit, at, origin, isReload = false, applied, gathered } = change;
    const before = () => gathered ?? wholeOf(document.textBefore(applied.edit));
    if (origin && isOpenOrigin(origin)) this.#changes.add({ uri, edit, at, isReload, before });
    else if (gathered !== undefined) this.noteText(uri, gathered);
    if (isReload) this.#match(uri);
  }

  /** The document has this text, and what comes next is no continuation of what was gathered. */
  noteText(uri: string, text: string): void {
    this.#changes.end(uri, text);
    this.#match(uri);
  }

  /** Says which edits a record is of, as far as that can be told by now. */
  tell(uri: string, record: ToolEdit, by: ToldBy): Told {
    const told = this.#told.add(uri, record, by, this.#options.now());
    if (told.edits.size > 0) this.#attest(told);
    else this.#match(uri);
    return told;
  }

  /** Whether a change of a document was seen lately that may be what a record tells of, though nothing proves it. */
  mayBeKnown(uri: string, at: number): boolean {
    return this.#changes.of(uri).some((each) => at >= each.since - matchingMs && at <= each.at + matchingMs);
  }

  /** Looks at what has come to rest. */
  settle(): void {
    const now = this.#options.now();
    for (const uri of this.#changes.rested(now)) {
      const text = this.#options.textOf(uri);
      if (text !== undefined) this.noteText(uri, text);
    }
    this.#changes.forgetBefore(now - matchingMs);
  }

  clear(): void {
    this.#told.clear();
    this.#changes.clear();
  }

  #match(uri: string): void {
    const told = this.#told.of(uri).filter(isPossible);
    if (told.length === 0) return;
    const gathered = this.#changes.of(uri);
    for (const [index, each] of gathered.entries()) {
      if (each.isExplained) {
        // Another tool may claim the same text, and another record of the same tool may know more.
        this.#explain(
          [each],
          told.filter(({ edits }) => edits.size === 0),
        );
        continue;
      }
      let isExplained = false;
      for (let first = index; first >= Math.max(0, index - mostJoined + 1) && !isExplained; first--) {
        const joined = gathered.slice(first, index + 1);
        // Only what follows each other without anything known in between is looked at as one.
        if (first < index && !follows(joined)) break;
        isExplained = this.#explain(joined, told);
      }
      // What was one change are several now, which others may claim in their turn.
      if (!this.#changes.of(uri).includes(each) || (!isExplained && this.#divide(each, told))) {
        this.#match(uri);
        return;
      }
    }
  }

  /** A file that was read again may hold what several wrote since: each has a part of it, and nobody what no record tells. */
  #divide(gathered: Gathered, told: readonly Told[], isWhole = false): boolean {
    const { uri, edits, before, isReload, at } = gathered;
    const [id] = edits;
    const after = gathered.after ?? this.#options.textOf(uri);
    const edit = id === undefined || edits.length > 1 ? undefined : this.#options.readEdit(id);
    if (!isReload || !edit || after === undefined || edit.origin.kind === "ai" || !isOpenOrigin(edit.origin))
      return false;
    const near = told.filter(
      (each) =>
        each.edits.size === 0 &&
        (isWhole || (each.record.outcome === "applied" && saysWhatItChanged(each.record))) &&
        isNear(each, [gathered]),
    );
    if (near.length === 0 || !this.#tried.isNew(gathered, "divide", after, near)) return false;
    const records = near.map((each) => ({ text: each.record.text, told: each }));
    const divided = divideChange(before, after, records);
    if (!divided || (divided.parts.length === 1 && !divided.rest)) return false;
    const parts = divided.parts.map(({ record, ...part }) => ({ ...part, record: record.told }));
    const ids = this.#options.divide(uri, { id: edit.id, at }, { ...divided, parts });
    if (!ids) return false;
    const steps = parts.map((part, index) => ({ ...part, edits: [ids[index]!], isExplained: true }));
    const rest = divided.rest && { ...divided.rest, edits: [edit.id], isExplained: false };
    const pieces = [...steps, ...(rest ? [rest] : [])].map((step): Gathered => ({
      uri,
      edits: step.edits,
      isReload,
      before: step.before,
      after: step.after,
      since: gathered.since,
      at,
      isExplained: step.isExplained,
    }));
    this.#changes.divide(gathered, pieces);
    for (const { record, edits: made } of steps) {
      record.edits.set(made[0]!, "whole");
      this.#attest(record);
    }
    return true;
  }

  #explain(joined: readonly Gathered[], told: readonly Told[]): boolean {
    const last = joined.at(-1)!;
    const after = last.after ?? this.#options.textOf(last.uri);
    if (after === undefined) return false;
    const edits = joined.flatMap((each) => each.edits);
    // What was found out meanwhile of a change speaks against a record that tells of more than it.
    const isKnown = joined.length === 1 && last.isExplained;
    if (!isKnown && !edits.every((id) => isOpenOrigin(this.#options.readEdit(id)?.origin))) return false;
    const near = told.filter(
      (each) => isNear(each, joined) && (joined.length === 1 || saysWhatItChanged(each.record)),
    );
    if (near.length === 0 || (joined.length === 1 && !this.#tried.isNew(last, "explain", after, near)))
      return false;
    const explained = explainChange(
      joined[0]!.before,
      after,
      near.map((each) => ({ text: each.record.text, told: each })),
    );
    if (!explained.isWhole) return false;
    const makers = new Set(explained.records.map(({ told: { record } }) => `${record.tool} ${record.mode}`));
    const sessions = new Set(
      explained.records.map(({ told: { record } }) => `${record.tool} ${record.session}`),
    );
    const claiming = explained.records.map(({ told: each }) => each);
    const isOfSeveral = makers.size + sessions.size > 2;
    if (isOfSeveral && !claiming.every(({ record }) => saysWhatItChanged(record))) return false;
    if (isOfSeveral && joined.length === 1 && !last.isExplained && this.#divide(last, claiming, true))
      return true;
    for (const { told: each } of explained.records) {
      for (const id of edits) each.edits.set(id, makers.size > 1 ? "part" : "whole");
      this.#attest(each);
    }
    for (const each of joined) {
      each.isExplained = true;
      each.after ??= after;
    }
    return true;
  }

  #attest(told: Told): void {
    const recordAt = recordPlaceOf(told.record);
    for (const [id, share] of told.edits)
      this.#options.attest(id, { evidence: evidenceOf(told, share), recordAt, by: told.record });
  }
}

/** Whether an edit's maker is still to be found, or not all is known of it. */
function isOpenOrigin(origin: Origin | OriginRow | undefined): boolean {
  if (!origin) return false;
  if (origin.kind === "ai") return !origin.tool || !origin.model;
  return origin.kind === "unknown" || origin.kind === "external";
}

function isNear({ record }: Told, joined: readonly Gathered[]): boolean {
  return record.at >= joined[0]!.since - matchingMs && record.at <= joined.at(-1)!.at + matchingMs;
}

/** Of a file that was written as a whole nobody knows which part is new, unless the tool says what was there before. */
function saysWhatItChanged({ text }: ToolEdit): boolean {
  return text.kind !== "whole" || text.before !== undefined;
}

function isPossible({ record }: Told): boolean {
  return record.outcome !== "rejected" && record.outcome !== "failed";
}

function follows(joined: readonly Gathered[]): boolean {
  return joined.every((each, index) => {
    const next = joined[index + 1];
    return !next || (!each.isExplained && each.after === next.before && next.since - each.at <= matchingMs);
  });
}

function wholeOf(text: TextView): string {
  return text.slice(0, text.length);
}
