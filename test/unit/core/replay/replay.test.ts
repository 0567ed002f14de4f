import assert from "node:assert/strict";
import { replay } from "../../../../core/replay/replay.ts";
import { replayAnswerSchema, replayFileSchema, type ReplayAnswer } from "../../../../protocol/replay.ts";

type Step = Record<string, unknown>;

const chat = { kind: "ai", tool: "github-copilot", mode: "chat", model: "m" };
const agent = { kind: "ai", tool: "codex", mode: "agent" };
const human = { kind: "human" };
const edit = (start: number, end: number, text: string) => ({ start, end, text });

function play(initial: string, sampleAt: readonly number[], steps: readonly Step[]): ReplayAnswer {
  const answer = replay(replayFileSchema.parse({ languageId: "plaintext", initial, sampleAt, steps }));
  return replayAnswerSchema.parse(JSON.parse(JSON.stringify(answer)));
}

const keptOf = ({ origins }: ReplayAnswer) =>
  Object.fromEntries(
    origins.map(({ key, insertedChars, keptChars }) => [key, `${keptChars}/${insertedChars}`]),
  );

suite("A replay", () => {
  test("answers in the agreed form", () => {
    const answer = play(
      "hello",
      [0, 30_000],
      [
        { at: 0, id: "e1", origin: chat, edits: [edit(5, 5, " world")] },
        { at: 5_000, origin: human, edits: [edit(0, 1, "H")] },
      ],
    );
    const left = { arc: 6, linesInserted: 1, linesDeleted: 1, fourGram: 1, noRevert: 1 };
    assert.deepEqual(answer, {
      final: "Hello world",
      edits: [
        {
          id: "e1",
          insertedChars: 6,
          samples: [
            { at: 0, ...left },
            { at: 30_000, ...left },
          ],
        },
      ],
      origins: [
        { key: "ai/github-copilot/chat/m", insertedChars: 6, keptChars: 6 },
        { key: "human", insertedChars: 1, keptChars: 1 },
      ],
    });
  });

  test("follows a comment that is typed into and translated", () => {
    const source = "\nfunction fib(n) {\n\tif (n <= 1) return n;\n\treturn fib(n - 1) + fib(n - 2);\n}\n";
    const comment = "// Computes the nth fibonacci number\n";
    const at = source.indexOf("function");
    const answer = play(
      source,
      [0, 60_000, 300_000],
      [
        { at: 0, id: "comment", origin: chat, edits: [edit(at, at, comment)] },
        { at: 5_000, origin: human, edits: [edit(at + 1, at + 2, "*"), edit(at + 36, at + 36, " */")] },
        {
          at: 10_000,
          id: "translation",
          origin: chat,
          edits: [
            edit(at + 3, at + 14, "Berechnet di"),
            edit(at + 18, at + 21, "e F"),
            edit(at + 30, at + 36, "Zahl"),
          ],
        },
      ],
    );
    assert.match(answer.final, /^\n\/\* Berechnet die nte Fibonacci Zahl \*\/\nfunction/);
    const [first, second] = answer.edits;
    assert.deepEqual([first?.insertedChars, second?.insertedChars], [37, 19]);
    assert.deepEqual(
      first?.samples.map(({ arc }) => arc),
      [37, 16, 16],
    );
    assert.deepEqual(
      second?.samples.map(({ arc }) => arc),
      [19, 19, 19],
    );
    assert.deepEqual(
      first?.samples.map(({ linesInserted, linesDeleted }) => [linesDeleted, linesInserted]),
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    );
    assert.deepEqual(keptOf(answer), { "ai/github-copilot/chat/m": "35/56", human: "4/4" });
  });

  test("tells survival and ARC apart", () => {
    const answer = play(
      "const a = 1;\n",
      [0, 100],
      [
        { at: 0, id: "e1", origin: agent, edits: [edit(0, 12, "const answer = 42;")] },
        { at: 50, origin: human, edits: [edit(0, 18, "const a = 1;")] },
      ],
    );
    assert.deepEqual(answer.edits[0], {
      id: "e1",
      insertedChars: 10,
      samples: [
        { at: 0, arc: 10, linesInserted: 1, linesDeleted: 1, fourGram: 1, noRevert: 1 },
        { at: 100, arc: 0, linesInserted: 0, linesDeleted: 0, fourGram: 0.333333, noRevert: 0 },
      ],
    });
  });

  const windows: readonly [string, string, readonly Step[], Record<string, string>][] = [
    [
      "what the disk took from AI text",
      "",
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "abcdef")] },
        { at: 1, reload: true, edits: [edit(2, 4, "")] },
        { at: 2, origin: human, edits: [edit(4, 4, "X")] },
      ],
      { "ai/codex/agent/unknown": "4/6", human: "1/1" },
    ],
    [
      "requests of one model together, and another model apart",
      "",
      [
        { at: 0, id: "a", origin: chat, edits: [edit(0, 0, "one")] },
        { at: 1, id: "b", origin: chat, edits: [edit(3, 3, "two")] },
        { at: 2, id: "c", origin: { ...chat, model: "n" }, edits: [edit(6, 6, "three")] },
      ],
      { "ai/github-copilot/chat/m": "6/6", "ai/github-copilot/chat/n": "5/5" },
    ],
    [
      "a common end as unchanged",
      "alpha",
      [{ at: 0, id: "a", origin: chat, edits: [edit(0, 5, "beta")] }],
      { "ai/github-copilot/chat/m": "3/3" },
    ],
    [
      "two letters of a word",
      "abcdef",
      [{ at: 0, id: "a", origin: agent, edits: [edit(1, 2, "B"), edit(5, 6, "F")] }],
      { "ai/codex/agent/unknown": "2/2" },
    ],
    [
      "AI text beside which the disk changed",
      "a",
      [
        { at: 0, id: "a", origin: agent, edits: [edit(1, 1, "b")] },
        { at: 1, reload: true, edits: [edit(1, 1, "x")] },
      ],
      { "ai/codex/agent/unknown": "1/1", external: "1/1" },
    ],
    [
      "a file that is made and emptied",
      "",
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "abc")] },
        { at: 1, id: "b", origin: agent, edits: [edit(0, 3, "")] },
      ],
      { "ai/codex/agent/unknown": "0/3" },
    ],
    [
      "human replacements literally",
      "",
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "abc")] },
        { at: 1, origin: human, edits: [edit(0, 3, "abc")] },
      ],
      { "ai/codex/agent/unknown": "0/3", human: "3/3" },
    ],
    [
      "rows by first appearance, and none for what only deletes",
      "abc",
      [
        { at: 0, origin: { kind: "tooling" }, edits: [edit(0, 1, "")] },
        { at: 1, origin: human, edits: [edit(0, 0, "x")] },
        { at: 2, id: "a", origin: { kind: "ai", tool: "a/b%" }, edits: [edit(0, 0, "y")] },
        { at: 3, origin: human, edits: [edit(0, 0, "z")] },
      ],
      { human: "2/2", "ai/a%2Fb%25/unknown/unknown": "1/1" },
    ],
  ];
  for (const [name, initial, steps, expected] of windows) {
    test(`counts ${name}`, () => {
      const kept = keptOf(play(initial, [], steps));
      assert.deepEqual(kept, expected);
      assert.deepEqual(Object.keys(kept), Object.keys(expected));
    });
  }

  test("samples what came before the moment, and of the moment only what is in the file before", () => {
    const answer = play(
      "",
      [0, 1_000],
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "abcdef")] },
        { at: 0, origin: human, edits: [edit(0, 1, "")] },
        { at: 999, origin: human, edits: [edit(0, 1, "")] },
        { at: 1_000, id: "b", origin: agent, edits: [edit(0, 1, "")] },
        { at: 5_000, origin: human, edits: [edit(0, 3, "")] },
      ],
    );
    assert.deepEqual(
      answer.edits.map(({ samples }) => samples.map(({ at, arc }) => [at, arc])),
      [
        [
          [0, 6],
          [1_000, 4],
        ],
        [
          [0, 0],
          [1_000, 0],
        ],
      ],
    );
  });

  test("answers samples in the order they were asked for, the last step being no end", () => {
    const answer = play("", [90_000, 0], [{ at: 0, id: "a", origin: agent, edits: [edit(0, 0, "ab")] }]);
    assert.deepEqual(
      answer.edits[0]?.samples.map(({ at }) => at),
      [90_000, 0],
    );
  });

  test("takes AI edits that do nothing", () => {
    const answer = play("ab", [0], [{ at: 0, id: "a", origin: agent, edits: [edit(0, 2, "ab")] }]);
    assert.deepEqual(answer.edits, [
      {
        id: "a",
        insertedChars: 0,
        samples: [{ at: 0, arc: 0, linesInserted: 0, linesDeleted: 0, fourGram: 1, noRevert: 1 }],
      },
    ]);
    assert.deepEqual(answer.origins, []);
  });
});

suite("A replay that finds origins out", () => {
  test("explains a reload by a record and prints whose the text is", () => {
    const answer = play(
      "ab\n",
      [0],
      [
        {
          at: 0,
          id: "a",
          reload: true,
          evidence: [{ source: "log", strength: "matched", origin: agent, at: -200 }],
          edits: [edit(3, 3, "cd\n")],
        },
        { at: 10, reload: true, edits: [edit(0, 0, "x")] },
        { at: 20, save: true, edits: [edit(1, 1, "  ")] },
        {
          at: 30,
          evidence: [{ source: "shape", strength: "inferred", origin: agent }],
          edits: [edit(0, 0, "y")],
        },
      ],
    );
    assert.deepEqual(answer.resolved, [
      { step: 0, id: "a", origin: "ai/codex/agent/unknown", strength: "matched", sources: ["log"] },
      { step: 1, origin: "external", strength: "exact", sources: ["reload"] },
      { step: 2, origin: "tooling", strength: "inferred", sources: ["save"] },
      { step: 3, origin: "unknown", strength: null, sources: [], hint: "ai/codex/agent/unknown" },
    ]);
    assert.deepEqual(answer.spans, [
      { start: 0, end: 1, origin: "unknown" },
      { start: 1, end: 2, origin: "external" },
      { start: 2, end: 4, origin: "tooling" },
      { start: 7, end: 10, origin: "ai/codex/agent/unknown", editId: "a" },
    ]);
    assert.equal(answer.edits.length, 1);
  });

  test("names AI edits that have no id", () => {
    const evidence = [{ source: "hook", strength: "exact", origin: agent }];
    const answer = play(
      "",
      [],
      [
        { at: 0, origin: human, id: "step-1", edits: [] },
        { at: 0, evidence, edits: [edit(0, 0, "a")] },
      ],
    );
    assert.deepEqual(
      answer.edits.map(({ id }) => id),
      ["step-1-"],
    );
  });

  test("reports a conflict", () => {
    const claim = (tool: string) => ({ source: "hook", strength: "exact", origin: { kind: "ai", tool } });
    const answer = play("", [], [{ at: 0, evidence: [claim("a"), claim("b")], edits: [edit(0, 0, "x")] }]);
    assert.deepEqual(answer.resolved?.[0]?.conflict, ["ai/a/unknown/unknown", "ai/b/unknown/unknown"]);
    assert.equal(answer.origins[0]?.key, "ai/unknown/unknown/unknown");
  });

  test("gives undone text back to its owner, and never to ARC", () => {
    const answer = play(
      "",
      [0, 1_000],
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "abcdef")] },
        { at: 100, origin: human, edits: [edit(1, 3, "XYZ")] },
        { at: 200, reason: "undo", edits: [edit(1, 4, "bc")] },
        { at: 300, reason: "undo", edits: [edit(0, 6, "")] },
        { at: 400, reason: "redo", edits: [edit(0, 0, "abcdef")] },
      ],
    );
    assert.equal(answer.final, "abcdef");
    assert.deepEqual(
      answer.edits[0]?.samples.map(({ arc, fourGram }) => [arc, fourGram]),
      [
        [6, 1],
        [0, 1],
      ],
    );
    assert.deepEqual(keptOf(answer), { "ai/codex/agent/unknown": "0/6", human: "0/3" });
    assert.deepEqual(answer.spans, [
      { start: 0, end: 6, origin: "ai/codex/agent/unknown", editId: "a", restored: true },
    ]);
  });

  test("takes what an undo brings from nowhere as unknown", () => {
    const answer = play("abc", [], [{ at: 0, reason: "undo", edits: [edit(3, 3, "def")] }]);
    assert.deepEqual(keptOf(answer), { unknown: "3/3" });
  });

  test("marks samples taken on another branch", () => {
    const answer = play(
      "",
      [0, 100, 300],
      [
        { at: 0, branch: "main" },
        { at: 10, id: "a", origin: agent, edits: [edit(0, 0, "ab")] },
        { at: 50, branch: "other" },
        { at: 200, branch: "main" },
      ],
    );
    assert.deepEqual(
      answer.edits[0]?.samples.map(({ branchChanged }) => branchChanged ?? false),
      [false, true, false],
    );
  });

  test("takes no samples while the document is closed", () => {
    const answer = play(
      "",
      [0, 100, 300],
      [
        { at: 0, id: "a", origin: agent, edits: [edit(0, 0, "ab")] },
        { at: 50, close: true },
        { at: 200, reload: true, edits: [edit(0, 1, "")] },
      ],
    );
    assert.deepEqual(
      answer.edits[0]?.samples.map(({ at, arc }) => [at, arc]),
      [
        [0, 2],
        [300, 1],
      ],
    );
  });
});
