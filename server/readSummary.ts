import { localDay } from "../core/day.ts";
import { firstDay, summarise, type SummaryRow } from "../core/summary.ts";
import type { Question, Summary } from "../protocol/summary.ts";
import { ownPlaceOf } from "./ownFolder/ownFile.ts";
import type { FatesReader } from "./fate/fatesReader.ts";
import { readBeforeKept } from "./history/beforeKept.ts";
import type { OthersReader } from "./ownFolder/otherMachines.ts";
import type { Host } from "./host.ts";
import { readDetector } from "./provenance/detector.ts";
import type { Store } from "./store/store.ts";
import { syntheticNote } from "./syntheticNote.ts";

/** What is not in the store itself. */
export interface SummaryParts {
  readonly others?: OthersReader;
  readonly fates?: FatesReader;
}

/** The numbers of the panel, the status bar and the report: all from here. */
export async function readSummary(
  store: Store,
  host: Host,
  question: Question,
  workspaces: readonly string[] | undefined,
  { others, fates }: SummaryParts = {},
): Promise<Summary> {
  const at = host.now();
  const utcOffsetMinutes = host.utcOffsetMinutes(at);
  const today = localDay({ at, utcOffsetMinutes }).day;
  const period = { from: firstDay(question, today), to: today };
  const place = ownPlaceOf(store);
  // Where something was made stays on its machine, so only what is asked of everywhere can be added up.
  const added =
    place && question.scope === "all" && others
      ? await others.read({ folder: place.folder, ownStore: place.store, ...period })
      : undefined;
  const range = {
    ...period,
    workspaces: question.scope === "workspace" ? workspaces : undefined,
  };
  const own: SummaryRow[] = store.readSums(range);
  return summarise({
    question,
    today,
    rows: added ? [...own, ...added.rows] : own,
    own,
    outcomes: store.readFunnel(range),
    retention: store.readRetention(range),
    otherMachines: added?.others ?? null,
    drops: store.readDrops(),
    detector: readDetector(store),
    fates: fates?.read(range.workspaces, utcOffsetMinutes) ?? null,
    before: readBeforeKept(store, (until) => fates?.baseline(until, utcOffsetMinutes) ?? null),
    requests: store.requests.sums(range),
    tasks: store.requests.tasks(range),
    synthetic: store.readNote(syntheticNote) !== undefined,
  });
}
