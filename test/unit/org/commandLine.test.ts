import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runCommandLine, usage } from "../../../org/commandLine.ts";
import type { Surroundings } from "../../../org/commands/command.ts";
import { openSqlite } from "../../../org/store/sqlite/open.ts";
import { makeFolder } from "../../org/support/folder.ts";

suite("The command line of the service", () => {
  let folder: string;
  let remove: () => void;

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  async function run(
    words: readonly string[],
    environment: Record<string, string> = {},
  ): Promise<{ code: number; out: string[]; err: string[] }> {
    const out: string[] = [];
    const err: string[] = [];
    const surroundings: Surroundings = {
      environment: { KEPT_ORG_DATA: path.join(folder, "data"), KEPT_ORG_PORT: "1", ...environment },
      place: { homeFolder: folder, platform: "linux" },
      version: "1.2.3",
      host: { now: () => 0, secret: () => "a-secret" },
      consoleFiles: () => ({ stylesheet: "", icon: "" }),
      nativeBinding: undefined,
      print: (line) => out.push(line),
      complain: (line) => err.push(line),
      stop: AbortSignal.abort(),
    };
    return { code: await runCommandLine(words, surroundings), out, err };
  }

  test("explains itself, and ends with 2 when it was not understood", async () => {
    assert.deepEqual(await run(["--help"]), { code: 0, out: [usage], err: [] });
    assert.deepEqual(await run(["--version"]), { code: 0, out: ["1.2.3"], err: [] });
    for (const words of [[], ["sevre"], ["toString"], ["serve", "--port"], ["migrate", "--new"]]) {
      assert.deepEqual(await run(words), { code: 2, out: [], err: [usage] }, words.join(" "));
    }
    assert.ok(!existsSync(path.join(folder, "data")));
  });

  test("names every variable that exists", async () => {
    const { err } = await run(["doctor"], { KEPT_ORG_X: "" });
    const known = /It knows (.*)\.$/.exec(err[0] ?? "")?.[1]?.split(", ") ?? [];
    assert.ok(known.length > 5);
    for (const name of known) {
      assert.ok(usage.includes(name), name);
    }
  });

  test("ends with 2 and changes nothing when a variable is wrong", async () => {
    const { code, err } = await run(["migrate"], { KEPT_ORG_LOG: "loud" });
    assert.deepEqual(
      [code, err],
      [2, ["KEPT_ORG_LOG must be one of silent, fatal, error, warn, info, debug."]],
    );
    assert.ok(!existsSync(path.join(folder, "data")));
  });

  test("migrates, and again without effect", async () => {
    assert.match(
      (await run(["migrate"])).out[0] ?? "",
      /^SQLite .*: the tables went from version 0 to version 1\.$/,
    );
    assert.match((await run(["migrate"])).out[0] ?? "", /: the tables already have version 1\.$/);
  });

  test("shows the token once, alone on its line", async () => {
    assert.deepEqual((await run(["token"])).out, ["a-secret"]);
    const second = await run(["token"]);
    assert.deepEqual([second.code, second.out], [1, []]);
    assert.match(second.err.join(" "), /kept-org token --new/);
    assert.deepEqual((await run(["token", "--new"])).out, ["a-secret"]);
    const operators = await run(["token"], { KEPT_ORG_TOKEN: "an-operators-token" });
    assert.deepEqual([operators.code, operators.out], [1, []]);
    assert.ok(!operators.err.join("").includes("an-operators-token"));
  });

  test("starts and stops", async () => {
    const { code, out } = await run(["serve"], { KEPT_ORG_PORT: "0" });
    assert.equal(code, 0);
    const messages = out.map((line) => (JSON.parse(line) as { msg: string }).msg);
    assert.deepEqual(messages.slice(0, 1), ["store opened"]);
    assert.match(messages[1] ?? "", /^kept-org 1\.2\.3 listens at http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(messages.slice(2), [
      "An access token was made. Run kept-org token to see it; it is shown once.",
      "stopped",
    ]);
  });

  test("says in one sentence why it could not start", async () => {
    const nowhere = await run(["serve"], { KEPT_ORG_HOST: "192.0.2.1", KEPT_ORG_PORT: "0" });
    assert.deepEqual(
      [nowhere.code, nowhere.err],
      [1, ["This machine has no such address. Check KEPT_ORG_HOST."]],
    );
    writeFileSync(
      path.join(folder, "data", "org.sqlite"),
      "not a database, but long enough to be read as one",
    );
    const damaged = await run(["serve"]);
    assert.equal(damaged.code, 1);
    assert.match(damaged.err.join("\n"), /damaged or is not a database. It was left as it is/);
  });

  test("examines what is there and changes nothing", async () => {
    const before = await run(["doctor"]);
    assert.equal(before.code, 0);
    assert.match(before.out.join("\n"), /no database yet/);
    assert.ok(!existsSync(path.join(folder, "data")));

    await run(["token"]);
    await run(["migrate"]);
    const contents = () =>
      readdirSync(path.join(folder, "data"))
        // SQLite itself leaves an empty log and its index behind whoever reads.
        .filter((name) => !/-(?:wal|shm)$/.test(name))
        .map((name) => [name, readFileSync(path.join(folder, "data", name), "base64")]);
    const contentsBefore = contents();
    const after = await run(["doctor"]);
    assert.equal(after.code, 0);
    assert.deepEqual(contents(), contentsBefore);
    assert.match(
      after.out.join("\n"),
      /org\.sqlite is sound\nok {7}the tables have version 1\nok {7}the access token/,
    );
  });

  test("finds what is wrong", async () => {
    await run(["migrate"]);
    const file = path.join(folder, "data", "org.sqlite");
    const database = openSqlite({ file, nativeBinding: undefined });
    database.pragma("user_version = 7");
    database.close();
    const newer = await run(["doctor"]);
    assert.equal(newer.code, 1);
    assert.match(newer.out.join("\n"), /PROBLEM {2}the tables have version 7, this kept-org knows 1/);
    writeFileSync(file, "not a database, but long enough to be read as one");
    const damaged = await run(["doctor"], { KEPT_ORG_HOST: "0.0.0.0" });
    assert.equal(damaged.code, 1);
    assert.match(damaged.out.join("\n"), /PROBLEM {2}SQLite cannot read .* \(SQLITE_NOTADB\)/);
    assert.match(damaged.out.join("\n"), /put a proxy with TLS before it/);
  });

  test("shows the public halves of the keys that sign, and keeps the others to itself", async () => {
    const none = await run(["keys"]);
    assert.equal(none.code, 1);
    assert.match(none.err[0] ?? "", /keys --new/);
    const made = await run(["keys", "--new"]);
    assert.match(made.out[0] ?? "", /^[0-9a-f]{32} {2}[A-Za-z0-9+/]+=*$/);
    const two = await run(["keys", "--new"]);
    assert.equal(two.out.length, 2);
    assert.deepEqual((await run(["keys"])).out, two.out);
    const keyFolder = path.join(folder, "data", "bundle-keys");
    for (const name of readdirSync(keyFolder)) {
      const secret = readFileSync(path.join(keyFolder, name), "utf8").split("\n")[1] ?? "";
      assert.ok(secret.length > 20 && !two.out.join().includes(secret));
      if (process.platform !== "win32")
        assert.equal(statSync(path.join(keyFolder, name)).mode & 0o777, 0o600);
    }
  });
});
