import assert from "node:assert/strict";
import type { ToolEdit, ToolEditLines, ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { PartsOfLook } from "../../../../server/agents/reading/partsOfLook.ts";
import type { RecordsRead } from "../../../../server/agents/reading/recordWatch.ts";

const at = Date.UTC(2026, 2, 10, 12);

function requestOf(id: string, output = 1): ToolRequest {
  const tokens = { input: 1, output, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
  return { tool: "codex", session: "s", id, at, model: "gpt-5", tokens, isSubagent: false };
}

const edit: ToolEdit = {
  ...{ tool: "codex", mode: "agent", model: "gpt-5", session: "s", call: "c", at, path: "/work/a.ts" },
  text: { kind: "whole", before: "", after: "one\ntwo\n" },
  outcome: "applied",
};

suite("A look in parts", () => {
  let told: RecordsRead[];
  setup(() => (told = []));
  const partsOf = (since: number) =>
    new PartsOfLook(at, { since, requestsSince: 0 }, (part) => told.push(part));

  test("tells everything once, as it is found, and of the last part that it is the last", () => {
    const parts = partsOf(0);
    const sink = parts.sinkOf("codex");
    sink.problem(1, "strange");
    for (let index = 0; index < 1000; index++) {
      sink.request(requestOf(String(index), 1));
      sink.request(requestOf(String(index), 9));
      if (index % 2 === 0) sink.edit(edit);
    }
    assert.ok(told.length > 0, "the first part is told before the look is over");
    parts.tell(false);
    const requests = told.flatMap((part) => part.requests);
    assert.deepEqual(
      requests.map(({ id }) => id),
      Array.from({ length: 1000 }, (_, index) => String(index)),
    );
    assert.ok(
      requests.every(({ tokens }) => tokens.output === 9),
      "the largest total is the whole of it",
    );
    assert.equal(told.flatMap(({ edits }) => edits).length, 500);
    assert.equal(told.flatMap(({ taskEdits }) => taskEdits).length, 500);
    assert.ok(told.every((part) => part.requests.length + part.taskEdits.length <= 301));
    assert.deepEqual(
      told.map(({ goesOn, problems }) => [goesOn, problems]),
      told.map((_, index) => [index < told.length - 1, index === 0 ? { codex: 1 } : {}]),
    );
  });

  test("tells a request of several lines in one part", () => {
    const parts = partsOf(0);
    for (let index = 0; index < 1000; index++)
      for (const output of [1, 2, 9]) parts.sinkOf("codex").request(requestOf(String(index), output));
    parts.tell(false);
    assert.ok(told.length > 3);
    assert.equal(told.flatMap(({ requests }) => requests).length, 1000);
  });

  test("is one part where nothing is found", () => {
    partsOf(0).tell(false);
    assert.deepEqual(told, [
      { at, edits: [], requests: [], taskEdits: [], allowances: [], problems: {}, goesOn: false },
    ]);
  });

  test("holds no text of edits that are only part of a task", () => {
    const parts = partsOf(at + 1);
    parts.sinkOf("codex").edit(edit);
    parts.tell(false);
    assert.deepEqual(told[0]!.edits, []);
    assert.deepEqual([told[0]!.taskEdits[0]!.linesAdded, "text" in told[0]!.taskEdits[0]!], [2, false]);
  });

  test("tells a proposal in one with what became of it, in the same part", () => {
    const parts = partsOf(at + 1);
    const sink = parts.sinkOf("codex");
    sink.edit({ ...edit, outcome: "proposed" });
    sink.edit({ ...edit, call: "other", outcome: "proposed", at: at + 1 });
    sink.edit({ ...edit, at: at + 2, model: undefined, text: { kind: "unsaid" }, session: "branched" });
    sink.edit({ ...edit, at: at + 3, text: { kind: "unsaid" } });
    parts.tell(true);
    sink.edit({ ...edit, call: "other", at: at + 4 });
    parts.tell(false);
    const said = ({ call, session, outcome, linesAdded, ...rest }: ToolEditLines) =>
      [call, session, outcome, linesAdded, rest.at - at, rest.proposedAt && rest.proposedAt - at] as const;
    assert.deepEqual(
      told.map(({ taskEdits }) => taskEdits.map(said)),
      [
        [
          ["c", "s", "applied", 2, 2, 0],
          ["other", "s", "proposed", 2, 1, undefined],
          ["c", "s", "applied", null, 3, undefined],
        ],
        [["other", "s", "applied", 2, 4, undefined]],
      ],
    );
  });

  test("holds no more of proposals than a few texts", () => {
    const parts = partsOf(at + 1);
    const sink = parts.sinkOf("codex");
    const text = { kind: "whole", before: "", after: "long\n".repeat(500_000) } as const;
    for (const call of ["a", "b"]) sink.edit({ ...edit, call, text, outcome: "proposed" });
    sink.edit({ ...edit, call: "a", text: { kind: "unsaid" }, at: at + 1 });
    parts.tell(false);
    assert.deepEqual(
      told[0]!.taskEdits.map(({ call, outcome, linesAdded }) => [call, outcome, linesAdded]),
      [
        ["a", "proposed", 500_000],
        ["b", "proposed", 500_000],
        ["a", "applied", null],
      ],
    );
  });

  test("tells the latest of what tools say of a plan at its end, whatever part it stood in", () => {
    const parts = partsOf(0);
    const sink = parts.sinkOf("codex");
    const window = { tool: "codex", windowMinutes: 300, usedShare: 0.1, resetsAt: at, readAt: at };
    sink.allowance!({ ...window, usedShare: 0.2, readAt: at + 2 });
    for (let index = 0; index < 1000; index++) sink.request(requestOf(String(index)));
    sink.allowance!(window);
    parts.tell(false);
    assert.deepEqual(
      told.map(({ allowances }) => allowances.map(({ usedShare }) => usedShare)),
      [...told.slice(1).map(() => []), [0.2]],
    );
  });
});
