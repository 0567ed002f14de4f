import { preparePruneFigures } from "./figures.ts";
import type { Connection } from "./open.ts";
import type { Limits } from "../store.ts";

/** Edits deleted in one transaction: about ten milliseconds, in which no other window can write. */
const editsAtOnce = 1000;

export interface PruneSteps {
  /** Deletes some of the edits and says how many; to be called until it answers 0. */
  edits(before: number): number;
  /** The same for what tools record. */
  requests(before: number): number;
  /** Deletes what no edit needs any more, and sums. Says how many sums. */
  rest(limits: Limits): number;
}

/** Prepares the steps of pruning. Each is to be called inside a writing transaction of its own. */
export function preparePruneSteps(connection: Connection): PruneSteps {
  const edits = connection.prepare<[number]>(
    `DELETE FROM edits WHERE number IN (
       SELECT number FROM edits WHERE at < ? ORDER BY at LIMIT ${editsAtOnce})`,
  );
  const documents = connection.prepare<[number]>(
    `DELETE FROM documents WHERE written_at < ?
       AND NOT EXISTS (SELECT 1 FROM edits WHERE document_id = documents.id)`,
  );
  const windows = connection.prepare<[number]>(
    `DELETE FROM windows WHERE written_at < ?
       AND id NOT IN (SELECT window_id FROM edits) AND id NOT IN (SELECT window_id FROM spans)`,
  );
  const sums = connection.prepare<[string]>("DELETE FROM sums WHERE day < ?");
  const [requests, taskEdits] = ["requests", "task_edits"].map((table) =>
    connection.prepare<[number]>(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE at < ? ORDER BY at LIMIT ${editsAtOnce})`,
    ),
  );
  const steps = connection.prepare<[number]>("DELETE FROM steps WHERE at < ?");
  const [requestSums, tasks] = ["request_sums", "tasks"].map((table) =>
    connection.prepare<[string]>(`DELETE FROM ${table} WHERE day < ?`),
  );
  const noteFrom = connection.prepare<[number]>(
    `INSERT INTO marks (name, value) VALUES ('requestsFrom', ?)
     ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`,
  );
  const commits = connection.prepare<[number]>(
    "DELETE FROM commits WHERE repository NOT IN (SELECT repository FROM commits WHERE at >= ?)",
  );
  const committedEdits = connection.prepare(
    `DELETE FROM committed_edits WHERE NOT EXISTS
       (SELECT 1 FROM committed_ranges WHERE committed_edit_id = committed_edits.id)`,
  );
  const tips = connection.prepare<[string]>("DELETE FROM tips WHERE day < ?");
  const figures = preparePruneFigures(connection);
  return {
    edits: (before) => edits.run(before).changes,
    requests: (before) => {
      noteFrom.run(Math.max(0, Math.ceil(before)));
      return requests!.run(before).changes + taskEdits!.run(before).changes;
    },
    rest: ({ editsBefore, sumsBefore }) => {
      documents.run(editsBefore);
      windows.run(editsBefore);
      steps.run(editsBefore);
      tips.run(sumsBefore);
      figures({ editsBefore, sumsBefore });
      // As long as a repository is worked in, and as long as sums are kept.
      const pruned = commits.run(Date.parse(`${sumsBefore}T00:00:00Z`) || 0).changes;
      if (pruned > 0) committedEdits.run();
      requestSums!.run(sumsBefore);
      tasks!.run(sumsBefore);
      return sums.run(sumsBefore).changes;
    },
  };
}
