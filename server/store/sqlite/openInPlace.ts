import { accessSync, constants, statfsSync } from "node:fs";
import { checkIntegrity } from "./checkIntegrity.ts";
import { identityOf, logSizeOf, type DatabaseFiles } from "./databaseFiles.ts";
import { classifyFailure } from "./failures.ts";
import { chooseJournal, isNetworkFolder } from "./journal.ts";
import { Lease } from "./lease.ts";
import { migrations, newestFormat } from "./migrations.ts";
import { migrate, readFormat } from "./migrate.ts";
import { configure, connect, patienceMs, sqliteVersion, type Connection } from "./open.ts";
import { prepareReads, readNothing, type Reads } from "./readRows.ts";
import { writeSchemaCopy } from "./schemaCopy.ts";
import { Session } from "./session.ts";
import { Writer } from "./writer.ts";
import type { DatabasePlace } from "./databasePlace.ts";
import type { FolderLock } from "./folderLock.ts";

export interface Damage {
  /** Which file it was met in. */
  readonly identity: string | undefined;
  readonly thrown: unknown;
}

/** Opens a file that is there. To be called while it cannot be replaced. */
export function openInPlace(
  place: DatabasePlace,
  files: DatabaseFiles,
  lock: FolderLock,
  busyTimeoutMs: number,
): Session | Damage {
  const identity = identityOf(files.database);
  const options = { nativeBinding: place.nativeBinding, busyTimeoutMs };
  const connections: Connection[] = [];
  const connectTo = (readonly: boolean) => {
    const connection = connect(files.database, { ...options, readonly });
    connections.push(connection);
    return connection;
  };
  try {
    const reading = connectTo(true);
    const found = readFormat(reading);
    if (found > newestFormat) {
      place.report({ code: "store.newer", details: { found, known: newestFormat } });
      const reads = readsOfNewer(reading);
      return new Session({ connection: reading, lock, files, identity, reads, writer: undefined });
    }
    const wasLeftOpen = logSizeOf(files) > 0;
    reading.close();
    // SQLite opens a file that may not be written all the same, and says so at the first write.
    accessSync(files.database, constants.W_OK);
    const connection = connectTo(false);
    prepareForWriting(connection, place);
    tryWriteSchemaCopy(connection, files);
    const reads = prepareReads(connection);
    const lease = new Lease(connection, place.owner);
    const isOpenElsewhere = lease.isHeldByAnybody(place.now());
    checkIntegrity(connection, { now: place.now(), mayBeDamaged: wasLeftOpen && !isOpenElsewhere });
    const sender = new Lease(connection, place.owner, "sender");
    const writer = new Writer(connection, files, reads, { caretaker: lease, sender });
    connection.pragma(`busy_timeout = ${patienceMs}`);
    return new Session({ connection, lock, files, identity, reads, writer });
  } catch (thrown) {
    for (const connection of connections) connection.close();
    if (classifyFailure(thrown) !== "damaged") throw thrown;
    return { identity, thrown };
  }
}

function prepareForWriting(connection: Connection, { folder }: DatabasePlace): void {
  const { type: fileSystem } = statfsSync(folder);
  const onNetwork = isNetworkFolder({ platform: process.platform, folder, fileSystem });
  configure(connection, chooseJournal({ sqliteVersion: sqliteVersion(connection), onNetwork }));
  migrate(connection, migrations);
}
/** It only helps where the database is damaged. */
function tryWriteSchemaCopy(connection: Connection, files: DatabaseFiles): void {
  try {
    writeSchemaCopy(connection, files.schema);
  } catch (thrown) {
    if (classifyFailure(thrown) === "mistake") throw thrown;
  }
}

/** A newer Kept may have changed the tables: then there is nothing this one can read. */
function readsOfNewer(connection: Connection): Reads {
  try {
    return prepareReads(connection, true);
  } catch {
    return readNothing;
  }
}
