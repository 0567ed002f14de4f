import { existsSync } from "node:fs";
import { basename } from "node:path";
import {
  makeFile,
  moveDatabase,
  putInPlace,
  readAside,
  removeMarker,
  type DatabaseFiles,
} from "./databaseFiles.ts";
import { salvageDatabase } from "./salvage.ts";
import type { DatabasePlace } from "./databasePlace.ts";

/**
 * Sees to it that there is a sound file to open: makes an empty one, or replaces one that is marked as damaged. To be
 * called alone. Killed at any point it goes on where it was the next time: the damaged file is put aside under the
 * name in the marker, and the marker is removed when the replacement is in place.
 */
export function settleDatabase(place: DatabasePlace, files: DatabaseFiles): void {
  if (existsSync(files.marker)) {
    const aside = readAside(files);
    if (aside !== undefined && !(existsSync(aside) && existsSync(files.database))) {
      moveDatabase(files, aside);
      const { salvaged, lost } = salvageDatabase(place, { from: aside, to: files.replacement });
      putInPlace(files);
      place.report({ code: "store.corrupt", details: { salvaged, lost, file: basename(aside) } });
    }
    removeMarker(files);
  }
  makeFile(files.database);
}
