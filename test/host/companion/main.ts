/**
 * A test-only extension beside the packaged Kept: it runs the suites of test/host/inside with mocha in the extension
 * host and writes how they ended. scripts/test/companion.ts bundles it with the suites.
 */
import { rename, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type Mocha from "mocha";
import * as vscode from "vscode";
import { couldNotRun, reporterFor, type SuiteResult } from "../../../scripts/test/result.ts";

/** Set by the one that starts the editor: scripts/test/inside.ts. */
const mochaVariable = "KEPT_TEST_MOCHA";
const resultVariable = "KEPT_TEST_RESULT";
const grepVariable = "KEPT_TEST_GREP";

const timeoutMs = 60_000;

/** `load` evaluates the suites, which need mocha's globals to be there. */
export function companionOf(load: () => void) {
  return {
    /** In the browser's editor nobody calls `run`. */
    activate(context: vscode.ExtensionContext) {
      if (context.extensionMode === vscode.ExtensionMode.Production) void runAndReport(load);
    },
    /** The desktop editor calls this, and ends with what it throws. */
    async run() {
      const { failures } = await runAndReport(load);
      if (failures.length > 0) throw new Error(`${failures.length} failed`);
    },
  };
}

async function runAndReport(load: () => void): Promise<SuiteResult> {
  const result = await runSuites(load).catch((error: unknown) =>
    couldNotRun("The suites could not run", error),
  );
  const file = required(resultVariable);
  await writeFile(`${file}.part`, JSON.stringify(result));
  await rename(`${file}.part`, file);
  return result;
}

async function runSuites(load: () => void): Promise<SuiteResult> {
  const location = pathToFileURL(required(mochaVariable)).href;
  const { default: MochaHere } = (await import(location)) as { default: typeof Mocha };
  const grep = process.env[grepVariable];
  return await new Promise((resolve) => {
    const mocha = new MochaHere({
      ui: "tdd",
      timeout: timeoutMs,
      forbidOnly: true,
      forbidPending: true,
      ...(grep === undefined ? {} : { grep: new RegExp(grep) }),
      reporter: reporterFor(resolve),
    });
    mocha.suite.emit("pre-require", globalThis as Mocha.MochaGlobals, "", mocha);
    load();
    mocha.run();
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
