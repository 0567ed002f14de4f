import path from "node:path";
import { root } from "../paths.ts";
import { run } from "../process/run.ts";
import { couldNotRun, emptyResult, type SuiteResult } from "./result.ts";

/** The bundles that the suites start as processes. */
export async function build(): Promise<SuiteResult> {
  const { code, stdout, stderr } = await run(process.execPath, [path.join(root, "esbuild.config.mjs")]);
  if (code !== 0) return couldNotRun("The bundles can be built", stdout + stderr);
  return { ...emptyResult, passed: 1 };
}
