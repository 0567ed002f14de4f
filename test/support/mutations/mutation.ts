import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../store/temporaryStore.ts";

/** A guard, and what the code is without it. */
export interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The file of tests that must notice, and part of the test's name. */
  readonly tests: string;
  readonly test: string;
}

/** What each promise is called, and the code without what keeps it. The name begins with the promise's own: `D1: `. */
export type Mutations = Readonly<Record<string, Mutation>>;

const root = join(import.meta.dirname, "../../..");
const copied = [
  "protocol",
  "core",
  "server",
  "webview",
  "org",
  "scripts",
  "esbuild.page.mjs",
  "test/fixtures/databases",
  "test/org",
  "test/panel",
  "test/support/fuzz",
  "test/support/hostile",
  "test/support/store",
  "test/support/protection",
  "test/support/coaching",
  "test/support/sync",
  "test/support/protocol",
  "test/unit/core/protection",
  "test/unit/core/sync",
  "test/unit/server/bundles",
  "test/unit/server/store",
  "test/unit/server/sync",
  "test/unit/org",
  "test/unit/protocol",
];

/** Runs a test on a copy of the code that was changed, or on one that was not. Says why it did not pass, test by test. */
export function failuresOnCopy({ tests, test, ...mutation }: Mutation, isMutated: boolean): string[] {
  const { folder, remove } = temporaryFolder();
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  cpSync(join(root, "test/wire"), join(folder, "test/wire"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  if (isMutated) mutate(join(folder, mutation.file), mutation);
  const mocha = join(root, "node_modules/mocha/bin/mocha.js");
  const options = ["--no-config", "--ui", "tdd", "--timeout", "60000", "--fgrep", test, "--reporter", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, [mocha, ...options, join(folder, tests)], {
    cwd: folder,
    encoding: "utf8",
  });
  remove();
  const { stats, failures } = JSON.parse(stdout.slice(stdout.indexOf("{\n"))) as {
    stats: { passes: number; failures: number };
    failures: { fullTitle: string; err: { message?: string } }[];
  };
  if (stats.passes + stats.failures === 0) throw new Error(`No test is named ${test}: ${stderr}`);
  return failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`);
}

function mutate(path: string, { from, to }: Pick<Mutation, "from" | "to">): void {
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${path} does not have this once: ${from}`);
  writeFileSync(path, text.replace(from, to));
}
