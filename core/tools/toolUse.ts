import type { ToolType, ToolUse } from "../../protocol/toolUse.ts";
import type { Mode } from "../../protocol/origin.ts";
import type { SummaryRow } from "../summary/summary.ts";
import { changeOfCost, type SpentOnDay } from "../requests/costWatch.ts";
import { taskModeOf } from "../requests/taskMode.ts";
import { shareOverTasks, type SummaryTask } from "../requests/taskGroups.ts";
import { checkModels } from "../requests/modelChecks.ts";
import { changeOfAll, watchModels, type ModelRow } from "../requests/modelWatch.ts";

export interface ToolTask extends SummaryTask {
  readonly tool: string;
  readonly models: readonly string[];
  readonly modes: readonly Mode[];
}

export interface ToolUseInput {
  /** The first day of the period. */
  readonly from: string;
  readonly watchedFrom: string;
  readonly retention: readonly ModelRow[];
  /** The same of five minutes after each edit. */
  readonly undone: readonly ModelRow[];
  readonly tasks: readonly ToolTask[];
  /** Of as long a time before. */
  readonly tasksBefore: readonly ToolTask[];
  /** What was spent on each day since models are watched. */
  readonly spent: readonly SpentOnDay[];
  readonly today: string;
  readonly rows: readonly SummaryRow[];
  /** Of as long a time before. */
  readonly rowsBefore: readonly SummaryRow[];
}

/** How tools are used beside and after each other, and whether their models became others. */
export function toolUseOf(input: ToolUseInput): ToolUse {
  const { from, watchedFrom, today, retention, undone, spent, tasks, tasksBefore, rows, rowsBefore } = input;
  const days = toolsByDay(rows);
  return {
    watchedFrom,
    models: checkModels(watchModels(retention, from), { from, undone, tasks, tasksBefore }),
    all: changeOfAll(retention),
    cost: changeOfCost(spent, today),
    byType: typesOf(tasks),
    churn: rowsBefore.length === 0 ? null : churnOf(rowsBefore, rows),
    aiDays: new Set(rows.flatMap(({ kind, day }) => (kind === "ai" ? [day] : []))).size,
    severalDays: [...days.values()].filter((tools) => tools.size > 1).length,
  };
}

/** A tool that nobody could name is none that came or went. */
function toolsOf(rows: readonly SummaryRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ kind, tool }) => (kind === "ai" && tool !== null ? [tool] : [])));
}

function toolsByDay(rows: readonly SummaryRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const days = new Map<string, Set<string>>();
  for (const { kind, day, tool } of rows) {
    if (kind !== "ai" || tool === null) continue;
    days.set(day, (days.get(day) ?? new Set<string>()).add(tool));
  }
  return days;
}

function churnOf(before: readonly SummaryRow[], now: readonly SummaryRow[]): ToolUse["churn"] {
  const [was, is] = [toolsOf(before), toolsOf(now)];
  return {
    begun: [...is].filter((tool) => !was.has(tool)).sort(),
    left: [...was].filter((tool) => !is.has(tool)).sort(),
  };
}

/** Tasks that wrote something, by tool, model, mode and kind of task: most edits first. */
function typesOf(tasks: readonly ToolTask[]): ToolType[] {
  const groups = new Map<string, ToolTask[]>();
  for (const task of tasks) {
    if (task.changes === 0) continue;
    const key = JSON.stringify([task.tool, modelOf(task), taskModeOf(task.modes), task.type]);
    const group = groups.get(key);
    if (group) group.push(task);
    else groups.set(key, [task]);
  }
  return [...groups.values()]
    .map((own) => ({
      tool: own[0]!.tool,
      model: modelOf(own[0]!),
      mode: taskModeOf(own[0]!.modes),
      type: own[0]!.type,
      kept: shareOverTasks(
        own.map(({ keptChanges: part, changes: whole }) => ({ part, whole })),
        own.length,
      ),
      changes: own.reduce((sum, { changes }) => sum + changes, 0),
    }))
    .sort((one, other) => other.changes - one.changes || (one.type < other.type ? -1 : 1));
}

function modelOf({ models }: ToolTask): string | null {
  return models.length === 1 ? models[0]! : null;
}
