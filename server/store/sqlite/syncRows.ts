import { consentSchema, type Consent, type OutboxDay, type OutboxTally } from "../../../protocol/sync.ts";
import {
  goesOn,
  type BatchRow,
  type ConsentChange,
  type DeletionRow,
  type Freezing,
  type FrozenBatch,
  type SyncChange,
  type SyncLimits,
  type WorkFolderRow,
} from "../sync.ts";
import {
  isAgreedTo,
  isQueueing,
  prepareReadTallies,
  prepareTakeBeyond,
  prepareTakeTallies,
} from "./outboxRows.ts";
import type { Connection } from "./open.ts";

export interface SyncReads {
  consent(): Consent | undefined;
  workFolders(): WorkFolderRow[];
  outbox(before: string): OutboxDay[];
  tallies(before: string): OutboxTally[];
  batches(): BatchRow[];
  deletions(): DeletionRow[];
}

/** To be called inside a writing transaction. */
export interface SyncWrites {
  join(consent: Consent): void;
  changeConsent(change: ConsentChange, now: number): void;
  leave(deletions: readonly DeletionRow[]): void;
  setWorkFolder(workspace: string, since: number | null): void;
  freeze(freezing: Freezing, now: number): void;
  settle(change: SyncChange, now: number): void;
  forgetRefused(): void;
  prune(limits: SyncLimits): void;
}

/** What waits, and is given up with the consent. */
const outboxes = ["outbox", "outbox_requests", "outbox_tips"];

const localDay = "date((at + utc_offset_minutes * 60000) / 1000, 'unixepoch')";

export function prepareSyncReads(connection: Connection): SyncReads {
  const consent = connection.prepare<[], string>("SELECT body FROM consents").pluck();
  const folders = connection.prepare<[], WorkFolderRow>(
    "SELECT workspace, since FROM work_folders ORDER BY workspace",
  );
  const outbox = connection.prepare<[string], OutboxDay>(
    `SELECT ${localDay} AS day, kind, tool, mode, count(*) AS edits, sum(inserted_chars) AS insertedChars,
       sum(kept_chars) AS keptChars
     FROM outbox JOIN edits ON number = edit_number WHERE ${localDay} < ?
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, ifnull(tool, ''), ifnull(mode, '')`,
  );
  const batches = connection.prepare<[], StoredBatch>(
    `SELECT name, week, records, bytes, frozen_at AS frozenAt, due_at AS dueAt, attempts, mistakes,
       failing_since AS since, state, ended_at AS endedAt, reason FROM batches ORDER BY id`,
  );
  const deletions = connection.prepare<[], StoredDeletion>(
    `SELECT endpoint, week, week_key AS weekKey, due_at AS dueAt, attempts, mistakes, failing_since AS since
     FROM deletions ORDER BY id`,
  );
  return {
    // What does not have the form of a consent is none.
    consent: () => {
      const text = consent.get();
      return text === undefined ? undefined : consentSchema.safeParse(JSON.parse(text)).data;
    },
    workFolders: () => folders.all(),
    outbox: (before) => outbox.all(before),
    tallies: prepareReadTallies(connection),
    batches: () =>
      batches.all().map(({ name, attempts, mistakes, since, ...row }) => ({
        ...row,
        id: name,
        failures: { attempts, mistakes, since },
      })),
    deletions: () =>
      deletions.all().map(({ attempts, mistakes, since, ...row }) => ({
        ...row,
        failures: { attempts, mistakes, since },
      })),
  };
}

export const readNoSync: SyncReads = {
  consent: () => undefined,
  workFolders: () => [],
  outbox: () => [],
  tallies: () => [],
  batches: () => [],
  deletions: () => [],
};

interface StoredFailures {
  attempts: number;
  mistakes: number;
  since: number | null;
}
type StoredBatch = Omit<BatchRow, "id" | "failures"> & { name: string } & StoredFailures;
type StoredDeletion = Omit<DeletionRow, "failures"> & StoredFailures;

export function prepareSyncWrites(connection: Connection): SyncWrites {
  const read = prepareSyncReads(connection);
  const setConsent = connection.prepare<[string]>("INSERT OR REPLACE INTO consents (id, body) VALUES (1, ?)");
  const addFolder = connection.prepare<[string, number]>(
    "INSERT OR IGNORE INTO work_folders (workspace, since) VALUES (?, ?)",
  );
  const removeFolder = connection.prepare<[string]>("DELETE FROM work_folders WHERE workspace = ?");
  const takeOfFolder = connection.prepare<[string]>(
    `DELETE FROM outbox WHERE edit_number IN (
       SELECT number FROM edits JOIN outbox ON number = edit_number
         JOIN documents ON documents.id = document_id WHERE workspace = ?)`,
  );
  const takeRequestsOfFolder = connection.prepare<[string, string, string]>(
    `DELETE FROM outbox_requests WHERE request_id IN (
       SELECT requests.id FROM requests JOIN outbox_requests ON requests.id = request_id
         JOIN tasks ON tasks.id = task_id
       WHERE place = ? OR substr(place, 1, length(?) + 1) = ? || '/')`,
  );
  const takeTallies = prepareTakeTallies(connection);
  const beginAgain = connection.prepare<[number]>("UPDATE work_folders SET since = ?");
  const empty = (...tables: string[]) => {
    for (const table of tables) connection.exec(`DELETE FROM ${table}`);
  };
  const addDrop = connection.prepare<[string, number]>(
    `INSERT INTO drops (name, count) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET count = count + excluded.count`,
  );
  const drop = (name: string, count: number) => {
    if (count > 0) addDrop.run(name, count);
  };
  const takeBefore = connection.prepare<[string]>(
    `DELETE FROM outbox WHERE edit_number IN
       (SELECT number FROM edits JOIN outbox ON number = edit_number WHERE ${localDay} < ?)`,
  );
  const addBatch = connection.prepare<[string, string, number, Uint8Array, number, number]>(
    "INSERT INTO batches (name, week, records, bytes, frozen_at, due_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const add = ({ id, week, records, bytes }: FrozenBatch, now: number, frozenAt = now) =>
    void addBatch.run(id, week, records, bytes, frozenAt, now);
  const addDeletion = connection.prepare<[string, string, string, number]>(
    "INSERT OR IGNORE INTO deletions (endpoint, week, week_key, due_at) VALUES (?, ?, ?, ?)",
  );
  const take = (day: string) =>
    takeBefore.run(day).changes + takeTallies.requests(day) + takeTallies.tips(day);
  const takeBeyond = prepareTakeBeyond(connection);
  return {
    join: (consent) => {
      empty("work_folders", ...outboxes, "batches");
      setConsent.run(JSON.stringify(consent));
    },
    changeConsent: (change, now) => {
      const consent = read.consent();
      if (!consent) return;
      setConsent.run(JSON.stringify({ ...consent, ...change }));
      if (goesOn(consent, change)) beginAgain.run(now);
    },
    leave: (deletions) => {
      empty("consents", "work_folders", ...outboxes, "batches");
      for (const { endpoint, week, weekKey, dueAt } of deletions)
        addDeletion.run(endpoint, week, weekKey, dueAt);
    },
    setWorkFolder: (workspace, since) => {
      if (since !== null) addFolder.run(workspace, since);
      else if (removeFolder.run(workspace).changes > 0) {
        takeOfFolder.run(workspace);
        takeRequestsOfFolder.run(workspace, workspace, workspace);
      }
    },
    freeze: ({ from, before, make, besides }, now) => {
      drop("sync.tooOld", take(from));
      const days = read.outbox(before);
      const tallies = [...read.tallies(before), ...(besides?.tallies ?? [])];
      const consent = besides && read.consent();
      if (consent) setConsent.run(JSON.stringify({ ...consent, ...besides.change }));
      if (days.length + tallies.length === 0) return;
      for (const batch of make(days, tallies)) add(batch, now);
      take(before);
    },
    forgetRefused: () => void connection.exec("DELETE FROM batches WHERE state = 'refused'"),
    settle: prepareSettle(connection, add),
    prune: ({ outboxFrom, outbox, waitingBefore, bytes, endedBefore }) => {
      drop("sync.tooOld", take(outboxFrom));
      drop("sync.tooMany", takeBeyond(outbox));
      connection.prepare<[number]>("DELETE FROM batches WHERE ended_at < ?").run(endedBefore);
      const lost = connection
        .prepare<[string, number], number>(
          `SELECT records FROM (SELECT id, week, records, sum(length(bytes)) OVER (ORDER BY id DESC) AS kept
             FROM batches WHERE state = 'waiting') WHERE week < ? OR kept > ?`,
        )
        .pluck()
        .all(waitingBefore, bytes);
      connection
        .prepare<[string, number]>(
          `DELETE FROM batches WHERE id IN (SELECT id FROM (SELECT id, week,
             sum(length(bytes)) OVER (ORDER BY id DESC) AS kept
             FROM batches WHERE state = 'waiting') WHERE week < ? OR kept > ?)`,
        )
        .run(waitingBefore, bytes);
      drop(
        "sync.notSent",
        lost.reduce((sum, records) => sum + records, 0),
      );
    },
  };
}

function prepareSettle(
  connection: Connection,
  add: (batch: FrozenBatch, now: number, frozenAt: number) => void,
): SyncWrites["settle"] {
  const end = connection.prepare<[string, string, number, string]>(
    "UPDATE batches SET state = ?, reason = ?, ended_at = ? WHERE name = ? AND state = 'waiting'",
  );
  const delay = connection.prepare<[number, number, number, number | null, string]>(
    `UPDATE batches SET due_at = ?, attempts = ?, mistakes = ?, failing_since = ?
     WHERE name = ? AND state = 'waiting'`,
  );
  const take = connection
    .prepare<[string], number>("DELETE FROM batches WHERE name = ? AND state = 'waiting' RETURNING frozen_at")
    .pluck();
  const deleted = connection.prepare<[string]>("DELETE FROM deletions WHERE week_key = ?");
  const delayDeletion = connection.prepare<[number, number, number, number | null, string]>(
    "UPDATE deletions SET due_at = ?, attempts = ?, mistakes = ?, failing_since = ? WHERE week_key = ?",
  );
  return (change, now) => {
    switch (change.change) {
      case "ended":
        end.run(change.state, change.reason, now, change.id);
        return;
      case "delayed": {
        const { attempts, mistakes, since } = change.failures;
        delay.run(change.dueAt, attempts, mistakes, since, change.id);
        return;
      }
      case "replaced": {
        const frozenAt = take.get(change.id);
        if (frozenAt === undefined) return;
        const { attempts, mistakes, since } = change.failures;
        for (const batch of change.batches) {
          add(batch, now, frozenAt);
          delay.run(now, attempts, mistakes, since, batch.id);
        }
        return;
      }
      case "deleted":
        deleted.run(change.weekKey);
        return;
      case "deletionDelayed": {
        const { attempts, mistakes, since } = change.failures;
        delayDeletion.run(change.dueAt, attempts, mistakes, since, change.weekKey);
      }
    }
  };
}

/** Puts an edit into the outbox if its folder is a work folder. */
export function prepareQueue(connection: Connection): (edit: QueuedEdit) => void {
  const queue = connection.prepare<[number, string | null, number]>(
    `INSERT OR IGNORE INTO outbox (edit_number, with_funnel)
     SELECT ?, ${isAgreedTo("kept.funnel/accepted")} FROM work_folders
     WHERE workspace = ? AND since <= ? AND EXISTS (SELECT 1 FROM consents WHERE ${isQueueing})`,
  );
  return ({ number, workspace, at }) => void queue.run(number, workspace, at);
}

interface QueuedEdit {
  readonly number: number;
  readonly workspace: string | null;
  readonly at: number;
}
