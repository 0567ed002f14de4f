/**
 * The panel over a store of a million made-up edits: each of its questions to the real server, and its real script in
 * Chromium, with the bars beside. `KEPT_BENCH_EDITS` takes another number.
 */
import path from "node:path";
import { build } from "../scripts/test/build.ts";
import { paintPanel } from "./panel/page.ts";
import { askServer, median } from "./panel/queries.ts";
import { yearOfEdits } from "./panel/store.ts";

const bars = { paintMs: 200, viewMs: 100 };
const edits = Number(process.env["KEPT_BENCH_EDITS"] ?? 1_000_000);
const folder = path.resolve(import.meta.dirname, "../.cache/bench/panel");

function print(name: string, times: readonly number[], bar: number | undefined, processorMs?: number): void {
  const [middle, worst] = [median(times), Math.max(...times)];
  const told = [`${middle.toFixed(1)} ms`, `first ${times[0]!.toFixed(1)}`, `worst ${worst.toFixed(1)}`];
  if (processorMs !== undefined) told.push(`processor ${processorMs.toFixed(0)}`);
  const judged = bar === undefined ? "" : `   ${(middle / bar).toFixed(2)} of the bar of ${bar} ms`;
  console.log(`  ${name.padEnd(34)} ${told.join(", ")}${judged}`);
}

console.log(`panel: a store of ${edits.toLocaleString("en")} edits`);
const built = await build();
if (built.passed === 0) throw new Error("the bundles cannot be built");
const home = yearOfEdits(edits, folder);
const answers = await askServer(home);
console.log("the server, from question to answer:");
for (const { name, times, processorMs } of answers) print(name, times, bars.viewMs, processorMs);
const { first, numbers, views } = await paintPanel(answers);
console.log("the panel's script in Chromium, the server's time included:");
print("first paint", first, bars.paintMs);
print("numbers painted", numbers, bars.paintMs);
for (const [view, times] of views) print(`to ${view}`, times, bars.viewMs);
