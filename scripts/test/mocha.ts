/**
 * `node scripts/test/mocha.ts --result FILE [--grep PATTERN] TEST…` runs mocha tests in a process of their own and
 * writes the result where the one that asked will find it.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import Mocha from "mocha";
import { root } from "../paths.ts";
import { couldNotRun, reporterFor, type SuiteResult } from "./result.ts";

/** A test that leaves a socket, a timer or a process behind keeps this process alive: it is told so after this time. */
const leaveMs = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    result: { type: "string" },
    grep: { type: "string" },
    timeout: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

const resultFile = values.result;
if (resultFile === undefined) throw new Error("--result names the file for the result.");
const result = await runTests().catch((error: unknown) =>
  couldNotRun("The tests could not be loaded", error),
);
await writeFile(resultFile, JSON.stringify(result));

setTimeout(() => {
  const left = process
    .getActiveResourcesInfo()
    .filter((each) => each !== "Timeout")
    .join(", ");
  const failure = { title: "The tests leave nothing behind", reason: `Still open: ${left || "a timer"}` };
  void writeFile(resultFile, JSON.stringify({ ...result, failures: [...result.failures, failure] })).finally(
    () => process.exit(1),
  );
}, leaveMs).unref();

async function runTests(): Promise<SuiteResult> {
  const { ui, timeout, "forbid-only": forbidOnly, "forbid-pending": forbidPending } = await readOptions();
  return await new Promise<SuiteResult>((resolve, reject) => {
    const mocha = new Mocha({
      ui,
      timeout: values.timeout === undefined ? timeout : Number(values.timeout),
      forbidOnly,
      forbidPending,
      ...(values.grep === undefined ? {} : { grep: new RegExp(values.grep) }),
      reporter: reporterFor(resolve),
    });
    for (const file of positionals) mocha.addFile(path.resolve(file));
    mocha.loadFilesAsync().then(() => nameTests(mocha.run()), reject);
  });
}

/** The same options as when mocha is called by hand. */
async function readOptions() {
  const text = await readFile(path.join(root, ".mocharc.json"), "utf8");
  return JSON.parse(text) as {
    ui: Mocha.Interface;
    timeout: number;
    "forbid-only": boolean;
    "forbid-pending": boolean;
  };
}

function nameTests(runner: Mocha.Runner) {
  if (!values.verbose) return;
  runner.on("pass", (test) => console.log(`passed: ${test.fullTitle()} (${test.duration ?? 0} ms)`));
}
