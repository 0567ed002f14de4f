import assert from "node:assert/strict";
import { ownRules, waitingRules } from "../../../../core/coaching/catalogue.ts";
import { factsOf, type Situation } from "../../../../core/coaching/facts.ts";
import { speaks } from "../../../../core/coaching/guards.ts";
import { fillMessage } from "../../../../core/coaching/variables.ts";
import { day, editOf, hour, minute, now, rowOf, situationOf } from "../../../support/coaching/situation.ts";

const rules = new Map(ownRules().map((checked) => [checked.rule.id, checked]));

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const change = (lines: number, files = 1, path = "src/file") =>
  times(files, (index) => ({
    uri: `file:///project/${path}${index}.ts`,
    path: `${path}${index}.ts`,
    lines: Math.ceil(lines / files),
    unread: 0,
  }));
const turns = (count: number, agoMinutes: number) =>
  times(count, (index) => editOf({ at: now - agoMinutes * minute + index * 2 * minute }));
const blocks = (count: number) => times(count, () => editOf({ lines: 30, isSeen: false }));
const survivals = (survival: number, count: number, languageId: string) =>
  times(count, () => editOf({ survival, languageId }));
const undone = (count: number) =>
  times(10, (index) => editOf({ noRevert: index < count ? 0.4 : 1, at: now - index * minute }));
/** Of one session, newest first. */
const session = (count: number, late: number) =>
  times(count, (index) =>
    editOf({
      at: now - index * 3 * minute,
      session: "session-1",
      survival: index < 10 ? late : 0.9,
    }),
  );
const untestedDays = (count: number) => [
  editOf({ path: "test/orders.test.ts", kind: "human", at: now - 10 * day }),
  ...times(count, (index) => editOf({ lines: 80, at: now - index * day })),
];
const commits = (largest: number) =>
  [0, 7].flatMap((ago) =>
    [largest, 10, ...times(8, () => (100 - largest - 10) / 8)].map((aiLines) => ({
      at: now - ago * day - hour,
      lines: aiLines,
      aiLines,
    })),
  );
const machineMade = (more: Partial<ReturnType<typeof editOf>>) => [
  editOf({ path: "AGENTS.md", lines: 60, at: now - day, ...more }),
];
const sticking = (others: number) => [
  rowOf({ edits: 60, languageId: "sql" }),
  rowOf({
    edits: 60,
    keptChars: 6000 * others,
    keptSquared: 600_000 * others,
    insertedTimesKept: 600_000 * others,
  }),
];

function requested(requests: number, share: number, prompt: number): Partial<Situation> {
  const { summary } = situationOf();
  const cacheRead = Math.round(requests * prompt * share);
  return {
    summary: {
      ...summary,
      requests: {
        ...summary.requests,
        requests,
        tokens: { ...summary.requests.tokens, input: requests * prompt - cacheRead, cacheRead },
        cacheShare: {
          value: requests === 0 ? null : share,
          low: null,
          high: null,
          n: requests,
          needsMore: 0,
        },
      },
    },
  };
}

/** What makes each rule speak, what lies one step below, and what it then says. */
const cases: Readonly<
  Record<
    string,
    { speaking: readonly Partial<Situation>[]; silent: readonly Partial<Situation>[]; says: string }
  >
> = {
  C01: {
    speaking: [{ uncommitted: change(401) }, { uncommitted: change(32, 16) }],
    silent: [{ uncommitted: change(400) }, { uncommitted: change(30, 15) }],
    says: "In no commit yet: 401 AI lines in 1 file. Changes over about 400 lines are harder to review.",
  },
  C02: {
    speaking: [{ edits: turns(5, 30) }, { edits: turns(1, 90) }],
    silent: [
      { edits: turns(4, 30) },
      { edits: turns(1, 89) },
      { edits: turns(5, 30), testedAt: now - minute },
      { edits: turns(5, 30), commits: [{ at: now - minute, lines: 1, aiLines: 1 }] },
    ],
    says: "5 turns of an agent with 5 edits in 30 minutes, and no commit or test run since.",
  },
  C03: {
    speaking: [{ edits: blocks(5) }],
    silent: [
      { edits: blocks(4) },
      { edits: blocks(5), isSeenNoted: false },
      { edits: blocks(5).map((edit) => ({ ...edit, lines: 29 })) },
      { edits: blocks(5).map((edit) => ({ ...edit, at: now - minute })) },
    ],
    says: "5 AI blocks of 30 lines or more, 150 lines in all, were written today and never on screen in this editor.",
  },
  C04: {
    speaking: [{ edits: [...survivals(0.44, 10, "sql"), ...survivals(0.9, 10, "typescript")] }],
    silent: [
      { edits: [...survivals(0.5, 10, "sql"), ...survivals(0.9, 10, "typescript")] },
      { edits: [...survivals(0.44, 9, "sql"), ...survivals(0.9, 10, "typescript")] },
      { edits: [...survivals(0.44, 10, "sql"), ...survivals(0.8, 10, "typescript")] },
    ],
    says: "Edits by Claude Code in sql are half rewritten within 15 minutes: 44 % is left, 67 % on average (10 edits).",
  },
  C06: {
    speaking: [{ edits: undone(3) }],
    silent: [{ edits: undone(2) }, { edits: undone(3).slice(0, 9) }],
    says: "3 of your last 10 AI edits were undone within 15 minutes.",
  },
  C07: {
    speaking: [{ edits: session(26, 0.7) }],
    silent: [{ edits: session(25, 0.7) }, { edits: session(26, 0.85) }],
    says: "Late edits in this session stick less than early ones: 70 % is left after 15 minutes, 90 % of the first, after 26 turns.",
  },
  C09: {
    speaking: [{ edits: untestedDays(3), uncommitted: change(80) }],
    silent: [
      { edits: untestedDays(2), uncommitted: change(80) },
      { edits: untestedDays(3), uncommitted: change(79) },
      { edits: untestedDays(3).slice(1), uncommitted: change(80) },
      { edits: untestedDays(3), uncommitted: change(80, 1, "test/file") },
    ],
    says: "No test was edited with these 80 AI lines, as on 3 of the last 14 days.",
  },
  C14: {
    speaking: [
      { contextFiles: [{ uri: "file:///project/CLAUDE.md", lines: 201, missing: 1 }] },
      { contextFiles: [{ uri: "file:///project/CLAUDE.md", lines: 20, missing: 3 }] },
    ],
    silent: [{ contextFiles: [{ uri: "file:///project/CLAUDE.md", lines: 200, missing: 2 }] }],
    says: "CLAUDE.md has 201 lines. Paths it names that are not there: 1.",
  },
  C15: {
    speaking: [{ edits: machineMade({}) }],
    silent: [
      { edits: machineMade({ lines: 59 }) },
      { edits: machineMade({ at: now - day + 1 }) },
      { edits: [editOf({ path: "AGENTS.md", kind: "human" }), ...machineMade({})] },
    ],
    says: "60 lines of AGENTS.md were written by AI in one go and not touched by you since. Only what the code cannot tell helps.",
  },
  C17: {
    speaking: [requested(50, 0.39, 10_000)],
    silent: [
      requested(49, 0.39, 10_000),
      requested(50, 0.4, 10_000),
      requested(50, 0.39, 9_999),
      requested(0, 0, 0),
    ],
    says: "39 % of what goes into your requests is read from a cache; the rest is paid at full price (50 requests of 10000 tokens on average).",
  },
  C22: {
    speaking: [{ commits: commits(50) }],
    silent: [{ commits: commits(49) }, { commits: commits(50).slice(0, 10) }],
    says: "60 % of last week's committed AI lines are in two commits, and 60 % the week before.",
  },
  C26: {
    speaking: [{ uncommitted: change(20, 1, "src/auth/file") }],
    silent: [
      { uncommitted: change(19, 1, "src/auth/file") },
      { uncommitted: change(20, 1, "src/author/file") },
    ],
    says: "20 AI lines in no commit touch authentication. A second pair of eyes is worth it there.",
  },
  C30: {
    speaking: [{ rows: sticking(0.5) }],
    silent: [
      { rows: sticking(1) },
      { rows: sticking(0.5).map((row) => ({ ...row, ...{ insertingEdits: 49 } })) },
    ],
    says: "Your sql edits by Claude Code stick: 100 % is still there (94 % to 100 %, 60 edits), 50 % of all others.",
  },
};

suite("The catalogue of rules", () => {
  test("has C01 to C30, each once: live, or with what it waits for", () => {
    const ids = [...rules.keys(), ...waitingRules().map(({ id }) => id)].sort();
    assert.deepEqual(
      ids,
      times(30, (index) => `C${String(index + 1).padStart(2, "0")}`),
    );
    assert.deepEqual(Object.keys(cases), [...rules.keys()].sort(), "each live rule is tried below");
  });

  for (const [id, { speaking, silent, says }] of Object.entries(cases)) {
    const checked = rules.get(id)!;
    test(`${id} speaks with its numbers`, () => {
      for (const [index, situation] of speaking.entries()) {
        const facts = factsOf(situationOf(situation));
        assert.ok(speaks(checked, facts), `case ${index}`);
        const message = fillMessage(checked.rule.message, facts.values);
        if (index === 0) assert.equal(message, says);
        else assert.doesNotMatch(message!, /[{}]|NaN|undefined/);
      }
    });
    test(`${id} is silent one step below, and on a quiet day`, () => {
      for (const [index, situation] of [...silent, {}].entries()) {
        assert.equal(speaks(checked, factsOf(situationOf(situation))), false, `case ${index}`);
      }
    });
  }

  test("no fact is a number that is none, whatever is missing", () => {
    for (const { speaking, silent } of Object.values(cases)) {
      for (const situation of [...speaking, ...silent, {}]) {
        for (const [name, value] of factsOf(situationOf(situation)).values) {
          assert.ok(typeof value === "string" || Number.isFinite(value), name);
        }
      }
    }
  });
});
