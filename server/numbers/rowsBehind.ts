import type { CommitOfDay } from "../../core/fate/heldCommits.ts";
import { mostEditsBehind, type EditsQuestion } from "../../protocol/editsBehind.ts";
import type { RowBehind } from "../../protocol/rowsBehind.ts";
import type { Store, SumsRange } from "../store/store.ts";

type RowsOf = Extract<EditsQuestion["of"], "requests" | "tasks" | "ownCommits" | "aiCommits">;

/** The requests, tasks or commits behind a number, the newest first. */
export function rowsBehind(
  of: RowsOf,
  range: SumsRange,
  { store, commits }: { readonly store: Store; readonly commits: readonly CommitOfDay[] },
): RowBehind[] {
  switch (of) {
    case "requests":
      return store.requests.newest(range, mostEditsBehind).map((request) => ({
        ...{ row: "request", at: request.at, tool: request.task.tool, model: request.model },
        tokens: request.input + request.output + request.cacheRead + request.cacheWrite,
        ...{ nanoUsd: request.costNano, latencyMs: request.latencyMs },
      }));
    case "tasks":
      return newest(store.requests.tasks(range), ({ beganAt }) => beganAt).map((task) => ({
        ...{ row: "task", at: task.beganAt, task: task.key, tool: task.tool, models: [...task.models] },
        ...{ requests: task.requests, changes: task.changes, keptChanges: task.keptChanges },
        nanoUsd: task.unpriced > 0 ? null : task.costNano,
      }));
    default:
      return newest(
        commits.filter((commit) => range.from <= commit.day && commit.day <= range.to && isMeant(of, commit)),
        ({ at }) => at,
      ).map((commit) => ({
        ...{ row: "commit", at: commit.at, commit: commit.id, repository: nameOf(commit.repository) },
        ...{ added: commit.added, removed: commit.removed, files: commit.files },
        ...{ lines: commit.lines, known: commit.known, ai: aiLines(commit) },
      }));
  }
}

function isMeant(of: "ownCommits" | "aiCommits", commit: CommitOfDay): boolean {
  return of === "aiCommits" ? aiLines(commit) > 0 : commit.isMine === true && !commit.isMerge;
}

function aiLines({ ai }: CommitOfDay): number {
  return Object.values(ai).reduce((sum, lines) => sum + lines, 0);
}

function newest<Row>(rows: readonly Row[], at: (row: Row) => number): Row[] {
  return [...rows].sort((one, other) => at(other) - at(one)).slice(0, mostEditsBehind);
}

/** The last part of an address, as it is written there. */
function nameOf(address: string): string {
  return address.replace(/\/+$/, "").split("/").at(-1) ?? "";
}
