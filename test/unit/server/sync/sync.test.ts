import { usualProxySettings } from "../../../../protocol/proxySettings.ts";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { catalogue } from "../../../../core/sync/catalogue.ts";
import { requestSchema } from "../../../../protocol/collector.ts";
import { invitationPrefix } from "../../../../protocol/enrolment.ts";
import { atSink, sinkRequestSchema } from "../../../../protocol/sink.ts";
import type { SyncAct } from "../../../../protocol/sync.ts";
import { syncCommand } from "../../../../server/commands/sync.ts";
import { Sync } from "../../../../server/sync/sync.ts";
import { networkTransport } from "../../../../server/sync/transport.ts";
import { batchOf, copilot, documentOf, editOf } from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";
import { invitationToken, makeMachine, type Machine } from "../../../support/sync/machine.ts";
import { shareFrom } from "../../../support/sync/shared.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

const agreed = catalogue("collector").map(({ name }) => name);

suite("Sharing with an organisation", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let place: ReturnType<typeof temporaryFolder>;
  let work: string;
  let sync: Sync;
  let news: string[];
  let timers: { readonly afterMs: number; readonly run: () => void }[];

  const uriOf = (name: string) => pathToFileURL(path.join(place.folder, name)).href;
  const invitationTo = (endpoint: string) =>
    invitationPrefix +
    Buffer.from(JSON.stringify({ endpoint, keys: [], token: invitationToken })).toString("base64url");
  const act = async (what: SyncAct) => {
    const reply = await sync.requests["kept/syncAct"](what);
    assert.ok(reply.ok, JSON.stringify(reply));
    return reply.value;
  };
  const state = async () => {
    const reply = await sync.requests["kept/sync"]({});
    assert.ok(reply.ok);
    return reply.value;
  };
  const join = () => act({ act: "join", invitation: invitationTo(collector.address), agreed });
  const edit = (folder: string, at: number) =>
    machine.store.write(
      batchOf({
        documents: [documentOf({ uri: `${folder}/a.ts`, workspace: folder })],
        edits: [
          editOf({
            id: `${folder} ${at}`,
            uri: `${folder}/a.ts`,
            at,
            version: at % 100_000,
            origin: copilot,
          }),
        ],
      }),
    );
  /** Lets what was planned happen, one after the other. */
  const pass = async (most = 8) => {
    for (let count = 0; count < most; count++) {
      const next = timers.shift();
      if (!next) return;
      next.run();
      // A round that is over plans the next, unless nothing is left to do.
      for (let look = 0; look < 150 && timers.length === 0; look++)
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  setup(async () => {
    collector = await startScripted();
    place = temporaryFolder();
    for (const name of ["work", "private", "forbidden"])
      mkdirSync(path.join(place.folder, name, ".git"), { recursive: true });
    for (const [name, remote] of Object.entries({
      work: "git@github.com:example/service.git",
      private: "https://github.com/me/diary",
      forbidden: "https://github.com/example/secret",
    })) {
      writeFileSync(path.join(place.folder, name, ".git", "HEAD"), "ref: refs/heads/main\n");
      writeFileSync(
        path.join(place.folder, name, ".git", "config"),
        `[remote "origin"]\n\turl = ${remote}\n`,
      );
    }
    mkdirSync(path.join(place.folder, "forbidden", ".kept"));
    writeFileSync(path.join(place.folder, "forbidden", ".kept", "policy.json"), '{"sync":false}');
    work = uriOf("work");
    timers = [];
    news = [];
    machine = makeMachine();
    const asks = { status: 200, body: { ...membership, remotes: ["github.com/example/*"] } };
    collector.script("/v1/enrolment", asks);
    collector.script("GET /v1/device", asks, asks, asks);
    sync = new Sync({
      host: {
        ...machine.host,
        startTimer: (afterMs, run) => {
          const timer = { afterMs, run };
          timers.push(timer);
          return () => void (timers = timers.filter((each) => each !== timer));
        },
      },
      store: machine.store,
      folder: place.folder,
      folders: () => ["work", "private", "forbidden"].map(uriOf),
      bytes: randomBytes,
      chance: () => 0,
      policyFile: path.join(place.folder, "administrator.json"),
      transport: (signal) => networkTransport({ proxyFor: () => undefined, signal }),
      onChanged: () => {},
      tell: (_method, params) => void news.push(params.news),
    });
    sync.follow({ telemetry: true, proxy: usualProxySettings });
  });

  teardown(async () => {
    sync.stop();
    machine.close();
    place.remove();
    await collector.close();
  });

  test("has no timer and asks nobody anything until somebody agreed", async () => {
    edit(work, machine.now());
    sync.changed();
    assert.deepEqual(timers, []);
    assert.deepEqual((await state()).consent, null);
    assert.equal(collector.received.length, 0);
  });

  test("shows what would leave before anything does", async () => {
    edit(work, machine.now());
    const reply = await sync.requests["kept/syncPreview"]({
      invitation: ` ${invitationTo(collector.address)}\n`,
    });
    assert.ok(reply.ok);
    assert.equal(reply.value.endpoint, collector.address);
    assert.deepEqual(
      reply.value.fields.map(({ name }) => name),
      agreed,
    );
    assert.ok(reply.value.fields.every(({ meaning, retention }) => meaning !== "" && retention !== ""));
    requestSchema.parse(JSON.parse(reply.value.example!));
    assert.equal(reply.value.exampleDay, "2026-01-31");
    assert.deepEqual([collector.received.length, timers.length, (await state()).consent], [0, 0, null]);
  });

  test("syncs the folders on the organisation's list, as far as person and policy let it", async () => {
    await join();
    await pass(1);
    const folders = async () => (await state()).folders.map(({ isWork, because }) => [isWork, because]);
    assert.deepEqual(await folders(), [
      [true, "list"],
      [false, "none"],
      [false, "policy"],
    ]);
    await act({ act: "mark", folder: uriOf("private"), mark: "work" });
    await act({ act: "mark", folder: uriOf("forbidden"), mark: "work" });
    await act({ act: "mark", folder: work, mark: "private" });
    assert.deepEqual(await folders(), [
      [false, "person"],
      [true, "person"],
      [false, "policy"],
    ]);
    machine.setNow(machine.now() + 1);
    for (const name of ["work", "private", "forbidden"]) edit(uriOf(name), machine.now());
    assert.equal((await state()).consent?.waitingEdits, 1);
    await act({ act: "mark", folder: uriOf("private"), mark: "asListed" });
    assert.equal((await state()).consent?.waitingEdits, 0);
  });

  test("sends the days that are over, and lists exactly what was sent", async () => {
    await join();
    await pass(1);
    machine.setNow(machine.now() + 1);
    edit(work, machine.now());
    machine.tomorrow();
    await pass();
    assert.equal(collector.batches().length, 1);
    const reply = await sync.requests["kept/syncBatches"]({});
    assert.ok(reply.ok);
    const [sent] = reply.value.batches;
    assert.equal(sent?.state, "sent");
    assert.deepEqual(JSON.parse(sent.text), collector.batches()[0]);
  });

  const stops: Record<string, () => unknown> = {
    telemetryOff: () => sync.follow({ telemetry: false, proxy: usualProxySettings }),
    paused: () => act({ act: "pause" }),
    forbidden: () => writeFileSync(path.join(place.folder, "administrator.json"), '{"sync":"forbidden"}'),
    newFields: () => machine.sync.changeConsent({ agreed: [] }),
  };
  for (const [reason, stop] of Object.entries(stops)) {
    test(`sends nothing while it is stopped by ${reason}, and says so`, async () => {
      await join();
      await pass(1);
      machine.setNow(machine.now() + 1);
      edit(work, machine.now());
      machine.tomorrow();
      const before = collector.received.length;
      await stop();
      await pass();
      assert.equal((await state()).consent?.stoppedBy, reason);
      assert.equal(collector.received.length, before);
    });
  }

  test("keeps records with a field that is new at home, and goes on when the person agreed to it", async () => {
    await join();
    await pass(1);
    machine.sync.changeConsent({ agreed: agreed.filter((name) => name !== "kept.day/kept.chars") });
    machine.setNow(machine.now() + 1);
    edit(work, machine.now());
    machine.tomorrow();
    await pass();
    const waiting = (await state()).consent;
    assert.deepEqual(
      [collector.batches().length, waiting?.stoppedBy, waiting?.newFields.map(({ name }) => name)],
      [0, null, ["kept.day/kept.chars"]],
    );
    const after = await act({ act: "agree", added: ["kept.day/kept.chars"] });
    assert.deepEqual([after.consent?.stoppedBy, after.consent?.newFields], [null, []]);
    await pass();
    assert.equal(collector.batches().length, 1);
  });

  test("refuses an invitation to where an administrator does not allow it, and offers the administrator's", async () => {
    const invitation = invitationTo("https://kept.example.org");
    writeFileSync(
      path.join(place.folder, "administrator.json"),
      JSON.stringify({ endpoints: ["https://kept.example.org"], invitation }),
    );
    const refused = await sync.requests["kept/syncPreview"]({ invitation: invitationTo(collector.address) });
    assert.ok(!refused.ok && refused.problem.code === "sync.invitationUnusable");
    assert.equal((await state()).invitation, invitation);
    assert.equal((await state()).consent, null, "it is offered, and nothing more");
  });

  test("says once what is new to agree to, and once more when there is more", async () => {
    await join();
    await pass(1);
    assert.deepEqual(news, []);
    machine.sync.changeConsent({ agreed: agreed.filter((name) => name !== "kept.tip/helped") });
    for (let count = 0; count < 3; count++) sync.changed();
    assert.deepEqual(news, ["newFields"]);
    machine.sync.changeConsent({ agreed: agreed.filter((name) => !name.startsWith("kept.tip/")) });
    for (let count = 0; count < 3; count++) sync.changed();
    assert.deepEqual(news, ["newFields", "newFields"]);
    await act({ act: "agree", added: agreed });
    assert.equal(news.length, 2);
    machine.sync.changeConsent({ trouble: "unauthorized" });
    for (let count = 0; count < 3; count++) sync.changed();
    machine.sync.changeConsent({ trouble: null });
    sync.changed();
    machine.sync.changeConsent({ trouble: "unauthorized" });
    sync.changed();
    assert.deepEqual(news.slice(2), ["unauthorized", "unauthorized"]);
  });

  const toSink = (address = "http://localhost:4318", headerNames: string[] = []) =>
    act({
      act: "joinSink",
      ...{ address, headerNames },
      agreed: catalogue("sink").map(({ name }) => name),
    });

  test("shows what a collector that is not Kept's would be given, in its own form", async () => {
    edit(work, machine.now());
    const reply = await sync.requests["kept/syncPreview"]({ invitation: "http://localhost:4318/v1/logs" });
    assert.ok(reply.ok);
    const { mode, endpoint, fields, example, keys } = reply.value;
    assert.deepEqual([mode, endpoint, keys], ["sink", "http://localhost:4318", []]);
    assert.deepEqual(
      fields.map(({ name }) => name),
      catalogue("sink").map(({ name }) => name),
    );
    assert.ok(
      fields.every(({ retention }) => retention === atSink),
      "nobody there promises to forget",
    );
    sinkRequestSchema.parse(JSON.parse(example!));
    assert.deepEqual([timers.length, (await state()).consent], [0, null]);
  });

  test("shares with such a collector what the person marked, and nothing by an organisation's list", async () => {
    const joined = await toSink();
    assert.deepEqual([joined.consent?.mode, joined.consent?.team], ["sink", null]);
    assert.deepEqual(
      joined.folders.map(({ isWork }) => isWork),
      [false, false, false],
    );
    const marked = await act({ act: "mark", folder: work, mark: "work" });
    assert.equal(marked.folders[0]?.isWork, true);
  });

  test("waits for the header fields that were typed, and for those of this very collector", async () => {
    assert.equal((await toSink("http://localhost:4318", ["x-key"])).consent?.stoppedBy, "headersMissing");
    const typed = (endpoint: string) => ({ endpoint, headers: { "x-key": "1" } });
    sync.follow({ telemetry: true, proxy: usualProxySettings, sink: typed("http://localhost:4319") });
    assert.equal((await state()).consent?.stoppedBy, "headersMissing");
    sync.follow({ telemetry: true, proxy: usualProxySettings, sink: typed("http://localhost:4318") });
    assert.equal((await state()).consent?.stoppedBy, null);
    assert.ok(!JSON.stringify(machine.consent()).includes('"1"'), "their values are in no file of Kept's");
  });

  test("offers the collector that an administrator laid down, with its list and its header fields", async () => {
    writeFileSync(
      path.join(place.folder, "administrator.json"),
      JSON.stringify({
        collector: {
          endpoint: "http://localhost:4318",
          headers: { "x-key": "1" },
          remotes: ["github.com/example/*"],
        },
      }),
    );
    assert.deepEqual([(await state()).invitation, (await state()).consent], ["http://localhost:4318", null]);
    const reply = await sync.requests["kept/syncPreview"]({ invitation: "http://localhost:4318" });
    assert.ok(reply.ok);
    assert.deepEqual(reply.value.headerNames, ["x-key"]);
    const joined = await toSink();
    assert.equal(joined.consent?.stoppedBy, null);
    assert.deepEqual(
      joined.folders.map(({ because }) => because),
      ["list", "none", "policy"],
    );
  });

  test("makes a code with which another machine joins as the same person, and no other request tells the secret", async () => {
    const noCode = await sync.requests["kept/syncCompanion"]({});
    assert.ok(!noCode.ok && noCode.problem.code === "sync.noCompanion");
    await join();
    await pass(1);
    const token = `kept_join_${"c".repeat(43)}`;
    collector.script("/v1/device/companion", { status: 200, body: { token } });
    const made = await sync.requests["kept/syncCompanion"]({});
    assert.ok(made.ok);
    const first = machine.consent()!;
    assert.ok(!collector.received.some(({ bytes }) => bytes.includes(first.secret)));
    const other = makeMachine();
    const second = shareFrom(other, { folders: () => [], policyFile: path.join(other.folder, "none.json") });
    try {
      const ask = second.sharing.requests;
      const preview = await ask["kept/syncPreview"]({ invitation: made.value.code });
      assert.ok(preview.ok && preview.value.isCompanion && other.consent() === undefined);
      assert.ok(!JSON.stringify(preview).includes(first.secret));
      await ask["kept/syncAct"]({ act: "join", invitation: made.value.code, agreed });
      const { secret, credential, endpoint, token: given } = other.consent()!;
      assert.deepEqual([secret, endpoint, given], [first.secret, first.endpoint, token]);
      assert.notEqual(credential, first.credential, "each machine has a credential of its own");
    } finally {
      second.sharing.stop();
      other.close();
    }
    await act({ act: "pause" });
    const before = collector.received.length;
    assert.ok(!(await sync.requests["kept/syncCompanion"]({})).ok);
    assert.equal(collector.received.length, before);
  });

  test("takes no address for an invitation, and no invitation for an address", async () => {
    const wrong: SyncAct[] = [
      { act: "join", invitation: "https://kept.example.org", agreed },
      { act: "joinSink", address: invitationTo(collector.address), headerNames: [], agreed },
    ];
    for (const each of wrong) {
      const reply = await sync.requests["kept/syncAct"](each);
      assert.ok(!reply.ok && reply.problem.code === "sync.invitationUnusable");
    }
    assert.equal((await state()).consent, null);
  });

  test("leaves with everything that waits, and has the rest deleted", async () => {
    await join();
    await pass(1);
    machine.setNow(machine.now() + 1);
    edit(work, machine.now());
    const left = await act({ act: "leave" });
    assert.deepEqual([left.consent, left.folders[0]?.isWork], [null, false]);
    assert.ok(left.pendingDeletions > 0);
    machine.setNow(machine.now() + 7_200_000);
    await pass(20);
    assert.equal((await state()).pendingDeletions, 0);
    assert.deepEqual(timers, [], "nothing is left to do");
  });

  test("is shown whole by kept sync --dry-run, and by nothing less", async () => {
    const run = (...args: string[]) =>
      syncCommand(args, {
        host: machine.host,
        folder: place.folder,
        openStore: () => openTestStore({ folder: machine.folder, now: machine.now }),
      });
    const none = JSON.parse(run("--dry-run", "--json").stdout) as { example: unknown; waiting: unknown[] };
    assert.deepEqual([none.example, none.waiting], [null, []]);
    edit(work, machine.now());
    machine.tomorrow();
    const { example, ...rest } = JSON.parse(run("--dry-run", "--json").stdout) as {
      example: { batch: unknown };
    };
    requestSchema.parse(example.batch);
    assert.deepEqual(rest, { endpoint: null, batches: [], waiting: [] });
    assert.match(run("--dry-run").stdout, /nobody agreed[^]*An example[^]*kept\.day/);
    assert.equal(run().exitCode, 2);
    await join();
    await pass(1);
    machine.setNow(machine.now() + 1);
    edit(work, machine.now());
    const result = JSON.parse(run("--dry-run", "--json").stdout) as { endpoint: string; waiting: unknown[] };
    assert.equal(result.endpoint, collector.address);
    assert.equal(requestSchema.array().parse(result.waiting).length, 1);
    assert.equal(collector.received.filter(({ path: at }) => at === "/v1/logs").length, 0);
  });
});
