/**
 * The panel over a store of a million made-up edits, in the webview of the real editor: its opening, each view, each
 * period and each list, with the bars beside; then each question that it asked, to the server alone. `KEPT_BENCH_EDITS`
 * takes another number.
 */
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildFolder } from "../scripts/package/make.ts";
import { build } from "../scripts/test/build.ts";
import { openEditor } from "./panel/editor.ts";
import { askServer, type AnswerTimes } from "./panel/questions.ts";
import { yearOfEdits } from "./panel/store.ts";
import { measurePanel, type Measured } from "./panel/webview.ts";

const bars = { firstPaintMs: 200, viewMs: 100, scriptKilobytes: 150 };
const edits = Number(process.env["KEPT_BENCH_EDITS"] ?? 1_000_000);
const folder = path.resolve(import.meta.dirname, "../.cache/bench/panel");

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function print({ name, times }: Measured, bar?: number, rest = ""): void {
  const [middle, most] = [quantile(times, 0.5), quantile(times, 0.95)];
  const told = `${middle.toFixed(0).padStart(6)} ms, p95 ${most.toFixed(0).padStart(5)} ms of ${times.length}`;
  const judged = bar === undefined ? "" : `   ${(middle / bar).toFixed(2)} of the bar of ${bar} ms`;
  console.log(`  ${name.padEnd(46)} ${told}${judged}${rest}`);
}

function head(title: string): void {
  console.log(`${title} (medians; ${loadavg()[0]!.toFixed(1)} programs want to run)`);
}

console.log(`panel: a store of ${edits.toLocaleString("en")} edits`);
const built = await build();
if (built.passed === 0) throw new Error("the bundles cannot be built");
const year = await yearOfEdits(edits, folder);
const editor = await openEditor(year);
try {
  const kilobytes = gzipSync(readFileSync(path.join(buildFolder, "dist", "panel.js"))).length / 1000;
  console.log(
    `the panel's script is ${kilobytes.toFixed(0)} kB, gzipped: ${(kilobytes / bars.scriptKilobytes).toFixed(2)} of the bar of ${bars.scriptKilobytes} kB`,
  );
  const panel = await measurePanel(editor.workbench);
  head("the panel is opened in VS Code's side bar, until there is painted");
  for (const each of panel.opening)
    print(each, each.name.startsWith("anything, from the script") ? bars.firstPaintMs : undefined);
  head("a view is chosen for the first time, until its own answer is painted");
  for (const each of panel.firstTime) print(each, bars.viewMs);
  head("a view is chosen again");
  for (const each of panel.again) print(each, bars.viewMs);
  head("another period or place is chosen, until its numbers are painted");
  for (const each of panel.periods) print(each, bars.viewMs);
  head("the lists behind numbers, until they are painted");
  for (const each of panel.lists) print(each, bars.viewMs);
  await editor.stop();
  const answers = await askServer(year, panel.asked);
  head("the server alone, from question to answer");
  const printAnswer = (each: AnswerTimes) => {
    const processor = each.processorMs === undefined ? "" : `, processor ${each.processorMs.toFixed(0)} ms`;
    print(each, bars.viewMs, `${processor}, ${each.kilobytes.toFixed(0)} kB`);
  };
  for (const each of answers.filter(({ isList }) => !isList)) printAnswer(each);
  const lists = answers.filter(({ isList }) => isList);
  const slowest = lists.sort((one, other) => quantile(other.times, 0.5) - quantile(one.times, 0.5));
  console.log(`the slowest of ${lists.length} lists`);
  for (const each of slowest.slice(0, 10)) printAnswer(each);
} catch (error) {
  await editor.stop();
  throw error;
}
