import type { EditsQuestion, ListPlace } from "../../protocol/editsBehind.ts";
import type { Stage } from "../../protocol/funnel.ts";
import { localDay } from "../../core/day.ts";
import { sumsOfSample } from "../../core/retention/retentionCurve.ts";
import type { DocumentRow, EditRow, OriginRow, SampleRow, SumKey, SumsRange } from "./store.ts";

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
  /** Whose steps together are one of these. */
  readonly ways?: readonly string[];
  /** Of which little was left, neither late nor on another branch, so many milliseconds after. */
  readonly undoneAtMs?: number;
  /** Of this task alone, by its key. */
  readonly task?: string;
}
export type BehindOrder = EditsQuestion["order"];

/** An edit as a list shows it. */
export interface BehindRow {
  readonly id: string;
  readonly uri: string;
  readonly at: number;
  readonly tool: string | null;
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
  after?: ListPlace,
): BehindRow[] {
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
    .filter((edit) => !after || comparePlaces(order, edit, placeOfEdit(after)) > 0)
    .sort((one, other) => comparePlaces(order, one, other))
    .slice(0, limit)
    .map(({ id, uri, at, origin, insertedChars, keptChars }) => ({
      id,
      uri,
      at,
      tool: origin.tool,
      strength: origin.strength,
      insertedChars,
      keptChars,
    }));
}

/** Those that a sample at that time found taken back; all where no time is asked for. */
export function undoneEdits(
  edits: readonly EditRow[],
  samplesOf: (id: string) => readonly SampleRow[],
  atMs: number | undefined,
): readonly EditRow[] {
  if (atMs === undefined) return edits;
  return edits.filter(({ id }) =>
    samplesOf(id).some((sample) => sample.dueMs === atMs && sumsOfSample(sample).reverted === 1),
  );
}

type Place = Pick<BehindRow, "id" | "at" | "insertedChars" | "keptChars">;

export function placeOfEdit({ at, id, insertedChars = 1, keptChars = 0 }: ListPlace): Place {
  return { at, id, insertedChars, keptChars };
}

function comparePlaces(order: BehindOrder, one: Place, other: Place): number {
  const left = ({ keptChars, insertedChars }: Place) => keptChars / insertedChars;
  const byAmount =
    order === "newest" ? 0 : left(one) - left(other) || other.insertedChars - one.insertedChars;
  if (byAmount !== 0 || one.at !== other.at) return byAmount || other.at - one.at;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
