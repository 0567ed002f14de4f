import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** Short tests, as long as their promises are: those of a file whose titles hold `titles`, with what makes them long. */
export interface AtLength {
  readonly file: string;
  readonly titles?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs them in a process of their own. What they print of what they found is printed. */
export function passAtLength({ file, titles, environment }: AtLength): void {
  const mocha = path.join(root, "node_modules/mocha/bin/mocha.js");
  const chosen = titles === undefined ? [] : ["--fgrep", titles];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [mocha, "--timeout", "1800000", ...chosen, file],
    { cwd: root, env: { ...process.env, ...environment }, encoding: "utf8" },
  );
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  assert.match(stdout, /^ +[1-9]\d* passing/m, "no test has that title");
  for (const [line] of stdout.matchAll(/^ +\[found\] .*$/gm)) console.log(line);
}
