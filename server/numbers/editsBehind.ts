import { addDays, localDay } from "../../core/day.ts";
import { dayOfMonth } from "../../core/requests/budget.ts";
import type { CompactSpans } from "../../core/spans/compactSpans.ts";
import { linesOfEdits, type EditLines } from "../../core/spans/editLines.ts";
import { readOutline } from "../../core/text/outline.ts";
import { placesOf } from "../../core/summary/funnel.ts";
import { takenBackAtMs } from "../../core/summary/wayOfDays.ts";
import { firstDay } from "../../core/summary/summary.ts";
import {
  mostEditsBehind,
  type EditsBehind,
  type EditsQuestion,
  type ListPlace,
} from "../../protocol/editsBehind.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { FatesReader } from "../fate/fatesReader.ts";
import { rowsBehind, type CommitsRead } from "./rowsBehind.ts";
import type { Host } from "../host.ts";
import type { BehindOrigin, BehindRow } from "../store/behind.ts";
import type { Store, SumsRange } from "../store/store.ts";

/** The single edits behind a number of a summary. */
export function readEditsBehind(
  store: Store,
  host: Host,
  asked: EditsQuestion,
  workspaces: readonly string[] | undefined,
  fates?: Pick<FatesReader, "commits" | "watched">,
): EditsBehind {
  const { question, origin, of, task, overwritten, found, undone, within, order, after } = asked;
  const at = host.now();
  const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const ai = origin.kind === "ai" ? origin : undefined;
  const own = question.scope === "workspace" ? workspaces : undefined;
  const first = firstDay(question, today);
  const range = asked.month
    ? { from: addDays(today, 1 - dayOfMonth(today)), to: today, workspaces: undefined }
    : {
        from: within && within.from > first ? within.from : first,
        to: within && within.to < today ? within.to : today,
        workspaces: own,
      };
  const commits = () => fates?.commits(own, host.utcOffsetMinutes(at)) ?? [];
  const watched: CommitsRead["watched"] = (kind, meant) =>
    fates?.watched(own, host.utcOffsetMinutes(at), kind, meant) ?? [];
  const other = rowsBehind(asked, range, { store, commits, watched, now: at });
  if (other) return { edits: [], ...other };
  const rows = store.readEditsBehind(
    range,
    {
      kind: origin.kind,
      ...foundOf(store, range, found),
      anyMode: of === "model",
      anyModel: of === "overwrite",
      ...(overwritten ? { overwritten: { kind: overwritten.kind, tool: toolOf(overwritten) } } : {}),
      ...(undone ? { undoneAtMs: takenBackAtMs } : {}),
      ...(of === "task" ? { task: task ?? "" } : {}),
      exactly:
        of === "kind" || of === "task"
          ? null
          : { tool: ai?.tool ?? null, model: ai?.model ?? null, mode: ai?.mode ?? null },
    },
    order,
    mostEditsBehind + 1,
    after,
  );
  const page = rows.slice(0, mostEditsBehind);
  const last = page.at(-1);
  const byUri = new Map<string, ReadonlyMap<string, EditLines>>();
  const linesIn = (uri: string) => {
    const known = byUri.get(uri) ?? readLines(store, uri);
    byUri.set(uri, known);
    return known;
  };
  return {
    ...(last && rows.length > page.length ? { next: placeOfRow(last) } : {}),
    edits: page.map(({ id, uri, at: made, tool, strength, insertedChars, keptChars }) => ({
      id,
      uri,
      at: made,
      origin:
        origin.kind === "ai" ? { kind: "ai", ...(tool === null ? {} : { tool }) } : { kind: origin.kind },
      strength,
      insertedChars,
      keptChars,
      lines: linesIn(uri).get(id) ?? null,
    })),
  };
}

/** What edits have to have become; on their way all steps count, of which the sums know those that there are. */
function foundOf(
  store: Store,
  range: SumsRange,
  found: EditsQuestion["found"],
): Pick<BehindOrigin, "found" | "ways"> {
  if (!found?.isOnWay) return found ? { found } : {};
  const ways = store.readWays(range).map(({ outcome }) => outcome);
  const isMeant = (way: string) =>
    placesOf(way).some(([step, outcome]) => step === found.stage && found.outcomes.includes(outcome));
  return { ways: [...new Set(ways)].filter(isMeant) };
}

function placeOfRow({ at, id, insertedChars, keptChars }: BehindRow): ListPlace {
  return { at, id, insertedChars, keptChars };
}

function toolOf(origin: Origin): string | null {
  return origin.kind === "ai" ? (origin.tool ?? null) : null;
}

/** Where the edits of a document lie, as far as it was written at rest. */
function readLines(store: Store, uri: string): ReadonlyMap<string, EditLines> {
  const document = store.readDocument(uri);
  const outline = document?.rest && readOutline(document.rest.outline);
  if (!document || !outline) return new Map();
  return linesOfEdits(JSON.parse(document.spans.spans) as CompactSpans, outline);
}
