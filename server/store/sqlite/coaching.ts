import { isSetApart } from "../../../core/fate/setApart.ts";
import { tipRecordSchema, type TipRecord } from "../../../protocol/coaching.ts";
import type { ForgetScope } from "../../../protocol/forget.ts";
import {
  lookedAtMs,
  type CoachingStore,
  type DocumentName,
  type EditedRow,
  type RecentEditRow,
  type TipsWritten,
} from "../coachingRows.ts";
import { prepareQueueTips } from "./outboxRows.ts";
import { holdAnswers, mostLongAnswers, type Revision } from "./heldRows.ts";
import type { Connection } from "./open.ts";

export interface CoachingReads {
  recentAiEdits: CoachingStore["readRecentAiEdits"];
  recentDocuments: CoachingStore["readRecentDocuments"];
  edited: CoachingStore["readEdited"];
  committedLines: CoachingStore["readCommittedLines"];
  tips: CoachingStore["readTips"];
}

export const readNoCoaching: CoachingReads = {
  recentAiEdits: () => [],
  recentDocuments: () => [],
  edited: () => [],
  committedLines: () => [],
  tips: () => [],
};

export function prepareCoachingReads(connection: Connection, revision: Revision): CoachingReads {
  const recent = connection.prepare<[number, number], RecentEditRow>(
    `SELECT uri, workspace, language_id AS languageId, at, utc_offset_minutes AS utcOffsetMinutes, kind, tool, mode,
       kept_chars AS keptChars, four_gram AS fourGram, no_revert AS noRevert, seen, committed, record_at AS recordAt,
       (SELECT max(lines_inserted) FROM samples AS counted
        WHERE counted.edit_number = number AND counted.due_ms <= ${lookedAtMs}) AS lines
     FROM edits JOIN documents ON documents.id = document_id
       LEFT JOIN samples ON edit_number = number AND due_ms = ${lookedAtMs} AND late = 0 AND other_branch IS NOT 1
     WHERE kind = 'ai' AND at >= ? ORDER BY at DESC LIMIT ?`,
  );
  const documents = connection.prepare<[number], DocumentName>(
    "SELECT uri, workspace, language_id AS languageId FROM documents WHERE written_at >= ? ORDER BY uri",
  );
  const edited = connection.prepare<[string, number], EditedRow>(
    `SELECT uri, kind, max(at) AS at, utc_offset_minutes AS utcOffsetMinutes
     FROM json_each(?) AS wanted CROSS JOIN documents ON uri = wanted.value JOIN edits ON document_id = documents.id
     WHERE at >= ? GROUP BY uri, kind, (at / 1000 + utc_offset_minutes * 60) / 86400`,
  );
  // The joins are crossed to begin with the few commits: without statistics the ranges are gone through, all of them.
  const committed = connection.prepare<
    [number],
    { id: number; at: number; path: string; lines: number; aiLines: number }
  >(
    `SELECT commits.id, at, path, sum(last_line - first_line + 1) AS lines,
       sum(CASE WHEN kind = 'ai' THEN last_line - first_line + 1 ELSE 0 END) AS aiLines
     FROM commits CROSS JOIN committed_ranges ON commit_id = commits.id
       CROSS JOIN committed_edits ON committed_edits.id = committed_edit_id
     WHERE at >= ? GROUP BY commits.id, path ORDER BY at, commits.id`,
  );
  const tips = connection.prepare<[], string>("SELECT record FROM tips").pluck();
  const readCommitted: CoachingReads["committedLines"] = (since) => {
    const commits = new Map<number, { at: number; lines: number; aiLines: number }>();
    for (const { id, at, path, lines, aiLines } of committed.all(since)) {
      if (isSetApart(path)) continue;
      const sum = commits.get(id) ?? { at, lines: 0, aiLines: 0 };
      commits.set(id, { at, lines: sum.lines + lines, aiLines: sum.aiLines + aiLines });
    }
    return [...commits.values()];
  };
  return {
    recentAiEdits: holdAnswers(revision, (since, most) => recent.all(since, most), mostLongAnswers),
    recentDocuments: (since) => documents.all(since),
    edited: holdAnswers(revision, (uris, since) => edited.all(JSON.stringify(uris), since), mostLongAnswers),
    committedLines: holdAnswers(revision, readCommitted, mostLongAnswers),
    tips: () => tips.all().flatMap((record) => readTip(record)),
  };
}

/** One of another version is passed over. */
function readTip(record: string): TipRecord[] {
  const parsed = tipRecordSchema.safeParse(JSON.parse(record));
  return parsed.success ? [parsed.data] : [];
}

/** To be called inside a writing transaction. */
export function prepareWriteTips(
  connection: Connection,
): (tips: readonly TipRecord[], written?: TipsWritten) => void {
  const queue = prepareQueueTips(connection);
  const find = connection.prepare<[string], string>("SELECT record FROM tips WHERE name = ?").pluck();
  const update = connection.prepare<[string, string]>("UPDATE tips SET record = ? WHERE name = ?");
  const insert = connection.prepare<[string, string, string, string]>(
    "INSERT INTO tips (name, rule, day, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  return (tips, written) => {
    for (const tip of tips) {
      const record = JSON.stringify(tip);
      const known = find.get(tip.id);
      const { changes } =
        known === undefined ? insert.run(tip.id, tip.rule, tip.day, record) : update.run(record, tip.id);
      if (written && changes > 0) queue(known === undefined ? undefined : readTip(known)[0], tip, written);
    }
  };
}

/** Tips quote numbers: those of days in the scope go with what they quote. */
export function forgetTips(connection: Connection, { from, to }: ForgetScope): void {
  connection
    .prepare<[{ from: string | null; to: string | null }]>(
      "DELETE FROM tips WHERE (@from IS NULL OR day >= @from) AND (@to IS NULL OR day <= @to)",
    )
    .run({ from, to });
  connection
    .prepare<[{ from: string | null; to: string | null }]>(
      "DELETE FROM outbox_tips WHERE (@from IS NULL OR day >= @from) AND (@to IS NULL OR day <= @to)",
    )
    .run({ from, to });
}
