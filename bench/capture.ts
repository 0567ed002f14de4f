/**
 * What the extension does for one change event, as documents grow; beside it what an extension takes that reads the
 * text at each change to compare it. The editor itself is not here: events are made up, and everything behind them is
 * the extension's own code. Run it with `npm run bench -- capture`.
 */
import { build } from "esbuild";
import path from "node:path";

const events = 20_000;
const line = "const answer = compute(question); // forty-two\n";

/** Only what the code under measurement asks of the editor. */
const editor = `
  const listeners = {};
  const on = (name) => (listener) => { (listeners[name] ??= []).push(listener); return { dispose() {} }; };
  export const fire = (name, event) => { for (const listener of listeners[name] ?? []) listener(event); };
  export const workspace = {
    onDidOpenTextDocument: on("open"), onDidCloseTextDocument: on("close"), onDidChangeTextDocument: on("change"),
    onWillSaveTextDocument: on("willSave"), onDidSaveTextDocument: on("save"),
  };
  export const window = { activeTextEditor: undefined, state: { focused: true } };
  export const TextDocumentChangeReason = { Undo: 1, Redo: 2 };
  export class Disposable { static from() { return { dispose() {} }; } dispose() {} }
`;

interface Capturing {
  readonly fire: (name: string, event: unknown) => void;
  readonly window: { activeTextEditor: unknown };
  readonly Capture: new (
    host: object,
    isRecorded: () => boolean,
    tell: (observation: unknown) => void,
  ) => object;
}

async function loadCapture(): Promise<Capturing> {
  const folder = path.resolve(import.meta.dirname, "..");
  const { outputFiles } = await build({
    stdin: {
      contents: `export { Capture } from "./extension/capture.ts"; export { fire, window } from "vscode";`,
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    plugins: [
      {
        name: "editor",
        setup: (bundler) => {
          bundler.onResolve({ filter: /^vscode$/ }, () => ({ path: "vscode", namespace: "editor" }));
          bundler.onLoad({ filter: /.*/, namespace: "editor" }, () => ({ contents: editor }));
        },
      },
    ],
  });
  const source = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${source}`)) as Capturing;
}

async function main(): Promise<void> {
  const { fire, window, Capture } = await loadCapture();
  let told = 0;
  const host = {
    now: () => Date.now(),
    utcOffsetMinutes: () => 0,
    startTimer: () => () => undefined,
  };
  new Capture(
    host,
    () => true,
    () => told++,
  );
  console.log("One change event. Microseconds.\n");
  for (const kilobytes of [1, 10, 100, 1_000, 5_000]) {
    const text = line.repeat(Math.ceil((kilobytes * 1_000) / line.length));
    const uri = { scheme: "file", toString: () => "file:///bench.ts" };
    const document = { uri, languageId: "typescript", version: 1, isDirty: true, isUntitled: false };
    window.activeTextEditor = { document, selections: [{}] };
    const change = { rangeOffset: text.length >> 1, rangeLength: 0, text: "x" };
    const event = { document, contentChanges: [change], reason: undefined };
    const before = process.memoryUsage().heapUsed;
    const own = measure(() => fire("change", event));
    const heap = process.memoryUsage().heapUsed - before;
    // An editor hands out its lines joined anew after each change.
    const lines = text.split("\n");
    let known = text;
    const other = measure(() => {
      const now = lines.join("\n");
      if (now.length !== known.length) told++;
      known = now;
    }, 200);
    const bytes = Math.max(0, Math.round(heap / events));
    console.log(
      `${`${kilobytes} kB`.padStart(10)}   Kept ${show(own)}, about ${bytes} bytes an event   reading the text ${show(other)}`,
    );
  }
  if (told < events) throw new Error("The events did not arrive");
}

function measure(run: () => void, times = events): number[] {
  return Array.from({ length: times }, () => {
    const before = performance.now();
    run();
    return (performance.now() - before) * 1_000;
  }).sort((first, second) => first - second);
}

function show(times: readonly number[]): string {
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1).padStart(7);
  return `median ${at(0.5)} p99 ${at(0.99)}`;
}

await main();
