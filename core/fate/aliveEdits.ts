import type { OutcomeOf } from "../../protocol/funnel.ts";
import type { LineFates, LineRun } from "./lineFates.ts";
import type { HistoryCommit } from "./lineHistory.ts";

/** Of a commit of here, whose its lines are. */
export interface CommitOfEdits {
  readonly name: string;
  readonly at: number;
  readonly files: readonly {
    /** In the repository, with slashes. */
    readonly path: string;
    /** In their order, counted from 1, both ends included. */
    readonly ranges: readonly {
      readonly firstLine: number;
      readonly lastLine: number;
      readonly editId: string;
    }[];
  }[];
}

interface Left {
  alive: boolean;
  isYoung: boolean;
  lost: boolean;
  died: boolean;
  lastAt: number;
}

const dayMs = 24 * 60 * 60_000;
/** The last step of an edit's way. */
export const aliveAfterMs = 30 * dayMs;

/**
 * What is left of edits thirty days after the commits that brought their lines. An edit lives as long as one of its lines; of
 * one whose lines are younger nothing is said, unless they are all gone. What a commit has of an edit from earlier commits
 * is told by those. There are hundreds of thousands, so it is done in steps between which others may have their turn.
 */
export function* aliveEdits(
  { runs }: Pick<LineFates, "runs">,
  all: readonly HistoryCommit[],
  own: readonly CommitOfEdits[],
  now: number,
): Generator<undefined, Map<string, OutcomeOf<"aliveAt30">>, undefined> {
  const edits = new Map<string, Left>();
  const leftOf = (editId: string): Left => {
    const known = edits.get(editId) ?? { alive: false, isYoung: false, lost: false, died: false, lastAt: 0 };
    edits.set(editId, known);
    return known;
  };
  const rangesOf = new Map<string, CommitOfEdits["files"][number]["ranges"]>();
  for (const { name, at, files } of own) {
    for (const { path, ranges } of files) {
      rangesOf.set(`${name} ${path}`, ranges);
      for (const { editId } of ranges) leftOf(editId).lastAt = Math.max(leftOf(editId).lastAt, at);
    }
    yield;
  }
  const names = new Set(own.map(({ name }) => name));
  for (const run of runs()) {
    const born = all[run.commit]!;
    const ranges = names.has(born.id) ? rangesOf.get(`${born.id} ${run.path}`) : undefined;
    for (const { firstLine, lastLine, editId } of ranges ?? []) {
      if (lastLine < run.line || firstLine >= run.line + run.count) continue;
      leftOf(editId)[stateOf(run, all, now)] = true;
    }
    yield;
  }
  const outcomes = new Map<string, OutcomeOf<"aliveAt30">>();
  for (const [editId, left] of edits) {
    const outcome = outcomeOf(left, now);
    if (outcome !== undefined) outcomes.set(editId, outcome);
    yield;
  }
  return outcomes;
}

function stateOf(
  { commit, end }: LineRun,
  all: readonly HistoryCommit[],
  now: number,
): Exclude<keyof Left, "lastAt"> {
  const due = all[commit]!.at + aliveAfterMs;
  if (end && all[end.commit]!.at < due) return end.kind;
  return due <= now ? "alive" : "isYoung";
}

function outcomeOf({ alive, isYoung, lost, died, lastAt }: Left, now: number) {
  if (alive) return "alive";
  if (isYoung) return undefined;
  // Nobody can say of lines that are out of sight whether they live.
  if (died && !lost) return "gone";
  // A branch may still be merged.
  return lastAt + aliveAfterMs <= now ? "lost" : undefined;
}
