import type { EditsQuestion } from "../../protocol/editsBehind.ts";
import type { Stage } from "../../protocol/funnel.ts";
import { localDay } from "../../core/day.ts";
import type { DocumentRow, EditRow, OriginRow, SumKey, SumsRange } from "./store.ts";

export interface BehindOrigin extends Pick<SumKey, "kind"> {
  /** Null for all edits of the kind. */
  readonly exactly: Pick<SumKey, "tool" | "model" | "mode"> | null;
  /** Whether the mode may be any. */
  readonly anyMode?: boolean;
  /** Whether the model and the mode may be any. */
  readonly anyModel?: boolean;
  /** That took out text of this tool or kind. */
  readonly overwritten?: Pick<SumKey, "kind" | "tool">;
  /** Of which this was found. */
  readonly found?: { readonly stage: Stage; readonly outcomes: readonly string[] };
  /** Of this task alone, by its key. */
  readonly task?: string;
}
export type BehindOrder = EditsQuestion["order"];

/** An edit as a list shows it. */
export interface BehindRow {
  readonly id: string;
  readonly uri: string;
  readonly at: number;
  readonly strength: OriginRow["strength"];
  readonly insertedChars: number;
  readonly keptChars: number;
}

/** The edits that inserted something, of which least is left first, or the newest. */
export function editsBehind(
  edits: readonly EditRow[],
  documentOf: (uri: string) => Pick<DocumentRow, "workspace"> | undefined,
  { from, to, workspaces }: SumsRange,
  { kind, exactly, anyMode, anyModel }: BehindOrigin,
  order: BehindOrder,
  limit: number,
): BehindRow[] {
  const left = (edit: EditRow) => edit.keptChars / edit.insertedChars;
  return edits
    .filter(({ insertedChars }) => insertedChars > 0)
    .filter(({ origin }) => origin.kind === kind)
    .filter(
      ({ origin }) =>
        !exactly ||
        (origin.tool === exactly.tool &&
          (anyModel || origin.model === exactly.model) &&
          (anyModel || anyMode || origin.mode === exactly.mode)),
    )
    .filter((edit) => from <= localDay(edit).day && localDay(edit).day <= to)
    .filter(({ uri }) => {
      const workspace = documentOf(uri)?.workspace ?? null;
      return !workspaces || (workspace !== null && workspaces.includes(workspace));
    })
    .sort(
      (one, other) =>
        (order === "newest"
          ? other.at - one.at
          : left(one) - left(other) || other.insertedChars - one.insertedChars || other.at - one.at) ||
        (one.id < other.id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ id, uri, at, origin, insertedChars, keptChars }) => ({
      id,
      uri,
      at,
      strength: origin.strength,
      insertedChars,
      keptChars,
    }));
}
