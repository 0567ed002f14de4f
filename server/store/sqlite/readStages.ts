import { stages, wayStage, type Stage } from "../../../protocol/funnel.ts";
import type { FunnelRow, KnownCommit, UncommittedRow } from "../stages.ts";
import type { SumsRange } from "../store.ts";
import { holdDays, type Revision } from "./heldRows.ts";
import type { Connection } from "./open.ts";
import { stageColumns } from "./writeStages.ts";

/** At once: what is left is asked for again. */
const mostWaiting = 1000;

export interface StageReads {
  /** With the steps of edits together, which are asked for by themselves. */
  funnel(range: SumsRange, what: "stages" | "ways"): FunnelRow[];
  stagesOf(editId: string): Partial<Record<Stage, string>>;
  unkept(before: number): string[];
  uncommitted(since: number): UncommittedRow[];
  seen(editIds: readonly string[]): Map<string, string>;
  recordAt(editId: string): string | undefined;
  commit(repository: string, name: string): KnownCommit | undefined;
  commitNames(repository: string): string[];
}

export const readNoStages: StageReads = {
  funnel: () => [],
  stagesOf: () => ({}),
  unkept: () => [],
  uncommitted: () => [],
  seen: () => new Map(),
  recordAt: () => undefined,
  commit: () => undefined,
  commitNames: () => [],
};

export function prepareStageReads(connection: Connection, revision: Revision): StageReads {
  const funnel = connection.prepare<[Record<string, unknown>], FunnelRow>(
    `SELECT day, nullif(workspace, '') AS workspace, kind, nullif(tool, '') AS tool, nullif(model, '') AS model,
       nullif(mode, '') AS mode, stage, outcome, edits
     FROM funnel_of_days WHERE day BETWEEN @from AND @to AND (stage = '${wayStage}') = @ways
       AND (@workspaces IS NULL OR workspace <> '' AND workspace IN (SELECT value FROM json_each(@workspaces)))`,
  );
  const outcomes = connection.prepare<[string], Record<Stage, string | null>>(
    `SELECT ${stages.map((stage) => `${stageColumns[stage]} AS ${stage}`).join(", ")} FROM edits WHERE id = ?`,
  );
  const unkept = connection
    .prepare<[number], string>(
      `SELECT id FROM edits WHERE kind = 'ai' AND kept_at_15 IS NULL AND inserted_chars > 0 AND at < ?
       ORDER BY at LIMIT ${mostWaiting}`,
    )
    .pluck();
  const uncommitted = connection.prepare<[number], UncommittedRow>(
    `SELECT edits.id AS editId, uri, seen FROM edits JOIN documents ON documents.id = document_id
     WHERE kind = 'ai' AND committed IS NOT 'committed' AND kept_chars > 0 AND at >= ?`,
  );
  const recordAt = connection
    .prepare<[string], string | null>("SELECT record_at FROM edits WHERE id = ?")
    .pluck();
  const seen = connection.prepare<[string], { id: string; seen: string }>(
    `SELECT edits.id, seen FROM json_each(?) AS wanted CROSS JOIN edits ON edits.id = wanted.value
     WHERE seen IS NOT NULL`,
  );
  const commitNames = connection
    .prepare<[string], string>("SELECT name FROM commits WHERE repository = ? ORDER BY id")
    .pluck();
  const ofDays = holdDays(revision, ({ from, to, workspaces, ways }: SumsRange & { readonly ways: 0 | 1 }) =>
    funnel.all({ from, to, ways, workspaces: workspaces ? JSON.stringify(workspaces) : null }),
  );
  return {
    funnel: (range, what) => ofDays({ ...range, ways: what === "ways" ? 1 : 0 }),
    stagesOf: (editId) => {
      const found = outcomes.get(editId);
      return Object.fromEntries(
        stages.flatMap((stage) => (found?.[stage] == null ? [] : [[stage, found[stage]]])),
      );
    },
    unkept: (before) => unkept.all(before),
    uncommitted: (since) => uncommitted.all(since),
    seen: (editIds) =>
      new Map(seen.all(JSON.stringify(editIds)).map((row): [string, string] => [row.id, row.seen])),
    recordAt: (editId) => recordAt.get(editId) ?? undefined,
    commit: prepareCommit(connection),
    commitNames: (repository) => commitNames.all(repository),
  };
}

type StoredRange = Omit<KnownCommit["files"][number]["ranges"][number], "origin"> &
  KnownCommit["files"][number]["ranges"][number]["origin"] & { readonly path: string };

function prepareCommit(connection: Connection): StageReads["commit"] {
  const find = connection.prepare<[string, string], { id: number; at: number }>(
    "SELECT id, at FROM commits WHERE repository = ? AND name = ?",
  );
  const ranges = connection.prepare<[number], StoredRange>(
    `SELECT path, first_line AS firstLine, last_line AS lastLine, edit_id AS editId, kind, tool, model, mode
     FROM committed_ranges JOIN committed_edits ON committed_edits.id = committed_edit_id
     WHERE commit_id = ? ORDER BY path, first_line`,
  );
  return (repository, name) => {
    const found = find.get(repository, name);
    if (!found) return undefined;
    const byPath = new Map<string, StoredRange[]>();
    for (const row of ranges.all(found.id)) {
      const rows = byPath.get(row.path);
      if (rows) rows.push(row);
      else byPath.set(row.path, [row]);
    }
    const files = [...byPath].map(([path, rows]) => ({
      path,
      ranges: rows.map(({ firstLine, lastLine, editId, kind, tool, model, mode }) => ({
        firstLine,
        lastLine,
        editId,
        origin: { kind, tool, model, mode },
      })),
    }));
    return { repository, name, at: found.at, files };
  };
}
