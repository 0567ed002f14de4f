import type { Origin } from "../../../protocol/origin.ts";
import type { ReplayFile, ReplayStep } from "../../../protocol/replay.ts";

/**
 * The same questions answered in the most pedestrian way there is: every code unit knows its owner, every sample plays
 * the whole recording again. It shares no code with what it checks.
 */
export interface NaiveAnswer {
  readonly final: string;
  readonly edits: { id: string; insertedChars: number; arcs: number[] }[];
  readonly origins: { key: string; insertedChars: number; keptChars: number }[];
}

interface NaiveUnit {
  readonly unit: string;
  /** The step that put it in; undefined for what was there before. */
  readonly owner: number | undefined;
}

interface NaiveEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function naiveReplay(file: ReplayFile): NaiveAnswer {
  const all = play(file, () => true);
  const edits = file.steps.flatMap((step, index) => {
    if (step.origin?.kind !== "ai") return [];
    const arcs = file.sampleAt.map((after) => {
      const { units } = play(file, (other, at) => at <= index || other.at < step.at + after);
      return units.filter(({ owner }) => owner === index).length;
    });
    return [{ id: step.id!, insertedChars: all.inserted[index]!, arcs }];
  });
  const keys = file.steps.map(({ origin }) => naiveKey(origin!));
  const origins = [...new Set(keys)]
    .map((key) => ({
      key,
      insertedChars: all.inserted.reduce(
        (sum, length, index) => (keys[index] === key ? sum + length : sum),
        0,
      ),
      keptChars: all.units.filter(({ owner }) => owner !== undefined && keys[owner] === key).length,
    }))
    .filter(({ insertedChars }) => insertedChars > 0);
  return { final: textOf(all.units), edits, origins };
}

function play(file: ReplayFile, sees: (step: ReplayStep, index: number) => boolean) {
  let units: NaiveUnit[] = file.initial.split("").map((unit) => ({ unit, owner: undefined }));
  const inserted: number[] = [];
  file.steps.forEach((step, index) => {
    if (!sees(step, index)) return;
    const isAi = step.origin?.kind === "ai";
    const edits = (step.edits ?? []).map((edit) => (isAi ? naiveMinimise(textOf(units), edit) : edit));
    inserted[index] = 0;
    const next: NaiveUnit[] = [];
    for (let position = 0; position <= units.length; position++) {
      for (const edit of edits.filter(({ start }) => start === position)) {
        next.push(...edit.text.split("").map((unit) => ({ unit, owner: index })));
        inserted[index] += edit.text.length;
      }
      const isRemoved = edits.some(({ start, end }) => start <= position && position < end);
      if (position < units.length && !isRemoved) next.push(units[position]!);
    }
    units = next;
  });
  return { units, inserted };
}

function naiveMinimise(before: string, edit: NaiveEdit): NaiveEdit {
  let { start, end, text } = edit;
  while (start < end && text !== "" && before[start] === text[0]) {
    start++;
    text = text.slice(1);
  }
  while (start < end && text !== "" && before[end - 1] === text[text.length - 1]) {
    end--;
    text = text.slice(0, -1);
  }
  return { start, end, text };
}

function naiveKey(origin: Origin): string {
  if (origin.kind !== "ai") return origin.kind;
  return ["ai", ...[origin.tool, origin.mode, origin.model].map((part) => part ?? "unknown")].join("/");
}

function textOf(units: readonly NaiveUnit[]): string {
  return units.map(({ unit }) => unit).join("");
}
