import { diffTexts } from "../text/textDiff.ts";
import { applyReplacements } from "../text/textReplacement.ts";
import { readingsOf } from "./toolText.ts";
import type { ToolText } from "./toolRecords.ts";

/** What tools' records say of how one text became another. */
export interface Explained<Told> {
  /** The records that took part, in the order in which they did. */
  readonly records: readonly Told[];
  /**
   * Whether they account for all of it. What a formatter did to spaces and line ends is left out of account: it changes
   * what a tool wrote, and not who wrote it.
   */
  readonly isWhole: boolean;
}

/** Longer texts are not compared with records. */
const longestText = 1_000_000;
/** Records beyond these are not tried: each costs a comparison of two texts. */
const mostRecords = 30;

/**
 * Finds the records, in the order of time, that together lead from one text to the other. A record may be a proposal
 * that was never applied, so one takes part only where it brings the text nearer to what it became, unless all of them
 * together lead there exactly.
 */
export function explainChange<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  told: readonly Told[],
): Explained<Told> {
  const records = told.slice(-mostRecords);
  const isShort = before.length <= longestText && after.length <= longestText;
  const found = isShort
    ? (chained(before, after, records) ?? approached(before, after, records))
    : nothingOf(before);
  const isWhole = found.records.length > 0 && withoutSpace(found.text) === withoutSpace(after);
  return { records: found.records, isWhole };
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

interface Way<Told> {
  readonly text: string;
  readonly records: readonly Told[];
}

function nothingOf(text: string): Way<never> {
  return { text, records: [] };
}

/** All records that can be applied, one after the other, if they lead to exactly the text. */
function chained<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  records: readonly Told[],
): Way<Told> | undefined {
  let text = before;
  const used: Told[] = [];
  for (const record of records) {
    const results = readingsOf(text, record.text).map((reading) => applyReplacements(text, reading));
    const next = results.find((result) => result === after) ?? results[0];
    if (next === undefined || next === text) continue;
    text = next;
    used.push(record);
    if (text === after) return { text, records: used };
  }
  return undefined;
}

/** The records that each bring the text nearer to what it became. */
function approached<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  records: readonly Told[],
): Way<Told> {
  let way: Way<Told> = nothingOf(before);
  let distance = distanceBetween(before, after);
  const bare = withoutSpace(after);
  for (const record of records) {
    // What nothing is left of brings no text nearer; to see that is cheap, and to compare two texts is not.
    if (!isLeftOf(record.text, bare)) continue;
    for (const reading of readingsOf(way.text, record.text)) {
      const text = applyReplacements(way.text, reading);
      const now = distanceBetween(text, after);
      if (now >= distance) continue;
      way = { text, records: way.records.at(-1) === record ? way.records : [...way.records, record] };
      distance = now;
      break;
    }
  }
  return way;
}

function isLeftOf(told: ToolText, bare: string): boolean {
  if (told.kind !== "pieces") return told.kind === "whole";
  return told.pieces.some((piece) => bare.includes(withoutSpace(piece.after)));
}

function distanceBetween(one: string, other: string): number {
  return diffTexts(one, other).reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);
}
