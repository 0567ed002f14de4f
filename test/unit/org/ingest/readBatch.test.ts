import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { limits, reasonSchema, type LogRecord } from "../../../../protocol/collector.ts";
import { dateOf, isoWeekOf } from "../../../../org/ingest/isoWeek.ts";
import { readBatch } from "../../../../org/ingest/readBatch.ts";
import { tallies, tallyNames } from "../../../../protocol/tallies.ts";
import { exampleOf, tallyRecordOf } from "../../../org/support/tallyRecords.ts";
import { idOf, pseudonymOf, recordOf, requestOf } from "../../../org/support/batches.ts";

/** A Friday, at noon UTC. */
const day = 20_777;
const now = (day + 0.5) * 86_400_000;
const good = () => recordOf({ name: "one", day });

function read(request: unknown, at = now): ReturnType<typeof readBatch> {
  return readBatch(Buffer.from(JSON.stringify(request)), at);
}

/** What is said of a batch whose only record was changed. */
function refusalOf(change: (record: LogRecord & Record<string, unknown>) => void): string[] {
  const record: LogRecord & Record<string, unknown> = structuredClone({ ...good() });
  change(record);
  const outcome = read(requestOf("batch", [record]));
  assert.ok(!outcome.ok, "the batch was taken");
  outcome.reasons.forEach((reason) => reasonSchema.parse(reason));
  return outcome.reasons.map(({ pointer, field, detail }) => `${pointer} ${field}: ${detail}`);
}

const record = "#/resourceLogs/0/scopeLogs/0/logRecords/0";

/** A request as a sender could get it wrong. */
interface LooseRequest {
  extra?: number;
  resourceLogs: [LooseResource, ...LooseResource[]];
}

interface LooseResource {
  resource: { attributes: [{ value: { stringValue: string } }] };
  scopeLogs: [{ scope: { version: string }; logRecords: unknown[] }];
}

function set(record: LogRecord, key: string, value: unknown): void {
  const attribute = record.attributes.find((candidate) => candidate.key === key);
  assert.ok(attribute);
  attribute.value = value as typeof attribute.value;
}

suite("A batch", () => {
  test("is read into what the stores take", () => {
    const request = requestOf("batch", [good(), recordOf({ name: "two", day, originKind: "human" })]);
    const bytes = Buffer.from(JSON.stringify(request));
    const common = { day: "2026-11-20", edits: 12, insertedChars: 1200, keptChars: 950 };
    assert.deepEqual(readBatch(bytes, now), {
      ok: true,
      batch: {
        id: idOf("batch"),
        week: "2026-W47",
        pseudonym: pseudonymOf("a 2026-W47"),
        sha256: createHash("sha256").update(bytes).digest(),
        events: [
          { ...common, id: idOf("one"), originKind: "ai", tool: "claude-code", mode: "agent" },
          { ...common, id: idOf("two"), originKind: "human", tool: null, mode: null },
        ],
        tallies: [],
        refused: 0,
        reasons: [],
      },
    });
    assert.equal(dateOf(day), "2026-11-20");
    assert.equal(isoWeekOf(day), "2026-W47");
  });

  test("holds records of tables beside those of edits, each by its own declaration", () => {
    for (const name of tallyNames) {
      const { keys, sums } = exampleOf(name);
      const record = tallyRecordOf({ name: `of ${name}`, day, table: name, keys, sums });
      const outcome = read(requestOf("batch", [good(), record]));
      assert.ok(outcome.ok && outcome.batch.refused === 0, JSON.stringify(outcome));
      assert.deepEqual(outcome.batch.tallies, [
        { id: idOf(`of ${name}`), table: name, keys: Object.values(keys), sums },
      ]);
      for (const key of Object.keys(tallies[name].keys)) {
        const other = tallyRecordOf({
          name: "one",
          day,
          table: name,
          keys: { ...keys, [key]: "/home/me/secret" },
          sums,
        });
        const refused = read(requestOf("batch", [other]));
        assert.ok(!refused.ok, `${name} took a path as ${key}`);
        assert.doesNotMatch(JSON.stringify(refused), /secret/);
      }
      for (const sum of Object.keys(tallies[name].sums)) {
        const other = tallyRecordOf({ name: "one", day, table: name, keys, sums: { [sum]: 101 } });
        assert.ok(!read(requestOf("batch", [other])).ok, `${name} took 101 as ${sum}`);
      }
    }
  });

  test("takes whole numbers as text and as numbers, as OTLP does", () => {
    const other = good();
    set(other, "edits", { intValue: 12 });
    const outcomes = [read(requestOf("batch", [good()])), read(requestOf("batch", [other]))];
    assert.deepEqual(
      ...(outcomes.map((outcome) => outcome.ok && outcome.batch.events) as [unknown, unknown]),
    );
  });

  test("names the field that is wrong, and where it is", () => {
    assert.deepEqual(
      [
        refusalOf((one) => set(one, "edits", { intValue: "101" })),
        refusalOf((one) => set(one, "edits", { stringValue: "100" })),
        refusalOf((one) => set(one, "edits", { intValue: "-1" }))[0]?.replace(/: .*/, ""),
        refusalOf((one) => set(one, "edits", {}))[0]?.replace(/: .*/, ""),
        refusalOf((one) => set(one, "tool", { stringValue: "my-own-tool" }))[0]?.slice(0, 80),
        refusalOf((one) => set(one, "week", { stringValue: "2026-W46" })),
        refusalOf((one) => set(one, "kept.chars", { intValue: "1300" })),
        refusalOf((one) => one.attributes.splice(5, 1)),
        refusalOf((one) => one.attributes.push({ key: "edits", value: { intValue: "1" } })),
        refusalOf((one) => one.attributes.push({ key: "user.name", value: { stringValue: "x" } })),
        refusalOf((one) => set(one, "origin.kind", { stringValue: "human" })),
        refusalOf((one) => (one["observedTimeUnixNano"] = "1")),
        refusalOf((one) => (one.timeUnixNano = "1795132800000000001")),
        refusalOf((one) => (one.timeUnixNano = "1795132801000000000")),
      ],
      [
        [`${record}/attributes/6/value edits: expected a number rounded to two significant digits`],
        [`${record}/attributes/6/value edits: expected a whole number`],
        `${record}/attributes/6/value/intValue edits`,
        `${record}/attributes/6/value edits`,
        `${record}/attributes/4/value tool: expected amp,`,
        [`${record}/attributes/1/value week: expected the ISO week of the record's day`],
        [`${record}/attributes/8/value kept.chars: expected no more than inserted.chars`],
        [`${record}/attributes mode: required where origin.kind is ai`],
        [`${record}/attributes/9/key edits: given twice`],
        [`${record}/attributes/9/key user.name: not in the contract`],
        [
          `${record}/attributes/4/value tool: allowed only where origin.kind is ai`,
          `${record}/attributes/5/value mode: allowed only where origin.kind is ai`,
        ],
        [`${record}/observedTimeUnixNano observedTimeUnixNano: not in the contract`],
        [
          `${record}/timeUnixNano timeUnixNano: ` +
            "expected midnight UTC of a day, in nanoseconds since 1970, as a string",
        ],
        [`${record}/timeUnixNano timeUnixNano: expected midnight UTC of a day`],
      ],
    );
  });

  test("has days from the oldest accepted to the one that has begun somewhere on earth", () => {
    const takenOn = (recordDay: number, hour: number) =>
      read(requestOf("batch", [recordOf({ name: "one", day: recordDay })]), (day + hour / 24) * 86_400_000)
        .ok;
    assert.deepEqual(
      [
        [takenOn(day + 1, 9.9), takenOn(day + 1, 10), takenOn(day + 2, 23.9)],
        [takenOn(day - 35, 12), takenOn(day - 36, 12), takenOn(day - 36, 11.9), takenOn(day - 37, 0)],
      ],
      [
        [false, true, false],
        [true, false, true, false],
      ],
    );
  });

  test("loses a bad record alone", () => {
    const bad = good();
    set(bad, "edits", { intValue: "12345" });
    const outcome = read(requestOf("batch", [good(), bad, { nonsense: true } as unknown as LogRecord]));
    assert.ok(outcome.ok);
    assert.equal(outcome.batch.events.length, 1);
    assert.equal(outcome.batch.refused, 2);
    assert.deepEqual(
      outcome.batch.reasons.map(({ pointer }) => pointer),
      [
        "#/resourceLogs/0/scopeLogs/0/logRecords/1/attributes/6/value",
        ...["timeUnixNano", "eventName", "attributes", "nonsense"].map(
          (name) => `#/resourceLogs/0/scopeLogs/0/logRecords/2/${name}`,
        ),
      ],
    );
  });

  test("is refused whole when it would link two pseudonyms or two weeks", () => {
    const records = [
      good(),
      recordOf({ name: "two", day, person: "b" }),
      recordOf({ name: "three", day: day - 7 }),
    ];
    const outcome = read(requestOf("batch", records));
    assert.ok(!outcome.ok);
    assert.deepEqual(
      outcome.reasons.map(({ pointer, field }) => [pointer.at(-"/attributes".length - 1), field]),
      [
        ["1", "pseudonym"],
        ["2", "week"],
        ["2", "pseudonym"],
      ],
    );
  });

  test("is refused whole when its frame is wrong", () => {
    const frame = (change: (request: LooseRequest) => void) => {
      const request = structuredClone(requestOf("batch", [good()])) as unknown as LooseRequest;
      change(request);
      const outcome = read(request);
      return outcome.ok ? "taken" : outcome.reasons.map(({ pointer, detail }) => `${pointer} ${detail}`)[0];
    };
    const scope = "#/resourceLogs/0/scopeLogs/0";
    assert.deepEqual(
      [
        frame((request) => (request.extra = 1)),
        frame((request) => request.resourceLogs.push(request.resourceLogs[0])),
        frame((request) => (request.resourceLogs[0].scopeLogs[0].logRecords = [])),
        frame((request) => (request.resourceLogs[0].scopeLogs[0].scope.version = "2")),
        frame((request) => (request.resourceLogs[0].resource.attributes = [] as never)),
        frame((request) => (request.resourceLogs[0].resource.attributes[0].value.stringValue = "7")),
      ],
      [
        "#/extra not in the contract",
        "#/resourceLogs expected at most 1",
        `${scope}/logRecords expected at least 1`,
        `${scope}/scope/version expected 1`,
        "#/resourceLogs/0/resource/attributes required",
        "#/resourceLogs/0/resource/attributes/0/value expected a random UUID (version 4) in lower case",
      ],
    );
  });

  test("H1: is refused whole when it is not JSON in UTF-8", () => {
    const text = JSON.stringify(requestOf("batch", [good()]));
    const bodies = [
      Buffer.alloc(0),
      Buffer.from(text.slice(0, -1)),
      Buffer.from(`\ufeff${text}`),
      Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.from([0xff, 0xfe]), Buffer.from(text.slice(20))]),
      Buffer.from(text, "utf16le"),
      Buffer.from("[".repeat(limits.bodyBytes)),
      Buffer.from(`${"[".repeat(400_000)}${"]".repeat(400_000)}`),
      Buffer.from("NaN"),
    ];
    for (const [index, body] of bodies.entries()) {
      assert.equal(readBatch(body, now).ok, false, `body ${index}`);
    }
  });

  test("never has its values repeated in what is said of it", () => {
    const canary = "SECRET-canary-4711";
    const long = canary.repeat(1000);
    const requests: unknown[] = [
      canary,
      { resourceLogs: canary },
      requestOf(canary, [{ ...good(), timeUnixNano: canary }]),
      requestOf("batch", [{ ...good(), eventName: canary as "kept.day" }]),
      ...good().attributes.map(({ key }) => {
        const one = good();
        set(one, key, { stringValue: canary });
        return requestOf("batch", [one]);
      }),
    ];
    for (const request of requests) {
      const outcome = read(request);
      assert.ok(!JSON.stringify({ ...outcome, batch: undefined }).includes(canary));
    }
    const named = read({ [long]: 1, "\ud800": 2, "a/b~c": 3 });
    assert.ok(!named.ok);
    named.reasons.forEach((reason) => reasonSchema.parse(reason));
    assert.deepEqual(
      named.reasons.map(({ pointer }) => pointer).filter((pointer) => pointer.length < 30),
      ["#/resourceLogs", "#/%EF%BF%BD", "#/a~1b~0c"],
    );
  });

  test("names at most so many reasons", () => {
    const bad = {
      ...good(),
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1])),
    };
    const outcome = read(
      requestOf(
        "batch",
        Array.from({ length: 100 }, () => bad),
      ),
    );
    assert.ok(!outcome.ok);
    assert.equal(outcome.reasons.length, limits.reasons);
  });
});
