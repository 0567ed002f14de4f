import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readInvitation } from "../../../server/sync/joining.ts";
import { runIn } from "../../org/support/commandLine.ts";
import { makeFolder } from "../../org/support/folder.ts";

suite("The command line of the service, used wrongly or on what is broken,", () => {
  let folder: string;
  let remove: () => void;

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  const run = (words: readonly string[], environment?: Record<string, string>) =>
    runIn(folder, words, environment);

  test("names the file that it cannot use, and what stands in it", async () => {
    const nowhere = path.join(folder, "nowhere", "file");
    assert.deepEqual((await run(["publish", nowhere])).err, [`There is no file at ${nowhere}.`]);
    assert.deepEqual((await run(["backup", nowhere])).err, [
      `There is no folder ${path.dirname(nowhere)} to write a backup into.`,
    ]);
    const empty = path.join(folder, "empty.json");
    writeFileSync(empty, "");
    const refused = await run(["publish", empty]);
    assert.equal(refused.code, 2);
    assert.match(refused.err.join(), /empty\.json is not JSON/);
  });

  test("writes a backup over an earlier one, and over nothing else", async () => {
    const file = path.join(folder, "kept.backup");
    writeFileSync(file, "");
    for (const turn of ["over an empty file", "over an earlier one"])
      assert.equal((await run(["backup", file])).code, 0, turn);
    const database = path.join(folder, "data", "org.sqlite");
    const before = readFileSync(database);
    for (const taken of [database, folder]) {
      const { code, err } = await run(["backup", taken]);
      assert.equal(code, 1);
      assert.deepEqual(err, [
        `There is something at ${taken} that is no backup. Nothing was written; name another file.`,
      ]);
    }
    assert.ok(readFileSync(database).equals(before));
  });

  test("begins no empty store where the one there was moved away", async () => {
    assert.equal((await run(["migrate"])).code, 0);
    const database = path.join(folder, "data", "org.sqlite");
    renameSync(database, `${database}.moved`);
    for (const command of ["serve", "migrate", "doctor"]) {
      const { code, out, err } = await run([command]);
      assert.equal(code, 1, command);
      assert.match(
        [...out, ...err].join("\n"),
        /was moved to PostgreSQL: set KEPT_ORG_DATABASE_URL/,
        command,
      );
    }
    assert.ok(!existsSync(database));
  });

  test("goes on without a file that holds no key, and names it", async () => {
    assert.equal((await run(["keys", "--new"])).code, 0);
    const broken = path.join(folder, "data", "bundle-keys", "half.pem");
    writeFileSync(broken, "-----BEGIN PRIVATE KEY-----", { mode: 0o600 });
    const { code, out, err } = await run(["keys"]);
    assert.deepEqual([code, out.length, err[0]], [0, 1, `${broken} holds no key that can be read.`]);
    assert.match((await run(["doctor"])).out.join("\n"), /PROBLEM .*half\.pem holds no key/);
    assert.equal((await run(["token", "--team", "Payments"])).code, 0);
  });

  test("says with an invitation that nothing will be shown to whoever joins while no key signs", async () => {
    assert.match((await run(["token", "--team", "Payments"])).err.join(), /kept-org keys --new first/);
    await run(["keys", "--new"]);
    assert.doesNotMatch((await run(["token", "--team", "Payments"])).err.join(), /keys --new/);
  });

  test("makes no invitation that no editor would take", async () => {
    for (const host of ["0.0.0.0", "::", "kept.internal", "no host"]) {
      const { code, out, err } = await run(["token", "--team", "Payments"], { KEPT_ORG_HOST: host });
      assert.deepEqual([code, out], [2, []], host);
      assert.match(err.join(), /Set KEPT_ORG_PUBLIC_URL to the address they reach it at/, host);
    }
    for (const host of ["127.0.0.1", "localhost", "::1"]) {
      const { out } = await run(["token", "--team", "Payments"], { KEPT_ORG_HOST: host });
      const reading = readInvitation(out.join());
      assert.ok(reading.ok, host);
      assert.equal(new URL(reading.invitation.endpoint).port, "1");
    }
    const environment = { KEPT_ORG_HOST: "0.0.0.0", KEPT_ORG_PUBLIC_URL: "https://Kept.example.org:443" };
    const { out } = await run(["token", "--team", "Payments"], environment);
    const reading = readInvitation(out.join());
    assert.equal(reading.ok && reading.invitation.endpoint, "https://kept.example.org");
    assert.equal((await run(["token", "--end"], { KEPT_ORG_HOST: "0.0.0.0" })).code, 0);
  });

  test("finds a data folder that lies below a file", async () => {
    const file = path.join(folder, "a file");
    writeFileSync(file, "");
    for (const place of [file, path.join(file, "below")]) {
      const { code, out } = await run(["doctor"], { KEPT_ORG_DATA: place });
      assert.equal(code, 1);
      assert.match(out.join("\n"), /PROBLEM .*a file is a file, and the data folder/);
    }
    const { code, err } = await run(["migrate"], { KEPT_ORG_DATA: path.join(file, "below") });
    assert.equal(code, 1);
    assert.match(err.join(), /cannot be made \(ENOTDIR\)\. Check KEPT_ORG_DATA\.$/);
  });
});
