import { toolsBefore, type Span } from "../../core/history/toolsBefore.ts";
import { Tasks } from "../../core/requests/tasks.ts";
import type { ToolBefore } from "../../protocol/history.ts";
import type { Surroundings } from "../agents/agent.ts";
import { findRecords } from "../agents/reading/findRecords.ts";
import { RecordFile } from "../agents/reading/recordFile.ts";
import { agents } from "../agents/registry.ts";
import { listPriceOf } from "../prices/priceOf.ts";

/** What the worker is to read once. */
export interface MonthOrder {
  readonly month: Span;
  readonly around: Surroundings;
}

export interface MonthRead {
  readonly read: number;
  readonly all: number;
  readonly tools: readonly ToolBefore[];
  readonly isDone: boolean;
}

/** Progress is told no oftener. */
const tellEveryMs = 1000;

/** Reads what tools recorded in a span of time, file by file, and says how far it is. */
export function* readMonth({ month, around }: MonthOrder, elapsedMs: () => number): Generator<MonthRead> {
  const tasks = new Tasks(listPriceOf);
  const files = agents.flatMap((agent) =>
    findRecords(agent, around).map((path) => new RecordFile(path, agent, { around, since: month.from })),
  );
  // What was not written to since holds nothing of that time.
  const young = files.filter(({ state }) => state !== undefined && state.changedAt >= month.from);
  let told = elapsedMs();
  const tell = (read: number): MonthRead => ({
    read,
    all: young.length,
    tools: toolsBefore(tasks.since(month.from), month),
    isDone: read === young.length,
  });
  for (const [index, file] of young.entries()) {
    file.read({
      request: (request) => tasks.addRequest(request),
      edit: (edit) => tasks.addEdit(edit),
      problem: () => undefined,
    });
    if (index === young.length - 1 || elapsedMs() - told < tellEveryMs) continue;
    told = elapsedMs();
    yield tell(index + 1);
  }
  yield tell(young.length);
}
