import { addDays, localDay } from "../core/day.ts";
import { pastOf } from "../core/metrics/measureSummary.ts";
import { detectorQuality } from "../core/provenanceDetector.ts";
import type { SummaryRequests } from "../core/requestSummary.ts";
import { firstDay, summarise, type SummaryInput, type SummaryRow } from "../core/summary.ts";
import { toolsSay } from "../core/toolsSay.ts";
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
  /** Whether it is to be compared with as long a time before. */
  readonly isCompared?: boolean;
}

/** The numbers of the panel, the status bar and the report: all from here. */
export async function readSummary(
  store: Store,
  host: Host,
  question: Question,
  workspaces: readonly string[] | undefined,
  { others, fates, isCompared }: SummaryParts = {},
): Promise<Summary> {
  const at = host.now();
  const utcOffsetMinutes = host.utcOffsetMinutes(at);
  const today = localDay({ at, utcOffsetMinutes }).day;
  const from = firstDay(question, today);
  const rowsOf = reader(store, question, workspaces, others);
  const past = isCompared ? await summariseBefore(rowsOf, question, addDays(from, -1)) : null;
  const own = question.scope === "workspace" ? workspaces : undefined;
  return summarise({
    question,
    today,
    ...(await rowsOf({ from, to: today })),
    drops: store.readDrops(),
    detector: readDetector(store),
    fates: fates?.read(own, utcOffsetMinutes) ?? null,
    before: readBeforeKept(store, (until) => fates?.baseline(until, utcOffsetMinutes) ?? null),
    synthetic: store.readNote(syntheticNote) !== undefined,
    past: past && pastOf(past),
    allowances: store.figures.allowances(),
    toolsSay: readToolsSay(store, { from, to: today }),
  });
}

type Rows = Pick<
  SummaryInput,
  "rows" | "own" | "outcomes" | "retention" | "otherMachines" | "requests" | "tasks"
>;
type ReadRows = (period: { readonly from: string; readonly to: string }) => Promise<Rows>;

/** What is added up of a period. */
function reader(
  store: Store,
  { scope }: Question,
  workspaces: readonly string[] | undefined,
  others: OthersReader | undefined,
): ReadRows {
  const place = ownPlaceOf(store);
  return async (period) => {
    // Where something was made stays on its machine, so only what is asked of everywhere can be added up.
    const added =
      place && scope === "all" && others
        ? await others.read({ folder: place.folder, ownStore: place.store, ...period })
        : undefined;
    const range = { ...period, workspaces: scope === "workspace" ? workspaces : undefined };
    const own: SummaryRow[] = store.readSums(range);
    const requests: SummaryRequests[] = store.requests.sums(range);
    return {
      rows: added ? [...own, ...added.rows] : own,
      own,
      outcomes: store.readFunnel(range),
      retention: store.readRetention(range),
      otherMachines: added?.others ?? null,
      requests: added ? [...requests, ...added.requests] : requests,
      tasks: store.requests.tasks(range),
    };
  };
}

/** Tools do not say where, so it is of all folders. */
function readToolsSay(
  store: Store,
  period: { readonly from: string; readonly to: string },
): Summary["toolsSay"] {
  const figures = store.figures.figures(period);
  return toolsSay(
    figures,
    figures.length === 0 ? [] : store.readRetention({ ...period, workspaces: undefined }),
  );
}

/** As many days as were asked for, up to one. Of what is not measured by days nothing is said. */
async function summariseBefore(rowsOf: ReadRows, question: Question, last: string): Promise<Summary> {
  const rows = await rowsOf({ from: firstDay(question, last), to: last });
  return summarise({
    question,
    today: last,
    ...rows,
    drops: [],
    detector: detectorQuality([]),
    synthetic: false,
  });
}
