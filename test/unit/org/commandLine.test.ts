import assert from "node:assert/strict";
import { verify } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { usage } from "../../../org/commandLine.ts";
import { migrations } from "../../../org/store/sqlite/migrate.ts";
import { readSettings, variableNames } from "../../../org/env.ts";
import { openStore } from "../../../org/store/open.ts";
import { openSqlite } from "../../../org/store/sqlite/open.ts";
import { bundleContext, bundleEnvelopeSchema, bundleSchema } from "../../../protocol/bundle.ts";
import { invitationPrefix, invitationSchema, type Invitation } from "../../../protocol/enrolment.ts";
import { testHost } from "../../org/support/app.ts";
import { runIn } from "../../org/support/commandLine.ts";
import { makeFolder } from "../../org/support/folder.ts";

const newest = migrations.length;

suite("The command line of the service", () => {
  let folder: string;
  let remove: () => void;

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  const run = (words: readonly string[], environment?: Record<string, string>) =>
    runIn(folder, words, environment);

  async function turnSecondPersonOff(): Promise<void> {
    const read = readSettings(
      { KEPT_ORG_DATA: path.join(folder, "data") },
      { homeFolder: folder, platform: "linux" },
    );
    assert.ok(read.ok);
    const { store } = await openStore(read.settings);
    const entry = { entry: testHost.id(), at: 0, who: "a test", act: "settingChanged", subject: "" } as const;
    await store.setConsoleSetting("coaching", '{"secondPerson":false}', entry);
    await store.close();
  }

  test("explains itself, and ends with 2 when it was not understood", async () => {
    assert.deepEqual(await run(["--help"]), { code: 0, out: [usage], err: [] });
    assert.deepEqual(await run(["--version"]), { code: 0, out: ["1.2.3"], err: [] });
    const all = "kept-org --help says what there is.";
    const said: Record<string, string> = {
      "": usage,
      sevre: `sevre is no command of kept-org. ${all}`,
      toString: `toString is no command of kept-org. ${all}`,
      "serve --port": "kept-org serve takes nothing behind it. Runs the service until it is asked to end.",
      "migrate --new": "kept-org migrate takes --distributed. Brings the tables to this version",
      "migrate now": "kept-org migrate takes --distributed. Brings the tables to this version",
      backup: "kept-org backup takes FILE. Writes everything but the keys that sign into FILE.",
    };
    for (const [words, sentence] of Object.entries(said)) {
      const asked = words.split(" ").filter((word) => word !== "");
      const { code, out, err } = await run(asked);
      assert.deepEqual([code, out, err.length], [2, [], 1], words);
      assert.ok(err[0]?.startsWith(sentence), err[0]);
    }
    for (const [, name = ""] of usage.matchAll(/^ {2}([a-z]+) /gm)) {
      const { code, out, err } = await run([name, "--help"]);
      assert.deepEqual([code, out.length, err], [0, 1, []], name);
      assert.ok(out[0]?.startsWith(`kept-org ${name} takes `), out[0]);
    }
    assert.ok(!existsSync(path.join(folder, "data")));
  });

  test("is described for operators, command by command and variable by variable", () => {
    const text = readFileSync("docs/org.md", "utf8");
    const commands = [...usage.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    assert.ok(commands.length > 4);
    for (const name of commands) assert.match(text, new RegExp(`^\\| \`kept-org ${name}\\b`, "m"));
    for (const name of variableNames) assert.match(text, new RegExp(`^\\| .*\`${name}\``, "m"));
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
      new RegExp(`^SQLite .*: the tables went from version 0 to version ${newest}\\.$`),
    );
    assert.match(
      (await run(["migrate"])).out[0] ?? "",
      new RegExp(`: the tables already have version ${newest}\\.$`),
    );
  });

  test("spreads no SQLite over a cluster", async () => {
    const { code, err } = await run(["migrate", "--distributed"]);
    assert.deepEqual([code, err.length], [2, 1]);
    assert.ok(!existsSync(path.join(folder, "data")));
  });

  function invitationIn({ out }: { out: string[] }): Invitation {
    assert.equal(out.length, 1);
    const [text = ""] = out;
    assert.ok(text.startsWith(invitationPrefix));
    const json = Buffer.from(text.slice(invitationPrefix.length), "base64url").toString();
    return invitationSchema.parse(JSON.parse(json));
  }

  test("makes an invitation that says where to go, whom to trust and with what", async () => {
    const made = await run(["token", "--team", "Payments", "--uses", "12", "--people", "14"]);
    assert.equal(invitationIn(made).endpoint, "http://127.0.0.1:1");
    assert.match(made.err.join(" "), /Good for 12 devices of the team Payments, for 7 days/);
    const database = openSqlite({ file: path.join(folder, "data", "org.sqlite"), nativeBinding: undefined });
    const [subject] = database.prepare<[], string>("SELECT subject FROM audit_entry").pluck().all();
    database.close();
    assert.match(subject ?? "", /Payments, .*, which is said to be of 14 people$/);
    const key = (await run(["keys", "--new"])).out[0]?.split(" ")[0];
    const second = invitationIn(
      await run(["token", "--team", "Payments"], { KEPT_ORG_PUBLIC_URL: "https://kept.example.org" }),
    );
    assert.deepEqual([second.endpoint, second.keys], ["https://kept.example.org", [key]]);
    assert.notEqual(second.token, invitationIn(made).token);
    assert.deepEqual((await run(["token", "--end"])).err, ["Ended: 2. Devices that joined stay."]);
  });

  test("ends the credentials of a team", async () => {
    await run(["migrate"]);
    const database = openSqlite({ file: path.join(folder, "data", "org.sqlite"), nativeBinding: undefined });
    const add = database.prepare(
      "INSERT INTO device VALUES (?, ?, ?, '2026-11-01', NULL, ?, '2027-01-01', NULL)",
    );
    for (const [name, team] of [
      ["one", "Payments"],
      ["two", "Payments"],
      ["three", "Search"],
    ]) {
      add.run(name, name, team, `credential of ${name}`);
    }
    const unknown = await run(["token", "--revoke", "Paymets"]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.err.join(), /Nobody was ever invited to a team Paymets\./);
    assert.deepEqual((await run(["token", "--revoke", "Payments"])).err, [
      "Revoked: 2. Whoever goes on needs another invitation.",
    ]);
    const left = database
      .prepare("SELECT device FROM device WHERE credential_hash IS NOT NULL")
      .pluck()
      .all();
    database.close();
    assert.deepEqual(left, ["three"]);
  });

  test("wants to know for whom an invitation is", async () => {
    for (const words of [
      [],
      ["--team", ""],
      ["--team", "a\nb"],
      ["--team", "a", "--end"],
      ["--team", "a", "--revoke", "b"],
      ["--team", "a", "--uses", "0"],
      ["--team", "a", "--days", "91"],
    ]) {
      const { code, out, err } = await run(["token", ...words]);
      assert.deepEqual([code, out], [2, []], words.join(" "));
      assert.match(err[0] ?? "", /--team NAME|--uses takes/);
    }
    assert.ok(!existsSync(path.join(folder, "data")));
  });

  test("H8: backs up, and restores into an empty store alone", async () => {
    await run(["token", "--team", "Payments"]);
    const file = path.join(folder, "backup.gz");
    const made = await run(["backup", file]);
    assert.match(made.out[0] ?? "", /^3 rows, sha256 [0-9a-f]{64}: /);
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match((await run(["restore", file])).err[0] ?? "", /not empty.* serve and migrate write/);
    const elsewhere = { KEPT_ORG_DATA: path.join(folder, "elsewhere") };
    const restored = await run(["restore", file], elsewhere);
    assert.deepEqual([restored.code, restored.err], [0, []]);
    assert.equal(restored.out[0]?.slice(0, 79), made.out[0]?.slice(0, 79));
    const second = path.join(folder, "again.gz");
    // What came in by the backup, and that it did.
    assert.match((await run(["backup", second], elsewhere)).out[0] ?? "", /^4 rows, /);
  });

  test("signs what is published, one after the other, and says which part of a prompt is wrong", async () => {
    const text = readFileSync("docs/org.md", "utf8");
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
    const file = path.join(folder, "prompts.json");
    writeFileSync(file, example);
    assert.match(
      (await run(["publish", file])).err[0] ?? "",
      /A second person approves each prompt here, and these are not approved as they stand: 1d4f6a52/,
    );
    await turnSecondPersonOff();
    assert.match((await run(["publish", file])).err[0] ?? "", /1 keys have to sign, and there are 0/);
    const key = (await run(["keys", "--new"])).out[0]?.split(/ +/)[1] ?? "";
    assert.deepEqual((await run(["publish", file])).out, ["Bundle 1 with 1 prompts, until 2026-12-05."]);
    writeFileSync(file, "[]");
    assert.deepEqual((await run(["publish", file, "--days", "3"])).out, [
      "Bundle 2 with 0 prompts, until 2026-11-24.",
    ]);
    const database = openSqlite({ file: path.join(folder, "data", "org.sqlite"), nativeBinding: undefined });
    const [first] = database
      .prepare<[], string>("SELECT envelope FROM bundle ORDER BY sequence")
      .pluck()
      .all()
      .map((envelope) => bundleEnvelopeSchema.parse(JSON.parse(envelope)));
    database.close();
    const payload = Buffer.from(first?.payload ?? "", "base64");
    assert.ok(
      verify(
        null,
        Buffer.concat([Buffer.from(bundleContext), payload]),
        { key: Buffer.from(key, "base64"), format: "der", type: "spki" },
        Buffer.from(first?.signatures[0]?.signature ?? "", "base64"),
      ),
    );
    const bundle = bundleSchema.parse(JSON.parse(payload.toString()));
    assert.deepEqual(bundle.items, JSON.parse(example));
    writeFileSync(file, example.replace('"en":', '"de":'));
    const wrong = await run(["publish", file]);
    assert.deepEqual([wrong.code, wrong.err], [2, ["#/0: expected a text in the default locale"]]);
    assert.equal((await run(["publish", path.join(folder, "nothing")])).code, 1);
    assert.equal((await run(["publish", file, "--days", "15"])).code, 2);
  });

  test("H8: restores nothing of a backup that is damaged, cut off or none", async () => {
    await run(["token", "--team", "Payments"]);
    const file = path.join(folder, "backup.gz");
    await run(["backup", file]);
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString();
    const wrong = {
      "cut off": whole.subarray(0, whole.length - 20),
      "not packed": Buffer.from(text),
      "without its end": gzipSync(text.split("\n").slice(0, -2).join("\n")),
      "with a row changed": gzipSync(text.replace("Payments", "Payment5")),
      "of other tables": gzipSync(text.replace(`"tables":${newest}`, `"tables":${newest + 1}`)),
      "something else": gzipSync("hello"),
      empty: Buffer.alloc(0),
    };
    const elsewhere = { KEPT_ORG_DATA: path.join(folder, "elsewhere") };
    for (const [name, bytes] of Object.entries(wrong)) {
      writeFileSync(file, bytes);
      const { code, err } = await run(["restore", file], elsewhere);
      assert.deepEqual([name, code], [name, 1]);
      assert.match(err[0] ?? "", /^The (?:backup|file) /, name);
    }
    writeFileSync(file, whole);
    assert.equal((await run(["restore", file], elsewhere)).code, 0);
    assert.equal((await run(["restore", path.join(folder, "nothing")], elsewhere)).code, 1);
  });

  test("starts and stops", async () => {
    const { code, out } = await run(["serve"], { KEPT_ORG_PORT: "0" });
    assert.equal(code, 0);
    const messages = out.map((line) => (JSON.parse(line) as { msg: string }).msg);
    assert.deepEqual(messages.slice(0, 1), ["store opened"]);
    assert.match(messages[1] ?? "", /^kept-org 1\.2\.3 listens at http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(messages.slice(2), ["stopped"]);
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
      new RegExp(`org\\.sqlite is sound\\nok {7}the tables have version ${newest}\\n`),
    );
  });

  test("finds what is wrong", async () => {
    await run(["migrate"]);
    const file = path.join(folder, "data", "org.sqlite");
    const database = openSqlite({ file, nativeBinding: undefined });
    database.pragma("user_version = 70");
    database.close();
    const newer = await run(["doctor"]);
    assert.equal(newer.code, 1);
    assert.match(
      newer.out.join("\n"),
      new RegExp(`PROBLEM {2}the tables have version 70, this kept-org knows ${newest}`),
    );
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

  test("signs elsewhere what the service is to trust, one machine after the other", async () => {
    const [one, two] = ["one", "two"].map((name) => ({ KEPT_ORG_DATA: path.join(folder, name) }));
    const published = bundleSchema.parse({
      ...{ version: 1, org: "11111111-1111-4111-8111-111111111111", sequence: 1 },
      ...{ issuedAt: 0, expiresAt: 86_400_000, items: [] },
    });
    const file = path.join(folder, "bundle.json");
    writeFileSync(file, JSON.stringify(published));
    assert.equal((await run(["keys", "--sign", file], one)).code, 1);
    const keys: string[] = [];
    for (const place of [one, two]) keys.push((await run(["keys", "--new"], place)).out[0] ?? "");
    const first = await run(["keys", "--sign", file], one);
    assert.equal(first.code, 0, first.err.join("\n"));
    writeFileSync(file, first.out.join(""));
    const both = bundleEnvelopeSchema.parse(
      JSON.parse((await run(["keys", "--sign", file], two)).out.join("")),
    );
    const ids = keys.map((line) => line.split("  ")[0]);
    assert.deepEqual(
      both.signatures.map(({ key }) => key),
      ids,
    );
    for (const line of keys) {
      const [id, publicKey = ""] = line.split("  ");
      const trusted = await run(["keys", "--trust", publicKey]);
      assert.equal(trusted.code, 0);
      assert.ok(trusted.out.includes(line), id);
    }
    assert.equal((await run(["keys", "--trust", "bm9uZQ=="])).code, 2);
    writeFileSync(file, "{}");
    assert.equal((await run(["keys", "--sign", file], one)).code, 2);
    assert.equal((await run(["keys", "--sign", path.join(folder, "absent")], one)).code, 1);
  });

  test("writes down what it does, and none of its secrets", async () => {
    const token = (await run(["token", "--team", "Payments"])).out[0] ?? "";
    await run(["token", "--end"]);
    await run(["token", "--revoke", "Payments"]);
    await run(["keys", "--new"]);
    const file = path.join(folder, "prompts.json");
    writeFileSync(file, "[]");
    await run(["publish", file]);
    const database = openSqlite({ file: path.join(folder, "data", "org.sqlite"), nativeBinding: undefined });
    const entries = database
      .prepare<[], { who: string; act: string; subject: string }>("SELECT who, act, subject FROM audit_entry")
      .all();
    database.close();
    assert.deepEqual(entries.map(({ who, act }) => `${who} ${act}`).sort(), [
      "kept-org keys keyAdded",
      "kept-org publish promptsPublished",
      "kept-org token invitationMade",
      "kept-org token invitationsEnded",
      "kept-org token teamRevoked",
    ]);
    assert.ok(!entries.some(({ subject }) => subject.includes("kept_") || subject.includes(token)));
  });
});
