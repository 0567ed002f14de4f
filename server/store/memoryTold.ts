import type { RequestRow, TaskKey } from "./requests.ts";
import { isSameRequest, isTold, ownKey, toldKey } from "./toldRequests.ts";

type Row = Omit<RequestRow, "task">;
type Stored = Row & { readonly task: Pick<TaskKey, "key"> };

/** What the tool's own record says of a request that telemetry tells of: one that does not know how long it took goes first. */
export function ownOf<Found extends Stored>(
  requests: ReadonlyMap<string, Found>,
  row: Row,
  task: TaskKey,
): Found | undefined {
  if (!isTold(row.key)) return undefined;
  const named = requests.get(ownKey(row.key));
  if (named) return named;
  const found = sameRequests(requests, row, task).filter(({ key }) => !isTold(key));
  return found.find(({ latencyMs }) => latencyMs === null) ?? found[0];
}

/** What telemetry told of a request that the tool's own record tells of. */
export function toldOf<Found extends Stored>(
  requests: ReadonlyMap<string, Found>,
  row: Row,
  task: TaskKey,
): Found | undefined {
  if (isTold(row.key)) return undefined;
  const named = requests.get(toldKey(row.key));
  return named ?? sameRequests(requests, row, task).find(({ key }) => isTold(key));
}

/** The nearest in time first. */
function sameRequests<Found extends Stored>(
  requests: ReadonlyMap<string, Found>,
  row: Row,
  task: TaskKey,
): Found[] {
  const away = ({ at }: Found) => Math.abs(at - row.at);
  return [...requests.values()]
    .filter((each) => each.task.key === task.key && isSameRequest(each, row))
    .sort((one, other) => away(one) - away(other) || (one.key < other.key ? -1 : 1));
}
