import assert from "node:assert/strict";
import { recordSchema } from "../../../../protocol/collector.ts";
import { parseJson } from "../../../../org/ingest/parseJson.ts";
import { plainRecord } from "../../../../org/ingest/plainRecord.ts";
import { recordOf, today } from "../../../org/support/batches.ts";
import { malformedPayloads } from "../../../org/support/malformed.ts";

/** Whatever stands where records stand. */
function recordsIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "logRecords" in value && Array.isArray(value.logRecords) ? (value.logRecords as unknown[]) : [];
  return [...own, ...Object.values(value).flatMap(recordsIn)];
}

suite("A record told without its schema", function () {
  // Thousands of records are tried against the schema.
  this.timeout(120_000);
  const good = recordOf({ name: "a", day: today });

  test("is one that is as records are", () => {
    assert.deepEqual(plainRecord(good), good);
  });

  test("is nothing that the schema would refuse, or take in another form", () => {
    let told = 0;
    const payloads = malformedPayloads(30).flatMap(({ body }) => {
      const json = parseJson(body);
      return json.ok ? recordsIn(json.value) : [];
    });
    assert.ok(payloads.length > 150);
    for (const input of payloads) {
      const plain = plainRecord(input);
      if (plain === undefined) continue;
      told++;
      assert.deepEqual(recordSchema.parse(input), plain);
    }
    // Most of them are wrong deeper inside, or around the record.
    assert.ok(told > 15);
  });

  test("is nothing with a part too many, too few, too long or of another kind", () => {
    const [first, ...rest] = good.attributes;
    const withFirst = (attribute: unknown) => ({ ...good, attributes: [attribute, ...rest] });
    const odd: Record<string, unknown> = {
      "no object": null,
      "a list": [good],
      "one part more": { ...good, observedTimeUnixNano: "1" },
      "one part less": { timeUnixNano: good.timeUnixNano, eventName: good.eventName },
      "an event of an object's own": { ...good, eventName: "constructor" },
      "a time of day": { ...good, timeUnixNano: "1795219200000000001" },
      "attributes that are no list": { ...good, attributes: { length: 0 } },
      "too many attributes": { ...good, attributes: Array.from({ length: 33 }, () => first) },
      "an attribute with a part more": withFirst({ ...first, more: 1 }),
      "an attribute without a name": withFirst({ ...first, key: "" }),
      "a name too long": withFirst({ ...first, key: "a".repeat(65) }),
      "a text too long": withFirst({ key: "tool", value: { stringValue: "a".repeat(257) } }),
      "two values": withFirst({ key: "tool", value: { stringValue: "a", intValue: "1" } }),
      "a number with a sign": withFirst({ key: "edits", value: { intValue: "-1" } }),
      "a number too long": withFirst({ key: "edits", value: { intValue: "1".repeat(16) } }),
    };
    for (const [what, input] of Object.entries(odd)) {
      assert.equal(plainRecord(input), undefined, what);
      assert.equal(recordSchema.safeParse(input).success, false, what);
    }
  });
});
