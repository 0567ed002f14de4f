import { buildForPackaging, makePackage } from "../package/make.ts";
import { targetOfThisMachine } from "../package/target.ts";
import { runInDesktop } from "./desktop.ts";
import { type Flavour, flavours } from "./flavour.ts";
import { runInside } from "./inside.ts";
import { runMocha } from "./mochaProcess.ts";
import type { TestOptions } from "./options.ts";
import { addResults, couldNotRun, type SuiteResult } from "./result.ts";

/** A window opens in seconds, several in a test. */
const outsideTimeoutMs = 120_000;

/** The packaged extension, both flavours, in real VS Code: its suites inside, a browser's outside. */
export async function runHost(options: TestOptions): Promise<SuiteResult> {
  await buildForPackaging();
  const results: SuiteResult[] = [];
  for (const flavour of flavours) {
    const { file, bytes } = await makePackage({
      target: targetOfThisMachine(),
      proposed: flavour === "proposed",
    });
    const note = `the ${flavour} package has ${Math.ceil(bytes / 1024)} KiB`;
    results.push({ passed: 0, failures: [], skipped: [], notes: [note] });
    for (const run of runsOf(options, flavour)) results.push(named(flavour, await run(file)));
  }
  return addResults(results);
}

function runsOf(options: TestOptions, flavour: Flavour): ((vsix: string) => Promise<SuiteResult>)[] {
  const { desktop, grep } = options;
  if (desktop !== undefined) {
    return [(vsix) => orFailed("desktop VS Code", runInDesktop({ vsix, flavour, grep, ...desktop }))];
  }
  const outside = (vsix: string) =>
    runMocha("host/outside", options, {
      env: { KEPT_TEST_VSIX: vsix, KEPT_TEST_FLAVOUR: flavour },
      timeoutMs: outsideTimeoutMs,
    });
  // Files are named for the suites outside; those inside are one bundle.
  if (options.files.length > 0) return [outside];
  return [(vsix) => orFailed("VS Code", runInside({ vsix, flavour, grep })), outside];
}

function orFailed(where: string, running: Promise<SuiteResult>): Promise<SuiteResult> {
  return running.catch((error: unknown) => couldNotRun(`The suites inside ${where} can run`, error));
}

function named(flavour: Flavour, result: SuiteResult): SuiteResult {
  return {
    ...result,
    failures: result.failures.map(({ title, reason }) => ({ title: `${flavour}: ${title}`, reason })),
    skipped: result.skipped.map((title) => `${flavour}: ${title}`),
  };
}
