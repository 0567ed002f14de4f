/**
 * What one change costs, as spans and documents grow: the tree beside an array of runs that is searched from its start
 * and spliced. Run it with `node bench/spans.ts`.
 */
import { ChunkedText } from "../core/text/chunkedText.ts";
import { FollowedEdits } from "../core/spans/followedEdits.ts";
import { minimiseAll } from "../core/text/minimise.ts";
import { Ownership } from "../core/spans/ownership.ts";
import { Spans, type Run } from "../core/spans/spans.ts";
import type { TextView } from "../core/text/textReplacement.ts";

interface Follower {
  replace(offset: number, deletedLength: number, insertedLength: number, owner: string | undefined): unknown;
}

class ArrayOfRuns implements Follower {
  readonly #runs: { owner: string | undefined; length: number }[];

  constructor(runs: readonly Run[]) {
    this.#runs = runs.map(({ owner, length }) => ({ owner, length }));
  }

  replace(offset: number, deletedLength: number, insertedLength: number, owner: string | undefined): void {
    const first = this.#cut(offset);
    const last = this.#cut(offset + deletedLength);
    const inserted = insertedLength > 0 ? [{ owner, length: insertedLength }] : [];
    this.#runs.splice(first, last - first, ...inserted);
    this.#join(first + inserted.length);
    this.#join(first);
  }

  #cut(offset: number): number {
    let start = 0;
    for (let index = 0; index < this.#runs.length; index++) {
      if (start === offset) return index;
      const run = this.#runs[index]!;
      if (start + run.length > offset) {
        const rest = { owner: run.owner, length: start + run.length - offset };
        run.length = offset - start;
        this.#runs.splice(index + 1, 0, rest);
        return index + 1;
      }
      start += run.length;
    }
    return this.#runs.length;
  }

  #join(index: number): void {
    const left = this.#runs[index - 1];
    const right = this.#runs[index];
    if (!left || !right || left.owner !== right.owner) return;
    left.length += right.length;
    this.#runs.splice(index, 1);
  }
}

const changes = 20_000;

function main(): void {
  console.log("Each change puts one character in at a random place, or takes it out again. Microseconds.\n");
  console.log("A document of 1 MB");
  for (const spans of [10, 100, 1_000, 10_000]) compare(`${spans} spans`, runsOf(spans, 1_000_000));
  console.log("\n1,000 spans");
  for (const kilobytes of [1, 10, 100, 1_000, 5_000]) {
    compare(`${kilobytes} kB`, runsOf(Math.min(1_000, kilobytes * 100), kilobytes * 1_000));
  }
  console.log(
    "\nA whole change in 10,000 lines with 1,000 spans, undo remembered, edits followed for retention",
  );
  const lines = "const answer = compute(question); // forty-two\n".repeat(10_000);
  for (const followed of [0, 100, 1_000]) {
    wholeChange(new ChunkedText(lines), followed);
    wholeChange(new OneString(lines), followed);
  }
}

function compare(name: string, runs: readonly Run[]): void {
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const tree = measure(Spans.ofRuns(runs), length);
  const array = measure(new ArrayOfRuns(runs), length);
  console.log(
    `${name.padStart(14)}   tree ${show(tree)}   array ${show(array)}   array/tree ${(array.median / tree.median).toFixed(1)}`,
  );
}

interface ChangingText extends TextView {
  replace(start: number, end: number, text: string): void;
}

/** What most would do: the text is one string, copied at every change. */
class OneString implements ChangingText {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  replace(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
  }
}

function wholeChange(text: ChangingText, followed: number): void {
  const ownership = new Ownership(Spans.ofRuns(runsOf(1_000, text.length)));
  const edits = new FollowedEdits();
  const followers = Array.from({ length: followed }, (_, index) => {
    const offset = index * 400;
    return edits.follow(text, [{ start: offset, end: offset + 5, text: "return" }]);
  });
  const random = randomNumbers();
  const times: number[] = [];
  for (let index = 0; index < 3_000; index++) {
    const start = random() % (text.length - 1);
    const edit = minimiseAll(text, [{ start, end: start + (index % 2), text: index % 2 ? "" : "x" }]);
    const before = performance.now();
    const { edit: changes } = ownership.change(text, edit, `e${index}`);
    edits.apply(changes);
    for (const change of changes) text.replace(change.start, change.end, change.text);
    times.push((performance.now() - before) * 1_000);
  }
  const before = performance.now();
  const asked = followers.slice(0, 10);
  for (const follower of asked) follower.retention(text);
  const sample = asked.length > 0 ? (performance.now() - before) / asked.length : 0;
  const name = text instanceof ChunkedText ? "chunks" : "string";
  console.log(
    `${name.padStart(14)}   ${String(followed).padStart(4)} followed   ${show(summary(times))}   a sample after all of them ${sample.toFixed(1)} ms`,
  );
}

function measure(follower: Follower, length: number): Summary {
  run(follower, length, 2_000);
  return summary(run(follower, length, changes));
}

function run(follower: Follower, length: number, count: number): number[] {
  const random = randomNumbers();
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const offset = random() % (length + 1);
    const owner = `e${index}`;
    const start = performance.now();
    follower.replace(offset, 0, 1, owner);
    const middle = performance.now();
    follower.replace(offset, 1, 0, owner);
    times.push((middle - start) * 1_000, (performance.now() - middle) * 1_000);
  }
  return times;
}

interface Summary {
  readonly median: number;
  readonly p99: number;
}

function summary(times: number[]): Summary {
  times.sort((first, second) => first - second);
  return { median: times[times.length >> 1]!, p99: times[Math.floor(times.length * 0.99)]! };
}

function show({ median, p99 }: Summary): string {
  return `median ${median.toFixed(1).padStart(6)} p99 ${p99.toFixed(1).padStart(6)}`;
}

/** So many runs of different owners, together as long as the document. */
function runsOf(count: number, length: number): Run[] {
  return Array.from({ length: count }, (_, index): Run => {
    const start = Math.floor((index * length) / count);
    const end = Math.floor(((index + 1) * length) / count);
    return { owner: index % 2 ? `owner ${index}` : undefined, length: end - start, restored: false };
  });
}

function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}

main();
