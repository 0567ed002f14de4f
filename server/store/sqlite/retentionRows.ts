import {
  addRetention,
  noSamples,
  sumsOfSample,
  type RetentionSums,
} from "../../../core/retention/retentionCurve.ts";
import type { RetentionDay, RetentionRange, RetentionRow } from "../retention.ts";
import type { SampleRow, SumsRange } from "../store.ts";
import type { Connection } from "./open.ts";

type Sampled = Pick<SampleRow, "dueMs" | "arc" | "insertedChars" | "fourGram" | "noRevert"> & {
  readonly late: number;
  readonly otherBranch: number | null;
};

export interface RetentionWrites {
  add(sumId: number, sample: SampleRow): void;
  /** An edit whose samples are added up elsewhere from now on. */
  move(editNumber: number, from: number, to: number): void;
  /** Adds up the samples of an edit whose sums were made anew. */
  addAll(editNumber: number, sumId: number): void;
  /** Makes the sums of a row anew from the samples that are there. */
  makeAgain(sumId: number): void;
}

/** Prepares every statement that adds samples up. Sums that were pruned are added to no more. */
export function prepareRetentionWrites(connection: Connection): RetentionWrites {
  const addUp = connection.prepare<[Record<string, number>]>(
    `INSERT INTO retention_sums (sum_id, due_ms, samples, arc, inserted_chars, arc_squared, inserted_squared,
       arc_times_inserted, judged, reverted, no_revert, four_grams, four_gram, apart)
     SELECT id, @dueMs, @samples, @arc, @insertedChars, @arcSquared, @insertedSquared, @arcTimesInserted, @judged,
       @reverted, @noRevert, @fourGrams, @fourGram, @apart FROM sums WHERE id = @sumId
     ON CONFLICT (sum_id, due_ms) DO UPDATE SET
       samples = samples + excluded.samples, arc = arc + excluded.arc,
       inserted_chars = inserted_chars + excluded.inserted_chars, arc_squared = arc_squared + excluded.arc_squared,
       inserted_squared = inserted_squared + excluded.inserted_squared,
       arc_times_inserted = arc_times_inserted + excluded.arc_times_inserted, judged = judged + excluded.judged,
       reverted = reverted + excluded.reverted, no_revert = no_revert + excluded.no_revert,
       four_grams = four_grams + excluded.four_grams, four_gram = four_gram + excluded.four_gram, apart = apart + excluded.apart`,
  );
  const takeAway = connection.prepare<[Record<string, number>]>(
    `UPDATE retention_sums SET samples = samples - @samples, arc = arc - @arc,
       inserted_chars = inserted_chars - @insertedChars, arc_squared = arc_squared - @arcSquared,
       inserted_squared = inserted_squared - @insertedSquared,
       arc_times_inserted = arc_times_inserted - @arcTimesInserted, judged = judged - @judged,
       reverted = reverted - @reverted, no_revert = no_revert - @noRevert, four_grams = four_grams - @fourGrams,
       four_gram = four_gram - @fourGram, apart = apart - @apart
     WHERE sum_id = @sumId AND due_ms = @dueMs`,
  );
  const removeEmpty = connection.prepare<[number]>(
    "DELETE FROM retention_sums WHERE sum_id = ? AND samples = 0 AND apart = 0",
  );
  const remove = connection.prepare<[number]>("DELETE FROM retention_sums WHERE sum_id = ?");
  const select = `SELECT due_ms AS dueMs, arc, samples.inserted_chars AS insertedChars, four_gram AS fourGram, no_revert AS noRevert, late,
    other_branch AS otherBranch FROM samples`;
  const ofEdit = connection.prepare<[number], Sampled>(`${select} WHERE edit_number = ?`);
  const ofSum = connection.prepare<[number], Sampled>(
    `${select} JOIN edits ON number = edit_number WHERE sum_id = ?`,
  );
  const add = (sumId: number, dueMs: number, sums: RetentionSums) =>
    void addUp.run({ ...sums, sumId, dueMs });
  const addAll = (editNumber: number, sumId: number) => {
    for (const sample of ofEdit.all(editNumber)) add(sumId, sample.dueMs, sumsOf(sample));
  };
  return {
    add: (sumId, sample) => add(sumId, sample.dueMs, sumsOfSample(sample)),
    move: (editNumber, from, to) => {
      if (from === to) return;
      for (const sample of ofEdit.all(editNumber)) {
        const sums = sumsOf(sample);
        takeAway.run({ ...sums, sumId: from, dueMs: sample.dueMs });
        add(to, sample.dueMs, sums);
      }
      removeEmpty.run(from);
    },
    addAll,
    makeAgain: (sumId) => {
      remove.run(sumId);
      const byTime = new Map<number, RetentionSums>();
      for (const sample of ofSum.all(sumId)) {
        const known = byTime.get(sample.dueMs) ?? noSamples;
        byTime.set(sample.dueMs, addRetention(known, sumsOf(sample)));
      }
      for (const [dueMs, sums] of byTime) add(sumId, dueMs, sums);
    },
  };
}

export function prepareRetentionReads(connection: Connection): (range: SumsRange) => RetentionRow[] {
  const read = connection.prepare<[Record<string, unknown>], RetentionRow>(
    `SELECT kind, nullif(tool, '') AS tool, due_ms AS dueMs, sum(samples) AS samples, sum(arc) AS arc,
       sum(inserted_chars) AS insertedChars, sum(arc_squared) AS arcSquared,
       sum(inserted_squared) AS insertedSquared, sum(arc_times_inserted) AS arcTimesInserted,
       sum(judged) AS judged, sum(reverted) AS reverted, sum(no_revert) AS noRevert, sum(four_grams) AS fourGrams,
       sum(four_gram) AS fourGram, sum(apart) AS apart
     FROM retention_of_days
     WHERE day BETWEEN @from AND @to
       AND (@workspaces IS NULL OR workspace <> '' AND workspace IN (SELECT value FROM json_each(@workspaces)))
     GROUP BY kind, tool, due_ms`,
  );
  return ({ from, to, workspaces }) =>
    read.all({ from, to, workspaces: workspaces ? JSON.stringify(workspaces) : null });
}

export function prepareRetentionByDay(connection: Connection): (range: RetentionRange) => RetentionDay[] {
  const read = connection.prepare<[Record<string, unknown>], RetentionDay>(
    `SELECT day, kind, nullif(tool, '') AS tool, nullif(model, '') AS model, due_ms AS dueMs, sum(samples) AS samples,
       sum(arc) AS arc, sum(inserted_chars) AS insertedChars, sum(arc_squared) AS arcSquared,
       sum(inserted_squared) AS insertedSquared, sum(arc_times_inserted) AS arcTimesInserted,
       sum(judged) AS judged, sum(reverted) AS reverted, sum(no_revert) AS noRevert, sum(four_grams) AS fourGrams,
       sum(four_gram) AS fourGram, sum(apart) AS apart
     FROM retention_of_days
     WHERE day BETWEEN @from AND @to AND kind = 'ai' AND due_ms = @dueMs
       AND (@workspaces IS NULL OR workspace <> '' AND workspace IN (SELECT value FROM json_each(@workspaces)))
     GROUP BY day, kind, tool, model`,
  );
  return ({ from, to, workspaces, dueMs }) =>
    read.all({ from, to, dueMs, workspaces: workspaces ? JSON.stringify(workspaces) : null });
}

function sumsOf({ late, otherBranch, ...sample }: Sampled): RetentionSums {
  return sumsOfSample({ ...sample, late: late === 1, otherBranch: otherBranch === 1 });
}
