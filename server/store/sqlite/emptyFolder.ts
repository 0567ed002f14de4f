import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, makeFile, removeAsides, removeDatabase } from "./databaseFiles.ts";
import { FolderLock } from "./folderLock.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations.ts";
import { connect } from "./open.ts";
import type { DatabasePlace } from "./databasePlace.ts";

/** The key of the hashes, also one that was put aside as damaged or that is just being made, and others that lie beside. */
const otherFiles = /^(device\.key.*|kept\.bundles.*|kept\.spool.*|kept\.schema.*)$/;

/**
 * Deletes the database and everything that Kept keeps beside it, and puts an empty database in its place, which says
 * nothing but how often something was deleted: by that, other windows know that what they hold is not to be written.
 */
export function emptyFolder(place: DatabasePlace, busyTimeoutMs: number, forgets: number): void {
  const files = databaseFiles(place.folder);
  const lock = new FolderLock(files, { ...place, busyTimeoutMs });
  try {
    lock.alone(() => {
      removeAsides(files);
      for (const path of [files.replacement, `${files.replacement}.graft`, files.database])
        removeDatabase(path);
      rmSync(files.marker, { force: true });
      for (const name of readdirSync(place.folder).filter((each) => otherFiles.test(each))) {
        rmSync(join(place.folder, name), { force: true });
      }
      makeFile(files.database);
      const connection = connect(files.database, { ...place, readonly: false, busyTimeoutMs });
      try {
        migrate(connection, migrations);
        const note = connection.prepare<[string, number]>("INSERT INTO marks (name, value) VALUES (?, ?)");
        note.run("forgets", forgets);
        note.run("forgottenAt", place.now());
      } finally {
        connection.close();
      }
    });
  } finally {
    lock.close();
  }
}
