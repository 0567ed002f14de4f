import type { OverwriteRow, OverwriteSumRow } from "../overwrites.ts";
import type { SumsRange } from "../store.ts";
import { holdAnswers, type Revision } from "./heldRows.ts";
import type { Connection } from "./open.ts";

export interface OverwriteWrites {
  /** What is of edits that are not there is passed over. */
  add(row: OverwriteRow): void;
  /** An edit whose sums are others from now on. */
  move(editNumber: number, from: number, to: number): void;
  /** Makes what is counted by a row of sums from the edits that are there. */
  makeAgain(sumId: number): void;
  /** Counts the pairs of edits that are there and in no sum. */
  addMissing(): void;
}

interface Pair {
  readonly other: number;
  readonly chars: number;
}

/** Prepares what writes who took out whose text. To be called inside a writing transaction. */
export function prepareOverwriteWrites(connection: Connection): OverwriteWrites {
  const add = connection.prepare<
    [OverwriteRow],
    { id: number; sumId: number; ofSumId: number; isNew: number }
  >(
    `INSERT INTO overwrites (edit_number, of_number, chars)
     SELECT own.number, other.number, @chars FROM edits AS own JOIN edits AS other ON other.id = @ofEditId
       WHERE own.id = @editId AND own.number <> other.number AND NOT (own.kind = 'human' AND other.kind = 'human')
     ON CONFLICT (edit_number, of_number) DO UPDATE SET chars = chars + excluded.chars
     RETURNING id, chars = @chars AS isNew, (SELECT sum_id FROM edits WHERE number = edit_number) AS sumId,
       (SELECT sum_id FROM edits WHERE number = of_number) AS ofSumId`,
  );
  const count = connection.prepare<[{ sumId: number; ofSumId: number; edits: number; chars: number }]>(
    `INSERT INTO overwrite_sums (sum_id, of_sum_id, edits, chars)
     SELECT own.id, other.id, @edits, @chars FROM sums AS own JOIN sums AS other ON other.id = @ofSumId
       WHERE own.id = @sumId
     ON CONFLICT (sum_id, of_sum_id) DO UPDATE SET edits = edits + excluded.edits, chars = chars + excluded.chars`,
  );
  const take = connection
    .prepare<[{ sumId: number; ofSumId: number; chars: number }], number>(
      `UPDATE overwrite_sums SET edits = edits - 1, chars = chars - @chars
       WHERE sum_id = @sumId AND of_sum_id = @ofSumId RETURNING edits`,
    )
    .pluck();
  const remove = connection.prepare<[{ sumId: number; ofSumId: number }]>(
    "DELETE FROM overwrite_sums WHERE sum_id = @sumId AND of_sum_id = @ofSumId",
  );
  const pairs = (own: string, other: string) =>
    connection.prepare<[number], Pair>(
      `SELECT sum_id AS other, chars FROM overwrites JOIN edits ON number = ${other} WHERE ${own} = ?`,
    );
  const [byIt, ofIt] = [pairs("edit_number", "of_number"), pairs("of_number", "edit_number")];
  const moveOne = (from: { sumId: number; ofSumId: number }, to: typeof from, chars: number) => {
    if (take.get({ ...from, chars }) === 0) remove.run(from);
    count.run({ ...to, edits: 1, chars });
  };
  const forget = connection.prepare<[{ id: number }]>(
    "DELETE FROM overwrite_sums WHERE sum_id = @id OR of_sum_id = @id",
  );
  const addUp = connection.prepare<[{ id: number | null }]>(
    `INSERT OR IGNORE INTO overwrite_sums (sum_id, of_sum_id, edits, chars)
     SELECT own.sum_id, other.sum_id, count(*), sum(chars)
     FROM overwrites JOIN edits AS own ON own.number = edit_number JOIN edits AS other ON other.number = of_number
     WHERE (@id IS NULL OR own.sum_id = @id OR other.sum_id = @id)
       AND own.sum_id IN (SELECT id FROM sums) AND other.sum_id IN (SELECT id FROM sums)
     GROUP BY own.sum_id, other.sum_id`,
  );
  return {
    add: (row) => {
      const added = add.get(row);
      if (!added) return;
      const { sumId, ofSumId, isNew } = added;
      count.run({ sumId, ofSumId, edits: isNew, chars: row.chars });
    },
    move: (editNumber, from, to) => {
      if (from === to) return;
      for (const { other, chars } of byIt.all(editNumber))
        moveOne({ sumId: from, ofSumId: other }, { sumId: to, ofSumId: other }, chars);
      for (const { other, chars } of ofIt.all(editNumber))
        moveOne({ sumId: other, ofSumId: from }, { sumId: other, ofSumId: to }, chars);
    },
    makeAgain: (id) => {
      forget.run({ id });
      addUp.run({ id });
    },
    addMissing: () => void addUp.run({ id: null }),
  };
}

export interface OverwriteReads {
  overwrites(range: SumsRange): OverwriteSumRow[];
}

export const readNoOverwrites: OverwriteReads = { overwrites: () => [] };

export function prepareOverwriteReads(connection: Connection, revision: Revision): OverwriteReads {
  const statement = connection.prepare<[Record<string, unknown>], OverwriteSumRow>(
    `SELECT own.kind, nullif(own.tool, '') AS tool, other.kind AS ofKind, nullif(other.tool, '') AS ofTool,
       sum(overwrite_sums.edits) AS edits, sum(overwrite_sums.chars) AS chars
     FROM sums AS own JOIN overwrite_sums ON sum_id = own.id JOIN sums AS other ON other.id = of_sum_id
     WHERE own.day BETWEEN @from AND @to AND (@workspaces IS NULL
       OR own.workspace <> '' AND own.workspace IN (SELECT value FROM json_each(@workspaces)))
     GROUP BY 1, 2, 3, 4`,
  );
  return {
    overwrites: holdAnswers(revision, ({ from, to, workspaces }: SumsRange) =>
      statement.all({ from, to, workspaces: workspaces ? JSON.stringify(workspaces) : null }),
    ),
  };
}
