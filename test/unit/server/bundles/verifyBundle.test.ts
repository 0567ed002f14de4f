import assert from "node:assert/strict";
import { sign } from "node:crypto";
import { isExpired, type BundleTrust } from "../../../../core/organisation/bundleTrust.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { addBundleKey, readBundleKeys, type BundleKey } from "../../../../org/bundles/bundleKeys.ts";
import { signBundle } from "../../../../org/bundles/signBundle.ts";
import {
  bundleContext,
  bundleLimits,
  type Bundle,
  type BundleEnvelope,
} from "../../../../protocol/bundle.ts";
import { verifyBundle } from "../../../../server/bundles/verifyBundle.ts";
import { makeFolder } from "../../../org/support/folder.ts";

const org = "0b6f3c5e-1f0d-4c88-9b57-3f1f0a7d2c11";
const now = 1_800_000_000_000;
const dayMs = 86_400_000;
const bundle: Bundle = {
  version: 1,
  org,
  sequence: 7,
  issuedAt: now - dayMs,
  expiresAt: now + dayMs,
  items: [
    {
      id: "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10",
      audience: { kind: "everyone" },
      contact: "the Center of Excellence",
      defaultLocale: "en",
      texts: { en: "Ask for tests first.", de: "Zuerst nach Tests fragen." },
    },
  ],
};

suite("A bundle of an organisation", () => {
  let keys: BundleKey[];
  let trust: BundleTrust;

  suiteSetup(() => {
    const { folder, remove } = makeFolder();
    addBundleKey(folder);
    addBundleKey(folder);
    keys = readBundleKeys(folder);
    remove();
    trust = {
      org,
      keys: new Map(keys.map(({ id, publicKey }) => [id, publicKey])),
      threshold: 1,
      lastSequence: 6,
    };
  });

  const judge = (bytes: Uint8Array, more: Partial<BundleTrust> = {}, at = now) => {
    const judgement = verifyBundle(bytes, { ...trust, ...more }, at);
    return judgement.state === "accepted" ? judgement.bundle : judgement.why;
  };
  const envelopeOf = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as BundleEnvelope;
  const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
  /** Signed as it is, whatever it is. */
  const signedAnyhow = (payload: Buffer, context = bundleContext) =>
    bytesOf({
      payload: payload.toString("base64"),
      signatures: keys.map(({ id, privateKey }) => ({
        key: id,
        signature: sign(null, Buffer.concat([Buffer.from(context), payload]), privateKey).toString("base64"),
      })),
    });

  test("is what was signed", () => {
    assert.deepEqual(judge(signBundle(bundle, keys)), bundle);
    assert.deepEqual(judge(signBundle(bundle, keys.slice(0, 1))), bundle);
  });

  test("S1: needs as many different keys as were asked for", () => {
    const [first] = keys;
    const twice = envelopeOf(signBundle(bundle, keys.slice(0, 1)));
    const doubled = { ...twice, signatures: [...twice.signatures, ...twice.signatures] };
    assert.equal(judge(bytesOf(doubled), { threshold: 2 }), "notSigned");
    assert.deepEqual(judge(signBundle(bundle, keys), { threshold: 2 }), bundle);
    assert.equal(judge(signBundle(bundle, keys), { keys: new Map() }), "notSigned");
    assert.equal(judge(signBundle(bundle, keys), { keys: new Map(), threshold: 0 }), "notSigned");
    const swapped = new Map([[first!.id, keys[1]!.publicKey]]);
    assert.equal(judge(signBundle(bundle, keys.slice(0, 1)), { keys: swapped }), "notSigned");
  });

  test("can be for a team or for how used somebody is to AI, for a time, and while a condition holds", () => {
    const [item] = bundle.items;
    const items: Bundle["items"] = [
      { ...item!, audience: { kind: "team", team: "Payments" }, from: "2027-01-01", until: "2027-01-01" },
      { ...item!, audience: { kind: "level", level: "starting" }, when: "uncommitted.lines > 400" },
    ];
    assert.deepEqual(judge(signBundle({ ...bundle, items }, keys)), { ...bundle, items });
  });

  test("S2, S3: is refused when it is another's, older, too early or over", () => {
    const of = (more: Partial<Bundle>) => judge(signBundle({ ...bundle, ...more }, keys));
    assert.equal(of({ org: "9d0e8f31-52ab-4d3c-a1b2-c3d4e5f60718" }), "otherOrg");
    for (let sequence = 1; sequence <= 5; sequence++) assert.equal(of({ sequence }), "old");
    assert.deepEqual(of({ sequence: 6 }), { ...bundle, sequence: 6 });
    assert.equal(of({ issuedAt: now + bundleLimits.clockMs + 1, expiresAt: now + dayMs }), "early");
    assert.equal(of({ issuedAt: now - 2 * dayMs, expiresAt: now }), "expired");
    assert.ok(!isExpired(bundle, bundle.expiresAt - 1) && isExpired(bundle, bundle.expiresAt));
  });

  test("S1: is refused when what is signed is no bundle, or was signed as something else", () => {
    const wrong = [
      { ...bundle, expiresAt: bundle.issuedAt + 15 * dayMs },
      { ...bundle, more: 1 },
      { ...bundle, items: Array.from({ length: 51 }, () => bundle.items[0]) },
      { ...bundle, items: [{ ...bundle.items[0], texts: { de: "Nur Deutsch." } }] },
      { ...bundle, items: [{ ...bundle.items[0], suggestion: "x".repeat(1001) }] },
      { ...bundle, items: [{ ...bundle.items[0], from: "2027-01-02", until: "2027-01-01" }] },
      { ...bundle, items: [{ ...bundle.items[0], audience: { kind: "level", level: "expert" } }] },
      {
        ...bundle,
        items: [
          { ...bundle.items[0], texts: { en: "x".repeat(1000), de: "x".repeat(1000) }, suggestion: "x" },
        ],
      },
    ];
    for (const value of wrong) assert.equal(judge(signedAnyhow(bytesOf(value))), "malformed");
    assert.equal(judge(signedAnyhow(Buffer.from([0x22, 0xff, 0x22]))), "malformed");
    assert.equal(judge(signedAnyhow(bytesOf(bundle), "")), "notSigned");
    assert.equal(judge(Buffer.alloc(bundleLimits.bytes + 1, 0x20)), "tooLarge");
  });

  test("S1: is refused without an exception in each of 10,000 tampered forms", function () {
    this.timeout(60_000);
    const good = signBundle(bundle, keys);
    const random = seededRandom(20_261_121);
    const below = (end: number) => Math.floor(random() * end);
    const flip = (text: string) => {
      const bytes = Buffer.from(text, "base64");
      bytes[below(bytes.length)]! ^= 1 << below(8);
      return bytes.toString("base64");
    };
    const names = ["__proto__", "constructor", "toString", "0".repeat(32), "", keys[0]!.id.toUpperCase()];
    const tamper: ((envelope: BundleEnvelope) => unknown)[] = [
      (envelope) => ({ ...envelope, payload: flip(envelope.payload) }),
      ({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((each) => ({ ...each, signature: flip(each.signature) })),
      }),
      ({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((each) => ({ ...each, key: names[below(names.length)] })),
      }),
      ({ payload, signatures: [a, b] }) => ({
        payload,
        signatures: [
          { key: a!.key, signature: b!.signature },
          { key: b!.key, signature: a!.signature },
        ],
      }),
      (envelope) => ({ ...envelope, signatures: [] }),
      (envelope) => ({ ...envelope, extra: below(9) }),
      (envelope) => [envelope, null, 7, "text", { payload: 1, signatures: {} }][below(5) || 1],
    ];
    for (let index = 0; index < 10_000; index++) {
      if (index % 8 === 7) {
        const bytes = Buffer.from(good);
        bytes.fill(below(256), below(bytes.length));
        if (!bytes.equals(good)) assert.ok(typeof judge(bytes) === "string", `cut ${index}`);
        continue;
      }
      const bytes = bytesOf(tamper[index % 8]!(envelopeOf(good)));
      assert.ok(typeof judge(bytes) === "string", `form ${index}: ${bytes.toString()}`);
    }
  });
});
