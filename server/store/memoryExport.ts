import type { ExportRow } from "../../core/report/exportText.ts";
import type { ExportThing } from "../../protocol/export.ts";
import { localDay } from "../../core/day.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { MemoryFigures } from "./memoryFigures.ts";
import type { MemoryOverwrites } from "./memoryOverwrites.ts";
import type { MemoryRequests } from "./memoryRequests.ts";
import type { MemoryStages } from "./memoryStages.ts";
import type { DocumentRow, EditRow, NumberedRow, RowsRange, SampleRow, SumRow } from "./store.ts";

interface Contents {
  readonly documents: readonly DocumentRow[];
  readonly edits: readonly { readonly row: EditRow; readonly samples: readonly SampleRow[] }[];
  readonly sums: readonly SumRow[];
  readonly drops: ReadonlyMap<string, number>;
  readonly windows: ReadonlyMap<string, { readonly sequence: number; readonly writtenAt: number }>;
  readonly notes: ReadonlyMap<string, string>;
  readonly tips: readonly TipRecord[];
  readonly stages: MemoryStages;
  readonly overwrites: MemoryOverwrites;
  readonly requests: MemoryRequests;
  readonly figures: MemoryFigures;
  /** Days before are left out. */
  readonly from: string | null;
}

/** Some rows of one thing, as they are exported; of a day on, where things have one. */
export function rowsOf(
  thing: ExportThing,
  { after, limit, from }: RowsRange,
  { documents, edits, sums, ...others }: Omit<Contents, "from">,
): NumberedRow[] {
  const inRange = edits.filter(({ row }) => from === null || localDay(row).day >= from);
  const uris = new Set(inRange.map(({ row }) => row.uri));
  const rows = makers[thing]({
    ...others,
    documents: documents.filter(({ uri }) => from === null || uris.has(uri)),
    edits: inRange,
    sums: sums.filter(({ day }) => from === null || day >= from),
    from,
  });
  return rows.map((row, index) => ({ number: index + 1, row })).slice(after, after + limit);
}

const makers: Record<ExportThing, (contents: Contents) => ExportRow[]> = {
  document: ({ documents }) =>
    documents.map(({ uri, workspace, languageId, spans }) => ({ uri, workspace, languageId, ...spans })),
  edit: ({ edits }) => edits.map(({ row }) => ({ ...numbersOf(row), ...row.origin })),
  evidence: ({ edits }) =>
    edits.flatMap(({ row }) => row.evidence.map((evidence) => ({ editId: row.id, ...evidence }))),
  sample: ({ edits }) => edits.flatMap(({ samples }) => samples.map((sample) => ({ ...sample }))),
  day: ({ sums }) => sums.map((sum) => ({ ...sum })),
  stage: ({ edits, stages }) =>
    edits.flatMap(({ row }) =>
      Object.entries({
        ...stages.of(row.id),
        seen: stages.seenOf(row.id),
        recordAt: stages.recordOf(row.id),
      }).flatMap(([stage, outcome]) => (outcome === undefined ? [] : { editId: row.id, stage, outcome })),
    ),
  funnel: ({ sums, stages }) =>
    sums
      .flatMap((sum) => [...stages.read([sum], "stages"), ...stages.read([sum], "ways")])
      .map((row) => ({ ...row })),
  retention: ({ sums, stages }) =>
    sums.flatMap((sum) => stages.retention.read([sum])).map((row) => ({ ...row })),
  overwrite: ({ edits, overwrites }) => {
    const asked = new Set(edits.map(({ row }) => row.id));
    return overwrites
      .single()
      .filter(({ editId }) => asked.has(editId))
      .map((row) => ({ ...row }));
  },
  overwriteDay: ({ overwrites, from }) =>
    overwrites
      .counted()
      .filter(({ sum }) => from === null || sum.day >= from)
      .map(({ sum, ofSum, edits, chars }) => ({
        ...{ day: sum.day, workspace: sum.workspace, languageId: sum.languageId },
        ...{ kind: sum.kind, tool: sum.tool, model: sum.model, mode: sum.mode },
        ...{ ofKind: ofSum.kind, ofTool: ofSum.tool, ofModel: ofSum.model, ofMode: ofSum.mode },
        ...{ edits, chars },
      })),
  commit: ({ stages, from }) =>
    stages.commits
      .filter(({ at }) => from === null || localDay({ at, utcOffsetMinutes: 0 }).day >= from)
      .flatMap(({ repository, name, at, files }) =>
        files.flatMap(({ path, ranges }) =>
          ranges.map(({ origin, ...range }) => ({ repository, name, at, path, ...range, ...origin })),
        ),
      ),
  tip: ({ tips, from }) =>
    tips
      .filter(({ day }) => from === null || day >= from)
      .map(({ before, after, ...row }) => ({
        ...row,
        before: JSON.stringify(before),
        after: after === null ? null : JSON.stringify(after),
      })),
  task: ({ requests, from }) =>
    requests
      .all()
      .tasks.filter(({ day }) => from === null || day >= from)
      .map(({ models, modes, tried, ...task }) => ({
        ...task,
        ...(tried ?? untold),
        models: JSON.stringify(models),
        modes: JSON.stringify(modes),
      })),
  request: ({ requests, from }) =>
    requests
      .all()
      .requests.filter((row) => from === null || localDay(row).day >= from)
      .map(({ task, ...row }) => ({ ...row, taskKey: task.key })),
  taskEdit: ({ requests, from }) =>
    requests
      .all()
      .edits.filter((row) => from === null || localDay(row).day >= from)
      .map(({ task, ...row }) => ({ ...row, taskKey: task.key })),
  step: ({ requests, from }) =>
    requests
      .stepsSince(0)
      .filter((row) => from === null || localDay(row).day >= from)
      .map((row) => ({ ...row })),
  requestDay: ({ requests, from }) =>
    requests
      .sums({ from: from ?? "", to: "9999-99-99", workspaces: undefined })
      .map(({ latencies, ...row }) => ({ ...row, latencies: JSON.stringify(latencies) })),
  toolFigure: ({ figures, from }) =>
    figures.figures({ from: from ?? "", to: "9999-99-99" }).map((row) => ({ ...row })),
  allowance: ({ figures }) => figures.allowances().map((row) => ({ ...row })),
  heard: ({ figures }) => figures.heard().map((row) => ({ ...row })),
  drop: ({ drops }) => [...drops].map(([name, count]) => ({ name, count })),
  receipt: ({ windows }) =>
    [...windows].map(([window, { sequence, writtenAt }]) => ({ window, sequence, writtenAt })),
  note: ({ notes }) => [...notes].map(([name, text]) => ({ name, text })),
};

function numbersOf(edit: EditRow): ExportRow {
  const { id, uri, at, utcOffsetMinutes, window, session, version } = edit;
  const { insertedChars, deletedChars, keptChars } = edit;
  return {
    id,
    uri,
    at,
    utcOffsetMinutes,
    window,
    session,
    version,
    insertedChars,
    deletedChars,
    keptChars,
  };
}

const untold = { failed: null, rejected: null, files: null, lines: null };
