import { toCompact } from "../../core/spans/compactSpans.ts";
import { addDays, localDay } from "../../core/day.ts";
import { demoCommits, demoFates } from "../../core/demo/commits.ts";
import { demoDays, demoHistory, type DemoEdit, type DemoSpan } from "../../core/demo/history.ts";
import { demoRequests } from "../../core/demo/requests.ts";
import { demoSteps } from "../../core/demo/steps.ts";
import { demoTips } from "../../core/demo/tips.ts";
import { seededRandom } from "../../core/seededRandom.ts";
import { Spans } from "../../core/spans/spans.ts";
import { describeProblem } from "../../protocol/errors.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import { writeBeforeKept } from "../history/beforeKept.ts";
import type { Store, Written } from "../store/store.ts";
import { syntheticNote } from "../numbers/syntheticNote.ts";
import {
  addressOf,
  commitRows,
  documentRow,
  editBatch,
  momentOf,
  requestBatch,
  stepRows,
  type DemoPlace,
  type NamedEdit,
} from "./rows.ts";
import { sampleTexts } from "./sampleTexts.ts";

const seed = 24;
/** Advice looks no further back at what agents do besides writing. */
const stepDays = 30;
/** Minutes of the day after which the made-up history has no edits. */
const endOfWork = 19 * 60;
/** Days of the history before the first AI, for the baseline. */
const daysBefore = 240;

export interface DemoFilled {
  readonly edits: number;
  /** What a look at the history would have found; undefined without a folder. */
  readonly fates: FateRecord | undefined;
}

/**
 * Fills an empty store with a made-up history that ends now. Marked first: whatever stops it, nothing made up is ever
 * without its mark.
 */
export function fillWithDemo(store: Store, place: DemoPlace, span: Omit<DemoSpan, "lastDay">): DemoFilled {
  const { host, workspace } = place;
  const now = host.now();
  const { day: today } = localDay({ at: now, utcOffsetMinutes: host.utcOffsetMinutes(now) });
  const random = seededRandom(seed);
  failOn(store.writeNote(syntheticNote, "demonstration"));
  let version = 0;
  const named = (edit: DemoEdit): NamedEdit => ({ id: host.uuid(), version: ++version, edit });
  let count = 0;
  const history: DemoEdit[] = [];
  for (const made of demoDays({ ...span, lastDay: today }, random)) {
    const edits = made.map((edit) => named(edit.day === today ? squeezed(edit, minutesSoFar(place)) : edit));
    const own = edits.map(({ edit }) => edit);
    const commits = demoCommits(own).filter(({ day }) => day < today);
    failOn(
      store.write({
        ...editBatch(edits, place),
        ...(workspace !== null && { commits: commitRows(commits, edits, { ...place, workspace }) }),
      }),
    );
    const requests = requestBatch(demoRequests(own, random), edits, place);
    const isRecent = own.some(({ day }) => day >= addDays(today, -stepDays));
    const steps = isRecent ? stepRows(demoSteps(own, today), place) : [];
    const isPast = ({ at }: { readonly at: number }) => at <= now;
    failOn(
      store.requests.write({
        ...requests,
        requests: requests.requests.filter(isPast),
        steps: steps.filter(isPast),
      }),
    );
    count += edits.length;
    // The look at a history is of one person's, however much is written.
    history.push(...own.filter((_, index) => index % (span.pace ?? 1) < 1));
  }
  failOn(
    store.coaching.writeTips(
      demoTips(history, demoCommits(history), today, {
        now,
        uuid: () => host.uuid(),
        timeOf: (day, second) => momentOf(host, day, second),
      }),
    ),
  );
  const first = addDays(today, 1 - span.dayCount);
  failOn(writeBeforeKept(store, before(first, momentOf(host, first, 9 * 3600))));
  if (workspace === null) return { edits: count, fates: undefined };
  count += writeTexts(store, { ...place, workspace }, { today, random, named });
  const typed = demoHistory({ lastDay: addDays(first, -1), dayCount: daysBefore }, random).filter(
    ({ origin }) => origin.kind === "human",
  );
  const all = [...typed, ...history];
  const fates = demoFates(all, demoCommits(all), {
    ...{ repository: workspace, now, random },
    timeOf: ({ day, second }) => momentOf(host, day, second),
  });
  return { edits: count, fates };
}

/** The texts that are there, so that they say themselves who wrote them. */
function writeTexts(
  store: Store,
  place: DemoPlace & { readonly workspace: string },
  {
    today,
    random,
    named,
  }: {
    readonly today: string;
    readonly random: () => number;
    readonly named: (edit: DemoEdit) => NamedEdit;
  },
): number {
  let count = 0;
  for (const { file, languageId, text, parts } of sampleTexts(place.workspace, today, random)) {
    const edits = parts.map((edit) => named(edit.day === today ? squeezed(edit, minutesSoFar(place)) : edit));
    const spans = Spans.ofRuns(
      edits.map(({ id, edit }) => ({ owner: id, length: edit.insertedChars, restored: false })),
    );
    const row = documentRow(addressOf(place, file), languageId, place, {
      ...{ version: edits.at(-1)!.version, text },
      spans: JSON.stringify(toCompact(spans)),
    });
    failOn(store.write({ ...editBatch(edits, place), documents: [row] }));
    count += edits.length;
  }
  return count;
}

function before(from: string, until: number): Parameters<typeof writeBeforeKept>[1] {
  const tool = { tool: "github-copilot", tasks: 31, requests: 118, edits: 64, linesAdded: 903, days: 14 };
  return {
    ...{ state: "done", read: 31, all: 31, from: addDays(from, -30), to: from, until },
    tools: [{ ...tool, costUsd: 1.9, unpricedRequests: 0, first: addDays(from, -30) }],
  };
}

function minutesSoFar({ host }: DemoPlace): number {
  const now = host.now();
  const local = new Date(now + host.utcOffsetMinutes(now) * 60_000);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** Today's edits lie before now, however early it is. */
function squeezed(edit: DemoEdit, minutes: number): DemoEdit {
  const squeezedTo = Math.floor((edit.hour * 60 + edit.minute) * Math.min(1, minutes / endOfWork));
  return { ...edit, hour: Math.floor(squeezedTo / 60), minute: squeezedTo % 60 };
}

function failOn(written: Written): void {
  if (written.outcome === "written") return;
  const reasons = { readOnly: "The database is read only.", forgotten: "Data was deleted meanwhile." };
  throw new Error(
    written.outcome === "retry" ? describeProblem(written.problem).message : reasons[written.outcome],
  );
}
