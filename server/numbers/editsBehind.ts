import { localDay } from "../../core/day.ts";
import type { CompactSpans } from "../../core/spans/compactSpans.ts";
import { linesOfEdits, type EditLines } from "../../core/spans/editLines.ts";
import { readOutline } from "../../core/text/outline.ts";
import { firstDay } from "../../core/summary/summary.ts";
import { mostEditsBehind, type EditsBehind, type EditsQuestion } from "../../protocol/editsBehind.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { FatesReader } from "../fate/fatesReader.ts";
import { rowsBehind } from "./rowsBehind.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";

/** The single edits behind a number of a summary. */
export function readEditsBehind(
  store: Store,
  host: Host,
  { question, origin, of, task, overwritten, found, order }: EditsQuestion,
  workspaces: readonly string[] | undefined,
  fates?: Pick<FatesReader, "commits">,
): EditsBehind {
  const at = host.now();
  const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const ai = origin.kind === "ai" ? origin : undefined;
  const own = question.scope === "workspace" ? workspaces : undefined;
  const range = { from: firstDay(question, today), to: today, workspaces: own };
  if (of === "requests" || of === "tasks" || of === "ownCommits" || of === "aiCommits") {
    const commits = fates?.commits(own, host.utcOffsetMinutes(at)) ?? [];
    return { edits: [], rows: rowsBehind(of, range, { store, commits }) };
  }
  const rows = store.readEditsBehind(
    range,
    {
      kind: origin.kind,
      ...(found ? { found } : {}),
      anyMode: of === "model",
      anyModel: of === "overwrite",
      ...(overwritten ? { overwritten: { kind: overwritten.kind, tool: toolOf(overwritten) } } : {}),
      ...(of === "task" ? { task: task ?? "" } : {}),
      exactly:
        of === "kind" || of === "task"
          ? null
          : { tool: ai?.tool ?? null, model: ai?.model ?? null, mode: ai?.mode ?? null },
    },
    order,
    mostEditsBehind,
  );
  const byUri = new Map<string, ReadonlyMap<string, EditLines>>();
  const linesIn = (uri: string) => {
    const known = byUri.get(uri) ?? readLines(store, uri);
    byUri.set(uri, known);
    return known;
  };
  return {
    edits: rows.map(({ id, uri, at: made, strength, insertedChars, keptChars }) => ({
      id,
      uri,
      at: made,
      strength,
      insertedChars,
      keptChars,
      lines: linesIn(uri).get(id) ?? null,
    })),
  };
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
