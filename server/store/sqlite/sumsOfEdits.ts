import { prepareStagesOfEdits } from "./forgetStages.ts";
import { prepareOverwriteWrites } from "./overwriteRows.ts";
import type { Connection } from "./open.ts";
import { prepareRetentionWrites } from "./retentionRows.ts";

/** Sums as the single edits that are there say. */
export interface SumsOfEdits {
  /** How many edits there are of a row of sums. */
  countOf(id: number): number;
  /** Makes a row of sums from its edits; one without any is deleted. */
  makeAgain(id: number): void;
}

interface Made {
  id: number;
  edits: number;
  insertingEdits: number;
  insertedChars: number;
  deletedChars: number;
  keptChars: number;
  insertedSquared: number;
  keptSquared: number;
  insertedTimesKept: number;
}

export function prepareSumsOfEdits(connection: Connection): SumsOfEdits {
  const made = new Map(
    connection
      .prepare<[], Made>(
        `SELECT sum_id AS id, count(*) AS edits, sum(inserted_chars > 0) AS insertingEdits,
           sum(inserted_chars) AS insertedChars, sum(deleted_chars) AS deletedChars, sum(kept_chars) AS keptChars,
           sum(inserted_chars * inserted_chars) AS insertedSquared, sum(kept_chars * kept_chars) AS keptSquared,
           sum(inserted_chars * kept_chars) AS insertedTimesKept
         FROM edits GROUP BY sum_id`,
      )
      .all()
      .map((row) => [row.id, row]),
  );
  const update = connection.prepare<[Made]>(
    `UPDATE sums SET edits = @edits, inserting_edits = @insertingEdits, inserted_chars = @insertedChars,
       deleted_chars = @deletedChars, kept_chars = @keptChars, inserted_squared = @insertedSquared,
       kept_squared = @keptSquared, inserted_times_kept = @insertedTimesKept WHERE id = @id`,
  );
  const remove = connection.prepare<[number]>("DELETE FROM sums WHERE id = ?");
  const countStages = prepareStagesOfEdits(connection);
  const retention = prepareRetentionWrites(connection);
  const overwrites = prepareOverwriteWrites(connection);
  return {
    countOf: (id) => made.get(id)?.edits ?? 0,
    makeAgain: (id) => {
      const row = made.get(id);
      if (!row) {
        remove.run(id);
        return;
      }
      update.run(row);
      countStages(id);
      retention.makeAgain(id);
      overwrites.makeAgain(id);
    },
  };
}
