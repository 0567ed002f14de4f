import assert from "node:assert/strict";
import { mergeStreamed, type StreamedChange } from "../../../../core/origin/streamedEdits.ts";
import { applyReplacements } from "../../../../core/text/textReplacement.ts";
import type { Origin } from "../../../../protocol/origin.ts";

const chat: Origin = { kind: "ai", tool: "github-copilot", mode: "chat" };

/** Inserts each text at an offset, one after the other. */
function insertions(
  ...steps: readonly [at: number, origin: Origin, offset: number, text: string][]
): StreamedChange[] {
  let before = "";
  return steps.map(([at, origin, offset, text]) => {
    const edit = [{ start: offset, end: offset, text }];
    const change = { at, origin, before, after: applyReplacements(before, edit), edit };
    before = change.after;
    return change;
  });
}

suite("What a conversation streams in", () => {
  test("is one edit while it goes on", () => {
    const changes = insertions([0, chat, 0, "a"], [500, chat, 1, "b"], [1500, chat, 2, "c"]);
    assert.deepEqual(mergeStreamed(changes), [
      { at: 0, origin: chat, before: "", after: "abc", edit: [{ start: 0, end: 0, text: "abc" }] },
    ]);
  });

  test("is two edits after more than a second of quiet", () => {
    const changes = insertions([0, chat, 0, "a"], [1001, chat, 1, "b"]);
    assert.deepEqual(mergeStreamed(changes), changes);
  });

  test("ends where somebody else edits", () => {
    const changes = insertions([0, chat, 0, "a"], [500, { kind: "human" }, 1, "U"], [600, chat, 2, "b"]);
    assert.deepEqual(mergeStreamed(changes), changes);
  });

  test("ends where another tool goes on", () => {
    const changes = insertions([0, chat, 0, "a"], [100, { ...chat, tool: "codex" }, 1, "b"]);
    assert.deepEqual(mergeStreamed(changes), changes);
  });

  test("is not what completions are", () => {
    const completion: Origin = { kind: "ai", tool: "github-copilot", mode: "completion" };
    const changes = insertions([0, completion, 0, "a"], [100, completion, 1, "b"]);
    assert.deepEqual(mergeStreamed(changes), changes);
  });

  test("counts as what changed in the end", () => {
    const before = "one two\n";
    const steps = [
      { at: 0, origin: chat, before, after: "\n", edit: [{ start: 0, end: 7, text: "" }] },
      {
        at: 9,
        origin: chat,
        before: "\n",
        after: "one 2 two\n",
        edit: [{ start: 0, end: 0, text: "one 2 two" }],
      },
    ];
    assert.deepEqual(mergeStreamed(steps)[0]!.edit, [{ start: 4, end: 4, text: "2 " }]);
  });
});
