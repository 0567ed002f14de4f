import { addDays } from "../../../core/day.ts";
import { revertedBelow } from "../../../core/retention/retentionCurve.ts";
import type { ListPlace } from "../../../protocol/editsBehind.ts";
import { placeOfEdit, type BehindOrder, type BehindOrigin, type BehindRow } from "../behind.ts";
import type { SumsRange } from "../store.ts";
import { stageColumns } from "./writeStages.ts";
import type { Connection } from "./open.ts";

export type ReadBehind = (
  range: SumsRange,
  origin: BehindOrigin,
  order: BehindOrder,
  limit: number,
  after?: ListPlace,
) => BehindRow[];

const orders: Readonly<Record<BehindOrder, string>> = {
  newest: "edits.at DESC, edits.id",
  leastLeft: "CAST(kept_chars AS REAL) / inserted_chars, inserted_chars DESC, edits.at DESC, edits.id",
};

/** What lies after a place, in each order. */
const following: Readonly<Record<BehindOrder, string>> = {
  newest: "(-edits.at, edits.id) > (-@at, @id)",
  leastLeft:
    "(CAST(kept_chars AS REAL) / inserted_chars, -inserted_chars, -edits.at, edits.id) > (@left, -@insertedChars, -@at, @id)",
};

const outcomes = Object.entries(stageColumns)
  .map(([stage, column]) => `WHEN '${stage}' THEN edits.${column}`)
  .join(" ");

/** No place on Earth is further from UTC, in milliseconds. */
const furthestOffset = 15 * 3_600_000;

/** There is an index on the time of AI edits; of others on that of each document's, which has their kind in it. */
const byTime = "edits JOIN documents";
const byDocument = "documents CROSS JOIN edits";

/** Reads single edits, by the indexes on their time; the local day of each decides. */
export function prepareBehind(connection: Connection): ReadBehind {
  const statement = (order: BehindOrder, from = byTime) =>
    connection.prepare<[Record<string, unknown>], BehindRow>(
      `SELECT edits.id, uri, edits.at, edits.tool, strength, inserted_chars AS insertedChars, kept_chars AS keptChars
       FROM ${from} ON documents.id = document_id
       WHERE edits.at BETWEEN @earliest AND @latest AND inserted_chars > 0
         AND edits.kind = @kind AND (@whole OR edits.tool IS @tool AND (@anyModel OR edits.model IS @model) AND (@anyModel OR @anyMode OR edits.mode IS @mode))
         AND (@ofKind IS NULL OR EXISTS (
           SELECT 1 FROM overwrites JOIN edits AS other ON other.number = of_number
           WHERE edit_number = edits.number AND other.kind = @ofKind AND other.tool IS @ofTool))
         AND (@stage IS NULL OR IFNULL(CASE @stage ${outcomes} END, '') IN (SELECT value FROM json_each(@outcomes)))
         AND (@ways IS NULL OR edits.way IN (SELECT value FROM json_each(@ways)))
         AND (@undoneAtMs IS NULL OR EXISTS (
           SELECT 1 FROM samples WHERE edit_number = edits.number AND due_ms = @undoneAtMs
             AND NOT late AND other_branch IS NOT 1 AND no_revert < ${revertedBelow}))
         AND (@task IS NULL OR task_id = (SELECT id FROM tasks WHERE key = @task))
         AND (edits.at BETWEEN @surelyFrom AND @surelyTo
           OR strftime('%Y-%m-%d', edits.at / 1000 + utc_offset_minutes * 60, 'unixepoch') BETWEEN @from AND @to)
         AND (@id IS NULL OR ${following[order]})
         AND (@workspaces IS NULL OR workspace IN (SELECT value FROM json_each(@workspaces)))
       ORDER BY ${orders[order]} LIMIT @limit`,
    );
  const statements = { newest: statement("newest"), leastLeft: statement("leastLeft") };
  const leastLeftOfOthers = statement("leastLeft", byDocument);
  return ({ from, to, workspaces }, origin, order, limit, after) => {
    const [begins, ends] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${addDays(to, 1)}T00:00:00Z`)];
    const latest = ends + furthestOffset;
    const place = after && placeOfEdit(after);
    const read = order === "leastLeft" && origin.kind !== "ai" ? leastLeftOfOthers : statements[order];
    return read.all({
      kind: origin.kind,
      whole: origin.exactly ? 0 : 1,
      anyMode: origin.anyMode ? 1 : 0,
      anyModel: origin.anyModel ? 1 : 0,
      ofKind: origin.overwritten?.kind ?? null,
      ofTool: origin.overwritten?.tool ?? null,
      stage: origin.found?.stage ?? null,
      outcomes: JSON.stringify(origin.found?.outcomes ?? []),
      ways: origin.ways ? JSON.stringify(origin.ways) : null,
      task: origin.task ?? null,
      undoneAtMs: origin.undoneAtMs ?? null,
      ...(origin.exactly ?? { tool: null, model: null, mode: null }),
      from,
      to,
      ...{ earliest: begins - furthestOffset, surelyFrom: begins + furthestOffset },
      surelyTo: ends - furthestOffset - 1,
      // What comes later in the newest first order is older.
      latest: place && order === "newest" ? Math.min(latest, place.at) : latest,
      ...{ id: place?.id ?? null, at: place?.at ?? 0, insertedChars: place?.insertedChars ?? 0 },
      left: place ? place.keptChars / place.insertedChars : 0,
      workspaces: workspaces ? JSON.stringify(workspaces) : null,
      limit,
    });
  };
}
