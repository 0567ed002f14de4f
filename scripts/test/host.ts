import { buildForPackaging, makePackage } from "../package/make.ts";
import { targetOfThisMachine } from "../package/target.ts";
import { runInDesktop } from "./desktop.ts";
import { type Flavour, flavours } from "./flavour.ts";
import { runInside } from "./inside.ts";
import { runMocha, testFilesIn } from "./mochaProcess.ts";
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
  const outside = async (vsix: string) => {
    const results: SuiteResult[] = [];
    for (const file of options.files.length > 0 ? options.files : await testFilesIn("host/outside")) {
      const run = () =>
        runMocha(
          "host/outside",
          { ...options, files: [file] },
          { env: { KEPT_TEST_VSIX: vsix, KEPT_TEST_FLAVOUR: flavour }, timeoutMs: outsideTimeoutMs },
        );
      results.push(await onceMore(run));
    }
    return addResults(results);
  };
  // Files are named for the suites outside; those inside are one bundle.
  if (options.files.length > 0) return [outside];
  const inside = (vsix: string) => onceMore(() => orFailed("VS Code", runInside({ vsix, flavour, grep })));
  return [inside, outside];
}

/**
 * On a busy machine an editor and its browser are late now and then. What fails is run once more, in a new editor; what
 * only passes then is told, and what fails twice has failed.
 */
async function onceMore(run: () => Promise<SuiteResult>): Promise<SuiteResult> {
  const first = await run();
  if (first.failures.length === 0) return first;
  const second = await run();
  const told = first.failures.map(
    ({ title, reason }) => `failed at first, and was run once more: ${title}: ${reason.split("\n", 1)[0]}`,
  );
  return { ...second, notes: [...second.notes, ...told] };
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
