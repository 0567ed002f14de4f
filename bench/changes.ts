/**
 * What the server does for one change that comes by document sync, from positions to spans and undo, as documents and
 * carets grow; beside it what the usual document of a language server takes for its text alone. Run it with
 * `node bench/changes.ts`.
 */
import { TextDocument } from "vscode-languageserver-textdocument";
import { Spans, type Run } from "../core/spans/spans.ts";
import { OpenDocument } from "../server/edits/openDocument.ts";

const uri = "file:///bench.ts";
const line = "const answer = compute(question); // forty-two\n";
const changes = 4_000;

interface Change {
  readonly version: number;
  readonly contentChanges: { range: Range; text: string }[];
}

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

function main(): void {
  console.log("One key at a random place, in or out. Microseconds a change.\n");
  console.log("10,000 lines with 1,000 spans");
  for (const carets of [1, 3, 30]) compare(carets === 1 ? "1 caret" : `${carets} carets`, 10_000, carets);
  console.log("\nGrowth, 1 caret");
  for (const kilobytes of [1, 10, 100, 1_000, 5_000]) {
    compare(`${kilobytes} kB`, Math.ceil((kilobytes * 1_000) / line.length), 1);
  }
}

function compare(name: string, lines: number, carets: number): void {
  const text = line.repeat(lines);
  const all = changesOf(lines, carets);
  const document = new OpenDocument({
    uri,
    languageId: "typescript",
    workspace: null,
    session: 1,
    version: 1,
    text,
    spans: Spans.ofRuns(runsOf(Math.min(1_000, lines), text.length)),
  });
  const own = measure(all, (change, index) =>
    document.apply(change, { owner: `edit ${index}`, reason: undefined, reloaded: false }),
  );
  const usual = TextDocument.create(uri, "typescript", 1, text);
  const other = measure(all, (change) => {
    TextDocument.update(usual, change.contentChanges, change.version);
    // The text is one string only once somebody reads it, which the next position that is looked up does.
    usual.getText().charCodeAt(0);
  });
  console.log(`${name.padStart(10)}   Kept ${show(own)}   the usual document, text alone ${show(other)}`);
}

function changesOf(lines: number, carets: number): Change[] {
  const random = randomNumbers();
  return Array.from({ length: Math.ceil(changes / carets) }, (_, index) => {
    const first = random() % Math.max(1, lines - carets);
    const character = random() % 40;
    const contentChanges = Array.from({ length: carets }, (_, caret) => {
      const at = Math.min(lines - 1, first + carets - 1 - caret);
      const start = { line: at, character };
      return index % 2
        ? { range: { start, end: { line: at, character: character + 1 } }, text: "" }
        : { range: { start, end: start }, text: "x" };
    });
    return { version: index + 2, contentChanges };
  });
}

function measure(all: readonly Change[], apply: (change: Change, index: number) => void): number[] {
  const times = all.map((change, index) => {
    const before = performance.now();
    apply(change, index);
    return (performance.now() - before) * 1_000;
  });
  return times.sort((first, second) => first - second);
}

function show(times: readonly number[]): string {
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1).padStart(7);
  return `median ${at(0.5)} p99 ${at(0.99)}`;
}

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
