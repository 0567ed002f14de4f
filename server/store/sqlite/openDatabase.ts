import { identityOf, databaseFiles, isSettled, markDamaged, type DatabaseFiles } from "./databaseFiles.ts";
import { prepareHome } from "../../home.ts";
import { FolderLock } from "./folderLock.ts";
import { patienceMs } from "./open.ts";
import { openInPlace } from "./openInPlace.ts";
import { Session } from "./session.ts";
import { settleDatabase } from "./settleDatabase.ts";
import { reasonOf } from "../../../protocol/errors.ts";
import type { DatabasePlace } from "./databasePlace.ts";

/** A damaged database is replaced; when its replacement is damaged too, the disk is to blame. */
const mostReplacements = 2;

/**
 * Opens the database, making its file, bringing it to the newest format and replacing a damaged one as needed. Throws
 * what may pass by itself.
 */
export function openDatabase(place: DatabasePlace, busyTimeoutMs: number): Session {
  prepareHome(place.folder);
  const files = databaseFiles(place.folder);
  const lock = new FolderLock(files, { ...place, busyTimeoutMs });
  try {
    for (let replacements = 0; ;) {
      if (!isSettled(files)) lock.alone(() => settleDatabase(place, files));
      const opened = lock.shared(() =>
        isSettled(files) ? openInPlace(place, files, lock, busyTimeoutMs) : "unsettled",
      );
      if (opened instanceof Session) {
        lock.setPatience(patienceMs);
        return opened;
      }
      if (opened === "unsettled") continue;
      if (replacements++ >= mostReplacements) throw opened.thrown;
      place.log(`The database is damaged: ${reasonOf(opened.thrown)}`);
      lock.alone(() => markIfStillThere(place, files, opened.identity));
    }
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
}

/** Marks the database as damaged, to be replaced by whoever opens it next. */
export function condemnDatabase(
  place: DatabasePlace,
  busyTimeoutMs: number,
  identity: string | undefined,
): void {
  const files = databaseFiles(place.folder);
  const lock = new FolderLock(files, { ...place, busyTimeoutMs });
  try {
    lock.alone(() => markIfStillThere(place, files, identity));
  } finally {
    lock.close();
  }
}

/** Another process may have replaced it already. */
function markIfStillThere(place: DatabasePlace, files: DatabaseFiles, identity: string | undefined): void {
  if (isSettled(files) && identityOf(files.database) === identity) markDamaged(files, place.now());
}
