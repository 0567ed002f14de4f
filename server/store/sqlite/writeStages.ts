import { followingOutcome, wayOf } from "../../../core/summary/funnel.ts";
import { stages, wayStage, type Stage } from "../../../protocol/funnel.ts";
import { committedTypeWith, type TaskType } from "../../../core/requests/taskType.ts";
import type { CommitRow, SeenRow, StageRow } from "../stages.ts";
import type { Connection } from "./open.ts";
import { prepareSetType } from "./writeTaskEdits.ts";

type Counted = Stage | typeof wayStage;
type Outcomes = Readonly<Record<Counted, string | null>>;
type StoredStages = Outcomes & { readonly number: number; readonly sumId: number };

export const stageColumns: Readonly<Record<Stage, string>> = {
  accepted: "accepted",
  keptAt15: "kept_at_15",
  saved: "saved",
  committed: "committed",
  aliveAt30: "alive_at_30",
  problems: "problems",
  repeated: "repeated",
};

/** What of an edit is counted, and where it stands: its stages, and its steps together. */
export const countedColumns = { ...stageColumns, [wayStage]: "way" } as const;
const counted = [...stages, wayStage] as const;
const selected = counted.map((stage) => `${countedColumns[stage]} AS ${stage}`).join(", ");

export interface StageWrites {
  set(row: StageRow): void;
  /** Counts the steps of edits together, once all that a batch says of them is set. */
  settle(): void;
  see(row: SeenRow): void;
  record(row: { readonly editId: string; readonly recordAt: string }): void;
  /** An edit whose outcomes are counted elsewhere from now on. */
  move(editNumber: number, from: number, to: number): void;
  commit(row: CommitRow): void;
  /** The origin of an edit became another. */
  originOf(
    editId: string,
    origin: { kind: string; tool: string | null; model: string | null; mode: string | null },
  ): void;
}

/** Prepares every statement that writes the way of edits. To be called inside a writing transaction. */
export function prepareStageWrites(connection: Connection): StageWrites {
  const select = `SELECT number, sum_id AS sumId, ${selected} FROM edits`;
  const byId = connection.prepare<[string], StoredStages>(`${select} WHERE id = ?`);
  const byNumber = connection.prepare<[number], StoredStages>(`${select} WHERE number = ?`);
  const update = Object.fromEntries(
    stages.map((stage) => [
      stage,
      connection.prepare<[string, number]>(`UPDATE edits SET ${stageColumns[stage]} = ? WHERE number = ?`),
    ]),
  );
  const { add, take } = prepareCount(connection);
  const changed = new Set<number>();
  const setWay = connection.prepare<[string, number]>("UPDATE edits SET way = ? WHERE number = ?");
  const setRecord = connection.prepare<[string, string]>("UPDATE edits SET record_at = ? WHERE id = ?");
  const setSeen = connection.prepare<[string, string]>("UPDATE edits SET seen = ? WHERE id = ?");
  return {
    set: ({ editId, stage, outcome }) => {
      const edit = byId.get(editId);
      if (!edit) return;
      const before = edit[stage] ?? undefined;
      const after = followingOutcome(stage, before, outcome);
      if (after === before) return;
      update[stage]!.run(after, edit.number);
      changed.add(edit.number);
      if (before !== undefined) take(edit.sumId, stage, before);
      add(edit.sumId, stage, after);
    },
    settle: () => {
      for (const number of changed) {
        const edit = byNumber.get(number);
        const way = edit && wayOf(edit);
        if (way === undefined || way === edit!.way) continue;
        setWay.run(way, number);
        if (edit!.way !== null) take(edit!.sumId, wayStage, edit!.way);
        add(edit!.sumId, wayStage, way);
      }
      changed.clear();
    },
    move: (editNumber, from, to) => {
      const edit = byNumber.get(editNumber);
      if (!edit || from === to) return;
      for (const stage of counted) {
        const outcome = edit[stage];
        if (outcome === null) continue;
        take(from, stage, outcome);
        add(to, stage, outcome);
      }
    },
    record: ({ editId, recordAt }) => void setRecord.run(recordAt, editId),
    see: ({ editId, seen }) => void setSeen.run(seen, editId),
    ...prepareCommits(connection),
  };
}

/** Sums that were pruned are counted no more. */
function prepareCount(connection: Connection) {
  const addOne = connection.prepare<[string, string, number]>(
    `INSERT INTO funnel_sums (sum_id, stage, outcome, edits) SELECT id, ?, ?, 1 FROM sums WHERE id = ?
     ON CONFLICT (sum_id, stage, outcome) DO UPDATE SET edits = edits + 1`,
  );
  const takeOne = connection
    .prepare<[number, string, string], number>(
      "UPDATE funnel_sums SET edits = edits - 1 WHERE sum_id = ? AND stage = ? AND outcome = ? RETURNING edits",
    )
    .pluck();
  const remove = connection.prepare<[number, string, string]>(
    "DELETE FROM funnel_sums WHERE sum_id = ? AND stage = ? AND outcome = ?",
  );
  return {
    add: (sumId: number, stage: Counted, outcome: string) => void addOne.run(stage, outcome, sumId),
    take: (sumId: number, stage: Counted, outcome: string) => {
      if (takeOne.get(sumId, stage, outcome) === 0) remove.run(sumId, stage, outcome);
    },
  };
}

function prepareCommits(connection: Connection): Pick<StageWrites, "commit" | "originOf"> {
  const addCommit = connection
    .prepare<[string, string, number], number>(
      "INSERT INTO commits (repository, name, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
    )
    .pluck();
  const addEdit = connection
    .prepare<[string], number>(
      `INSERT INTO committed_edits (edit_id, kind, tool, model, mode)
       SELECT id, kind, tool, model, mode FROM edits WHERE id = ?
       ON CONFLICT (edit_id) DO UPDATE SET kind = excluded.kind RETURNING id`,
    )
    .pluck();
  const addRange = connection.prepare<[number, string, number, number, number]>(
    `INSERT INTO committed_ranges (commit_id, path, first_line, last_line, committed_edit_id)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const setOrigin = connection.prepare<[Record<string, unknown>]>(
    "UPDATE committed_edits SET kind = @kind, tool = @tool, model = @model, mode = @mode WHERE edit_id = @editId",
  );
  const setCommittedType = prepareCommittedType(connection);
  return {
    commit: ({ repository, name, at, files, type }) => {
      const commit = addCommit.get(repository, name, at);
      // Another window was first.
      if (commit === undefined) return;
      if (type !== undefined) {
        const ranges = files.flatMap((file) => file.ranges);
        setCommittedType(new Set(ranges.map(({ editId }) => editId)), type);
      }
      for (const { path, ranges } of files) {
        for (const { firstLine, lastLine, editId } of ranges) {
          const edit = addEdit.get(editId);
          if (edit !== undefined) addRange.run(commit, path, firstLine, lastLine, edit);
        }
      }
    },
    originOf: (editId, { kind, tool, model, mode }) =>
      void setOrigin.run({ editId, kind, tool, model, mode }),
  };
}

/** What a commit says that it is, its tasks are. */
function prepareCommittedType(connection: Connection) {
  const taskOf = connection.prepare<[string], { readonly id: number; readonly committed: string | null }>(
    `SELECT tasks.id, committed_type AS committed FROM edits JOIN tasks ON tasks.id = task_id WHERE edits.id = ?`,
  );
  const set = connection.prepare<[string, number]>("UPDATE tasks SET committed_type = ? WHERE id = ?");
  const setType = prepareSetType(connection);
  return (editIds: Iterable<string>, type: TaskType) => {
    const tasks = new Map([...editIds].flatMap((id) => taskOf.get(id) ?? []).map((task) => [task.id, task]));
    for (const { id, committed } of tasks.values()) {
      set.run(committedTypeWith(committed, type), id);
      setType(id);
    }
  };
}

/** Counts the outcomes of edits again, whose sums were made anew. */
export function prepareRecount(connection: Connection): (editNumber: number, sumId: number) => void {
  const { add } = prepareCount(connection);
  const find = connection.prepare<[number], Outcomes>(`SELECT ${selected} FROM edits WHERE number = ?`);
  return (editNumber, sumId) => {
    const edit = find.get(editNumber);
    for (const stage of counted) {
      const outcome = edit?.[stage];
      if (outcome != null) add(sumId, stage, outcome);
    }
  };
}
