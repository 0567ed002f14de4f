import type { ExportThing } from "../../../protocol/export.ts";
import type { ExportRow } from "../../../core/report/exportText.ts";
import type { NumberedRow, RowsRange } from "../store.ts";
import { stageColumns } from "./writeStages.ts";
import type { Connection } from "./open.ts";

const editDay = "strftime('%Y-%m-%d', edits.at / 1000 + utc_offset_minutes * 60, 'unixepoch')";
const isRecent = `(@from IS NULL OR ${editDay} >= @from)`;

const storedStages = Object.entries({ ...stageColumns, seen: "seen", recordAt: "record_at" });

const ownDay = "strftime('%Y-%m-%d', at / 1000 + utc_offset_minutes * 60, 'unixepoch')";
const tokens = (table: string) =>
  `${table}.input, ${table}.output, ${table}.cache_read AS cacheRead, ${table}.cache_write AS cacheWrite,
   ${table}.cache_write_long AS cacheWriteLong, ${table}.reasoning`;

/** Each gives rows after a number, in its order. Names of columns are those of the export. */
const statements: Record<ExportThing, string> = {
  document: `SELECT documents.id AS "#", uri, workspace, language_id AS languageId, spans, text_hash AS textHash,
      text_length AS textLength, windows.name AS window, session, version
    FROM documents LEFT JOIN spans ON document_id = documents.id LEFT JOIN windows ON windows.id = window_id
    WHERE documents.id > @after AND (@from IS NULL OR EXISTS (
      SELECT 1 FROM edits WHERE edits.document_id = documents.id AND ${isRecent}))
    ORDER BY documents.id LIMIT @limit`,
  edit: `SELECT number AS "#", edits.id, uri, at, utc_offset_minutes AS utcOffsetMinutes, windows.name AS window, session,
      version, inserted_chars AS insertedChars, deleted_chars AS deletedChars, kept_chars AS keptChars, kind, tool, model,
      mode, strength, conflict
    FROM edits JOIN documents ON documents.id = document_id JOIN windows ON windows.id = window_id
    WHERE number > @after AND ${isRecent} ORDER BY number LIMIT @limit`,
  evidence: `SELECT evidence.id AS "#", edits.id AS editId, source, evidence.strength, origin, evidence.at
    FROM evidence JOIN edits ON number = edit_number
    WHERE evidence.id > @after AND ${isRecent} ORDER BY evidence.id LIMIT @limit`,
  sample: `SELECT samples.id AS "#", edits.id AS editId, due_ms AS dueMs, taken_at AS takenAt, arc,
      samples.inserted_chars AS insertedChars, lines_inserted AS linesInserted, lines_deleted AS linesDeleted,
      four_gram AS fourGram, no_revert AS noRevert, late, other_branch AS otherBranch
    FROM samples JOIN edits ON number = edit_number
    WHERE samples.id > @after AND ${isRecent} ORDER BY samples.id LIMIT @limit`,
  day: `SELECT id AS "#", day, hour, nullif(workspace, '') AS workspace, language_id AS languageId, kind,
      nullif(tool, '') AS tool, nullif(model, '') AS model, nullif(mode, '') AS mode, edits,
      inserting_edits AS insertingEdits, inserted_chars AS insertedChars, deleted_chars AS deletedChars,
      kept_chars AS keptChars, inserted_squared AS insertedSquared, kept_squared AS keptSquared,
      inserted_times_kept AS insertedTimesKept
    FROM sums WHERE id > @after AND (@from IS NULL OR day >= @from) ORDER BY id LIMIT @limit`,
  stage: storedStages
    .map(
      ([stage, column], place) =>
        `SELECT number * ${storedStages.length} + ${place} AS "#", id AS editId, '${stage}' AS stage, ${column} AS outcome FROM edits
         WHERE ${column} IS NOT NULL AND number * ${storedStages.length} + ${place} > @after AND ${isRecent}`,
    )
    .join(" UNION ALL ")
    .concat(' ORDER BY "#" LIMIT @limit'),
  funnel: `SELECT funnel_sums.id AS "#", day, nullif(workspace, '') AS workspace, language_id AS languageId, kind,
      nullif(tool, '') AS tool, nullif(model, '') AS model, nullif(mode, '') AS mode, stage, outcome,
      funnel_sums.edits AS edits
    FROM funnel_sums JOIN sums ON sums.id = sum_id
    WHERE funnel_sums.id > @after AND (@from IS NULL OR day >= @from) ORDER BY funnel_sums.id LIMIT @limit`,
  retention: `SELECT retention_sums.id AS "#", day, nullif(workspace, '') AS workspace, language_id AS languageId, kind,
      nullif(tool, '') AS tool, nullif(model, '') AS model, nullif(mode, '') AS mode, due_ms AS dueMs, samples, arc,
      retention_sums.inserted_chars AS insertedChars, arc_squared AS arcSquared,
      retention_sums.inserted_squared AS insertedSquared, arc_times_inserted AS arcTimesInserted, judged, reverted,
      no_revert AS noRevert, four_grams AS fourGrams, four_gram AS fourGram, apart
    FROM retention_sums JOIN sums ON sums.id = sum_id
    WHERE retention_sums.id > @after AND (@from IS NULL OR day >= @from) ORDER BY retention_sums.id LIMIT @limit`,
  overwrite: `SELECT overwrites.id AS "#", edits.id AS editId, other.id AS ofEditId, chars
    FROM overwrites JOIN edits ON edits.number = edit_number JOIN edits AS other ON other.number = of_number
    WHERE overwrites.id > @after AND (@from IS NULL
      OR strftime('%Y-%m-%d', edits.at / 1000 + edits.utc_offset_minutes * 60, 'unixepoch') >= @from)
    ORDER BY overwrites.id LIMIT @limit`,
  overwriteDay: `SELECT overwrite_sums.id AS "#", own.day, nullif(own.workspace, '') AS workspace,
      own.language_id AS languageId, own.kind, nullif(own.tool, '') AS tool, nullif(own.model, '') AS model,
      nullif(own.mode, '') AS mode, other.kind AS ofKind, nullif(other.tool, '') AS ofTool,
      nullif(other.model, '') AS ofModel, nullif(other.mode, '') AS ofMode, overwrite_sums.edits, chars
    FROM overwrite_sums JOIN sums AS own ON own.id = sum_id JOIN sums AS other ON other.id = of_sum_id
    WHERE overwrite_sums.id > @after AND (@from IS NULL OR own.day >= @from)
    ORDER BY overwrite_sums.id LIMIT @limit`,
  commit: `SELECT committed_ranges.id AS "#", repository, name, at, path, first_line AS firstLine, last_line AS lastLine,
      edit_id AS editId, kind, tool, model, mode
    FROM committed_ranges JOIN commits ON commits.id = commit_id
      JOIN committed_edits ON committed_edits.id = committed_edit_id
    WHERE committed_ranges.id > @after
      AND (@from IS NULL OR strftime('%Y-%m-%d', at / 1000, 'unixepoch') >= @from)
    ORDER BY committed_ranges.id LIMIT @limit`,
  tip: `SELECT id AS "#", name AS id, rule, day,
      ${[
        "ruleVersion",
        "at",
        "isHeldOut",
        "state",
        "changedAt",
        "snoozedUntil",
        "nudgedAt",
        "message",
        "before",
        "after",
        "effect",
      ]
        .map((column) => `json_extract(record, '$.${column}') AS "${column}"`)
        .join(", ")}
    FROM tips WHERE id > @after AND (@from IS NULL OR day >= @from) ORDER BY id LIMIT @limit`,
  task: `SELECT id AS "#", key, tool, nullif(place, '') AS place, day, began_at AS beganAt, ended_at AS endedAt, models,
      modes, type, requests, unpriced, ${tokens("tasks")}, cost_nano AS costNano, edits, applied, changes,
      kept_changes AS keptChanges, failed, rejected, files, lines
    FROM tasks WHERE id > @after AND (@from IS NULL OR day >= @from) ORDER BY id LIMIT @limit`,
  request: `SELECT requests.id AS "#", requests.key, tasks.key AS taskKey, at, utc_offset_minutes AS utcOffsetMinutes, model,
      mode, ${tokens("requests")}, latency_ms AS latencyMs, requests.cost_nano AS costNano,
      price_version AS priceVersion, billed_nano AS billedNano, currency, subagent, is_sum AS isSum
    FROM requests JOIN tasks ON tasks.id = task_id
    WHERE requests.id > @after AND (@from IS NULL OR ${ownDay} >= @from) ORDER BY requests.id LIMIT @limit`,
  taskEdit: `SELECT task_edits.id AS "#", task_edits.key, tasks.key AS taskKey, at, utc_offset_minutes AS utcOffsetMinutes,
      uri, mode, lines_added AS linesAdded, lines_deleted AS linesDeleted, outcome
    FROM task_edits JOIN tasks ON tasks.id = task_id
    WHERE task_edits.id > @after AND (@from IS NULL OR ${ownDay} >= @from) ORDER BY task_edits.id LIMIT @limit`,
  step: `SELECT id AS "#", key, task_key AS taskKey, tool, place, at, utc_offset_minutes AS utcOffsetMinutes, kind, subject
    FROM steps WHERE id > @after AND (@from IS NULL OR ${ownDay} >= @from) ORDER BY id LIMIT @limit`,
  requestDay: `SELECT id AS "#", day, nullif(place, '') AS place, tool, nullif(model, '') AS model,
      nullif(mode, '') AS mode, nullif(currency, '') AS currency, requests, unpriced, unpriced_tokens AS unpricedTokens,
      subagent, ${tokens("request_sums")}, cost_nano AS costNano, billed_nano AS billedNano,
      (SELECT json_group_array(json_array(bucket, requests)) FROM
        (SELECT bucket, requests FROM request_latencies WHERE sum_id = request_sums.id ORDER BY bucket)) AS latencies
    FROM request_sums WHERE id > @after AND (@from IS NULL OR day >= @from) ORDER BY id LIMIT @limit`,
  toolFigure: `SELECT id AS "#", day, tool, measure, detail, count, total FROM tool_figures
    WHERE id > @after AND (@from IS NULL OR day >= @from) ORDER BY id LIMIT @limit`,
  allowance: `SELECT id AS "#", tool, window_minutes AS windowMinutes, used_share AS usedShare, resets_at AS resetsAt,
      read_at AS readAt
    FROM allowances WHERE id > @after ORDER BY id LIMIT @limit`,
  heard: `SELECT id AS "#", tool, way, at, taken, not_understood AS notUnderstood FROM heard
    WHERE id > @after ORDER BY id LIMIT @limit`,
  drop: `SELECT id AS "#", name, count FROM drops WHERE id > @after ORDER BY id LIMIT @limit`,
  receipt: `SELECT id AS "#", name AS window, sequence, written_at AS writtenAt FROM windows
    WHERE id > @after ORDER BY id LIMIT @limit`,
  note: `SELECT id AS "#", name, text FROM notes WHERE id > @after ORDER BY id LIMIT @limit`,
};

/** What SQLite keeps as 0 and 1. */
const switches = new Set(["conflict", "late", "otherBranch", "isHeldOut", "subagent"]);

export function readAllRows(connection: Connection, thing: ExportThing, range: RowsRange): NumberedRow[] {
  return connection
    .prepare<[RowsRange], ExportRow & { readonly "#": number }>(statements[thing])
    .all(range)
    .map(({ "#": number, ...row }) => ({
      number,
      row: Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, switches.has(name) ? asSwitch(value) : value]),
      ),
    }));
}

function asSwitch(value: ExportRow[string] | undefined): boolean | null {
  return value === null ? null : value === 1;
}
