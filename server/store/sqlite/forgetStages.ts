import { localDay } from "../../../core/day.ts";
import { isForgotten } from "../../../core/forgetting.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { OriginKind } from "../../../protocol/origin.ts";
import type { Connection } from "./open.ts";
import { countedColumns } from "./writeStages.ts";

interface FoundRange {
  readonly id: number;
  readonly at: number;
  readonly repository: string;
  readonly editId: string;
  readonly kind: OriginKind;
  readonly tool: string | null;
}

/** Deletes committed lines that are in a scope, or of edits that are. To be called before these are gone. */
export function forgetCommits(
  connection: Connection,
  scope: ForgetScope,
  edits: readonly { readonly number: number }[],
): void {
  const idOf = connection.prepare<[number], string>("SELECT id FROM edits WHERE number = ?").pluck();
  const gone = new Set(edits.map(({ number }) => idOf.get(number)));
  const remove = connection.prepare<[number]>("DELETE FROM committed_ranges WHERE id = ?");
  const found = connection
    .prepare<[], FoundRange>(
      `SELECT committed_ranges.id, at, repository, edit_id AS editId, kind, tool FROM committed_ranges
         JOIN commits ON commits.id = commit_id JOIN committed_edits ON committed_edits.id = committed_edit_id`,
    )
    .all();
  for (const { id, at, repository, editId, kind, tool } of found) {
    const { day } = localDay({ at, utcOffsetMinutes: 0 });
    if (gone.has(editId) || isForgotten({ day, kind, tool }, [repository], scope)) remove.run(id);
  }
  connection.exec(
    `DELETE FROM commits WHERE NOT EXISTS (SELECT 1 FROM committed_ranges WHERE commit_id = commits.id);
     DELETE FROM committed_edits
       WHERE NOT EXISTS (SELECT 1 FROM committed_ranges WHERE committed_edit_id = committed_edits.id)`,
  );
}

/** Makes the counts of outcomes of a row of sums from the edits that are there. */
export function prepareStagesOfEdits(connection: Connection): (sumId: number) => void {
  const remove = connection.prepare<[number]>("DELETE FROM funnel_sums WHERE sum_id = ?");
  const adds = Object.entries(countedColumns).map(([stage, column]) =>
    connection.prepare<[number]>(
      `INSERT INTO funnel_sums (sum_id, stage, outcome, edits)
       SELECT sum_id, '${stage}', ${column}, count(*) FROM edits
       WHERE sum_id = ? AND ${column} IS NOT NULL GROUP BY ${column}`,
    ),
  );
  return (sumId) => {
    remove.run(sumId);
    for (const add of adds) add.run(sumId);
  };
}
