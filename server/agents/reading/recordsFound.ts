import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import { RecordFile } from "./recordFile.ts";

export interface RecordsFound {
  readonly files: number;
  readonly writtenAt: number | undefined;
}

/** How many files of records each tool keeps, and when one was written last. */
export function recordsFound(around: Surroundings): ReadonlyMap<string, RecordsFound> {
  return new Map(
    agents.map((agent) => {
      const times = findRecords(agent, around).map((file) => new RecordFile(file, agent).changedAt ?? 0);
      const last = times.reduce((latest, time) => Math.max(latest, time), 0);
      return [agent.tool, { files: times.length, writtenAt: last === 0 ? undefined : Math.trunc(last) }];
    }),
  );
}
