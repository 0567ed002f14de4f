import type { Behind } from "../memory.ts";

const ai = { origin: { kind: "ai" } } as const;
export const aiEdits: Behind = { ...ai, of: "kind", order: "newest" };
export const leastLeftEdits: Behind = { ...ai, of: "kind", order: "leastLeft" };
export const requestsBehind: Behind = { ...ai, of: "requests", order: "newest" };
export const tasksBehind: Behind = { ...ai, of: "tasks", order: "newest" };
export const timedRequests: Behind = { ...requestsBehind, cases: "timed" };
export const pricedTasks: Behind = { ...tasksBehind, cases: "priced" };
export const requestsOfMonth: Behind = { ...requestsBehind, month: true };
const ownCommits: Behind = { ...ai, of: "ownCommits", order: "newest" };
const aiCommits: Behind = { ...ai, of: "aiCommits", order: "newest" };

/** The commits whose lines they are and were watched for so many days, whatever became of them. */
export function commitsBehind(kind: "ai" | "human", days = 0): Behind {
  const of = kind === "ai" ? "aiCommits" : "humanCommits";
  return { origin: { kind }, of, order: "newest", fates: { of: "lines", days } };
}

/** The edits at a stage of which this was found. */
export function foundBehind(found: NonNullable<Behind["found"]>): Behind {
  return { ...aiEdits, found };
}

/**
 * What can be listed behind each metric: of a share the cases that it is about, and otherwise what it is counted of. What
 * is of no rows is missing: a level, a length, what a plan or the person says.
 */
const behind: Readonly<Record<string, Behind>> = {
  A1: { ...aiEdits, cases: "days" },
  A2: { ...aiCommits, cases: "told" },
  A3: { ...aiEdits, cases: "text" },
  A4: aiEdits,
  S5: timedRequests,
  S7: { ...tasksBehind, cases: "timedKept" },
  Q1: foundBehind({ stage: "accepted", outcomes: ["rejected"] }),
  Q2: foundBehind({ stage: "keptAt15", outcomes: ["gone"] }),
  Q3: foundBehind({ stage: "committed", outcomes: ["committed"] }),
  Q4: commitsBehind("ai", 21),
  Q5: commitsBehind("ai"),
  Q6: { ...aiCommits, fates: { of: "commits", days: 30 } },
  Q10: { ...aiCommits, cases: "tested" },
  Q11: foundBehind({ stage: "repeated", outcomes: ["some"] }),
  Q12: foundBehind({ stage: "problems", outcomes: ["more"] }),
  R1: { ...tasksBehind, cases: "tried" },
  R2: { ...tasksBehind, cases: "smooth" },
  R3: { ...tasksBehind, outcome: "nothing" },
  R4: { ...aiEdits, undone: true },
  R7: { ...leastLeftEdits, cases: "watched" },
  C1: requestsBehind,
  C2: { ...requestsBehind, cases: "priced" },
  C3: pricedTasks,
  C5: pricedTasks,
  C6: { ...requestsBehind, cases: "ofTasks" },
  C7: { ...requestsBehind, tier: "heavy" },
  C8: { ...tasksBehind, cases: "light" },
  C9: requestsOfMonth,
  C10: pricedTasks,
  C13: { ...aiCommits, cases: "own" },
  P1: ownCommits,
  P2: { ...ownCommits, cases: "paired" },
  P3: ownCommits,
  P4: { ...tasksBehind, cases: "reads" },
  P5: { ...tasksBehind, cases: "firstEdit" },
  G1: { origin: { kind: "unknown" }, of: "kind", order: "newest", cases: "text" },
  G2: { ...aiEdits, cases: "named" },
};

export function behindMetric(id: string): Behind | undefined {
  return Object.hasOwn(behind, id) ? behind[id] : undefined;
}
