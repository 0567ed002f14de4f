import assert from "node:assert/strict";
import { blameInWords } from "../../../../server/commands/blame.ts";
import { fateInWords } from "../../../../server/commands/fate.ts";
import { forgottenInWords } from "../../../../server/commands/forget.ts";
import { NotesAccount } from "../../../../server/commands/notes.ts";

/** "1 lines", "of 1 commits": one of what is named as several. */
const oneOfSeveral = /\b1 (?!is\b|this\b)[a-z]+s\b/;

const row = {
  origin: "human",
  lines: 1,
  observed: { 1: 1 },
  reworked: { 1: { self: 1, others: 0, corrective: 0 } },
  survival: [{ days: 1, share: 1, low: 1, high: 1 }],
};

suite("What commands say where there is one of each", () => {
  const texts = {
    "kept forget": forgottenInWords(
      { edits: 1, evidence: 1, samples: 1, documents: 1, requests: 1, sums: 1, undivided: 1 },
      false,
    ),
    "kept fate": fateInWords({
      windows: [1],
      byOrigin: [row],
      byLanguage: [{ language: "typescript", ...row }],
      reverts: [
        { commit: "a".repeat(40), by: "b".repeat(40), days: 1, byOrigin: [{ origin: "human", lines: 1 }] },
      ],
      likelyOrigins: { fixes: 1, untraced: 1, rows: [] },
      coverage: 1,
      linesSaidByCommit: 1,
      linesSetApart: 1,
    }),
    "kept blame": blameInWords(
      {
        path: "one.ts",
        coverage: 1,
        lines: [
          {
            line: 1,
            origin: { kind: "human" },
            evidence: "labelled",
            sources: [],
            editId: null,
            ageDays: 1,
            retention: 1,
            share: 1,
          },
        ],
      },
      "x",
    ),
    "kept notes": notesOfOne(),
  };

  for (const [command, text] of Object.entries(texts)) {
    test(`${command} names one as one`, () => {
      assert.match(text, /\b1 (edit|line|day|commit)\b/);
      assert.doesNotMatch(text, oneOfSeveral);
    });
  }
});

function notesOfOne(): string {
  const account = new NotesAccount(() => undefined);
  account.add("c".repeat(40), "notes", {
    files: [{ path: "one.ts", ranges: [{ start: 1, end: 1, origin: { kind: "ai", tool: "cursor" } }] }],
    unresolved: 1,
    overlapping: 1,
    problems: [],
  } as never);
  return account.inWords(
    [],
    [{ sha: "c".repeat(40), linesAdded: { all: 1, agent: 1, tab: 1, people: 1 } } as never],
  );
}
