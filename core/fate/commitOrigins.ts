import type { Origin } from "../../protocol/origin.ts";
import type { AttributedFile, AttributedRange } from "../notes/attribution.ts";

type Files = ReadonlyMap<string, readonly AttributedRange[]>;

const unknown: Origin = { kind: "unknown" };

/** Where the lines of commits come from, as far as somebody says so. What nobody says is unknown. */
export class CommitOrigins {
  readonly #own = new Map<string, Files>();
  readonly #told = new Map<string, Files>();
  readonly #whole = new Map<string, Origin>();
  readonly #declared = new Set<Origin>();

  /** What was seen here of a commit's lines. It goes before what others say, line by line. */
  addOwn(commit: string, files: readonly AttributedFile[]): void {
    this.#own.set(commit, byPath(files));
  }

  /** What others say of a commit's lines: the first is believed. */
  addFiles(commit: string, files: readonly AttributedFile[]): void {
    if (!this.#told.has(commit)) this.#told.set(commit, byPath(files));
  }

  /** For commits of which nobody else says anything line by line. */
  addWhole(commit: string, origin: Origin): void {
    if (this.#whole.has(commit)) return;
    this.#whole.set(commit, origin);
    this.#declared.add(origin);
  }

  /**
   * Whether an origin that was given here is of commits as a whole. A person may have written some of their lines, so that it is
   * right less often than what is told of lines.
   */
  isOfWhole(origin: Origin): boolean {
    return this.#declared.has(origin);
  }

  of(commit: string, path: string, line: number): Origin {
    const own = rangeAt(this.#own.get(commit)?.get(path), line)?.origin;
    if (own && own.kind !== "unknown" && own.kind !== "external") return own;
    const told = this.#told.get(commit);
    const said = told ? rangeAt(told.get(path), line)?.origin : this.#whole.get(commit);
    return said ?? own ?? unknown;
  }

  /** The same of lines that follow each other, in runs of one origin. */
  *runs(commit: string, path: string, line: number, count: number): Generator<[Origin, number]> {
    if (!this.#own.get(commit)?.has(path) && !this.#told.get(commit)?.has(path)) {
      yield [this.of(commit, path, line), count];
      return;
    }
    let [from, origin] = [line, this.of(commit, path, line)];
    for (let at = line + 1; at < line + count; at++) {
      const next = this.of(commit, path, at);
      if (next === origin) continue;
      yield [origin, at - from];
      [from, origin] = [at, next];
    }
    yield [origin, line + count - from];
  }
}

function byPath(files: readonly AttributedFile[]): Files {
  return new Map(files.map(({ path, ranges }) => [path, ranges]));
}

function rangeAt(ranges: readonly AttributedRange[] | undefined, line: number): AttributedRange | undefined {
  if (!ranges) return undefined;
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end < line) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range && range.start <= line ? range : undefined;
}
