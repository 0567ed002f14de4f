import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { payloadsOf, freeze } from "../../../../server/sync/freeze.ts";
import { readAnyBatch, readBatch } from "../../../../org/ingest/readBatch.ts";
import { usualBatch } from "../../../../org/ingest/usualBatch.ts";
import { dayEventSchema } from "../../../../protocol/collector.ts";
import { tallyNames } from "../../../../protocol/tallies.ts";
import { recordOf, requestOf, today } from "../../../org/support/batches.ts";
import { malformedPayloads } from "../../../org/support/malformed.ts";
import { exampleOf, tallyRecordOf } from "../../../org/support/tallyRecords.ts";

const now = (today + 0.5) * 86_400_000;
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Of every table, of every origin, and of edges of counts. */
const records = () => [
  recordOf({ name: "ai", day: today }),
  recordOf({ name: "human", day: today, originKind: "human", edits: 1_000_000_000 }),
  recordOf({ name: "unknown", day: today, originKind: "unknown", edits: 0 }),
  ...tallyNames.map((table) => tallyRecordOf({ name: table, day: today, table, ...exampleOf(table) })),
];
const whole = () => requestOf("whole", records());

/** What is read quickly must be what the schemas read; undefined is always right, and only slower. */
function checkAgainstSchemas(bytes: Buffer): boolean {
  const quick = usualBatch(bytes, now);
  if (quick === undefined) return false;
  assert.deepEqual({ ok: true, batch: quick }, readAnyBatch(bytes, now), bytes.toString("latin1"));
  return true;
}

suite("A batch as editors write it", function () {
  // Thousands of bodies are read twice.
  this.timeout(120_000);

  test("is read as the schemas read it, whatever it is of", () => {
    assert.ok(checkAgainstSchemas(bytesOf(whole())));
    for (const tool of dayEventSchema.shape.tool.unwrap().options) {
      for (const mode of dayEventSchema.shape.mode.unwrap().options) {
        const record = recordOf({ name: `${tool} ${mode}`, day: today, tool, mode });
        assert.ok(checkAgainstSchemas(bytesOf(requestOf("named", [record]))), `${tool} ${mode}`);
      }
    }
  });

  test("is what leaves a machine, to the byte", () => {
    const day = new Date(today * 86_400_000).toISOString().slice(0, 10);
    const counted = { edits: 123, insertedChars: 4567, keptChars: 89 };
    const days = [
      { day, kind: "ai", tool: "codex", mode: "agent", ...counted },
      { day, kind: "ai", tool: "of a name in no list", mode: null, ...counted },
      { day, kind: "human", tool: null, mode: null, ...counted },
    ] as const;
    const waiting = tallyNames.map((table) => {
      const { keys, sums } = exampleOf(table);
      const own = { "kept.tip": { rule: "C01" }, "kept.survival": { kind: "ai", tool: "codex", age: "30" } };
      return { table, day, keys: { ...keys, ...(own as Record<string, object>)[table] }, sums };
    });
    const person = { mode: "full", org: "00000000-0000-4000-8000-000000000000", secret: Buffer.alloc(32) };
    let made = 0;
    const uuid = () => `00000000-0000-4000-8000-${String(made++).padStart(12, "0")}`;
    const events = new Set(["kept.day", ...tallyNames] as const);
    const left = payloadsOf({ days, tallies: waiting, events }, person as never, uuid);
    assert.equal(left.length, 1);
    const bytes = gunzipSync(freeze(left[0]!).bytes);
    const read = usualBatch(bytes, now);
    assert.deepEqual(
      [read?.events.length, new Set(read?.tallies.map(({ table }) => table)).size],
      [3, tallyNames.length],
    );
    assert.ok(checkAgainstSchemas(bytes));
  });

  test("with any one byte changed is read as the schemas read it, or left to them", () => {
    const bytes = bytesOf(whole());
    let quick = 0;
    for (const [index, byte] of bytes.entries()) {
      for (const other of [0x30, 0x22, 0x2d, 0x61, 0xe4, byte ^ 1]) {
        const changed = Buffer.from(bytes);
        changed[index] = other;
        if (checkAgainstSchemas(changed)) quick += 1;
      }
    }
    // An id's digit for another, a count for another.
    assert.ok(quick > 500, String(quick));
  });

  test("with a byte too many or too few is read as the schemas read it, or left to them", () => {
    const bytes = bytesOf(whole());
    for (let index = 0; index <= bytes.length; index++) {
      const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)];
      checkAgainstSchemas(Buffer.concat([before, after.subarray(1)]));
      for (const more of ["0", " ", "\\", "}"])
        checkAgainstSchemas(Buffer.concat([before, Buffer.from(more), after]));
    }
  });

  test("is nothing that has to be refused, and nothing that nobody writes so", () => {
    for (const { body, encoding } of malformedPayloads(30)) {
      if (encoding === undefined)
        assert.equal(usualBatch(body, now), undefined, body.toString("latin1").slice(0, 300));
    }
    const record = recordOf({ name: "a", day: today });
    const odd: Record<string, unknown> = {
      "too many records": Array.from({ length: 501 }, (_, index) =>
        recordOf({ name: `${index}`, day: today }),
      ),
      "a day to come": [recordOf({ name: "a", day: today + 3 })],
      "a day long gone": [recordOf({ name: "a", day: today - 60 })],
      "another person": [record, recordOf({ name: "b", day: today, person: "b" })],
      "another week": [record, recordOf({ name: "b", day: today - 7 })],
      "more kept than inserted": [
        {
          ...record,
          attributes: record.attributes.map((each) =>
            each.key === "kept.chars" ? { ...each, value: { intValue: "1300" } } : each,
          ),
        },
      ],
      "no record": [],
    };
    for (const [what, logRecords] of Object.entries(odd)) {
      const bytes = bytesOf(requestOf("odd", logRecords as never));
      assert.equal(usualBatch(bytes, now), undefined, what);
      assert.equal(readBatch(bytes, now).ok, false, what);
    }
  });

  test("of the most records that are allowed is read", () => {
    const most = Array.from({ length: 500 }, (_, index) => recordOf({ name: `${index}`, day: today }));
    assert.equal(usualBatch(bytesOf(requestOf("most", most)), now)?.events.length, 500);
  });
});
