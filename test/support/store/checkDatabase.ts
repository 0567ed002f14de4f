import { join } from "node:path";
import { connect, type Connection } from "../../../server/store/sqlite/open.ts";

/**
 * What is wrong with a database as a whole: its structure, references that lead nowhere, and sums that are not the
 * sums of the edits. The sums are made again in SQL, so that this does not repeat the code it checks.
 */
export function problemsOfDatabase(folder: string): string[] {
  const connection = connectToDatabase(folder);
  try {
    const rows = (sql: string) => connection.prepare(sql).raw().all() as unknown[][];
    const problems = rows("PRAGMA integrity_check")
      .flat()
      .filter((line) => line !== "ok");
    const dangling = rows("PRAGMA foreign_key_check").map((row) => `reference: ${row.join(" ")}`);
    const lost = rows("SELECT uri FROM documents WHERE uri LIKE 'lost:%'").map(
      (row) => `lost: ${row.join()}`,
    );
    const stored = rows(
      `SELECT day, hour, kind, tool, model, mode, workspace, language_id, edits, inserting_edits, inserted_chars,
         deleted_chars, kept_chars, inserted_squared, kept_squared, inserted_times_kept FROM sums`,
    );
    const made = rows(
      `SELECT strftime('%Y-%m-%d', at / 1000 + utc_offset_minutes * 60, 'unixepoch'),
         CAST(strftime('%H', at / 1000 + utc_offset_minutes * 60, 'unixepoch') AS INTEGER),
         kind, ifnull(tool, ''), ifnull(model, ''), ifnull(mode, ''), ifnull(workspace, ''), language_id,
         count(*), sum(inserted_chars > 0), sum(inserted_chars), sum(deleted_chars), sum(kept_chars),
         sum(inserted_chars * inserted_chars), sum(kept_chars * kept_chars), sum(inserted_chars * kept_chars)
       FROM edits JOIN documents ON documents.id = document_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    );
    const missing = differences("sum missing", made, stored);
    const storedRequests = rows(
      `SELECT day, place, tool, model, mode, currency, requests, unpriced, input, output, cache_read, cost_nano, billed_nano
       FROM request_sums`,
    );
    const madeRequests = rows(
      `SELECT strftime('%Y-%m-%d', at / 1000 + utc_offset_minutes * 60, 'unixepoch'), place, tool, ifnull(model, ''),
         ifnull(mode, ''), ifnull(currency, ''), count(*), sum(requests.cost_nano IS NULL), sum(requests.input),
         sum(requests.output), sum(requests.cache_read), ifnull(sum(requests.cost_nano), 0),
         ifnull(sum(billed_nano), 0)
       FROM requests JOIN tasks ON tasks.id = task_id GROUP BY 1, 2, 3, 4, 5, 6`,
    );
    const days = "day, workspace, kind, tool, model, mode";
    const sumsOfDays = madeOf(rows, {
      stored: `SELECT ${days}, hours, edits, inserting_edits, inserted_chars, deleted_chars, kept_chars, inserted_squared,
          kept_squared, inserted_times_kept FROM sums_of_days`,
      made: `SELECT ${days}, count(*), sum(edits), sum(inserting_edits), sum(inserted_chars), sum(deleted_chars),
          sum(kept_chars), sum(inserted_squared), sum(kept_squared), sum(inserted_times_kept)
        FROM sums GROUP BY ${days}`,
    });
    const funnelOfDays = madeOf(rows, {
      stored: `SELECT ${days}, stage, outcome, edits FROM funnel_of_days`,
      made: `SELECT ${days}, stage, outcome, sum(funnel_sums.edits)
        FROM sums JOIN funnel_sums ON sum_id = sums.id GROUP BY ${days}, stage, outcome`,
    });
    const storedWays = rows("SELECT sum_id, outcome, edits FROM funnel_sums WHERE stage = 'way'");
    const madeWays = rows(
      `SELECT sum_id, accepted || '/' || ifnull(kept_at_15, '') || '/' || ifnull(saved, '') || '/' ||
         ifnull(committed, '') || '/' || ifnull(alive_at_30, ''), count(*)
       FROM edits WHERE accepted IS NOT NULL GROUP BY 1, 2`,
    );
    const retentionOfDays = madeOf(rows, {
      stored: `SELECT ${days}, due_ms, samples, arc, inserted_chars, arc_squared, inserted_squared, arc_times_inserted,
          judged, reverted, no_revert, four_grams, four_gram, apart FROM retention_of_days`,
      made: `SELECT ${days}, due_ms, sum(samples), sum(arc), sum(retention_sums.inserted_chars), sum(arc_squared),
          sum(retention_sums.inserted_squared), sum(arc_times_inserted), sum(judged), sum(reverted), sum(no_revert),
          sum(four_grams), sum(four_gram), sum(apart)
        FROM sums JOIN retention_sums ON sum_id = sums.id GROUP BY ${days}, due_ms`,
    });
    const storedOverwrites = rows("SELECT sum_id, of_sum_id, edits, chars FROM overwrite_sums");
    const madeOverwrites = rows(
      `SELECT own.sum_id, other.sum_id, count(*), sum(chars) FROM overwrites
         JOIN edits AS own ON own.number = edit_number JOIN edits AS other ON other.number = of_number
       GROUP BY own.sum_id, other.sum_id`,
    );
    return [
      ...differences("sum of overwrites missing", madeOverwrites, storedOverwrites),
      ...differences("sum of overwrites wrong", storedOverwrites, madeOverwrites),
      ...sumsOfDays,
      ...funnelOfDays,
      ...differences("sum of ways missing", madeWays, storedWays),
      ...differences("sum of ways wrong", storedWays, madeWays),
      ...retentionOfDays,
      ...differences("request sum missing", madeRequests, storedRequests),
      ...differences("request sum wrong", storedRequests, madeRequests),
      ...problems.map(String),
      ...dangling,
      ...lost,
      ...missing,
      ...differences("sum wrong", stored, made),
    ];
  } finally {
    connection.close();
  }
}

/** For looking into the database beside the store. */
export function connectToDatabase(folder: string): Connection {
  return connect(join(folder, "kept.db"), { nativeBinding: undefined, readonly: false, busyTimeoutMs: 5000 });
}

/** What sums of days are, and what the sums they are made of come to. */
function madeOf(
  rows: (sql: string) => unknown[][],
  { stored, made }: { readonly stored: string; readonly made: string },
): string[] {
  const [is, ought] = [rows(stored), rows(made)];
  return [...differences("day missing", ought, is), ...differences("day wrong", is, ought)];
}

function differences(title: string, these: unknown[][], those: unknown[][]): string[] {
  const known = new Set(those.map((row) => JSON.stringify(row)));
  return these
    .map((row) => JSON.stringify(row))
    .filter((text) => !known.has(text))
    .map((text) => `${title}: ${text}`);
}
