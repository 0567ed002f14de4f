import assert from "node:assert/strict";
import type { BundleKey } from "../../../../org/bundles/bundleKeys.ts";
import { signBundle } from "../../../../org/bundles/signBundle.ts";
import { countingKeys, trustOf } from "../../../../server/bundles/heldBundle.ts";
import { makeKey, publicOf, startPulling, type Pulling } from "../../../support/sync/pulling.ts";
import { membership } from "../../../support/sync/scriptedCollector.ts";

const day = 86_400_000;

suite("The keys of an organisation, when they change", () => {
  let pulling: Pulling;
  let { machine, key, pull, held, hear, join, bundleOf, texts } = {} as Pulling;
  let next: BundleKey;
  let stolen: BundleKey;
  const ids = () => [...(trustOf(machine.consent()!, held())?.keys.keys() ?? [])];

  const otherOrg = "7f9c2a11-0d4e-4b6f-9a3c-5e8d1c2b3a40";

  setup(async () => {
    pulling = await startPulling();
    ({ machine, key, pull, held, hear, join, bundleOf, texts } = pulling);
    next = makeKey();
    stolen = makeKey();
    join();
  });

  teardown(() => pulling.close());

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
    assert.equal(await hear(bundleOf(4, { keys: publicOf(key, stolen), org: otherOrg }), [key]), "otherOrg");
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
    const second = makeKey();
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
    const third = makeKey();
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
