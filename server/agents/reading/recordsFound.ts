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
  const times = new Map<string, number[]>();
  for (const agent of agents) {
    const found = findRecords(agent, around).map((file) => new RecordFile(file, agent).state?.changedAt ?? 0);
    times.set(agent.tool, [...(times.get(agent.tool) ?? []), ...found]);
  }
  return new Map(
    [...times].map(([tool, found]) => {
      const last = found.reduce((latest, time) => Math.max(latest, time), 0);
      return [tool, { files: found.length, writtenAt: last === 0 ? undefined : Math.trunc(last) }];
    }),
  );
}
