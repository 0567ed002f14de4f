import type { SyncBatch } from "../../protocol/sync.ts";
import type { SyncStore } from "../store/sync.ts";
import { textOf } from "./freeze.ts";

/** All that is kept of what left, waits or was refused, newest first, as its bytes are. */
export function listBatches(sync: Pick<SyncStore, "readBatches">): SyncBatch[] {
  return sync
    .readBatches()
    .reverse()
    .map(({ id, week, records, state, endedAt, reason, bytes }) => ({
      ...{ id, week, records, state, endedAt, reason },
      text: textOf({ bytes }),
    }));
}
