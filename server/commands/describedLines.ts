import { isTestFile } from "../../core/coaching/fileKinds.ts";
import { DescribedLines, type DescribedRun } from "../../core/report/description.ts";
import { shared } from "../../core/notes/lineRanges.ts";
import type { PassMemory } from "../fate/passMemory.ts";
import type { Pass } from "../fate/passOver.ts";

type Passed = Extract<Pass, { ok: true }>;

export interface DescribeOptions {
  readonly root: string;
  readonly inRange: ReadonlySet<string>;
  readonly memory: Pick<PassMemory, "reading">;
}

/** The lines that the commits of a range brought, and what became of them until the commit that was passed over. */
export function describedLines(pass: Passed, { root, inRange, memory }: DescribeOptions): DescribedLines {
  const { history, fates, origins, isSetApart } = pass;
  const { lines } = history;
  const { commits } = lines;
  const byHand = broughtByHand(pass);
  const besides = new Map<number, boolean>();
  const readings = new Map<number, ReturnType<NonNullable<PassMemory["reading"]>>>();
  const sums = new DescribedLines();
  for (const { commit, path, line, count, end } of fates.runs()) {
    const { id } = commits[commit]!;
    if (!inRange.has(id)) continue;
    if (!besides.has(commit)) {
      besides.set(
        commit,
        lines.changesOf(commit).some((change) => isTestFile(change.path)),
      );
      readings.set(commit, memory.reading?.(root, id) ?? []);
    }
    const read = readings.get(commit)!.filter((range) => range.path === path);
    let at = line;
    for (const [origin, many] of origins.runs(id, path, line, count)) {
      const ended: DescribedRun["end"] =
        end?.kind !== "died" ? "alive" : byHand(end.commit, path) ? "reworkedByHand" : "reworked";
      sums.add({
        origin,
        isOfWhole: origins.isOfWhole(origin),
        count: many,
        path,
        end: ended,
        isSetApart: isSetApart(path),
        isBesideTests: besides.get(commit)!,
        reading: readOf(read, at, many),
      });
      at += many;
    }
  }
  return sums;
}

/** Whether a commit brought a person's lines to a file, and none of AI. Of what is unknown that is not said. */
function broughtByHand({ history, fates, origins }: Passed): (commit: number, path: string) => boolean {
  const { commits } = history.lines;
  const kinds = new Map<string, { human: boolean; ai: boolean }>();
  for (const { commit, path, line, count } of fates.runs()) {
    for (const [{ kind }] of origins.runs(commits[commit]!.id, path, line, count)) {
      if (kind !== "human" && kind !== "ai") continue;
      const name = `${commit} ${path}`;
      const known = kinds.get(name) ?? { human: false, ai: false };
      known[kind] = true;
      kinds.set(name, known);
    }
  }
  return (commit, path) => {
    const known = kinds.get(`${commit} ${path}`);
    return known !== undefined && known.human && !known.ai;
  };
}

function readOf(
  ranges: readonly { readonly start: number; readonly end: number; readonly seen: number }[],
  line: number,
  count: number,
): DescribedRun["reading"] {
  let [known, unread] = [0, 0];
  for (const { start, end, seen } of ranges) {
    const own = shared([{ start, end }], [{ start: line, end: line + count - 1 }]);
    const lines = own.reduce((sum, range) => sum + range.end - range.start + 1, 0);
    known += lines;
    unread += lines * (1 - seen);
  }
  return { known, unread };
}
