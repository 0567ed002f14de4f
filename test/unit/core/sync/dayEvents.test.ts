import assert from "node:assert/strict";
import { batchesOf, batchIdOf, halves, recordsOf, renamed } from "../../../../core/sync/batches.ts";
import { coarse, listedTool } from "../../../../core/sync/coarse.ts";
import { dayEvents } from "../../../../core/sync/dayEvents.ts";
import { isoWeekOfDay } from "../../../../core/isoWeek.ts";
import { requestSchema, dayEventSchema, limits } from "../../../../protocol/collector.ts";
import { isCoarse } from "../../../../protocol/sentFields.ts";
import type { OutboxDay } from "../../../../protocol/sync.ts";

const uuids = () => {
  let next = 0;
  return () => `00000000-0000-4000-8000-${String(next++).padStart(12, "0")}`;
};
const naming = () => ({
  uuid: uuids(),
  pseudonymOf: (week: string) => week.replace(/\D/g, "").padStart(32, "0"),
});
const dayOf = (change: Partial<OutboxDay> = {}): OutboxDay => ({
  day: "2026-01-31",
  kind: "ai",
  tool: "claude-code",
  mode: "agent",
  edits: 3,
  insertedChars: 1234,
  keptChars: 999,
  ...change,
});

suite("What leaves the machine", () => {
  test("is rounded to two digits, never exact and never beyond what is taken", () => {
    for (let count = 0; count < 200_000; count += 7) {
      assert.ok(isCoarse(coarse(count)));
      assert.ok(Math.abs(coarse(count) - count) <= Math.max(0, count / 19));
      assert.ok(coarse(count) <= coarse(count + 7));
    }
    assert.deepEqual([9, 99, 994, 995, 12_499].map(coarse), [9, 99, 990, 1000, 12_000]);
    assert.equal(coarse(5e12), 1_000_000_000);
  });

  test("names tools of the list alone", () => {
    assert.deepEqual(
      [listedTool("codex"), listedTool(null), listedTool("my-company.secret-tool")],
      ["codex", "unknown", "other"],
    );
  });

  test("is an event for each day, origin, tool and mode, as the contract has it", () => {
    const events = dayEvents(
      [
        dayOf(),
        dayOf({ tool: "secret-a" }),
        dayOf({ tool: "secret-b", mode: null }),
        dayOf({ tool: "secret-c" }),
        dayOf({ kind: "human", tool: null, mode: null }),
        dayOf({ day: "2026-02-02" }),
      ],
      naming(),
    );
    for (const { event } of events) dayEventSchema.parse(event);
    assert.deepEqual(
      events.map(({ day, event }) => [day, event.week, event.tool, event.mode, event.edits]),
      [
        ["2026-01-31", "2026-W05", "claude-code", "agent", 3],
        ["2026-01-31", "2026-W05", "other", "agent", 6],
        ["2026-01-31", "2026-W05", "other", "unknown", 3],
        ["2026-01-31", "2026-W05", undefined, undefined, 3],
        ["2026-02-02", "2026-W06", "claude-code", "agent", 3],
      ],
    );
    assert.deepEqual(events[0]!.event["inserted.chars"], 1200);
    assert.equal(new Set(events.map(({ event }) => event["event.id"])).size, events.length);
    assert.doesNotMatch(JSON.stringify(events), /secret/);
  });

  test("lies in batches of one week each", () => {
    const days = Array.from({ length: limits.records + 1 }, (_, index) =>
      dayOf({ day: index % 2 ? "2026-01-31" : "2026-02-02", tool: index % 2 ? "codex" : "amp", mode: null }),
    );
    const events = days.flatMap((day) => dayEvents([day], naming()));
    const batches = batchesOf(events, uuids());
    assert.equal(batches.length, 2);
    for (const batch of batches) {
      const parsed = requestSchema.parse(batch);
      const weeks = new Set(
        recordsOf(parsed).map(({ attributes }) =>
          JSON.stringify(attributes.find(({ key }) => key === "week")),
        ),
      );
      assert.equal(weeks.size, 1);
    }
    assert.equal(
      batches.reduce((sum, batch) => sum + recordsOf(batch).length, 0),
      events.length,
    );
  });

  test("is the same in a batch with another name, and in two halves", () => {
    const events = dayEvents([dayOf(), dayOf({ tool: "amp" }), dayOf({ tool: "codex" })], naming());
    const [batch] = batchesOf(events, () => "00000000-0000-4000-8000-00000000000a");
    const other = renamed(batch!, "00000000-0000-4000-8000-00000000000b");
    assert.deepEqual(
      [batchIdOf(other), recordsOf(other)],
      ["00000000-0000-4000-8000-00000000000b", recordsOf(batch!)],
    );
    const parts = halves(batch!, uuids());
    assert.deepEqual(
      parts.map((part) => recordsOf(part).length),
      [2, 1],
    );
    assert.deepEqual(parts.flatMap(recordsOf), recordsOf(batch!));
    assert.deepEqual(halves(parts[1]!, uuids()), []);
  });

  test("has the week of the person's day", () => {
    const weeks: Record<string, string> = {
      "2026-01-01": "2026-W01",
      "2027-01-03": "2026-W53",
      "2024-12-30": "2025-W01",
      "2026-11-21": "2026-W47",
      "1969-12-28": "1969-W52",
    };
    for (const [day, week] of Object.entries(weeks)) assert.equal(isoWeekOfDay(day), week);
  });
});
