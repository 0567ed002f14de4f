import { addDays } from "../../core/day.ts";
import { pastOf } from "../../core/metrics/measureSummary.ts";
import { watchedDueMs, watchedFrom } from "../../core/requests/modelWatch.ts";
import { detectorQuality } from "../../core/provenance/provenanceDetector.ts";
import { firstDay, summarise, type SummaryInput, type SummaryRow } from "../../core/summary/summary.ts";
import { takenBackAtMs } from "../../core/summary/wayOfDays.ts";
import { toolUseOf } from "../../core/tools/toolUse.ts";
import type { Question } from "../../protocol/summary.ts";
import type { TaskRow } from "../store/requests.ts";
import type { Store } from "../store/store.ts";

/** What is added up of a period. */
export type Rows = Pick<
  SummaryInput,
  "rows" | "hours" | "own" | "outcomes" | "retention" | "undone" | "otherMachines" | "requests"
> & {
  readonly tasks: readonly TaskRow[];
  /** The days of each folder by itself; none where all are asked for. */
  readonly byFolder: ReadonlyMap<string, readonly SummaryRow[]>;
};
export type ReadRows = (period: { readonly from: string; readonly to: string }) => Promise<Rows>;

/** The period itself, and the commits of all time. */
interface PresentRows {
  readonly from: string;
  readonly today: string;
  readonly now: Rows;
  readonly commits: NonNullable<SummaryInput["commits"]> | null;
}

/** What takes reading more than the period: as long a time before it, and half a year of what is left of edits. */
export async function compareWithPast(
  store: Store,
  rowsOf: ReadRows,
  question: Question,
  workspaces: readonly string[] | undefined,
  { from, today, now, commits }: PresentRows,
): Promise<Pick<SummaryInput, "past" | "toolUse">> {
  const last = addDays(from, -1);
  const before = await rowsOf({ from: firstDay(question, last), to: last });
  // Of what is not measured by days nothing is said.
  const rest = { drops: [], detector: detectorQuality([]), synthetic: false };
  const watched = {
    ...{ from: watchedFrom(today), to: today },
    workspaces: question.scope === "workspace" ? workspaces : undefined,
  };
  return {
    past: pastOf(summarise({ question, today: last, ...before, ...rest, commits })),
    toolUse: toolUseOf({
      from,
      watchedFrom: watched.from,
      retention: store.readRetentionByDay({ ...watched, dueMs: watchedDueMs }),
      spent: store.requests.sums(watched),
      today,
      undone: store.readRetentionByDay({ ...watched, dueMs: takenBackAtMs }),
      tasks: now.tasks,
      tasksBefore: before.tasks,
      rows: now.rows,
      rowsBefore: before.rows,
    }),
  };
}
