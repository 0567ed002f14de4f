import type { Origin } from "../../protocol/origin.ts";
import type { AttributedFile, AttributedRange } from "../notes/attribution.ts";

/** Where the lines of commits come from, as far as somebody says so. What nobody says is unknown. */
export class CommitOrigins {
  readonly #lines = new Map<string, Map<string, readonly AttributedRange[]>>();
  readonly #whole = new Map<string, Origin>();

  /** The first that speaks of a commit's lines is believed. */
  addFiles(commit: string, files: readonly AttributedFile[]): void {
    if (this.#lines.has(commit)) return;
    this.#lines.set(commit, new Map(files.map(({ path, ranges }) => [path, ranges])));
  }

  /** For commits of which nothing is known line by line. */
  addWhole(commit: string, origin: Origin): void {
    if (!this.#whole.has(commit)) this.#whole.set(commit, origin);
  }

  of(commit: string, path: string, line: number): Origin {
    const files = this.#lines.get(commit);
    if (!files) return this.#whole.get(commit) ?? { kind: "unknown" };
    const ranges = files.get(path) ?? [];
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.end < line) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low];
    return range && range.start <= line ? range.origin : { kind: "unknown" };
  }
}
