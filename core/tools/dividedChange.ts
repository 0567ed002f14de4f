import { diffTexts } from "../text/textDiff.ts";
import { applyReplacements, type TextReplacement } from "../text/textReplacement.ts";
import type { ToolText } from "./toolRecords.ts";
import { readingsOf } from "./toolText.ts";

/** A stretch of a text, half-open. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One step of the way from one text to another. */
export interface Step {
  readonly before: string;
  readonly after: string;
  /** What of its text is left in the text that all steps led to. */
  readonly stretches: readonly Stretch[];
}

/** A change that several made, by who made which part of it. */
export interface DividedChange<Told> {
  readonly parts: readonly (Step & { readonly record: Told })[];
  /** What no record explains, as the last step; undefined where that is nothing, or spaces and line ends alone. */
  readonly rest: Step | undefined;
}

/** Longer texts are not divided. */
const longestText = 200_000;
const mostRecords = 30;
/** Letters and signs that a record must have written to be known by them: less stands there by chance. */
const leastWritten = 8;

/**
 * Divides a change among records by where the text of each ended up. Undefined where none of them fits: a record does if
 * all of what it wrote and took out is part of the change, at one place alone, or if all records in turn lead to the
 * text and what is left to explain lies outside of theirs.
 */
export function divideChange<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  told: readonly Told[],
): DividedChange<Told> | undefined {
  if (before.length > longestText || after.length > longestText) return undefined;
  const records = told.slice(-mostRecords);
  const way = inTurn(before, after, records) ?? oneByOne(before, after, records);
  return way && divided(way, after);
}

interface Taken<Told> {
  readonly record: Told;
  readonly before: string;
  readonly edit: readonly TextReplacement[];
  readonly after: string;
}

/** Every record that can be applied, where nothing is changed inside of what they wrote. */
function inTurn<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  records: readonly Told[],
): Taken<Told>[] | undefined {
  let text = before;
  const way: Taken<Told>[] = [];
  for (const record of records) {
    const readings = readingsOf(text, record.text);
    const [edit] = readings;
    if (!edit) continue;
    if (readings.length > 1) return undefined;
    const next = applyReplacements(text, edit);
    if (next === text) continue;
    way.push({ record, before: text, edit, after: next });
    text = next;
  }
  if (way.length === 0) return undefined;
  const owners = ownersOf(way);
  const rest = diffTexts(text, after);
  const isApart = rest.every(
    (one) => isSpace(text, one) || owners.subarray(one.start, one.end).every((owner) => owner === nobody),
  );
  // What is only taken out, or is very short, may as well be somebody else's; all of a change is not.
  const isSure = rest.every((one) => isSpace(text, one)) || way.every(isTelling);
  return isApart && isSure ? way : undefined;
}

/** The records of which all that they changed is part of the change, at one place alone. */
function oneByOne<Told extends { readonly text: ToolText }>(
  before: string,
  after: string,
  records: readonly Told[],
): Taken<Told>[] {
  let text = before;
  let distance = distanceBetween(before, after);
  const way: Taken<Told>[] = [];
  for (const record of records) {
    const fitting = readingsOf(text, record.text)
      .map((edit) => ({ record, before: text, edit, after: applyReplacements(text, edit) }))
      .filter(isTelling)
      .filter((one) => distanceBetween(one.after, after) === distance - distanceBetween(text, one.after));
    const [only] = fitting;
    if (!only || fitting.length > 1) continue;
    way.push(only);
    text = only.after;
    distance = distanceBetween(text, after);
  }
  return way;
}

function isTelling({ edit }: { readonly edit: readonly TextReplacement[] }): boolean {
  return edit.map(({ text }) => text.replace(/\s+/g, "")).join("").length >= leastWritten;
}

const nobody = -1;

/** Whose each code unit is of the text that a way leads to. */
function ownersOf(way: readonly Taken<unknown>[]): Int16Array {
  let owners = new Int16Array(way[0]!.before.length).fill(nobody);
  way.forEach(({ edit, after }, index) => {
    const next = new Int16Array(after.length).fill(index);
    let from = 0;
    let to = 0;
    for (const { start, end, text } of edit) {
      next.set(owners.subarray(from, start), to);
      to += start - from + text.length;
      from = end;
    }
    next.set(owners.subarray(from), to);
    owners = next;
  });
  return owners;
}

function divided<Told>(way: readonly Taken<Told>[], after: string): DividedChange<Told> | undefined {
  const last = way.at(-1);
  if (!last) return undefined;
  const rest = diffTexts(last.after, after);
  const isExplained = rest.every((one) => isSpace(last.after, one));
  const restOwner = way.length;
  const owners = ownersOf([...way, { record: undefined, before: last.after, edit: rest, after }]);
  const stretches = Array.from({ length: restOwner + 1 }, (): Stretch[] => []);
  for (let start = 0, end = 0; start < owners.length; start = end) {
    while (end < owners.length && owners[end] === owners[start]) end++;
    if (owners[start] !== nobody) stretches[owners[start]!]!.push({ start, end });
  }
  return {
    parts: way.map((taken, index) => ({
      record: taken.record,
      before: taken.before,
      after: taken.after,
      stretches: stretches[index]!,
    })),
    rest: isExplained ? undefined : { before: last.after, after, stretches: stretches[restOwner]! },
  };
}

function isSpace(text: string, { start, end, text: inserted }: TextReplacement): boolean {
  return inserted.trim() === "" && text.slice(start, end).trim() === "";
}

function distanceBetween(one: string, other: string): number {
  return diffTexts(one, other).reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);
}
