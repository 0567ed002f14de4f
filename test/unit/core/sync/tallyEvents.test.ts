import assert from "node:assert/strict";
import { tallyEvents } from "../../../../core/sync/tallyEvents.ts";
import { tallyEventSchemas, type TallyName } from "../../../../protocol/tallies.ts";
import type { OutboxTally } from "../../../../protocol/sync.ts";

const naming = () => {
  let next = 0;
  return {
    uuid: () => `00000000-0000-4000-8000-${String(next++).padStart(12, "0")}`,
    pseudonymOf: (week: string) => week.replace(/\D/g, "").padStart(32, "0"),
  };
};
const day = "2026-01-31";
const requests = (change: Partial<OutboxTally["keys"]>, sums: OutboxTally["sums"]): OutboxTally => ({
  ...{ table: "kept.requests", day, sums },
  keys: { tool: "claude-code", model: "claude-opus-4-5", taskType: "tests", ...change },
});
const tip = (rule: string): OutboxTally => ({ table: "kept.tip", day, keys: { rule }, sums: { shown: 1 } });

suite("What leaves of the machine besides edits", () => {
  test("has the form of the contract, is rounded, and names nothing that is not listed", () => {
    const events = tallyEvents(
      [
        {
          table: "kept.funnel",
          day,
          keys: { tool: "secret-tool", mode: null },
          sums: { accepted: 1234, undone: 1 },
        },
        requests({}, { requests: 3, input: 123_456, costNano: 1_234_000_000, unpriced: 0 }),
        requests({ model: "secret-model", taskType: "secret" }, { requests: 1, costNano: 0, unpriced: 1 }),
        tip("C01"),
        tip("org-3f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a10"),
      ],
      naming(),
    );
    for (const { name, event } of events) tallyEventSchemas[name as TallyName].parse(event);
    assert.deepEqual(
      events.map(({ name, event }) => [name, event["tool"], event["tier"] ?? event["tip"] ?? event["mode"]]),
      [
        ["kept.funnel", "other", "unknown"],
        ["kept.requests", "claude-code", "heavy"],
        ["kept.requests", "claude-code", "unknown"],
        ["kept.tip", "any", "C01"],
        ["kept.tip", "any", "3f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a10"],
      ],
    );
    assert.deepEqual(
      [events[0]!.event["accepted"], events[1]!.event["input"], events[1]!.event["cost.cents"]],
      [1200, 120_000, 120],
    );
    assert.doesNotMatch(JSON.stringify(events), /secret|opus/);
  });

  test("adds up what has the same listed names, before it is rounded", () => {
    const events = tallyEvents(
      [
        requests({ model: "claude-opus-4-5" }, { requests: 50, costNano: 4_000_000 }),
        requests({ model: "claude-opus-4-1" }, { requests: 52, costNano: 4_000_000 }),
      ],
      naming(),
    );
    assert.deepEqual(
      events.map(({ event }) => [event["requests"], event["cost.cents"]]),
      [[100, 1]],
    );
  });

  test("says of a prompt which tool or language its audience names, and of nobody else's", () => {
    const ids = ["3f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a10", "5f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a11"] as const;
    const others = ["6f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a12", "7f0c2f6e-5b1f-4c58-9d0e-0f6a2f1f7a13"] as const;
    const events = tallyEvents(
      [...ids, ...others].map((id) => tip(`org-${id}`)),
      naming(),
      new Map([
        [ids[0], { kind: "tool", tool: "cursor" }],
        [ids[1], { kind: "language", languageId: "cobol" }],
        [others[0], { kind: "team", team: "Payments" }],
      ]),
    );
    assert.deepEqual(
      events.map(({ event }) => [event["tool"], event["language"]]),
      [
        ["cursor", "any"],
        ["any", "other"],
        ["any", "any"],
        ["any", "any"],
      ],
    );
  });

  test("has no rule of a workspace: its name is somebody's own words", () => {
    assert.deepEqual(tallyEvents([tip("our-rule"), tip("C1"), tip("org-x")], naming()), []);
  });
});
