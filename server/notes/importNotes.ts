import { createHash } from "node:crypto";
import { broughtLines } from "../../core/notes/addedLines.ts";
import type { AttributedFile } from "../../core/notes/attribution.ts";
import { noteOfCommit, type NotedEdit } from "../../core/notes/committedNote.ts";
import { writeGitAiNote } from "../../core/notes/gitAiNote.ts";
import { version } from "../../protocol/version.ts";
import { patchesOf } from "../git/commitPatch.ts";
import type { Git } from "../git/git.ts";
import { GitNotes } from "../git/gitNotes.ts";

/** What becomes of what is said of one commit. */
export type Imported = "new" | "alreadySo" | "toldOtherwise" | "notHere" | "nothing" | "failed";

export interface ImportedNotes {
  readonly commits: Readonly<Record<Imported, number>>;
  /** In the notes that are new. */
  readonly lines: number;
  readonly byTool: Readonly<Record<string, number>>;
  /** Lines of commits that are here which these commits did not bring, or of which no tool is named. */
  readonly linesLeft: number;
}

/**
 * Makes notes of what somebody else says of commits that are here and have none. A note tells of lines that its commit
 * brought and that a tool wrote, and is read again as what somebody else said, be it as sure as it may.
 */
export async function importNotes(
  given: ReadonlyMap<string, readonly AttributedFile[]>,
  options: { readonly git: Git; readonly root: string; readonly isWritten: boolean },
): Promise<ImportedNotes> {
  const { git, root, isWritten } = options;
  const notes = new GitNotes(git);
  const commits: Record<Imported, number> = {
    new: 0,
    alreadySo: 0,
    toldOtherwise: 0,
    notHere: 0,
    nothing: 0,
    failed: 0,
  };
  const byTool = new Map<string, number>();
  let [lines, linesLeft] = [0, 0];
  for (const [commit, files] of given) {
    const patches = await patchesOf(git, root, commit);
    if (!patches) {
      commits.notHere++;
      continue;
    }
    const note = noteOf(commit, files, broughtLines(patches));
    const said = files
      .flatMap(({ ranges }) => ranges)
      .reduce((sum, { start, end }) => sum + end - start + 1, 0);
    linesLeft += said - note.lines;
    if (note.text === undefined) {
      commits.nothing++;
      continue;
    }
    const there = await notes.read(root, commit);
    if (there !== null) {
      commits[there === note.text ? "alreadySo" : "toldOtherwise"]++;
      continue;
    }
    if (isWritten && !(await notes.write(root, commit, note.text)).ok) {
      commits.failed++;
      continue;
    }
    commits.new++;
    lines += note.lines;
    for (const [tool, count] of note.byTool) byTool.set(tool, (byTool.get(tool) ?? 0) + count);
  }
  const sorted = [...byTool].sort(([, one], [, other]) => other - one);
  return { commits, lines, byTool: Object.fromEntries(sorted), linesLeft };
}

interface NoteMade {
  readonly text: string | undefined;
  readonly lines: number;
  readonly byTool: ReadonlyMap<string, number>;
}

function noteOf(
  commit: string,
  files: readonly AttributedFile[],
  brought: ReturnType<typeof broughtLines>,
): NoteMade {
  const authors = new Map<string, NotedEdit>();
  const noted = files.map(({ path, ranges }) => ({
    path,
    added: brought.get(path) ?? [],
    ranges: ranges.flatMap(({ start, end, origin }) => {
      if (origin.kind !== "ai" || origin.tool === undefined) return [];
      const editId = JSON.stringify([origin.tool, origin.model ?? null]);
      authors.set(editId, { tool: origin.tool, model: origin.model, session: undefined });
      return [{ start, end, editId }];
    }),
  }));
  const byTool = new Map<string, number>();
  let lines = 0;
  const note = noteOfCommit(
    { writer: `kept/${version}`, commit, files: noted },
    (id) => authors.get(id),
    sha256,
  );
  const tools = new Map([...(note?.sessions ?? [])].map(([key, { tool }]) => [key, tool]));
  for (const { key, ranges } of (note?.files ?? []).flatMap(({ entries }) => entries)) {
    const count = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
    const tool = tools.get(key.split("::")[0]!) ?? "unknown";
    byTool.set(tool, (byTool.get(tool) ?? 0) + count);
    lines += count;
  }
  return { text: note && writeGitAiNote(note), lines, byTool };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
