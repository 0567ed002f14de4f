import type { Behind } from "../memory.ts";

const ai = { origin: { kind: "ai" } } as const;
export const aiEdits: Behind = { ...ai, of: "kind", order: "newest" };
export const leastLeftEdits: Behind = { ...ai, of: "kind", order: "leastLeft" };
export const requestsBehind: Behind = { ...ai, of: "requests", order: "newest" };
export const tasksBehind: Behind = { ...ai, of: "tasks", order: "newest" };
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
  A1: aiEdits,
  A2: { ...aiCommits, cases: "told" },
  A3: aiEdits,
  A4: aiEdits,
  S5: requestsBehind,
  S7: tasksBehind,
  Q1: foundBehind({ stage: "accepted", outcomes: ["rejected"] }),
  Q2: foundBehind({ stage: "keptAt15", outcomes: ["gone"] }),
  Q3: foundBehind({ stage: "committed", outcomes: ["committed"] }),
  Q4: commitsBehind("ai", 21),
  Q5: commitsBehind("ai"),
  Q6: { ...aiCommits, fates: { of: "commits", days: 30 } },
  Q10: { ...aiCommits, cases: "tested" },
  Q11: foundBehind({ stage: "repeated", outcomes: ["some"] }),
  Q12: foundBehind({ stage: "problems", outcomes: ["more"] }),
  R1: tasksBehind,
  R2: { ...tasksBehind, cases: "smooth" },
  R3: { ...tasksBehind, outcome: "nothing" },
  R4: { ...aiEdits, undone: true },
  R7: leastLeftEdits,
  C1: requestsBehind,
  C2: requestsBehind,
  C3: tasksBehind,
  C5: tasksBehind,
  C6: requestsBehind,
  C7: { ...requestsBehind, tier: "heavy" },
  C8: { ...tasksBehind, cases: "light" },
  C9: requestsBehind,
  C10: tasksBehind,
  C13: { ...aiCommits, cases: "own" },
  P1: ownCommits,
  P2: ownCommits,
  P3: ownCommits,
  P4: tasksBehind,
  P5: tasksBehind,
  G1: { origin: { kind: "unknown" }, of: "kind", order: "newest" },
  G2: aiEdits,
};

export function behindMetric(id: string): Behind | undefined {
  return Object.hasOwn(behind, id) ? behind[id] : undefined;
}
