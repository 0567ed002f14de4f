import { aiLines } from "../../core/fate/commitKinds.ts";
import type { CommitOfDay } from "../../core/fate/heldCommits.ts";
import { tierOf } from "../../core/requests/modelTiers.ts";
import { outcomeOf } from "../../core/requests/taskGroups.ts";
import {
  mostEditsBehind,
  type EditsQuestion,
  type FatesAsked,
  type ListPlace,
} from "../../protocol/editsBehind.ts";
import type { RowBehind } from "../../protocol/rowsBehind.ts";
import type { RequestsListed } from "../store/requests.ts";
import type { Store, SumsRange } from "../store/store.ts";
import { allInput, commitCases, taskCases } from "./casesBehind.ts";
import { timedIn } from "./readSummary.ts";

type Question = Pick<EditsQuestion, "of" | "origin" | "tier" | "outcome" | "cases" | "fates" | "after">;
type Place = Pick<ListPlace, "at" | "id">;

export interface RowsPage {
  readonly rows: RowBehind[];
  readonly next?: Place;
}

export interface CommitsRead {
  readonly commits: () => readonly CommitOfDay[];
  /** The commits whose lines, or who themselves, were watched for so long. */
  readonly watched: (kind: "ai" | "human", asked: FatesAsked) => readonly CommitOfDay[];
}

/** The requests, tasks or commits behind a number, the newest first; undefined where it is of edits. */
export function rowsBehind(
  question: Question,
  range: SumsRange,
  { store, commits, watched, now }: CommitsRead & { readonly store: Store; readonly now: number },
): RowsPage | undefined {
  const { of, after, outcome, cases } = question;
  switch (of) {
    case "requests":
      return pageOf(
        store.requests.newest(range, mostEditsBehind + 1, {
          ...modelsOf(question, range, store),
          ...(cases && requestCases[cases]),
          ...(after ? { after } : {}),
        }),
        ({ at, key }) => ({ at, id: key }),
        (request) => ({
          ...{ row: "request", at: request.at, tool: request.task.tool, model: request.model },
          tokens: request.input + request.output + request.cacheRead + request.cacheWrite,
          ...{ nanoUsd: request.costNano, latencyMs: request.latencyMs },
          ...(cases === "ofTasks" ? { adds: { part: request.cacheRead, whole: allInput(request) } } : {}),
        }),
      );
    case "tasks": {
      const tasks = store.requests.tasks(range);
      const meant = taskCases(tasks, cases, () => timedIn(store, tasks, now));
      return newest(
        meant.filter(([task]) => outcome === undefined || outcomeOf(task) === outcome),
        ([{ beganAt, key }]) => ({ at: beganAt, id: key }),
        after,
        ([task, adds]) => ({
          ...(adds ? { adds } : {}),
          ...{ row: "task", at: task.beganAt, task: task.key, tool: task.tool, models: [...task.models] },
          ...{
            modes: [...task.modes],
            requests: task.requests,
            changes: task.changes,
            keptChanges: task.keptChanges,
          },
          nanoUsd: task.unpriced > 0 ? null : task.costNano,
        }),
      );
    }
    case "ownCommits":
    case "aiCommits":
    case "humanCommits":
      return newest(
        question.fates
          ? watched(of === "humanCommits" ? "human" : "ai", question.fates).map((commit) => [commit] as const)
          : commitCases(
              commits().filter(({ day }) => range.from <= day && day <= range.to),
              question,
            ),
        ([{ at, id }]) => ({ at, id }),
        after,
        ([commit, adds]) => ({
          ...(adds ? { adds } : {}),
          ...{ row: "commit", at: commit.at, commit: commit.id, repository: nameOf(commit.repository) },
          folder: commit.repository,
          ...{ added: commit.added, removed: commit.removed, files: commit.files },
          ...{ lines: commit.lines, known: commit.known, ai: aiLines(commit) },
        }),
      );
    default:
      return undefined;
  }
}

/** One model where a tool is named, else those of a tier, else all. */
function modelsOf({ origin, tier }: Question, range: SumsRange, store: Store): RequestsListed {
  if (origin.kind === "ai" && origin.tool !== undefined)
    return { tool: origin.tool, models: [origin.model ?? null] };
  if (tier === undefined) return {};
  const models = new Set(store.requests.sums(range).map(({ model }) => model));
  return { models: [...models].filter((model) => tierOf(model) === tier) };
}

const requestCases: Readonly<Partial<Record<NonNullable<Question["cases"]>, RequestsListed>>> = {
  priced: { ofTasks: true, priced: true },
  ofTasks: { ofTasks: true },
  timed: { timed: true },
};

function newest<Row>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  after: Place | undefined,
  show: (row: Row) => RowBehind,
): RowsPage {
  const order = (one: Place, other: Place) =>
    other.at - one.at || (one.id === other.id ? 0 : one.id < other.id ? -1 : 1);
  const rest = rows
    .filter((row) => !after || order(placeOf(row), after) > 0)
    .sort((one, other) => order(placeOf(one), placeOf(other)));
  return pageOf(rest, placeOf, show);
}

/** Of rows of which there is one more than fits, if there is more. */
function pageOf<Row>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  show: (row: Row) => RowBehind,
): RowsPage {
  const page = rows.slice(0, mostEditsBehind);
  const last = page.at(-1);
  return {
    rows: page.map(show),
    ...(last && rows.length > page.length ? { next: placeOf(last) } : {}),
  };
}

/** The last part of an address, as it is written there. */
function nameOf(address: string): string {
  return address.replace(/\/+$/, "").split("/").at(-1) ?? "";
}
