import { commonEnds } from "../../core/text/minimise.ts";
import type { ToolText } from "../../core/tools/toolRecords.ts";
import { fieldsOf, listOf, textOf, type Fields } from "./fields.ts";

/** What an agent did to one file in one go: nothing else happened in between. */
export interface Stroke {
  readonly request: string;
  readonly file: string;
  /** Of its first operation; no other of the session has it. */
  readonly epoch: number;
  readonly operations: number;
  readonly text: ToolText;
  /** Taken back since. */
  readonly isUndone: boolean;
}

/** A session holds no more of them; texts are replayed as far as that. */
const mostOperations = 10_000;
const mostReplayed = 200_000_000;
/** Lines on each side by which a place is found again. */
const contextLines = 3;
const kinds: ReadonlySet<unknown> = new Set(["create", "delete", "rename", "textEdit", "notebookEdit"]);

export interface TimelineReading {
  /** Undefined for what is on no disk of this machine. */
  readonly fileOf: (address: unknown) => string | undefined;
  readonly problem: (reason: string) => void;
}

interface Step {
  readonly epoch: number;
  readonly request: string;
  readonly file: string;
  readonly said: Fields;
  /** The file as it was when the request began; else something that was done to it. */
  readonly isBaseline: boolean;
}

/**
 * The strokes of an editing session, by the operations that VS Code keeps of it: each has its place in the order of all,
 * and ranges of the text that those before it had made.
 */
export function strokesOf(timeline: Fields, reading: TimelineReading): Stroke[] {
  const operations = listOf(timeline["operations"]).slice(-mostOperations);
  const baselines = listOf(timeline["fileBaselines"]).map((entry) => listOf(entry)[1]);
  const steps = [
    ...operations.flatMap((said) => stepOf(fieldsOf(said), false, reading)),
    ...baselines.flatMap((said) => stepOf(fieldsOf(said), true, reading)),
  ];
  if (!Array.isArray(timeline["checkpoints"])) reading.problem("an editing session without its stops");
  const stops = listOf(timeline["checkpoints"]).flatMap((stop) => {
    const { epoch } = fieldsOf(stop);
    return typeof epoch === "number" ? [epoch] : [];
  });
  const writer = new StrokeWriter(stops, Number(timeline["currentEpoch"]));
  for (const step of steps.sort((one, other) => one.epoch - other.epoch)) writer.take(step);
  return writer.end();
}

function stepOf(said: Fields, isBaseline: boolean, { fileOf, problem }: TimelineReading): Step[] {
  const { epoch, requestId: request, uri, type, edits } = said;
  if (
    typeof epoch !== "number" ||
    typeof request !== "string" ||
    typeof fieldsOf(uri)["scheme"] !== "string"
  ) {
    problem("a part of an editing session that is of no place");
    return [];
  }
  if (!isBaseline && (!kinds.has(type) || (type === "textEdit" && !Array.isArray(edits)))) {
    problem("an operation of an unknown kind");
    return [];
  }
  const file = fileOf(uri);
  return file === undefined ? [] : [{ epoch, request, file, said, isBaseline }];
}

interface Going {
  readonly first: Step;
  readonly before: string | undefined;
  last: Step;
  operations: number;
}

class StrokeWriter {
  readonly #stops: readonly number[];
  readonly #current: number;
  readonly #replay = new Replay();
  readonly #strokes: Stroke[] = [];
  #going: Going | undefined;

  constructor(stops: readonly number[], current: number) {
    this.#stops = stops.toSorted((one, other) => one - other);
    this.#current = current;
  }

  take(step: Step): void {
    const { file, said, isBaseline } = step;
    if (isBaseline) {
      // Others may have changed the file since the last stroke, which is none of it.
      if (this.#going?.first.file === file) this.end();
      this.#replay.set(file, textOf(said["content"]));
      return;
    }
    if (!this.#goesOn(step)) this.end();
    this.#going ??= { first: step, before: this.#replay.textOf(file), last: step, operations: 0 };
    this.#going.last = step;
    this.#going.operations++;
    this.#replay.apply(step);
  }

  end(): Stroke[] {
    if (this.#going) {
      const { first, before, last, operations } = this.#going;
      const { request, file, epoch, said } = first;
      const text: ToolText =
        last.said["type"] === "delete"
          ? { kind: "deleted" }
          : textBetween(
              said["type"] === "create" ? "" : before,
              this.#replay.textOf(file),
              said["type"] === "create",
            );
      this.#strokes.push({ request, file, epoch, operations, text, isUndone: epoch >= this.#current });
    }
    this.#going = undefined;
    return this.#strokes;
  }

  #goesOn({ file, request, epoch, said: { type } }: Step): boolean {
    if (!this.#going) return false;
    const { first, last } = this.#going;
    const isSame = first.file === file && first.request === request && type !== "create";
    const isStopped = this.#stops.some((stop) => stop > last.epoch && stop < epoch);
    return (
      isSame &&
      !isStopped &&
      last.said["type"] !== "delete" &&
      epoch < this.#current === last.epoch < this.#current
    );
  }
}

/** The texts of files as operations change them; undefined where that is not known. */
class Replay {
  readonly #texts = new Map<string, string | undefined>();
  #replayed = 0;

  textOf(file: string): string | undefined {
    return this.#texts.get(file);
  }

  set(file: string, text: string | undefined): void {
    this.#texts.set(file, text);
  }

  apply({ file, said }: Step): void {
    if (said["type"] === "create") this.#texts.set(file, textOf(said["initialContent"]));
    else if (said["type"] === "textEdit" && said["cellIndex"] === undefined)
      this.#edit(file, listOf(said["edits"]).map(fieldsOf));
    else this.#texts.delete(file);
  }

  #edit(file: string, edits: readonly Fields[]): void {
    const text = this.#texts.get(file);
    this.#replayed += text?.length ?? 0;
    const isKnown = text !== undefined && this.#replayed <= mostReplayed;
    this.#texts.set(file, isKnown ? edited(text, edits) : undefined);
  }
}

/** All edits are of the text before; undefined where their ranges are none of it. */
function edited(text: string, edits: readonly Fields[]): string | undefined {
  const lines = new Lines(text);
  const placed = edits.map(({ range, text: inserted }) => {
    const { startLineNumber, startColumn, endLineNumber, endColumn } = fieldsOf(range);
    const start = lines.offsetOf(startLineNumber, startColumn);
    return { start, end: lines.offsetOf(endLineNumber, endColumn), inserted };
  });
  let result = text;
  let beyond = text.length;
  for (const { start = -1, end = -1, inserted } of placed.toReversed().sort(byStart)) {
    if (start < 0 || end < start || end > beyond || typeof inserted !== "string") return undefined;
    result = result.slice(0, start) + inserted + result.slice(end);
    beyond = start;
  }
  return result;
}

function byStart(
  one: { readonly start: number | undefined },
  other: { readonly start: number | undefined },
): number {
  return (other.start ?? 0) - (one.start ?? 0);
}

/** Where the lines of a text begin and end. What lies beyond a line or the text is its end, as in the editor. */
class Lines {
  readonly #text: string;
  readonly #lines: { readonly start: number; readonly end: number }[] = [];

  constructor(text: string) {
    this.#text = text;
    let start = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      this.#lines.push({ start, end: index });
      start = index + end.length;
    }
    this.#lines.push({ start, end: text.length });
  }

  offsetOf(line: unknown, column: unknown): number | undefined {
    if (typeof line !== "number" || typeof column !== "number" || !(line >= 1 && column >= 1))
      return undefined;
    const at = this.#lines[Math.floor(line) - 1];
    return at ? Math.min(at.start + Math.floor(column) - 1, at.end) : this.#text.length;
  }
}

/** What took the place of what, with the lines around it. */
function textBetween(before: string | undefined, after: string | undefined, isNew: boolean): ToolText {
  if (after === undefined || before === undefined) return { kind: "unsaid" };
  if (isNew) return { kind: "whole", before, after };
  const { prefix, suffix } = commonEnds(before, after);
  const start = startAround(before, prefix);
  const rest = before.length - endAround(before, before.length - suffix);
  const piece = {
    before: before.slice(start, before.length - rest),
    after: after.slice(start, after.length - rest),
  };
  return { kind: "pieces", pieces: [piece] };
}

function startAround(text: string, from: number): number {
  let at = from;
  for (let line = 0; line <= contextLines; line++) {
    at = at === 0 ? -1 : text.lastIndexOf("\n", at - 1);
    if (at === -1) return 0;
  }
  return at + 1;
}

function endAround(text: string, from: number): number {
  let at = from;
  for (let line = 0; line <= contextLines; line++) {
    at = text.indexOf("\n", at) + 1;
    if (at === 0) return text.length;
  }
  return at;
}
