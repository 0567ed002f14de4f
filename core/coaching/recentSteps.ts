import { titleOfTool } from "../tools/toolTitle.ts";
import type { StepKind } from "../tools/toolSteps.ts";
import { isTestFile } from "./fileKinds.ts";
import type { Part } from "./part.ts";
import { grouped } from "../grouped.ts";

/** Something that an agent did besides writing, or a test run of the editor's. */
export interface RecentStep {
  readonly taskKey: string | null;
  readonly tool: string;
  /** Address of the folder. */
  readonly place: string | null;
  readonly at: number;
  readonly kind: StepKind;
  /** Tells that two are the same; of a file with secrets its kind. */
  readonly subject: string | null;
}

/** An edit of one file that a tool's own record tells of. */
export interface TriedEdit {
  readonly taskKey: string;
  readonly tool: string;
  readonly at: number;
  /** Empty where the file is in no open folder. */
  readonly uri: string;
}

/** What tools' own records tell, in the order of time. */
export interface ToolActivity {
  readonly steps: readonly RecentStep[];
  readonly edits: readonly TriedEdit[];
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Attempts that lie further apart are not one try after the other. */
const retryMs = 20 * minuteMs;
/** What ended earlier is not going on. */
const goingOnMs = 30 * minuteMs;
const glanceDays = 14;
const leastEdits = 10;

export function isLook({ kind }: Pick<RecentStep, "kind">): boolean {
  return kind === "read" || kind === "secret";
}

export function isRun({ kind }: Pick<RecentStep, "kind">): boolean {
  return kind === "passed" || kind === "failed";
}

/** Runs of the same tests that failed one after the other, each after an edit of the same file. */
export function retry({ steps, edits }: ToolActivity, now: number): Part {
  const runs = steps.filter((step) => isRun(step) && step.taskKey !== null);
  if (runs.length === 0) return { values: {} };
  const going = runs.filter(({ at }) => at > now - goingOnMs);
  const found = [...grouped(going, ({ taskKey, subject }) => `${taskKey} ${subject}`).values()].flatMap(
    (own) => attemptsIn(runs, own[0]!, edits),
  );
  const [most] = found.sort((one, other) => other.times.length - one.times.length);
  if (!most) return { values: { "retry.attempts": 0, "retry.minutes": 0 } };
  const minutes = (most.times.at(-1)! - most.times[0]!) / minuteMs;
  return {
    values: { "retry.attempts": most.times.length, "retry.minutes": Math.max(1, minutes) },
    files: [most.uri],
  };
}

/** By file, when the tests failed after it was edited, since they passed last. */
function attemptsIn(
  runs: readonly RecentStep[],
  { taskKey, subject }: RecentStep,
  edits: readonly TriedEdit[],
): { readonly uri: string; readonly times: readonly number[] }[] {
  const own = runs.filter((run) => run.taskKey === taskKey && run.subject === subject);
  const passedAt = own.findLast(({ kind }) => kind === "passed")?.at ?? 0;
  const failed = own.filter(({ kind, at }) => kind === "failed" && at > passedAt);
  const last = failed.at(-1)?.at ?? 0;
  const files = new Map<string, number[]>();
  let from = passedAt;
  for (const { at } of failed) {
    const edited = edits.filter((edit) => edit.taskKey === taskKey && edit.at > from && edit.at <= at);
    const uris = new Set(edited.flatMap(({ uri }) => (uri === "" ? [] : uri)));
    for (const uri of uris) if (at >= last - retryMs) files.set(uri, [...(files.get(uri) ?? []), at]);
    from = at;
  }
  return [...files].map(([uri, times]) => ({ uri, times }));
}

/** The latest task of a day: files that it edited without a plan and without a look before. Only of tools that tell of these. */
export function unplanned({ steps, edits }: ToolActivity, now: number): Part {
  const telling = new Set(steps.flatMap((step) => (isLook(step) || step.kind === "plan" ? step.tool : [])));
  const latest = edits.findLast(({ at, tool, uri }) => at > now - dayMs && telling.has(tool) && uri !== "");
  if (!latest) return { values: {} };
  const isUnplanned = !isPlanned({ steps, edits }, latest.taskKey);
  const own = edits.filter(({ taskKey, uri }) => taskKey === latest.taskKey && uri !== "");
  const files = isUnplanned ? [...new Set(own.map(({ uri }) => uri))] : [];
  return { values: { "unplanned.files": files.length, "unplanned.tool": titleOfTool(latest.tool) }, files };
}

/** Whether a task planned, or looked at something, before its first edit. */
export function isPlanned({ steps, edits }: ToolActivity, task: string): boolean {
  const first = edits.find(({ taskKey }) => taskKey === task)?.at ?? Infinity;
  return steps.some((step) => {
    const counts = isLook(step) || step.kind === "plan";
    return counts && step.taskKey === task && step.at <= first;
  });
}

/** Changed assertions between the same tests failing and passing, where nothing but tests was edited in between. */
export function bent({ steps, edits }: ToolActivity, now: number): Part {
  if (!steps.some(isRun)) return { values: {} };
  const files = new Set<string>();
  let count = 0;
  for (const step of steps) {
    if (step.kind !== "assertion" || step.at <= now - dayMs) continue;
    const own = steps.filter((each) => each.taskKey === step.taskKey && isRun(each));
    const before = own.findLast(({ at }) => at <= step.at);
    const after = own.find(({ at, subject }) => at > step.at && subject === before?.subject);
    if (before?.kind !== "failed" || after?.kind !== "passed") continue;
    const between = edits.filter(
      ({ taskKey, at }) => taskKey === step.taskKey && at >= before.at && at <= after.at,
    );
    // A file whose name is not known may be code.
    if (!between.every(({ uri }) => isTestFile(uri))) continue;
    count++;
    for (const { uri } of between) files.add(uri);
  }
  return { values: { "bent.edits": count }, files: [...files] };
}

/** The tool that looks least before it writes, of those that tell of their looks. */
export function glance({ steps, edits }: ToolActivity, now: number): Part {
  const [least] = [...grouped(steps.filter(isLook), ({ tool }) => tool)]
    .map(([tool, looks]) => {
      const from = Math.max(now - glanceDays * dayMs, looks[0]!.at);
      const own = edits.filter((edit) => edit.tool === tool && edit.at >= from);
      return { tool, edits: own.length, looks: looks.filter(({ at }) => at >= from).length };
    })
    .filter((each) => each.edits >= leastEdits)
    .sort((one, other) => one.looks / one.edits - other.looks / other.edits);
  if (!least) return { values: {} };
  return {
    values: {
      "glance.tool": titleOfTool(least.tool),
      "glance.reads": least.looks / least.edits,
      "glance.edits": least.edits,
    },
  };
}

/** The opening that most tasks began with. */
export function briefing({ steps }: ToolActivity): Part {
  const openings = steps.filter(({ kind, subject }) => kind === "opening" && subject !== null);
  const tasks = [...grouped(openings, ({ subject }) => subject!).values()].map(
    (own) => new Set(own.map(({ taskKey }) => taskKey)).size,
  );
  return { values: { "briefing.tasks": Math.max(0, ...tasks) } };
}

/** Looks at files with secrets, of the tool with most of them. */
export function secrets({ steps }: ToolActivity, now: number): Part {
  const recent = steps.filter(({ kind, at }) => kind === "secret" && at > now - 7 * dayMs);
  const [most] = [...grouped(recent, ({ tool }) => tool)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  if (!most) return { values: { "secrets.reads": 0 } };
  const [tool, own] = most;
  const [kind] = [...grouped(own, ({ subject }) => subject ?? "")].sort(
    ([, one], [, other]) => other.length - one.length,
  )[0]!;
  return {
    values: { "secrets.tool": titleOfTool(tool), "secrets.reads": own.length, "secrets.kind": kind },
  };
}
