import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Act } from "../../../org/audit/acts.ts";
import { addBundleKey, readBundleKeys, readTrustedKeys } from "../../../org/bundles/bundleKeys.ts";
import { signPayload } from "../../../org/bundles/signBundle.ts";
import { runCommandLine, usage } from "../../../org/commandLine.ts";
import { digestOf } from "../../../org/console/coaching/approval.ts";
import { migrateSqlite, migrations } from "../../../org/store/sqlite/migrate.ts";
import { openSqlite } from "../../../org/store/sqlite/open.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { makeApp, testHost, testPromises, type Answer, type AppForTest } from "../../org/support/app.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { signInAs, type Visitor } from "../../org/support/visitor.ts";

/** Every address of a tree that Fastify prints, with its methods. */
function routesIn(printed: string): { readonly path: string; readonly methods: string }[] {
  const above: string[] = [];
  return printed.split("\n").flatMap((line) => {
    const [, indent = "", name = "", methods = ""] = /^([ │]*)[├└]── (\S+) \(([^)]*)\)/.exec(line) ?? [];
    if (name === "") return [];
    const depth = indent.length / 4;
    above.length = depth;
    above.push(name);
    return [{ path: above.join("").replace("//", "/"), methods }];
  });
}

suite("Everything that changes or exports is written down", () => {
  let service: AppForTest;
  let lead: Visitor;
  let second: Visitor;
  let finance: Visitor;
  let admin: Visitor;
  const { folder, remove } = makeFolder();

  suiteSetup(async () => {
    addBundleKey(folder);
    service = await makeApp(undefined, {
      promises: { ...testPromises, keys: () => readTrustedKeys(folder) },
      console: { publicUrl: undefined, provider: undefined, bundleKeys: () => readBundleKeys(folder) },
    });
    lead = await signInAs(service, "coeLead");
    second = await signInAs(service, "security");
    finance = await signInAs(service, "finance");
    admin = await signInAs(service, "admin");
  });

  suiteTeardown(async () => {
    await service.close();
    remove();
  });

  const entries = () => service.store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 1000 });
  const stamp = async () => {
    const [prompt] = await service.store.prompts();
    return { prompt: prompt?.prompt ?? "", seen: digestOf(prompt!) };
  };
  const own = new Date().toISOString().slice(0, 10);
  const prompt = {
    ...{ prompt: "", audience: "everyone", contact: "coaching@example.org", from: own, until: own },
    ...{ locale: ["en"], text: ["Name one example file."] },
  };
  const signed = async () => {
    const { body } = await lead.post("/coaching/export", { days: "3" });
    return signPayload(Buffer.from(body), readBundleKeys(folder), []).toString();
  };

  /** In an order in which each finds what it needs. Whoever adds a form adds a row. */
  const forms: Readonly<Record<string, { readonly act: Act | null; readonly send: () => Promise<Answer> }>> =
    {
      "/sign-in": { act: "signInRefused", send: () => lead.post("/sign-in", { key: "nobody\u2019s" }) },
      "/settings/organisation": {
        act: "settingChanged",
        send: () => lead.post("/settings/organisation", { name: "Example" }),
      },
      "/settings/targets": {
        act: "settingChanged",
        send: () => lead.post("/settings/targets", { "Q4 requirement": "8" }),
      },
      "/settings/tools": {
        act: "settingChanged",
        send: () => lead.post("/settings/tools", { says: "nothing" }),
      },
      "/settings/repositories": {
        act: "settingChanged",
        send: () => second.post("/settings/repositories", { sandbox: "github.com/example/*" }),
      },
      "/settings/budgets": {
        act: "settingChanged",
        send: () => finance.post("/settings/budgets", { currency: "USD", monthly: "300" }),
      },
      "/settings/coaching": {
        act: "settingChanged",
        send: () => admin.post("/settings/coaching", { secondPerson: "yes" }),
      },
      "/export": { act: "numbersExported", send: () => lead.post("/export", { weeks: "4", team: "" }) },
      /** Shows what was typed, to whoever typed it. */
      "/coaching/preview": { act: null, send: () => lead.post("/coaching/preview", prompt) },
      "/coaching/save": { act: "promptSaved", send: () => lead.post("/coaching/save", prompt) },
      "/coaching/propose": {
        act: "promptProposed",
        send: async () => lead.post("/coaching/propose", await stamp()),
      },
      "/coaching/approve": {
        act: "promptApproved",
        send: async () => second.post("/coaching/approve", await stamp()),
      },
      "/coaching/publish": {
        act: "promptsPublished",
        send: () => lead.post("/coaching/publish", { days: "3" }),
      },
      "/coaching/export": { act: "bundleExported", send: () => lead.post("/coaching/export", { days: "3" }) },
      "/coaching/signed": {
        act: "promptsPublished",
        send: async () => lead.post("/coaching/signed", { envelope: await signed() }),
      },
      "/coaching/retire": {
        act: "promptRetired",
        send: async () => lead.post("/coaching/retire", await stamp()),
      },
      "/accounts": {
        act: "accountMade",
        send: () => admin.post("/accounts", { name: "Somebody new", role: "finance" }),
      },
      "/accounts/end": {
        act: "accountEnded",
        send: async () => {
          const all = await service.store.accounts();
          const { account } = all.find(({ name }) => name === "Somebody new")!;
          return admin.post("/accounts/end", { account });
        },
      },
      "/sign-out": { act: "signedOut", send: () => finance.post("/sign-out") },
    };

  test("each form of the console, found by its address", async () => {
    const devices = new Set<string>(Object.values(endpoints).map((endpoint) => endpoint.path));
    const found = routesIn(service.app.printRoutes({ commonPrefix: false }))
      .filter(({ path: each, methods }) => /POST|PUT|DELETE|PATCH/.test(methods) && !devices.has(each))
      .map(({ path: each }) => each);
    assert.deepEqual([...found].sort(), Object.keys(forms).sort());
    for (const [address, { act, send }] of Object.entries(forms)) {
      const before = new Set((await entries()).map(({ entry }) => entry));
      const answer = await send();
      const isRefused = act === "signInRefused";
      assert.ok(isRefused || answer.statusCode < 400, `${address}: ${answer.statusCode} ${answer.body}`);
      const acts = (await entries()).filter(({ entry }) => !before.has(entry)).map((entry) => entry.act);
      if (act === null) assert.deepEqual(acts, [], address);
      else assert.ok(acts.includes(act), `${address}: ${acts.join(", ")}`);
    }
  });

  const place = (name: string) => path.join(folder, name);
  const run = (data: string, ...words: string[]) =>
    runCommandLine(words, {
      environment: { KEPT_ORG_DATA: place(data), KEPT_ORG_PORT: "1" },
      place: { homeFolder: folder, platform: "linux" },
      version: "1.2.3",
      host: testHost,
      consoleFiles: () => ({ stylesheet: "", icon: "", script: undefined }),
      nativeBinding: undefined,
      ...{ print: () => {}, complain: () => {}, stop: AbortSignal.abort() },
    });

  /** What each command is written down as; or why it is not, or where that is tried. */
  const commands: Readonly<
    Record<
      string,
      { readonly act: Act; readonly run: () => Promise<number>; readonly data?: string } | string
    >
  > = {
    serve:
      "it publishes and forgets by rules that are written down; what it renews is tried in renewBundle.test.ts",
    doctor: "it reads",
    move: "storeMoved in test/wire/orgPostgres.test.ts, which has a PostgreSQL",
    token: { act: "invitationMade", run: () => run("data", "token", "--team", "Payments") },
    access: { act: "accountMade", run: () => run("data", "access", "--name", "Ada", "--role", "admin") },
    keys: { act: "keyAdded", run: () => run("data", "keys", "--new") },
    publish: {
      act: "promptsPublished",
      run: () => {
        writeFileSync(place("none.json"), "[]");
        return run("data", "publish", place("none.json"));
      },
    },
    backup: { act: "backupMade", run: () => run("data", "backup", place("backup.gz")) },
    restore: { act: "storeRestored", run: () => run("other", "restore", place("backup.gz")), data: "other" },
    migrate: {
      act: "tablesMigrated",
      data: "old",
      async run() {
        mkdirSync(place("old"));
        const database = openSqlite({
          file: path.join(place("old"), "org.sqlite"),
          nativeBinding: undefined,
        });
        migrateSqlite(database, migrations.slice(0, -1));
        database.close();
        return await run("old", "migrate");
      },
    },
  };

  test("each command, found by the usage text", async () => {
    const names = [...usage.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    assert.deepEqual([...names].sort(), Object.keys(commands).sort());
    assert.match(readFileSync("test/wire/orgPostgres.test.ts", "utf8"), /"storeMoved"/);
    for (const [name, command] of Object.entries(commands)) {
      if (typeof command === "string") continue;
      assert.equal(await command.run(), 0, name);
      const file = path.join(place(command.data ?? "data"), "org.sqlite");
      const database = openSqlite({ file, nativeBinding: undefined });
      const acts = database
        .prepare<[string], string>("SELECT act FROM audit_entry WHERE who = ?")
        .pluck()
        .all(`kept-org ${name}`);
      database.close();
      assert.deepEqual(acts, [command.act], name);
    }
  });
});
