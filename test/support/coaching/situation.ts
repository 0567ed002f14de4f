import type { Situation } from "../../../core/coaching/facts.ts";
import type { RecentStep, TriedEdit } from "../../../core/coaching/recentSteps.ts";
import type { RecentTask } from "../../../core/coaching/recentTasks.ts";
import type { RecentEdit } from "../../../core/coaching/recentEdits.ts";
import { summarise, type SummaryRow } from "../../../core/summary/summary.ts";
import type { Rule, TipRecord } from "../../../protocol/coaching.ts";
import type { MeasuredShare } from "../../../protocol/share.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Noon. */
export const now = Date.parse("2026-03-31T12:00:00Z");
export const today = "2026-03-31";

const nothing: MeasuredShare = { value: null, low: null, high: null, n: 0, needsMore: 20 };

export function editOf(of: Partial<RecentEdit> = {}): RecentEdit {
  const path = of.path ?? "src/orders.ts";
  return {
    uri: `file:///project/${path}`,
    path,
    languageId: "typescript",
    at: now - hour,
    utcOffsetMinutes: 0,
    kind: "ai",
    tool: "claude-code",
    mode: "agent",
    keptChars: 100,
    lines: 5,
    survival: null,
    noRevert: null,
    isSeen: true,
    isWaiting: true,
    session: null,
    request: null,
    ...of,
  };
}

export function taskOf(of: Partial<RecentTask> = {}): RecentTask {
  return {
    tool: "claude-code",
    endedAt: now - hour,
    models: ["claude-opus-4-5"],
    day: "2026-01-15",
    type: "unknown",
    requests: 3,
    unpriced: 0,
    input: 1000,
    output: 500,
    cacheRead: 0,
    cacheWrite: 0,
    costNano: 400_000_000,
    edits: 1,
    applied: 1,
    tried: null,
    changes: 1,
    keptChanges: 1,
    size: { lines: 20, files: 1 },
    ...of,
  };
}

export function stepOf(of: Partial<RecentStep> = {}): RecentStep {
  return {
    taskKey: "task-1",
    tool: "claude-code",
    place: "file:///project",
    at: now - minute,
    kind: "read",
    subject: null,
    ...of,
  };
}

export function triedOf(of: Partial<TriedEdit> = {}): TriedEdit {
  const uri = "file:///project/src/orders.ts";
  return { taskKey: "task-1", tool: "claude-code", at: now - minute, uri, ...of };
}

export type SumOf = SummaryRow & { readonly languageId: string };

export function rowOf(of: Partial<SumOf> = {}): SumOf {
  const edits = of.edits ?? 1;
  return {
    day: today,
    hour: 10,
    languageId: "typescript",
    kind: "ai",
    tool: "claude-code",
    model: null,
    mode: "agent",
    edits,
    insertingEdits: edits,
    insertedChars: 100 * edits,
    deletedChars: 0,
    keptChars: 100 * edits,
    insertedSquared: 10_000 * edits,
    keptSquared: 10_000 * edits,
    insertedTimesKept: 10_000 * edits,
    ...of,
  };
}

/** A quiet day: nothing to say. */
export function situationOf(of: Partial<Situation> = {}): Situation {
  const rows = of.rows ?? [];
  return {
    now,
    utcOffsetMinutes: 0,
    rows,
    edits: [],
    commits: [],
    uncommitted: [],
    contextFiles: [],
    tasks: [],
    sessionTokens: new Map(),
    branch: null,
    approved: [],
    activity: { steps: [], edits: [] },
    servers: [],
    problems: undefined,
    duplicates: [],
    review: null,
    testedAt: null,
    isSeenNoted: true,
    summary: summarise({
      question: { days: 30, scope: "all" },
      today,
      synthetic: false,
      rows,
      outcomes: [],
      drops: [],
      detector: {
        n: 0,
        edits: 0,
        withoutEvidence: 0,
        confusion: [],
        ai: { precision: nothing, recall: nothing, f1: null },
        human: { precision: nothing, recall: nothing, f1: null },
      },
    }),
    ...of,
  };
}

export function ruleOf(of: Partial<Rule> = {}): Rule {
  return {
    id: "T1",
    version: 1,
    title: "A test",
    when: "uncommitted.lines > 10",
    cooldownDays: 7,
    severity: "normal",
    message: "{uncommitted.lines} lines.",
    actions: ["openPanel"],
    evidence: [{ strength: "strong", reference: "the test" }],
    expects: { metric: "kept", direction: "higher", windowDays: 14 },
    audience: { kind: "everyone" },
    ...of,
  };
}

export function recordOf(of: Partial<TipRecord> = {}): TipRecord {
  return {
    id: "tip-1",
    rule: "T1",
    ruleVersion: 1,
    at: now,
    day: today,
    isHeldOut: false,
    state: "new",
    changedAt: now,
    snoozedUntil: null,
    nudgedAt: null,
    message: "12 lines.",
    before: nothing,
    after: null,
    effect: null,
    ...of,
  };
}

export function shareOf(value: number, low: number, high: number, n = 40): MeasuredShare {
  return { value, low, high, n, needsMore: 0 };
}
