import { localDay } from "../core/day.ts";
import { firstDay, summarise } from "../core/summary.ts";
import type { Question, Summary } from "../protocol/summary.ts";
import type { Host } from "./host.ts";
import type { Store } from "./store/store.ts";

/** Name of the note that says the history was made up for a demonstration. */
export const syntheticNote = "synthetic";

/** The numbers of the panel, the status bar and the report: all from here. */
export function readSummary(
  store: Store,
  host: Host,
  question: Question,
  workspaces: readonly string[] | undefined,
): Summary {
  const at = host.now();
  const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const rows = store.readSums({
    from: firstDay(question, today),
    to: today,
    workspaces: question.scope === "workspace" ? workspaces : undefined,
  });
  return summarise({
    question,
    today,
    rows,
    drops: store.readDrops(),
    synthetic: store.readNote(syntheticNote) !== undefined,
  });
}
