/** `npm test`: see options.ts for what it takes. */
import { ensureBrowser } from "../browser/ensure.ts";
import { ensureEditor } from "../editor/install.ts";
import { orExit } from "../process/orExit.ts";
import { build } from "./build.ts";
import { runCheck } from "./check.ts";
import { runHost } from "./host.ts";
import { runMocha } from "./mochaProcess.ts";
import { readOptions, type SuiteName, type TestOptions } from "./options.ts";
import { addResults, closingLine, couldNotRun, type SuiteResult } from "./result.ts";

/** Where the system's own tools lie: tests make users, small disks and flags, whatever the PATH of who starts them. */
const systemFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
if (process.platform !== "win32") {
  process.env["PATH"] = [process.env["PATH"], ...systemFolders].filter(Boolean).join(":");
}

const options = orExit(() => readOptions(process.argv.slice(2)));
const results: SuiteResult[] = [];
const suitesWithPages: readonly SuiteName[] = ["panel", "org", "host", "faults"];

// Nothing is measured in the first two, so they share the machine; all later ones have it to themselves.
await Promise.all([together(["check", "unit"]), fetchAhead()]);
if (asked("wire") || asked("org") || asked("faults")) await report("build", build);
await report("wire", (test) => runMocha("wire", test));
await report("panel", (test) => runMocha("panel", test));
await report("org", (test) => runMocha("org", test));
await report("host", runHost);
await report("faults", (test) => runMocha("faults", test, { timeoutMs: 3_600_000 }));
await report("privacy", (test) => runMocha("privacy", test, { timeoutMs: 3_600_000 }));

const total = addResults(results);
for (const title of total.skipped) console.log(`skipped: ${title}`);
console.log(closingLine(total));
process.exitCode = total.failures.length === 0 ? 0 : 1;

/** What is fetched for the later suites; whichever needs what could not be had says so. */
async function fetchAhead() {
  const needed = [
    ...(suitesWithPages.some(asked) ? [ensureBrowser] : []),
    ...(asked("host") && options.desktop === undefined ? [ensureEditor] : []),
  ];
  await Promise.allSettled(needed.map((fetch) => fetch()));
}

async function together(names: readonly ("check" | "unit")[]) {
  const run = { check: runCheck, unit: (test: TestOptions) => runMocha("unit", test) };
  await Promise.all(names.map((name) => report(name, run[name])));
}

function asked(name: SuiteName) {
  return options.suites.includes(name);
}

/** Runs a suite that was asked for and prints how it ended. */
async function report(name: SuiteName | "build", run: (test: TestOptions) => Promise<SuiteResult>) {
  if (name !== "build" && !asked(name)) return;
  const started = performance.now();
  const result = await run(options).catch((error: unknown) =>
    couldNotRun(`The ${name} suite could not run`, error),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { passed, failures, notes } = result;
  const verdict = failures.length === 0 ? "ok    " : "FAILED";
  console.log(`${name.padEnd(6)} ${verdict} ${String(passed).padStart(5)} passed  ${seconds.padStart(6)} s`);
  for (const note of notes) console.log(`    ${note}`);
  for (const { title, reason } of failures) console.log(`\n  ${title}\n${indent(reason)}\n`);
  results.push(result);
}

function indent(text: string) {
  return text.replace(/^/gm, "    ");
}
