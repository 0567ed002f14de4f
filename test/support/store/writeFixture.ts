import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { newestFormat } from "../../../server/store/sqlite/migrations.ts";
import { idOf, writeHistory } from "./history.ts";
import { batchOf, noon, sampleOf } from "./rows.ts";
import { openTestStore, temporaryFolder } from "./temporaryStore.ts";

/**
 * Writes the database of the newest format that later formats are tested with. To be run once, when a format is
 * released, by `node test/support/store/writeFixture.ts`; a fixture that was released is never written again.
 */
export const fixtureEdits = 120;

/** From format 2 on. */
export const fixtureSamples = [0, 5_000].map((dueMs) =>
  sampleOf({ editId: idOf(1), dueMs, takenAt: noon + dueMs, arc: 1, insertedChars: 1, fourGram: 0.25 }),
);

export const fixtureFolder = join(import.meta.dirname, "../../fixtures/databases");

export function fixturePath(format: number): string {
  return join(fixtureFolder, `format-${format}.db`);
}

if (process.argv[1] === import.meta.filename) {
  const { folder, remove } = temporaryFolder();
  const store = openTestStore({ folder, now: () => noon, uuid: () => "fixture" });
  writeHistory(store, fixtureEdits);
  store.write(batchOf({ samples: fixtureSamples }));
  store.writeNote("name", "text");
  store.close();
  copyFileSync(join(folder, "kept.db"), fixturePath(newestFormat));
  remove();
}
