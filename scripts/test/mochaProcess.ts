import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../paths.ts";
import { run } from "../process/run.ts";
import type { TestOptions } from "./options.ts";
import { couldNotRun, type SuiteResult } from "./result.ts";

export interface MochaOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** Runs the tests below `test/FOLDER` with mocha, in a process of their own. */
export async function runMocha(
  folder: string,
  options: TestOptions,
  extra: MochaOptions = {},
): Promise<SuiteResult> {
  const files = options.files.length > 0 ? options.files : await testFilesIn(folder);
  if (files.length === 0) return couldNotRun(`The tests in test/${folder} can run`, "There are none.");
  const scratch = await mkdtemp(path.join(tmpdir(), "kept-result-"));
  const resultFile = path.join(scratch, "result.json");
  try {
    const { code, stdout, stderr } = await run(
      process.execPath,
      [
        path.join(root, "scripts", "test", "mocha.ts"),
        `--result=${resultFile}`,
        ...(options.grep === undefined ? [] : [`--grep=${options.grep}`]),
        ...(options.verbose ? ["--verbose"] : []),
        ...(extra.timeoutMs === undefined ? [] : [`--timeout=${extra.timeoutMs}`]),
        ...files,
      ],
      { cwd: root, env: { ...process.env, ...extra.env } },
    );
    const said = `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
    const text = await readFile(resultFile, "utf8").catch(() => undefined);
    if (text === undefined) {
      return couldNotRun(
        `The tests in test/${folder} can run`,
        `They ended with code ${code}.\n${said.join("\n")}`,
      );
    }
    const result = JSON.parse(text) as SuiteResult;
    return { ...result, notes: [...result.notes, ...said] };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** The test files below `test/FOLDER`. */
export async function testFilesIn(folder: string): Promise<string[]> {
  const tests = path.join(root, "test", folder);
  const names = await readdir(tests, { recursive: true }).catch(() => []);
  return names
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => path.join(tests, name));
}
