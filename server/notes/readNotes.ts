import { readAgentblameNote } from "../../core/notes/agentblameNote.ts";
import type { Attribution } from "../../core/notes/attribution.ts";
import { readEarlyGitAiNote } from "../../core/notes/earlyGitAiNote.ts";
import { readGitAiNote } from "../../core/notes/gitAiNote.ts";
import type { Git, NoAnswer } from "../git/git.ts";
import { ObjectStream } from "../git/objectStream.ts";

export type NoteSource = "git-ai" | "agentblame" | "git-ai-early";

export interface CommitNote {
  readonly commit: string;
  readonly source: NoteSource;
  readonly attribution: Attribution;
}

export interface NotesRead {
  /** Notes that are longer than any that somebody wrote, or not in this clone. */
  readonly unread: readonly string[];
  /** Names under which git has something that is no list of notes. */
  readonly damaged: readonly string[];
  readonly failure: NoAnswer | undefined;
}

/** The longest that was ever seen is 3.2 MB. */
const mostNoteBytes = 32 * 1024 * 1024;

const readers: Readonly<Record<NoteSource, (text: string) => Attribution>> = {
  "git-ai": readGitAiNote,
  agentblame: readAgentblameNote,
  "git-ai-early": readEarlyGitAiNote,
};

interface Listed {
  readonly commit: string;
  readonly blob: string;
  readonly source: NoteSource;
}

/** Reads every note of a repository by one process, one note at a time, and holds none of them. */
export async function readNotes(
  git: Git,
  folder: string,
  take: (note: CommitNote) => void,
): Promise<NotesRead> {
  const damaged: string[] = [];
  const listOf = async (ref: string, source: NoteSource): Promise<Listed[]> => {
    const listed = await listNotes(git, folder, ref, source);
    if (!listed && (await isThere(git, folder, ref))) damaged.push(ref);
    return listed ?? [];
  };
  const listed = [
    ...(await listOf("refs/notes/ai", "git-ai")),
    ...(await listOf("refs/notes/agentblame", "agentblame")),
    ...(await listEarly(git, folder)),
  ];
  const unread: string[] = [];
  let next = 0;
  const objects = new ObjectStream(mostNoteBytes, (_name, content) => {
    const { commit, source } = listed[next++]!;
    if (content) take({ commit, source, attribution: readers[source](content.toString("utf8")) });
    else unread.push(commit);
  });
  if (listed.length === 0) return { unread, damaged, failure: undefined };
  const input = (function* () {
    for (const { blob } of listed) yield `${blob}\n`;
  })();
  const answer = await git.read({ folder, command: "cat-file", args: ["--batch"], input }, (part) =>
    objects.push(part),
  );
  return { unread, damaged, failure: answer.ok ? undefined : answer.why };
}

async function isThere(git: Git, folder: string, ref: string): Promise<boolean> {
  const args = ["--verify", "--quiet", ref];
  return (await git.ask({ folder, command: "rev-parse", args })).ok;
}

/**
 * A notes tree spreads its entries over folders by the first characters of a commit. Undefined where git has no tree of
 * that name.
 */
async function listNotes(
  git: Git,
  folder: string,
  ref: string,
  source: NoteSource,
): Promise<Listed[] | undefined> {
  const answer = await git.ask({ folder, command: "ls-tree", args: ["-r", "-z", "--full-tree", ref] });
  if (!answer.ok) return undefined;
  return answer.output
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const [, blob, name] = /^\d+ blob ([0-9a-f]+)\t([0-9a-f/]+)$/.exec(line) ?? [];
      const commit = name?.replaceAll("/", "") ?? "";
      return blob !== undefined && isCommit(commit) ? [{ commit, blob, source }] : [];
    });
}

async function listEarly(git: Git, folder: string): Promise<Listed[]> {
  const args = ["--format=%(objectname) %(objecttype) %(refname)", "refs/ai/authorship/"];
  const answer = await git.ask({ folder, command: "for-each-ref", args });
  if (!answer.ok) return [];
  return answer.output
    .toString("utf8")
    .split("\n")
    .flatMap((line) => {
      const [, blob, commit] = /^([0-9a-f]+) blob refs\/ai\/authorship\/([0-9a-f]+)$/.exec(line) ?? [];
      return blob !== undefined && commit !== undefined && isCommit(commit)
        ? [{ commit, blob, source: "git-ai-early" as const }]
        : [];
    });
}

function isCommit(name: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}
