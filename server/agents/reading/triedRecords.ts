import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import type { RecordProblem } from "./readAll.ts";
import { RecordFile } from "./recordFile.ts";

export interface RecordsTried {
  /** How many files were read. */
  readonly files: number;
  readonly taken: number;
  readonly notUnderstood: number;
  /** The first of those that were not. */
  readonly problems: readonly RecordProblem[];
}

/** Of one tool. More would keep whoever asks waiting. */
const mostBytes = 64_000_000;
const mostFiles = 200;
/** Of a database, by its rows. */
const newestMs = 30 * 24 * 60 * 60_000;
const mostProblems = 3;

/** Whether the newest of a tool's own records are understood: they are read and nothing is stored. */
export function triedRecords(around: Surroundings, tool: string, now: number): RecordsTried {
  const problems: RecordProblem[] = [];
  let [taken, notUnderstood, files, bytes] = [0, 0, 0, 0];
  const count = () => void taken++;
  for (const { file, agent, size, isDatabase } of newestOf(around, tool)) {
    if (files === mostFiles) break;
    if (!isDatabase && bytes + size > mostBytes) continue;
    if (!isDatabase) bytes += size;
    files++;
    new RecordFile(file, agent, { around, ...(isDatabase && { since: now - newestMs }) }).read({
      request: count,
      edit: count,
      problem: (line, reason) => {
        notUnderstood++;
        if (problems.length < mostProblems) problems.push({ tool, file, line, reason });
      },
    });
  }
  return { files, taken, notUnderstood, problems };
}

/** Those of which it is known when they were written, the latest first. */
function newestOf(around: Surroundings, tool: string) {
  const own = agents.filter((agent) => agent.tool === tool);
  return own
    .flatMap((agent) =>
      findRecords(agent, around).flatMap((file) => {
        const { changedAt, size } = new RecordFile(file, agent).state ?? {};
        if (changedAt === undefined || size === undefined) return [];
        return { file, agent, changedAt, size, isDatabase: agent.form(file) === "database" };
      }),
    )
    .sort((one, other) => other.changedAt - one.changedAt);
}
