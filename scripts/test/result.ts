import { inspect } from "node:util";
import type Mocha from "mocha";

export interface Failure {
  readonly title: string;
  readonly reason: string;
}

/** How one suite ended. */
export interface SuiteResult {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Titles: nothing is skipped silently. */
  readonly skipped: readonly string[];
  /** What the tests measured and want said. */
  readonly notes: readonly string[];
}

export const emptyResult: SuiteResult = { passed: 0, failures: [], skipped: [], notes: [] };

/** A suite that could not run at all is a failed one. */
export function couldNotRun(title: string, reason: unknown): SuiteResult {
  return { ...emptyResult, failures: [{ title, reason: describe(reason) }] };
}

export function addResults(results: readonly SuiteResult[]): SuiteResult {
  return {
    passed: results.reduce((sum, each) => sum + each.passed, 0),
    failures: results.flatMap((each) => each.failures),
    skipped: results.flatMap((each) => each.skipped),
    notes: results.flatMap((each) => each.notes),
  };
}

/** The closing line of every run. */
export function closingLine({ passed, failures, skipped }: SuiteResult) {
  return `${passed} passed, ${failures.length} failed, ${skipped.length} skipped`;
}

/** An error with its stack and causes, without the objects that hang on it. */
export function describe(reason: unknown): string {
  if (!(reason instanceof Error)) return typeof reason === "string" ? reason : inspect(reason, { depth: 2 });
  const stack = reason.stack ?? reason.message;
  return reason.cause === undefined ? stack : `${stack}\ncaused by ${describe(reason.cause)}`;
}

/** For mocha's `reporter` option: says nothing, and has the result when the run has ended. */
export function reporterFor(finished: (result: SuiteResult) => void) {
  const reporter = class {
    constructor(runner: Mocha.Runner) {
      follow(runner, finished);
    }
  };
  // Mocha asks a reporter for no more than this, its types do.
  return reporter as unknown as Mocha.ReporterConstructor;
}

function follow(runner: Mocha.Runner, finished: (result: SuiteResult) => void) {
  let passed = 0;
  const failures: Failure[] = [];
  const skipped: string[] = [];
  runner.on("pass", () => passed++);
  runner.on("pending", (test) => skipped.push(test.fullTitle()));
  runner.on("fail", (test, error: unknown) => {
    failures.push({ title: test.fullTitle(), reason: describe(error) });
  });
  runner.once("end", () => finished({ ...emptyResult, passed, failures, skipped }));
}
