import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { temporaryFolder } from "../support/store/temporaryStore.ts";

const root = join(import.meta.dirname, "../..");

/** Opens the store in a bundle, with the binary it is given, and prints what became of it. */
const program = `
import { openStore } from ${JSON.stringify(join(root, "server/store/openStore.ts"))};
const [folder, nativeBinding, napi] = process.argv.slice(2);
const store = openStore({
  folder, nativeBinding, now: () => 0, uuid: () => "owner", log: console.error,
  environmentVersions: { ...process.versions, ...(napi ? { napi } : {}) },
});
const written = store.writeNote("name", "text").outcome;
const binaries = Object.keys(require.cache).filter((name) => name.endsWith(".node"));
console.log(JSON.stringify({ kind: store.kind, problems: store.problems, written, binaries: binaries.length }));
store.close();
`;

suite("The store in a bundle", function () {
  this.timeout(60_000);
  let folder: string;
  let remove: () => void;
  setup(async () => {
    ({ folder, remove } = temporaryFolder());
    const options = {
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "silent",
    } as const;
    const stdin = { contents: program, loader: "ts", resolveDir: root } as const;
    await build({ ...options, stdin, outfile: join(folder, "program.cjs") });
    copyFileSync(nativeBinary(), join(folder, "database.node"));
  });
  teardown(() => remove());

  const run = (runtime: string, ...napi: string[]) => {
    const home = join(folder, "home");
    mkdirSync(home, { recursive: true });
    const parameters = [join(folder, "program.cjs"), home, join(folder, "database.node"), ...napi];
    const { stdout, stderr, signal } = spawnSync(runtime, parameters, { cwd: folder, encoding: "utf8" });
    assert.equal(signal, null, stderr);
    return JSON.parse(stdout) as {
      kind: string;
      problems: { code: string }[];
      written: string;
      binaries: number;
    };
  };

  test("works from an empty folder with the binary it is given", () => {
    const expected = { kind: "disk", problems: [], written: "written", binaries: 1 };
    assert.deepEqual(run(process.execPath), expected);
    assert.ok(existsSync(join(folder, "home/kept.db")));
  });

  test("does not load the binary into a runtime that says it is too old", () => {
    const { kind, problems, written, binaries } = run(process.execPath, "9");
    assert.deepEqual(
      [kind, problems[0]?.code, written, binaries],
      ["memory", "runtime.tooOld", "written", 0],
    );
    assert.equal(existsSync(join(folder, "home/kept.db")), false);
  });

  test("does not crash a runtime that is too old", () => {
    const old = findOldRuntime();
    // Loading the binary there ends the process by a signal, which \`run\` does not let pass.
    const result = old === undefined ? run(process.execPath, "9") : run(old);
    assert.deepEqual([result.kind, result.binaries], ["memory", 0]);
  });

  test("says what is missing when the binary is not there", () => {
    writeFileSync(join(folder, "database.node"), "not a binary");
    const { kind, problems } = run(process.execPath);
    assert.deepEqual([kind, problems[0]?.code], ["memory", "store.cannotOpen"]);
  });
});

function nativeBinary(): string {
  const require = createRequire(import.meta.url);
  const { getPrebuildPath } = require(join(dirname(require.resolve("better-sqlite3")), "binding.js")) as {
    getPrebuildPath(this: void): string;
  };
  return getPrebuildPath();
}

/** The distribution's own Node, where that is one the binary would crash. */
function findOldRuntime(): string | undefined {
  return ["/usr/bin/node", "/usr/local/bin/node"].find((path) => {
    const { stdout } = spawnSync(path, ["-p", "process.versions.napi"], { encoding: "utf8" });
    return Number(stdout) > 0 && Number(stdout) < 10;
  });
}
