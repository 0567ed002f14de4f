import type { Origin } from "../../protocol/origin.ts";
import { shownText } from "../report/shownText.ts";
import { toolInNotes } from "../tools/toolName.ts";
import { settleClaims, type Claim, type LineRange } from "./lineRanges.ts";

/** What a note, a trace or another tool's file says of the lines of one file. */
export interface AttributedFile {
  readonly path: string;
  /** Sorted, and no line twice. */
  readonly ranges: readonly AttributedRange[];
}

export type AttributedRange = LineRange & { readonly origin: Origin };

/** What was read of one note. Nothing of it is believed that the note itself does not resolve. */
export interface Attribution {
  readonly files: readonly AttributedFile[];
  /** Lines whose author the note names by a key that it does not explain. */
  readonly unresolved: number;
  /** Lines that more than one entry claims. */
  readonly overlapping: number;
  /** What was not understood, a sentence each. */
  readonly problems: readonly string[];
}

/** An author as a note names it. */
export interface Author {
  readonly origin: Origin;
  readonly isResolved: boolean;
}

export const nobodyKnown: Author = { origin: { kind: "unknown" }, isResolved: false };

/** Gathers claims file by file: a file may be named twice, and the later claim wins. */
export class Claims {
  readonly #files = new Map<string, Claim<Author>[]>();
  readonly #problems = new Map<string, number>();

  add(path: string, claim: Claim<Author>): void {
    if (leadsOut(path)) {
      this.problem("a path leads out of the repository");
      return;
    }
    const known = this.#files.get(path);
    if (known) known.push(claim);
    else this.#files.set(path, [claim]);
  }

  problem(sentence: string, times = 1): void {
    if (times > 0) this.#problems.set(sentence, (this.#problems.get(sentence) ?? 0) + times);
  }

  settle(): Attribution {
    let [unresolved, overlapping] = [0, 0];
    const files: AttributedFile[] = [];
    for (const [path, claims] of this.#files) {
      const { settled, overlapping: shared } = settleClaims(claims);
      overlapping += shared;
      const ranges: { start: number; end: number; origin: Origin }[] = [];
      for (const { start, end, value } of settled) {
        if (!value.isResolved) unresolved += end - start + 1;
        const last = ranges.at(-1);
        if (last?.end === start - 1 && isSame(last.origin, value.origin)) last.end = end;
        else ranges.push({ start, end, origin: value.origin });
      }
      if (ranges.length > 0) files.push({ path, ranges });
    }
    const problems = [...this.#problems].map(([sentence, times]) =>
      times === 1 ? sentence : `${sentence} (${times} times)`,
    );
    return { files, unresolved, overlapping, problems };
  }
}

/** Names of files in git are relative, on each system with slashes, and have no steps upwards. */
function leadsOut(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path) || path.split(/[/\\]/).includes("..");
}

/** What is left of it in the files as they are. Of a file without a length nothing is. */
export function withinFiles(
  attribution: Attribution,
  lengthOf: (path: string) => number | undefined,
): Attribution {
  let [absent, beyond, left] = [0, 0, 0];
  const files = attribution.files.flatMap(({ path, ranges }) => {
    const length = lengthOf(path);
    if (length === undefined) {
      absent++;
      return [];
    }
    const within = ranges.flatMap((range) => {
      if (range.end > length) beyond++;
      const end = Math.min(range.end, length);
      if (end < range.start) return [];
      left += end - range.start + 1;
      return [{ ...range, end }];
    });
    return within.length > 0 ? [{ path, ranges: within }] : [];
  });
  const problems = [
    ...(absent > 0 ? [`files that are not in the commit: ${absent}`] : []),
    ...(beyond > 0 ? [`ranges that go beyond the end of their file: ${beyond}`] : []),
  ];
  return {
    files,
    // Which lines these were is not kept: more than are left they cannot be.
    unresolved: Math.min(attribution.unresolved, left),
    overlapping: Math.min(attribution.overlapping, left),
    problems: [...attribution.problems, ...problems],
  };
}

function isSame(one: Origin, other: Origin): boolean {
  if (one.kind !== "ai" || other.kind !== "ai") return one.kind === other.kind;
  return one.tool === other.tool && one.model === other.model;
}

const longestName = 200;

/** A tool and a model as somebody else wrote them down. Without a tool nobody says that it was one. */
export function authorOfTool(tool: unknown, model: unknown): Author {
  const name = nameOf(tool);
  if (name === undefined) return nobodyKnown;
  const known = nameOf(model);
  return {
    origin: { kind: "ai", tool: toolInNotes(name), ...(known === undefined ? {} : { model: known }) },
    isResolved: true,
  };
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const name = shownText(value.trim());
  return name === "" || name === "unknown" || name.length > longestName ? undefined : name;
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map<string, unknown>();
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
