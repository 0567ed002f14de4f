import assert from "node:assert/strict";
import { bundleLimits, type Bundle } from "../../../../protocol/bundle.ts";
import { addBundleKey, type BundleKey } from "../../../../org/bundles/bundleKeys.ts";
import { signBundle } from "../../../../org/bundles/signBundle.ts";
import {
  bundleInForce,
  countingKeys,
  readHeldBundle,
  trustOf,
} from "../../../../server/bundles/heldBundle.ts";
import { OrgPull } from "../../../../server/bundles/orgPull.ts";
import { readTeamState } from "../../../../server/bundles/teamState.ts";
import { networkTransport } from "../../../../server/sync/transport.ts";
import { makeFolder } from "../../../org/support/folder.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import {
  membership,
  startScripted,
  type ScriptedCollector,
} from "../../../support/sync/scriptedCollector.ts";

const hour = 3_600_000;
const day = 24 * hour;

suite("What an organisation gives back", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let key: BundleKey;
  let pull: OrgPull;
  let may: boolean;
  let changes: number;
  let warnings: string[];
  let timers: { afterMs: number; run: () => void }[];

  setup(async () => {
    collector = await startScripted();
    machine = makeMachine();
    const { folder, remove } = makeFolder();
    key = addBundleKey(folder);
    remove();
    may = true;
    changes = 0;
    warnings = [];
    timers = [];
    pull = new OrgPull({
      host: {
        ...machine.host,
        startTimer: (afterMs, run) => {
          const timer = { afterMs, run };
          timers.push(timer);
          return () => void (timers = timers.filter((each) => each !== timer));
        },
        log: { info: () => {}, warn: (message) => warnings.push(message) },
      },
      store: machine.store,
      transport: networkTransport({
        proxyFor: () => undefined,
        signal: () => new AbortController().signal,
        limits: { connectMs: 2_000, totalMs: 2_000 },
      }),
      chance: () => 0.5,
      maySend: () => may,
      onChanged: () => (changes += 1),
    });
  });

  teardown(async () => {
    pull.stop();
    machine.close();
    await collector.close();
  });

  /** Joined, with the keys of the invitation and those that the organisation named. */
  const join = (pinned = [key.id], named = [key]) => {
    machine.join(collector.address);
    const keys = named.map(({ id, publicKey }) => ({ id, publicKey }));
    machine.store.sync.changeConsent({ membership: { ...membership, keys }, keys: pinned });
  };
  const bundleOf = (sequence: number, of: Partial<Bundle> = {}): Bundle => ({
    version: 1,
    org: membership.org,
    sequence,
    issuedAt: machine.now() - hour,
    expiresAt: machine.now() + 7 * day,
    items: [
      {
        id: "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10",
        audience: { kind: "everyone" },
        contact: "",
        defaultLocale: "en",
        texts: { en: `Text ${sequence}` },
      },
    ],
    ...of,
  });
  const give = (bundle: Bundle, keys = [key], headers: Record<string, string> = {}) =>
    collector.script("/v1/bundle", { status: 200, headers, body: signBundle(bundle, keys).toString() });
  const texts = () =>
    bundleInForce(machine.store, machine.now())?.bundle.items.map((item) => item.texts["en"]);
  const held = () => readHeldBundle(machine.store, membership.org);

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

  test("is not asked for without consent, without pinned keys, in a sink, or where something does not agree", async () => {
    assert.equal(await pull.round(), undefined);
    join([]);
    assert.equal(await pull.round(), undefined);
    join();
    may = false;
    await pull.round();
    assert.deepEqual(collector.received, []);
    may = true;
    await pull.round();
    assert.equal(collector.received.length, 1);
  });

  test("S2: a bad bundle is refused with its reason, and the last good one stays", async () => {
    join();
    give(bundleOf(5));
    await pull.round();
    const { folder, remove } = makeFolder();
    const stranger = addBundleKey(folder);
    remove();
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
    assert.equal(warnings.length, 5);
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
    const { folder, remove } = makeFolder();
    const other = addBundleKey(folder);
    remove();
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

  test("S2: what was stored is believed no more than what came", async () => {
    join();
    give(bundleOf(1));
    await pull.round();
    const forged = signBundle(bundleOf(2), [addKey()]).toString();
    machine.store.writeNote("org.bundle", JSON.stringify({ ...held(), envelope: forged, sequence: 2 }));
    assert.equal(texts(), undefined);
  });

  const addKey = (): BundleKey => {
    const { folder, remove } = makeFolder();
    const made = addBundleKey(folder);
    remove();
    return made;
  };

  suite("when keys change", () => {
    let next: BundleKey;
    let stolen: BundleKey;
    const publicOf = (...keys: BundleKey[]) => keys.map(({ id, publicKey }) => ({ id, publicKey }));
    const ids = () => [...(trustOf(machine.consent()!, held())?.keys.keys() ?? [])];
    const hear = async (bundle: Bundle, keys: BundleKey[]) => {
      give(bundle, keys);
      await pull.round();
      return held().refused;
    };

    const otherOrg = "7f9c2a11-0d4e-4b6f-9a3c-5e8d1c2b3a40";

    setup(() => {
      next = addKey();
      stolen = addKey();
      join();
    });

    test("the next one is pinned beside the old, and goes on alone once the old one is retired", async () => {
      assert.equal(await hear(bundleOf(1, { keys: publicOf(key, next) }), [key, next]), null);
      assert.deepEqual(ids(), [key.id, next.id]);
      assert.equal(await hear(bundleOf(2, { keys: publicOf(next) }), [next]), null);
      assert.deepEqual(ids(), [next.id]);
      assert.deepEqual(texts(), ["Text 2"]);
      assert.equal(await hear(bundleOf(3), [key]), "notSigned");
      // The organisation knows the old key no more, and another machine joins by this one.
      machine.store.sync.changeConsent({ membership: { ...membership, keys: publicOf(next) } });
      assert.deepEqual(texts(), ["Text 2"]);
      assert.deepEqual(countingKeys(machine.store, machine.consent()!), [next.id]);
    });

    test("a machine that slept through it learns it from whatever both have signed", async () => {
      assert.equal(await hear(bundleOf(1), [key]), null);
      machine.setNow(machine.now() + 60 * day);
      assert.equal(await hear(bundleOf(9, { keys: publicOf(key, next) }), [key, next]), null);
      assert.equal(await hear(bundleOf(10, { keys: publicOf(next) }), [next]), null);
      assert.deepEqual([ids(), texts()], [[next.id], ["Text 10"]]);
    });

    test("nobody hands on a key who was not handed one, and no name is taken by another key", async () => {
      assert.equal(await hear(bundleOf(1, { keys: publicOf(stolen) }), [stolen]), "notSigned");
      const named = [{ ...publicOf(stolen)[0]!, id: next.id }, ...publicOf(key)];
      assert.equal(await hear(bundleOf(2, { keys: named }), [key]), null);
      assert.deepEqual(ids(), [key.id]);
      assert.equal(await hear(bundleOf(3), [{ ...stolen, id: next.id }]), "notSigned");
      assert.equal(
        await hear(bundleOf(4, { keys: publicOf(key, stolen), org: otherOrg }), [key]),
        "otherOrg",
      );
    });

    test("what handed on before cannot be played again, nor be late", async () => {
      const first = bundleOf(5, { keys: publicOf(key, next) });
      await hear(first, [key]);
      await hear(bundleOf(6, { keys: publicOf(next) }), [next]);
      assert.equal(await hear(first, [key]), "notSigned");
      assert.equal(await hear(first, [key, next]), "old");
      const over = { issuedAt: machine.now() - 9 * day, expiresAt: machine.now() - 1 };
      assert.equal(await hear(bundleOf(7, { ...over, keys: publicOf(next, stolen) }), [next]), "expired");
      assert.deepEqual(ids(), [next.id]);
    });

    test("an old key that was stolen neither hands on nor retires once the next is known", async () => {
      await hear(bundleOf(1, { keys: publicOf(key, next) }), [key]);
      assert.equal(await hear(bundleOf(2, { keys: publicOf(key, stolen) }), [key]), null);
      assert.deepEqual(ids(), [key.id, next.id]);
      assert.equal(await hear(bundleOf(3), [stolen]), "notSigned");
      assert.equal(await hear(bundleOf(4, { keys: publicOf(next) }), [next]), null);
      assert.equal(await hear(bundleOf(5), [key]), "notSigned");
    });

    test("where two have to sign, one alone hands nothing on", async () => {
      const second = addKey();
      machine.store.sync.changeConsent({
        membership: { ...membership, keys: publicOf(key, second), signatures: 2 },
        keys: [key.id, second.id],
      });
      assert.equal(await hear(bundleOf(1, { keys: publicOf(key, stolen) }), [key, stolen]), "notSigned");
      assert.equal(await hear(bundleOf(2, { keys: publicOf(key, second, next) }), [key, second]), null);
      assert.equal(await hear(bundleOf(3, { keys: publicOf(second, next) }), [second, next]), null);
      assert.deepEqual(ids(), [second.id, next.id]);
    });

    /** The organisation's daily answer. */
    const asks = (signatures: number, keys = [key]) => {
      machine.store.sync.changeConsent({
        membership: { ...membership, keys: publicOf(...keys), signatures },
      });
      pull.changed();
      pull.stop();
    };

    test("S1: where two had to sign when it joined, one never does, whatever the service asks for", async () => {
      machine.store.sync.changeConsent({ keys: [key.id, stolen.id] });
      asks(2, [key, stolen]);
      asks(1, [key, stolen]);
      assert.equal(await hear(bundleOf(1), [stolen]), "notSigned");
      assert.equal(await hear(bundleOf(2, { keys: publicOf(stolen) }), [stolen]), "notSigned");
      assert.equal(await hear(bundleOf(3), [key, stolen]), null);
      assert.equal(await hear(bundleOf(4), [stolen]), "notSigned");
      assert.deepEqual(texts(), ["Text 3"]);
    });

    test("S1: more have to sign from the first bundle on that as many signed, and what one handed on before stays", async () => {
      asks(1);
      await hear(bundleOf(1, { keys: publicOf(key, next) }), [key]);
      asks(2);
      assert.equal(await hear(bundleOf(2), [key]), null, "not before two keys of this machine's did");
      assert.equal(await hear(bundleOf(3), [key, next]), null);
      assert.equal(await hear(bundleOf(4), [key]), "notSigned");
      asks(1);
      assert.equal(await hear(bundleOf(5), [next]), "notSigned");
      assert.deepEqual([ids(), texts()], [[key.id, next.id], ["Text 3"]]);
      const third = addKey();
      assert.equal(await hear(bundleOf(6, { keys: publicOf(next, third) }), [key, next]), null);
      assert.equal(await hear(bundleOf(7, { keys: publicOf(next, third) }), [next, third]), null);
      assert.deepEqual(ids(), [next.id, third.id]);
    });

    test("S1: whoever asks for more keys than sign shuts nobody out", async () => {
      asks(1);
      await hear(bundleOf(1, { keys: publicOf(key, next) }), [key]);
      asks(8);
      assert.equal(await hear(bundleOf(2), [key, next]), null);
      assert.equal(await hear(bundleOf(3), [next]), null);
    });

    test("S1: what an earlier version held of keys goes on counting when more have to sign", async () => {
      await hear(bundleOf(1, { keys: publicOf(key, next) }), [key]);
      const { needed, handedOn, ...earlier } = held();
      assert.equal(needed, 1);
      const { from, by } = handedOn!;
      machine.store.writeNote("org.bundle", JSON.stringify({ ...earlier, handedOn: { from, by } }));
      asks(1);
      asks(2);
      assert.equal(await hear(bundleOf(2), [key, next]), null);
      assert.deepEqual(ids(), [key.id, next.id]);
    });

    test("what was stored of it is believed no more than what came", async () => {
      await hear(bundleOf(1, { keys: publicOf(key, next) }), [key]);
      const forged = signBundle(bundleOf(2, { keys: publicOf(stolen) }), [stolen]).toString();
      const { handedOn } = held();
      for (const change of [
        { from: [...handedOn!.from, ...publicOf(stolen)], by: handedOn!.by },
        { ...handedOn!, by: [...handedOn!.by, forged] },
      ]) {
        machine.store.writeNote("org.bundle", JSON.stringify({ ...held(), handedOn: change }));
        assert.deepEqual(ids(), [key.id, next.id]);
      }
      const alone = { from: [...handedOn!.from, ...publicOf(stolen)], by: [] };
      machine.store.writeNote("org.bundle", JSON.stringify({ ...held(), handedOn: alone }));
      assert.deepEqual(ids(), [key.id]);
    });
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
      timers.map(({ afterMs }) => afterMs),
      [0],
    );
    pull.stop();
    give(bundleOf(1));
    await pull.round();
    pull.changed();
    pull.changed();
    assert.deepEqual(
      timers.map(({ afterMs }) => afterMs),
      [150_000],
    );
    machine.store.sync.leave([]);
    pull.changed();
    assert.deepEqual(timers, []);
  });

  const answer = { team: "Team", participation: { state: "hidden" }, weeks: [], targets: { Q4: 0.1 } };
  const settled = async () => {
    const before = changes;
    for (let look = 0; look < 200 && changes === before; look++)
      await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test("what was done at the service is asked for when somebody looks, with nothing of this machine's", async () => {
    join();
    const entries = [{ day: "2026-02-01", who: "Ada", did: "exported numbers", subject: "scorecard" }];
    collector.script("/v1/audit", { status: 200, body: { entries } });
    assert.equal(pull.audit()?.answer, null);
    await settled();
    assert.deepEqual(pull.audit()?.answer, { entries });
    const [request, ...others] = collector.received.filter(({ path }) => path === "/v1/audit");
    assert.deepEqual([request?.method, request?.bytes.length, others.length], ["GET", 0, 0]);
    machine.setNow(machine.now() + 2 * hour);
    collector.script("/v1/audit", { status: 503 });
    pull.audit();
    await settled();
    const last = pull.audit();
    assert.deepEqual([last?.answer?.entries.length, last?.failure !== null], [1, true]);
    may = false;
    machine.setNow(machine.now() + 2 * hour);
    const before = collector.received.length;
    pull.audit();
    await settled();
    assert.equal(collector.received.length, before, "nothing is asked while something forbids it");
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
