import type { Connection } from "./open.ts";
import type { Spool } from "./spool.ts";
import type { WriteBatch } from "./writeBatch.ts";

/**
 * Takes in what an older Kept spooled under an id. To be called inside a writing transaction: a mark in the same
 * transaction says that it is done, so that it is taken in once, whoever is killed when.
 */
export function takeSpool(connection: Connection, spool: Spool, id: string, write: WriteBatch): void {
  const mark = `spool ${id}`;
  const isDone = connection.prepare<[string], 1>("SELECT 1 FROM marks WHERE name = ?").pluck().get(mark);
  const found = isDone === undefined ? spool.read(id) : undefined;
  if (!found) return;
  const writtenAt = connection
    .prepare<[string], number>("SELECT written_at FROM documents WHERE uri = ?")
    .pluck();
  for (const { at, batch } of found.lines) {
    // What somebody wrote of a document since is newer.
    const documents = batch.documents.filter(({ uri }) => (writtenAt.get(uri) ?? 0) <= at);
    const known = new Set(documents.map(({ uri }) => uri));
    const edits = batch.edits.filter(({ uri }) => known.has(uri) || writtenAt.get(uri) !== undefined);
    write({ ...batch, documents, edits }, at);
  }
  const drops = found.lostEdits > 0 ? [{ name: "spool.full", count: found.lostEdits }] : [];
  write({ documents: [], edits: [], origins: [], removals: [], drops, receipt: undefined }, 0);
  connection.prepare("INSERT INTO marks (name, value) VALUES (?, 1)").run(mark);
}

/** Its file is gone, so nobody can take it in again. To be called inside a writing transaction. */
export function forgetSpoolMark(connection: Connection, id: string): void {
  connection.prepare("DELETE FROM marks WHERE name = ?").run(`spool ${id}`);
}
