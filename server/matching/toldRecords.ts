import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { writeRecordAt } from "../../core/provenance/recordAt.ts";
import { evidenceOfRecord, mergeRecords, nameOfRecord, type ToldBy } from "../../core/origin/toldEvidence.ts";
import type { Evidence } from "../../protocol/origin.ts";
import type { ToolEdit, ToolText } from "../../core/tools/toolRecords.ts";

/** How far the time of a record and of the change that it made lie apart at most. */
export const matchingMs = 10 * 60_000;
/** Texts of records wait in memory, and no more than that. */
const mostChars = 8_000_000;

/** A record, and the edits that it was found to have made. */
export interface Told {
  readonly name: string;
  /** Hooks of some tools do not name their calls, which their logs do. */
  readonly otherNames: Set<string>;
  /** All that is known of it, however it came. */
  record: ToolEdit;
  /** What each way of telling said of it last. */
  readonly said: Map<ToldBy, ToolEdit>;
  readonly receivedAt: number;
  /** By id, whether all of the edit is this record's, or other tools have a part in it. */
  readonly edits: Map<string, "whole" | "part">;
}

/** What a record says of an edit. Of an edit that several tools made none can say for certain that it is theirs. */
export function evidenceOf({ said }: Told, share: "whole" | "part" = "whole"): Evidence[] {
  return [...said].map(([by, record]) => {
    const evidence = evidenceOfRecord(record, by);
    return share === "part" ? { ...evidence, strength: "matched" } : evidence;
  });
}

/** What tools told lately, by document. */
export class ToldRecords {
  readonly #byUri = new Map<string, Told[]>();
  #chars = 0;

  /** Gives back the record as it is known by now, with what was known before. */
  add(uri: string, record: ToolEdit, by: ToldBy, now: number): Told {
    const name = nameOfRecord(record);
    const all = this.of(uri);
    const known =
      all.find((told) => told.name === name || told.otherNames.has(name)) ??
      all.find((told) => isSameCall(told, record, by));
    if (known) {
      known.otherNames.add(name);
      this.#chars -= charsOf(known.record);
      known.record = mergeRecords(known.record, record);
      known.said.set(by, record);
      this.#chars += charsOf(known.record);
      return known;
    }
    const said = new Map([[by, record]]);
    const told: Told = { name, otherNames: new Set(), record, said, receivedAt: now, edits: new Map() };
    this.#byUri.set(
      uri,
      [...this.of(uri), told].sort((one, other) => one.record.at - other.record.at),
    );
    this.#chars += charsOf(record);
    this.#forget(now);
    return told;
  }

  of(uri: string): readonly Told[] {
    return this.#byUri.get(uri) ?? [];
  }

  clear(): void {
    this.#byUri.clear();
    this.#chars = 0;
  }

  /** The oldest go first. */
  #forget(now: number): void {
    const all = [...this.#byUri].flatMap(([uri, told]) => told.map((each) => ({ uri, each })));
    all.sort((one, other) => one.each.receivedAt - other.each.receivedAt);
    for (const { uri, each } of all) {
      if (this.#chars <= mostChars && Math.abs(now - each.receivedAt) <= matchingMs) break;
      const left = this.of(uri).filter((one) => one !== each);
      if (left.length > 0) this.#byUri.set(uri, left);
      else this.#byUri.delete(uri);
      this.#chars -= charsOf(each.record);
    }
  }
}

/** Whether a record without the name of its call is of the same one, by what it says: told before it was made, or in another way. */
function isSameCall({ record: known, said }: Told, record: ToolEdit, by: ToldBy): boolean {
  if (known.tool !== record.tool || known.session !== record.session) return false;
  if (Math.abs(known.at - record.at) > matchingMs || !writesSame(known.text, record.text)) return false;
  const before = said.get(by);
  if (!before) return (known.call === undefined) !== (record.call === undefined);
  const isUnnamed = before.call === undefined && record.call === undefined;
  return isUnnamed && before.outcome === "proposed" && record.outcome !== "proposed";
}

/** What was there before does not matter where only one of them says it. */
function writesSame(one: ToolText, other: ToolText): boolean {
  if (one.kind === "whole" && other.kind === "whole")
    return (
      one.after === other.after &&
      (one.before === undefined || other.before === undefined || one.before === other.before)
    );
  return one.kind === "pieces" && isDeepStrictEqual(one, other);
}

function charsOf({ text }: ToolEdit): number {
  if (text.kind === "whole") return text.after.length + (text.before?.length ?? 0);
  if (text.kind !== "pieces") return 0;
  return text.pieces.reduce((sum, { before, after }) => sum + after.length + (before?.length ?? 0), 0);
}

/** Where the tool keeps its own record, as it is stored; undefined for tools whose records are not looked up. */
export function recordPlaceOf({ tool, session }: ToolEdit): string | undefined {
  if (tool !== "claude-code" && tool !== "codex") return undefined;
  return writeRecordAt({ tool, session, request: undefined });
}

/** A number for a record, the same whenever it is told. */
export function numberOfName(name: string): number {
  return Number.parseInt(createHash("sha256").update(name).digest("hex").slice(0, 12), 16);
}
