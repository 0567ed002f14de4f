import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleLimits } from "../../../../protocol/bundle.ts";
import { signBundle } from "../../../../org/bundles/signBundle.ts";
import { readTeamState } from "../../../../server/bundles/teamState.ts";
import { makeKey, publicOf, startPulling, type Pulling } from "../../../support/sync/pulling.ts";
import { membership, startScripted } from "../../../support/sync/scriptedCollector.ts";

const hour = 3_600_000;
const day = 24 * hour;

suite("What an organisation gives back", () => {
  let pulling: Pulling;
  let { collector, machine, key, state, pull, held, give, join, bundleOf, texts } = {} as Pulling;

  setup(async () => {
    pulling = await startPulling();
    ({ collector, machine, key, state, pull, held, give, join, bundleOf, texts } = pulling);
  });

  teardown(() => pulling.close());

  test("is used once it is signed by a pinned key, and asked for again in about an hour", async () => {
    join();
    give(bundleOf(1), [key], { etag: '"one"' });
    const next = await pull.round();
    assert.deepEqual(texts(), ["Text 1"]);
    assert.equal(next, hour);
    const [request] = collector.received;
    assert.deepEqual([request?.method, request?.path], ["GET", "/v1/bundle"]);
    assert.equal(request?.headers.authorization, `Bearer ${machine.consent()?.credential}`);
    collector.script("/v1/bundle", { status: 304 });
    await pull.round();
    assert.equal(collector.received[1]?.headers["if-none-match"], '"one"');
    assert.deepEqual(texts(), ["Text 1"]);
  });

  test("D2: is looked for each hour while nobody answers, and every answer but of a failure is told", async () => {
    join();
    const failing = { status: 503 };
    collector.script("/v1/bundle", failing, failing, { status: 404 }, { status: 204 });
    await pull.round();
    machine.setNow(machine.now() + 2 * hour);
    const next = await pull.round();
    assert.deepEqual([next, state.answers], [0.9 * hour, 0]);
    await pull.round();
    assert.equal(state.answers, 1);
    await pull.round();
    assert.equal(state.answers, 2);
  });

  test("is not asked for without consent, without pinned keys, in a sink, or where something does not agree", async () => {
    assert.equal(await pull.round(), undefined);
    join([]);
    assert.equal(await pull.round(), undefined);
    join();
    state.may = false;
    await pull.round();
    assert.deepEqual(collector.received, []);
    state.may = true;
    await pull.round();
    assert.equal(collector.received.length, 1);
  });

  test("S2: a bad bundle is refused with its reason, and the last good one stays", async () => {
    join();
    give(bundleOf(5));
    await pull.round();
    const stranger = makeKey();
    const later = machine.now() + bundleLimits.clockMs + hour;
    for (const [why, act] of [
      ["notSigned", () => give(bundleOf(6), [stranger])],
      ["old", () => give(bundleOf(4))],
      ["otherOrg", () => give(bundleOf(6, { org: "0b6f3c5e-1f0d-4c88-9b57-3f1f0a7d2c11" }))],
      ["early", () => give(bundleOf(6, { issuedAt: later, expiresAt: later + day }))],
      ["malformed", () => collector.script("/v1/bundle", { status: 200, body: "<html>" })],
    ] as const) {
      act();
      await pull.round();
      assert.equal(held().refused, why);
      assert.deepEqual(texts(), ["Text 5"], why);
    }
    assert.equal(state.warnings.length, 5);
    const shown = readTeamState(
      machine.store,
      machine.host,
      { held: undefined, audit: undefined, fates: () => [] },
      () => null,
    ).prompts;
    assert.equal(shown?.refused, "It does not have the agreed form.");
    assert.equal(shown.inForce, 1);
    give(bundleOf(6));
    await pull.round();
    assert.equal(held().refused, null);
    assert.deepEqual(texts(), ["Text 6"]);
  });

  test("a key that the organisation names and the invitation does not is no key", async () => {
    const other = makeKey();
    join([key.id], [other]);
    give(bundleOf(1), [other]);
    await pull.round();
    assert.equal(held().refused, "notSigned");
    // Another key under the pinned name.
    join([key.id], [{ ...other, id: key.id }]);
    give(bundleOf(1), [{ ...other, id: key.id }]);
    await pull.round();
    assert.equal(held().refused, "notSigned");
    assert.equal(texts(), undefined);
  });

  test("S3: is taken back by the next bundle, ends with its time, and goes with the membership", async () => {
    join();
    give(bundleOf(1));
    await pull.round();
    give(bundleOf(2, { items: [] }));
    await pull.round();
    assert.deepEqual(texts(), []);
    give(bundleOf(3));
    await pull.round();
    assert.deepEqual(texts(), ["Text 3"]);
    machine.setNow(machine.now() + 7 * day);
    assert.equal(texts(), undefined);
    machine.store.sync.leave([]);
    pull.changed();
    assert.equal(machine.store.readNote("org.bundle"), "");
  });

  suite("S2: an older one", () => {
    const file = () => path.join(machine.folder, "kept.bundles");
    /** As a database that was lost, and a new one in its place. */
    const reset = () => {
      machine.store.sync.leave([]);
      pull.changed();
      assert.equal(machine.store.readNote("org.bundle"), "");
    };

    test("S2: is refused by whoever leaves and joins again, or lost the database", async () => {
      join();
      give(bundleOf(5));
      await pull.round();
      reset();
      join();
      pull.changed();
      assert.equal(held().sequence, 5, "it is known as soon as somebody joined");
      give(bundleOf(4));
      await pull.round();
      assert.deepEqual([held().refused, texts()], ["old", undefined]);
      give(bundleOf(5));
      await pull.round();
      assert.deepEqual(texts(), ["Text 5"]);
      assert.doesNotMatch(readFileSync(file(), "utf8"), new RegExp(membership.org));
    });

    test("S2: is nobody's but who signs: another organisation raises it for none whose name and keys it takes", async () => {
      const other = await startScripted();
      const thief = makeKey();
      machine.join(other.address);
      const keys = publicOf(thief, key);
      machine.store.sync.changeConsent({
        membership: { ...membership, keys },
        keys: keys.map(({ id }) => id),
      });
      const body = signBundle(bundleOf(1_000_000), [thief]).toString();
      other.script("/v1/bundle", { status: 200, body });
      await pull.round();
      assert.deepEqual(texts(), ["Text 1000000"]);
      await other.close();
      reset();
      join();
      pull.changed();
      assert.equal(held().sequence, 0);
      give(bundleOf(5));
      await pull.round();
      assert.deepEqual(texts(), ["Text 5"]);
    });

    test("S2: is refused at another address of the organisation, too", async () => {
      join();
      give(bundleOf(5));
      await pull.round();
      reset();
      const moved = await startScripted();
      machine.join(moved.address);
      const keys = publicOf(key);
      machine.store.sync.changeConsent({ membership: { ...membership, keys }, keys: [key.id] });
      moved.script("/v1/bundle", { status: 200, body: signBundle(bundleOf(4), [key]).toString() });
      await pull.round();
      assert.deepEqual([held().refused, texts()], ["old", undefined]);
      await moved.close();
    });

    test("S2: is not shown any more from a database that was put back", async () => {
      join();
      give(bundleOf(4));
      await pull.round();
      const before = machine.store.readNote("org.bundle")!;
      give(bundleOf(5));
      await pull.round();
      machine.store.writeNote("org.bundle", before);
      pull.stop();
      pull = pulling.pullAgain();
      assert.deepEqual(texts(), ["Text 4"]);
      pull.changed();
      assert.equal(texts(), undefined);
    });

    test("S2: is refused by the database alone where the file beside it is damaged, and that is said", async () => {
      join();
      give(bundleOf(5));
      await pull.round();
      writeFileSync(file(), "{");
      give(bundleOf(4));
      await pull.round();
      assert.equal(held().refused, "old");
      assert.ok(state.warnings.some((text) => text.includes("kept.bundles is damaged")));
      give(bundleOf(6));
      await pull.round();
      reset();
      join();
      give(bundleOf(5));
      await pull.round();
      assert.equal(held().refused, "old", "it was written anew");
    });

    test("S2: could come back where nothing can be written down, so that nothing is used then", async () => {
      mkdirSync(path.join(`${file()}.next`, "in the way"), { recursive: true });
      join();
      give(bundleOf(5));
      assert.equal(await pull.round(), 60_000);
      assert.equal(texts(), undefined);
      assert.match(held().failure ?? "", /could not be written down/);
    });

    test("S2: is nothing that is known once everything was deleted", async () => {
      join();
      give(bundleOf(5));
      await pull.round();
      machine.store.forget({ repository: null, tool: null, from: null, to: null }, { dryRun: false });
      assert.ok(!existsSync(file()));
    });
  });

  test("S2: what was stored is believed no more than what came", async () => {
    join();
    give(bundleOf(1));
    await pull.round();
    const forged = signBundle(bundleOf(2), [makeKey()]).toString();
    machine.store.writeNote("org.bundle", JSON.stringify({ ...held(), envelope: forged, sequence: 2 }));
    assert.equal(texts(), undefined);
  });

  test("waits longer from failure to failure, and as long as it is asked to", async () => {
    join();
    give(bundleOf(1));
    await pull.round();
    collector.script("/v1/bundle", { status: 503 }, "reset", {
      status: 429,
      headers: { "retry-after": "7200" },
    });
    assert.equal(await pull.round(), 60_000);
    assert.equal(held().failure, "It answered 503");
    assert.equal(await pull.round(), 60_000);
    assert.ok((await pull.round())! >= 2 * hour);
    assert.deepEqual(texts(), ["Text 1"]);
  });

  test("is looked for at once by whoever just joined, and within five minutes at a start", async () => {
    join();
    pull.changed();
    assert.deepEqual(
      state.timers.map(({ afterMs }) => afterMs),
      [0],
    );
    pull.stop();
    give(bundleOf(1));
    await pull.round();
    pull.changed();
    pull.changed();
    assert.deepEqual(
      state.timers.map(({ afterMs }) => afterMs),
      [150_000],
    );
    machine.store.sync.leave([]);
    pull.changed();
    assert.deepEqual(state.timers, []);
  });

  const answer = { team: "Team", participation: { state: "hidden" }, weeks: [], targets: { Q4: 0.1 } };
  const settled = async () => {
    const before = state.changes;
    for (let look = 0; look < 200 && state.changes === before; look++)
      await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test("what was done at the service is asked for when somebody looks, with nothing of this machine's", async () => {
    join();
    const entries = [{ day: "2026-02-01", who: "Ada", did: "exported numbers", subject: "scorecard" }];
    collector.script("/v1/audit", { status: 200, body: { entries, older: null } });
    assert.equal(pull.audit()?.answer, null);
    await settled();
    assert.deepEqual(pull.audit()?.answer, { entries, older: null });
    const [request, ...others] = collector.received.filter(({ path }) => path === "/v1/audit");
    assert.deepEqual([request?.method, request?.bytes.length, others.length], ["GET", 0, 0]);
    machine.setNow(machine.now() + 2 * hour);
    collector.script("/v1/audit", { status: 503 });
    pull.audit();
    await settled();
    const last = pull.audit();
    assert.deepEqual([last?.answer?.entries.length, last?.failure !== null], [1, true]);
    state.may = false;
    machine.setNow(machine.now() + 2 * hour);
    const before = collector.received.length;
    pull.audit();
    await settled();
    assert.equal(collector.received.length, before, "nothing is asked while something forbids it");
  });

  test("what was done at the service is read page by page, to where there is no more", async () => {
    join();
    const page = (subject: string, older: string | null) => ({
      status: 200,
      body: { entries: [{ day: "2026-02-01", who: "Ada", did: "exported numbers", subject }], older },
    });
    collector.script("/v1/audit", page("third", "a"));
    collector.script("/v1/audit?before=a", page("second", "b c"));
    collector.script("/v1/audit?before=b+c", page("first", null));
    pull.audit();
    await settled();
    const held = pull.audit()?.answer;
    assert.deepEqual(
      [held?.entries.map(({ subject }) => subject), held?.older],
      [["third", "second", "first"], null],
    );
    machine.setNow(machine.now() + 2 * hour);
    collector.script("/v1/audit", page("fourth", "a"));
    collector.script("/v1/audit?before=a", { status: 503 });
    pull.audit();
    await settled();
    const cut = pull.audit()?.answer;
    assert.deepEqual([cut?.entries.map(({ subject }) => subject), cut?.older], [["fourth"], "a"]);
    machine.setNow(machine.now() + 2 * hour);
    collector.script("/v1/audit", page("fifth", "a"));
    collector.script("/v1/audit?before=a", ...Array.from({ length: 3000 }, () => page("again", "a")));
    pull.audit();
    await settled();
    assert.equal(
      pull.audit()?.answer?.entries.length,
      10,
      "a service without an end is not followed for ever",
    );
  });

  test("the team's numbers are asked for when they are looked at, once an hour", async () => {
    join();
    collector.script("/v1/team", { status: 200, body: answer });
    assert.equal(pull.team()?.answer, null);
    await settled();
    assert.deepEqual(pull.team()?.answer?.targets, { Q4: 0.1 });
    assert.equal(collector.received.length, 1);
    machine.setNow(machine.now() + hour);
    collector.script("/v1/team", { status: 503 });
    pull.team();
    await settled();
    const last = pull.team();
    assert.deepEqual([last?.failure, last?.answer?.targets], ["It answered 503", { Q4: 0.1 }]);
    assert.equal(machine.now() - last!.checkedAt!, hour);
    assert.equal(collector.received.length, 2);
  });

  test("nothing of this person's goes with the question", async () => {
    join();
    machine.edit({}, {});
    collector.script("/v1/team", { status: 200, body: answer });
    pull.team();
    await settled();
    const [request] = collector.received;
    assert.deepEqual([request?.method, request?.path, request?.bytes.length], ["GET", "/v1/team", 0]);
  });
});
