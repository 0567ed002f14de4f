import type { FateRecord, HeldCommit, SubjectKind } from "../../protocol/fates.ts";
import { isSourceFile, isTestFile } from "../coaching/fileKinds.ts";
import { localDay } from "../day.ts";
import { languageOfFile } from "../languageOfFile.ts";
import { mostDaysKept } from "./fateRecord.ts";
import type { LineGroup } from "./lineGroups.ts";
import type { LineHistory } from "./lineHistory.ts";

const dayMs = 24 * 60 * 60_000;
/** As much of an id as no two commits of one machine share. */
const idLength = 16;

export interface HoldOptions {
  readonly lines: Pick<LineHistory, "commits" | "changesOf">;
  readonly facts: readonly {
    readonly person: string;
    readonly isCorrective: boolean;
    readonly subject: SubjectKind;
    readonly hasBody: boolean;
    readonly namesAi: boolean;
  }[];
  readonly groups: readonly LineGroup[];
  /** By place: 1 for the commits of the history that is looked at. */
  readonly isIncluded: Uint8Array;
  /** The commits that were taken back, and by which. */
  readonly reverted: ReadonlyMap<number, number>;
  /** Whether nobody writes a file by hand. */
  readonly isSetApart: (path: string) => boolean;
  /** Whoever commits here; undefined where git does not know. */
  readonly person: string | undefined;
  readonly now: number;
}

/** What each commit of a history holds, oldest first, as far back as sums are kept. */
export function heldCommits(options: HoldOptions): HeldCommit[] {
  const { lines, facts, isIncluded, reverted, person, now } = options;
  const { commits } = lines;
  const ofLines = linesByCommit(options.groups);
  const kindOf = fileKinds(options.isSetApart);
  return commits.flatMap(({ id, at, parents }, place): HeldCommit[] => {
    if (isIncluded[place] !== 1 || now - at > mostDaysKept * dayMs) return [];
    const { subject, hasBody, namesAi, isCorrective, person: author } = facts[place]!;
    const by = reverted.get(place);
    return [
      {
        id: id.slice(0, idLength),
        at,
        isMine: person === undefined ? null : author === person,
        isMerge: parents.length > 1,
        subject,
        hasBody,
        namesAi,
        isCorrective,
        revertedAfter: by === undefined ? null : Math.max(0, Math.floor((commits[by]!.at - at) / dayMs)),
        ...contentOf(lines.changesOf(place), kindOf),
        ...(ofLines.get(place) ?? { lines: 0, known: 0, ai: {} }),
      },
    ];
  });
}

type FileKind = "apart" | "source" | "test" | "other";

/** Each path is looked at once: it is in many commits. */
function fileKinds(isSetApart: (path: string) => boolean): (path: string) => FileKind {
  const known = new Map<string, FileKind>();
  return (path) => {
    let kind = known.get(path);
    if (kind === undefined) {
      if (isSetApart(path)) kind = "apart";
      else if (isTestFile(path)) kind = "test";
      else kind = isSourceFile(path) ? "source" : "other";
      known.set(path, kind);
    }
    return kind;
  };
}

function contentOf(
  changes: ReturnType<LineHistory["changesOf"]>,
  kindOf: (path: string) => FileKind,
): Pick<
  HeldCommit,
  "files" | "filesApart" | "added" | "removed" | "sourceFiles" | "testFiles" | "languages"
> {
  const content = { files: 0, filesApart: 0, added: 0, removed: 0, sourceFiles: 0, testFiles: 0 };
  const languages = new Set<string>();
  for (const { path, added, removed } of changes) {
    const kind = kindOf(path);
    if (kind === "apart") {
      content.filesApart++;
      continue;
    }
    content.files++;
    content.added += added;
    content.removed += removed;
    if (kind === "test") content.testFiles++;
    if (kind !== "source") continue;
    content.sourceFiles++;
    languages.add(languageOfFile(path));
  }
  return { ...content, languages: [...languages].sort() };
}

function linesByCommit(
  groups: readonly LineGroup[],
): ReadonlyMap<number, Pick<HeldCommit, "lines" | "known" | "ai">> {
  const found = new Map<number, { lines: number; known: number; ai: Record<string, number> }>();
  for (const { commit, origin, lines } of groups) {
    let sums = found.get(commit);
    if (!sums) found.set(commit, (sums = { lines: 0, known: 0, ai: {} }));
    sums.lines += lines;
    if (origin.kind !== "unknown") sums.known += lines;
    if (origin.kind !== "ai") continue;
    const tool = origin.tool ?? "unknown";
    sums.ai[tool] = (Object.hasOwn(sums.ai, tool) ? sums.ai[tool]! : 0) + lines;
  }
  return found;
}

/** A commit, with the repository it was found in and the person's own day. */
export interface CommitOfDay extends HeldCommit {
  readonly repository: string;
  readonly day: string;
}

/** The commits of some repositories, oldest first, each once. Null where no look told of commits. */
export function commitsOf(records: readonly FateRecord[], utcOffsetMinutes: number): CommitOfDay[] | null {
  const told = records.filter(({ held }) => held !== undefined);
  if (told.length === 0) return null;
  const byId = new Map<string, CommitOfDay>();
  for (const { repository, held = [] } of told)
    for (const commit of held) {
      if (byId.has(commit.id)) continue;
      const { day } = localDay({ at: commit.at, utcOffsetMinutes });
      byId.set(commit.id, { ...commit, repository, day });
    }
  return [...byId.values()].sort((one, other) => one.at - other.at);
}
