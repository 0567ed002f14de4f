import { localDay } from "../../core/day.ts";
import type { NewestRequest, RequestRow, RequestsListed } from "./requests.ts";

type Row = Omit<RequestRow, "task"> & NewestRequest & { readonly task: { readonly day: string } };
type Place = Pick<Row, "at" | "key">;

/** Of requests those of a period that are asked for, the newest first. */
export function newestRequests(
  rows: readonly Row[],
  { from, to }: { readonly from: string; readonly to: string },
  limit: number,
  { tool, models, ofTasks, priced, timed, after }: RequestsListed = {},
): NewestRequest[] {
  const dayOf = (row: Row) => (ofTasks ? row.task.day : localDay(row).day);
  return rows
    .filter((row) => from <= dayOf(row) && dayOf(row) <= to)
    .filter(({ costNano }) => !priced || costNano !== null)
    .filter(({ latencyMs }) => !timed || latencyMs !== null)
    .filter(({ task, model }) => (tool ?? task.tool) === task.tool && (models?.includes(model) ?? true))
    .filter((row) => !after || comparePlaces(row, { at: after.at, key: after.id }) > 0)
    .sort(comparePlaces)
    .slice(0, limit)
    .map(({ key, task, at, model, input, output, cacheRead, cacheWrite, costNano, latencyMs }) => ({
      ...{ key, task: { tool: task.tool }, at, model },
      ...{ input, output, cacheRead, cacheWrite, costNano, latencyMs },
    }));
}

function comparePlaces(one: Place, other: Place): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.key === other.key) return 0;
  return one.key < other.key ? -1 : 1;
}
