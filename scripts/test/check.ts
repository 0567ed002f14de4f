import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.ts";
import { run } from "../process/run.ts";
import { addResults, couldNotRun, emptyResult, type SuiteResult } from "./result.ts";

interface Check {
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
}

const packages = path.join(root, "node_modules");

/** What the source has to satisfy without being run. Each counts as one test. */
const checks: readonly Check[] = [
  { title: "The types agree", script: path.join(packages, "typescript", "bin", "tsc"), args: ["-b"] },
  {
    title: "The lint rules hold",
    script: path.join(packages, "eslint", "bin", "eslint.js"),
    args: [".", "--max-warnings=0"],
  },
  {
    title: "The source is formatted",
    script: path.join(packages, "prettier", "bin", "prettier.cjs"),
    args: ["--check", "--log-level=warn", "."],
  },
  {
    title: "Nothing is exported or installed in vain",
    script: path.join(packages, "knip", "bin", "knip.js"),
    args: ["--no-progress"],
  },
  {
    title: "Generated files are up to date",
    script: path.join(root, "scripts", "generate.ts"),
    args: ["--check"],
  },
];

export async function runCheck(): Promise<SuiteResult> {
  const results: SuiteResult[] = [];
  for (const check of checks.filter(({ script }) => existsSync(script))) results.push(await runOne(check));
  return addResults(results);
}

async function runOne({ title, script, args }: Check): Promise<SuiteResult> {
  const { code, stdout, stderr } = await run(process.execPath, [script, ...args], { cwd: root });
  return code === 0 ? { ...emptyResult, passed: 1 } : couldNotRun(title, `${stdout}${stderr}`.trim());
}
