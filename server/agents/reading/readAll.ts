import { Tasks } from "../../../core/requests/tasks.ts";
import { listPriceOf } from "../../prices/priceOf.ts";
import type { Surroundings } from "../agent.ts";
import { agents } from "../registry.ts";
import { findRecords } from "./findRecords.ts";
import { RecordFile } from "./recordFile.ts";

/** What was not understood; line 0 is the file as a whole. */
export interface RecordProblem {
  readonly tool: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** More are counted and not kept: a format that changed says the same with every line. */
const mostProblems = 1000;

export interface AllRead {
  readonly tasks: Tasks;
  readonly problems: readonly RecordProblem[];
  readonly problemsBeyond: number;
  /** By tool, the number of files. */
  readonly files: ReadonlyMap<string, number>;
}

/** Reads all that every tool keeps below a home directory, once. */
export function readAllRecords(around: Surroundings): AllRead {
  const tasks = new Tasks(listPriceOf);
  const problems: RecordProblem[] = [];
  const files = new Map<string, number>();
  let problemsBeyond = 0;
  for (const agent of agents) {
    const { tool } = agent;
    const found = findRecords(agent, around);
    if (found.length > 0) files.set(tool, (files.get(tool) ?? 0) + found.length);
    for (const file of found) {
      new RecordFile(file, agent, { around }).read({
        request: (request) => tasks.addRequest(request),
        edit: (edit) => tasks.addEdit(edit),
        problem: (line, reason) => {
          if (problems.length < mostProblems) problems.push({ tool, file, line, reason });
          else problemsBeyond++;
        },
      });
    }
  }
  return { tasks, problems, problemsBeyond, files };
}
