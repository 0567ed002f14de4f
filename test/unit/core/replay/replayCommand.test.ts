import assert from "node:assert/strict";
import { replayCommand } from "../../../../server/commands/replay.ts";

const ai = { kind: "ai", tool: "codex" };
const human = { kind: "human" };
const insertion = [{ start: 0, end: 0, text: "x" }];
const recording = (...steps: object[]) => ({ initial: "abc", sampleAt: [0], steps });

suite("kept replay", () => {
  test("prints one JSON document", () => {
    const result = replayCommand(
      `\uFEFF${JSON.stringify(recording({ at: 0, id: "e", origin: ai, edits: insertion }))}`,
    );
    assert.equal(result.exitCode, 0);
    assert.equal(result.stderr, "");
    assert.equal(JSON.parse(result.stdout).final, "xabc");
  });

  test("keeps halves of surrogate pairs", () => {
    const result = replayCommand('{"initial":"\\ud83d","sampleAt":[],"steps":[]}');
    assert.equal(JSON.parse(result.stdout).final, "\ud83d");
  });

  const refusals: readonly [string, unknown, RegExp][] = [
    ["no object", [], /the file: .*expected object/],
    ["no steps", { initial: "", sampleAt: [] }, /steps: .*expected array/],
    ["an unknown field", { ...recording(), more: 1 }, /the file: .*"more"/],
    [
      "an unknown field of a step",
      recording({ at: 0, origin: human, edits: [], more: 1 }),
      /steps\[0\]: .*"more"/,
    ],
    [
      "a tool that is not AI",
      recording({ at: 0, origin: { ...human, tool: "x" }, edits: [] }),
      /steps\[0\]\.origin/,
    ],
    ["an unknown kind", recording({ at: 0, origin: { kind: "robot" }, edits: [] }), /steps\[0\]\.origin/],
    ["a negative time", recording({ at: -1, origin: human, edits: [] }), /steps\[0\]\.at/],
    ["a negative sample time", { ...recording(), sampleAt: [-1] }, /sampleAt\[0\]/],
    [
      "half an offset",
      recording({ at: 0, origin: human, edits: [{ start: 0.5, end: 1, text: "" }] }),
      /edits\[0\]\.start/,
    ],
    [
      "time that falls",
      recording({ at: 5, origin: human, edits: [] }, { at: 4, origin: human, edits: [] }),
      /steps\[1\]\.at is 4, earlier than .*\(5\)/,
    ],
    [
      "an AI step without an id",
      recording({ at: 0, origin: ai, edits: insertion }),
      /steps\[0\] .*needs an id/,
    ],
    [
      "an id used twice",
      recording({ at: 0, id: "e", origin: ai, edits: [] }, { at: 0, id: "e", origin: ai, edits: [] }),
      /steps\[1\]\.id is "e"/,
    ],
    [
      "an edit that ends before it starts",
      recording({ at: 0, origin: human, edits: [{ start: 2, end: 1, text: "" }] }),
      /steps\[0\]\.edits\[0\] ends at 1, before it starts at 2/,
    ],
    [
      "an edit outside the text",
      recording({ at: 0, origin: human, edits: [{ start: 2, end: 4, text: "" }] }),
      /steps\[0\]\.edits\[0\] ends at 4, but .* only 3/,
    ],
    [
      "an edit outside the text an earlier step left",
      recording(
        { at: 0, origin: human, edits: [{ start: 0, end: 3, text: "" }] },
        { at: 0, origin: human, edits: [{ start: 1, end: 1, text: "" }] },
      ),
      /steps\[1\]\.edits\[0\] ends at 1, but .* only 0/,
    ],
    [
      "edits that overlap",
      recording({
        at: 0,
        origin: human,
        edits: [
          { start: 0, end: 2, text: "" },
          { start: 1, end: 3, text: "" },
        ],
      }),
      /steps\[0\]\.edits\[1\] starts at 1/,
    ],
    [
      "edits out of order",
      recording({
        at: 0,
        origin: human,
        edits: [
          { start: 2, end: 3, text: "" },
          { start: 0, end: 1, text: "" },
        ],
      }),
      /steps\[0\]\.edits\[1\] starts at 0/,
    ],
    ["edits from nowhere", recording({ at: 0, edits: insertion }), /steps\[0\] does not say where/],
    ["a step that says nothing", recording({ at: 0 }), /steps\[0\] says nothing/],
    ["two sources", recording({ at: 0, origin: human, reason: "undo" }), /steps\[0\] says more than once/],
    [
      "edits of a closing document",
      recording({ at: 0, origin: human, close: true, edits: insertion }),
      /closes/,
    ],
  ];
  for (const [name, file, complaint] of refusals) {
    test(`refuses ${name}`, () => {
      const result = replayCommand(JSON.stringify(file));
      assert.equal(result.exitCode, 2);
      assert.equal(result.stdout, "");
      assert.match(result.stderr, complaint);
    });
  }

  test("refuses what is not JSON", () => {
    for (const text of ["", "{", "not json"]) {
      const result = replayCommand(text);
      assert.equal(result.exitCode, 2);
      assert.match(result.stderr, /it is not JSON/);
    }
  });

  test("takes edits that touch", () => {
    const edits = [
      { start: 0, end: 1, text: "1" },
      { start: 1, end: 1, text: "2" },
      { start: 1, end: 3, text: "3" },
    ];
    assert.equal(
      JSON.parse(replayCommand(JSON.stringify(recording({ at: 0, origin: human, edits }))).stdout).final,
      "123",
    );
  });

  test("names some of very many mistakes, and says how many more there are", () => {
    const steps = Array.from({ length: 5000 }, () => ({ at: "soon" }));
    const { exitCode, stderr } = replayCommand(JSON.stringify({ initial: "", sampleAt: [], steps }));
    assert.equal(exitCode, 2);
    assert.ok(stderr.split("\n").length < 30, `${stderr.length} characters`);
    assert.match(stderr, /and \d{4,} more/);
  });
});
