import type { ExportRow } from "../../core/exportText.ts";
import type { ExportThing } from "../../protocol/export.ts";
import type { DocumentRow, EditRow, SampleRow, SumRow } from "./store.ts";

interface Contents {
  readonly documents: readonly DocumentRow[];
  readonly edits: readonly { readonly row: EditRow; readonly samples: readonly SampleRow[] }[];
  readonly sums: readonly SumRow[];
  readonly drops: ReadonlyMap<string, number>;
  readonly windows: ReadonlyMap<string, { readonly sequence: number; readonly writtenAt: number }>;
  readonly notes: ReadonlyMap<string, string>;
}

/** The rows of one thing, as they are exported. */
export function rowsOf(thing: ExportThing, contents: Contents): ExportRow[] {
  return makers[thing](contents);
}

const makers: Record<ExportThing, (contents: Contents) => ExportRow[]> = {
  document: ({ documents }) =>
    documents.map(({ uri, workspace, languageId, spans }) => ({ uri, workspace, languageId, ...spans })),
  edit: ({ edits }) => edits.map(({ row }) => ({ ...numbersOf(row), ...row.origin })),
  evidence: ({ edits }) =>
    edits.flatMap(({ row }) => row.evidence.map((evidence) => ({ editId: row.id, ...evidence }))),
  sample: ({ edits }) => edits.flatMap(({ samples }) => samples.map((sample) => ({ ...sample }))),
  day: ({ sums }) => sums.map((sum) => ({ ...sum })),
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
