import type { Situation } from "../../../core/coaching/facts.ts";
import { addDays } from "../../../core/day.ts";
import { day, editOf, hour, minute, now, rowOf, situationOf, stepOf, taskOf, today } from "./situation.ts";

/** What makes a rule speak, what lies one step below, and what it then says. */
export interface RuleCase {
  readonly speaking: readonly Partial<Situation>[];
  readonly silent: readonly Partial<Situation>[];
  readonly says: string;
}

export function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const change = (lines: number, files = 1, path = "src/file") =>
  times(files, (index) => ({
    uri: `file:///project/${path}${index}.ts`,
    path: `${path}${index}.ts`,
    lines: Math.ceil(lines / files),
    unread: 0,
  }));
/** One AI line in a file that names dependencies. */
const manifest = (newDependencies: number | undefined) => {
  const file = { uri: "file:///project/package.json", path: "package.json", lines: 1, unread: 0 };
  return [newDependencies === undefined ? file : { ...file, newDependencies }];
};
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
const spent = (input: number, output: number, of = "session-1") => new Map([[of, { input, output }]]);
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
/** Ten edits of each language on each of some days. */
const sticking = (others: number, days = 6) =>
  Array.from({ length: days }, (_, ago) => [
    rowOf({ day: addDays(today, -ago), edits: 60 / days, languageId: "sql" }),
    rowOf({
      day: addDays(today, -ago),
      edits: 60 / days,
      keptChars: (6000 / days) * others,
      keptSquared: (600_000 / days) * others,
      insertedTimesKept: (600_000 / days) * others,
    }),
  ]).flat();

function requested(requests: number, share: number, prompt: number): Partial<Situation> {
  const { summary } = situationOf();
  const cacheRead = Math.round(requests * prompt * share);
  const tokens = { ...summary.requests.tokens, input: requests * prompt - cacheRead, cacheRead };
  const row = { tool: "claude-code", model: null, tier: "unknown" as const, requests, tokens, latency: null };
  const spend = { nanoUsd: null, unpricedRequests: requests, unpricedTokens: 0 };
  return {
    summary: {
      ...summary,
      requests: {
        ...summary.requests,
        requests,
        tokens,
        rows: [{ ...row, spend }],
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

const lightTasks = (count: number, more: Parameters<typeof taskOf>[0] = {}) =>
  times(count, () => taskOf(more));
/** Three whose median is 60 cents, and one of which nothing was kept. */
const lostTask = (more: Parameters<typeof taskOf>[0] = {}) => [
  ...[0.5, 0.6, 0.7].map((dollars) => taskOf({ costNano: dollars * 1e9 })),
  taskOf({ costNano: 1.41e9, keptChanges: 0, ...more }),
];
/** One tool's text half gone, and another tool in the same file within a quarter of an hour. */
const thrashed = (count: number, afterMinutes = 15, survival = 0.49, tool = "cursor") =>
  times(count, (index) => [
    editOf({ path: `src/a${index}.ts`, at: now - day, survival }),
    editOf({ path: `src/a${index}.ts`, at: now - day + afterMinutes * minute, tool }),
  ]).flat();
const told = (lines: number, aiLines: number, isExplained = false) => ({
  at: now - hour,
  lines,
  aiLines,
  isExplained,
});
const ahead = (lines: number, files: number, aiLines: number) => ({
  branch: { lines, files, commits: [told(100, aiLines, true)] },
});
const unexplained = (...commit: Parameters<typeof told>) => ({
  branch: { lines: 30, files: 1, commits: [told(...commit)] },
});
const approving = (...tools: string[]) => [
  { folder: "file:///project", policy: "file:///project/.kept/policy.json", tools },
];

/** Of rules that rest on edits, tasks, commits and sums. */
export const ruleCases: Readonly<Record<string, RuleCase>> = {
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
      { edits: turns(5, 30), activity: { steps: [stepOf({ kind: "failed" })], edits: [] } },
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
    says: "Edits by Claude Code in SQL are half rewritten within 15 minutes: 44 % is left, 67 % on average (10 edits).",
  },
  C06: {
    speaking: [{ edits: undone(3) }],
    silent: [{ edits: undone(2) }, { edits: undone(3).slice(0, 9) }],
    says: "3 of your last 10 AI edits were undone within 15 minutes.",
  },
  C07: {
    speaking: [
      { edits: session(26, 0.7) },
      { edits: session(20, 0.7), sessionTokens: spent(75_000, 3000) },
      { edits: session(26, 0.7), sessionTokens: spent(10, 10) },
    ],
    silent: [
      { edits: session(25, 0.7) },
      { edits: session(26, 0.85) },
      { edits: session(20, 0.7), sessionTokens: spent(74_999, 2000) },
      { edits: session(20, 0.7), sessionTokens: spent(75_000, 3001) },
      { edits: session(20, 0.7), sessionTokens: spent(75_000, 0) },
      { edits: session(20, 0.7), sessionTokens: spent(75_000, 3000, "session-2") },
      { edits: session(20, 0.85), sessionTokens: spent(75_000, 3000) },
      { edits: session(19, 0.7), sessionTokens: spent(75_000, 3000) },
    ],
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
      { contextFiles: [{ uri: "file:///project/CLAUDE.md", lines: 20, missing: 1 }] },
      {
        contextFiles: [
          { uri: "file:///project/AGENTS.md", lines: 30, missing: 0 },
          { uri: "file:///project/CLAUDE.md", lines: 20, missing: 1 },
        ],
      },
    ],
    silent: [{ contextFiles: [{ uri: "file:///project/CLAUDE.md", lines: 200, missing: 0 }] }],
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
  C16: {
    speaking: [{ tasks: lightTasks(10) }],
    silent: [
      { tasks: lightTasks(9) },
      { tasks: lightTasks(10, { size: { lines: 21, files: 1 } }) },
      { tasks: lightTasks(10, { size: { lines: 20, files: 2 } }) },
      { tasks: lightTasks(10, { size: null }) },
      { tasks: lightTasks(10, { models: ["claude-sonnet-4-5"] }) },
      { tasks: lightTasks(10, { endedAt: now - 7 * day }) },
    ],
    says: "In the last 7 days 10 tasks of at most 20 lines in one file used a heavy model, for $4.00 by list price. Most were by Claude Code.",
  },
  C18: {
    speaking: [{ tasks: lostTask() }],
    silent: [
      { tasks: lostTask({ costNano: 1.4e9 }) },
      { tasks: lostTask({ keptChanges: 1 }) },
      { tasks: lostTask({ endedAt: now - 29 * minute }) },
      { tasks: lostTask({ unpriced: 1 }) },
      { tasks: lostTask().slice(2) },
      { tasks: lostTask({ costNano: 0.99e9 }).map((task) => ({ ...task, costNano: task.costNano / 2 })) },
    ],
    says: "A task with Claude Code cost $1.41 by list price, and nothing of it was kept; $0.70 is usual for you. Fine if you were exploring.",
  },
  C21: {
    speaking: [{ edits: thrashed(3) }],
    silent: [
      { edits: thrashed(2) },
      { edits: thrashed(3, 16) },
      { edits: thrashed(3, 15, 0.5) },
      { edits: thrashed(3, 15, 0.49, "claude-code") },
    ],
    says: "3 times in 7 days one tool's text was half gone within 15 minutes, and another tool had written into the same file.",
  },
  C23: {
    speaking: [ahead(401, 3, 51), ahead(10, 16, 51)],
    silent: [ahead(400, 15, 51), ahead(401, 3, 50), { branch: { lines: 401, files: 3, commits: [] } }],
    says: "The branch changes 401 lines in 3 files, 51 % of what it brings by AI: about 80 minutes of review at 5 lines a minute.",
  },
  C24: {
    speaking: [unexplained(20, 11)],
    silent: [unexplained(20, 11, true), unexplained(20, 10), unexplained(19, 19)],
    says: "Mostly AI's and with nothing but a subject: 1 commit. Reviewers will not see how that was made or checked.",
  },
  C28: {
    speaking: [
      { edits: [editOf({ tool: "cursor" })], approved: approving("Claude Code") },
      { edits: [editOf({ tool: "cursor" })], approved: approving() },
    ],
    silent: [
      { edits: [editOf({ tool: "cursor" })], approved: approving("cursor") },
      { edits: [editOf({ tool: "claude-code" })], approved: approving("Claude Code") },
      { edits: [editOf({ tool: null })], approved: approving("cursor") },
      { edits: [editOf({ tool: "cursor", at: now - 7 * day })], approved: approving("claude-code") },
      { edits: [editOf({ tool: "cursor" })] },
    ],
    says: "In the last 7 days Cursor made 1 edit in a folder whose list of approved tools does not name it.",
  },
  C17: {
    speaking: [requested(50, 0.39, 10_000)],
    silent: [
      requested(49, 0.39, 10_000),
      requested(50, 0.4, 10_000),
      requested(50, 0.39, 9_999),
      requested(0, 0, 0),
    ],
    says: "39 % of what goes into your requests is read from a cache; the rest is paid at full price (50 requests of 10,000 tokens on average).",
  },
  C22: {
    speaking: [{ commits: commits(50) }],
    silent: [{ commits: commits(49) }, { commits: commits(50).slice(0, 10) }],
    says: "60 % of last week's committed AI lines are in two commits, and 60 % the week before.",
  },
  C26: {
    speaking: [
      { uncommitted: change(20, 1, "src/auth/file") },
      { uncommitted: change(20).map((file) => ({ ...file, tier: "enhanced" as const })) },
      { uncommitted: manifest(1) },
      { uncommitted: [...manifest(1), ...change(19, 1, "src/auth/file")] },
    ],
    silent: [
      { uncommitted: change(19, 1, "src/auth/file") },
      { uncommitted: change(20).map((file) => ({ ...file, tier: "standard" as const })) },
      { uncommitted: change(20, 1, "src/auth/file").map((file) => ({ ...file, tier: "sandbox" as const })) },
      { uncommitted: change(20, 1, "src/author/file") },
      { uncommitted: manifest(0) },
      { uncommitted: manifest(undefined) },
      { uncommitted: manifest(1).map((file) => ({ ...file, tier: "sandbox" as const })) },
    ],
    says: "AI lines in no commit that touch authentication: 20. A second pair of eyes is worth it there.",
  },
  C30: {
    speaking: [{ rows: sticking(0.5) }],
    silent: [
      { rows: sticking(1) },
      { rows: sticking(0.5, 1) },
      { rows: sticking(0.5).map((row, index) => ({ ...row, insertingEdits: index < 2 ? 9 : 8 })) },
    ],
    says: "Your SQL edits by Claude Code stick: 100 % is still there (94 % to 100 %, 60 edits), 50 % of all others.",
  },
};
