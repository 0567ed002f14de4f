import type { FileChange } from "../../core/fate/fileChange.ts";
import { PatchReader } from "../../core/fate/patchReader.ts";
import type { Git } from "./git.ts";

const asPatch = [
  "--root",
  "-r",
  "-p",
  "-U0",
  "-M",
  "--diff-algorithm=myers",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--no-color",
  "--no-relative",
  "--ignore-submodules=all",
];

/** How a commit differs from its parent. Nothing of a merge; undefined where git does not say. */
export async function patchOf(git: Git, folder: string, commit: string): Promise<FileChange[] | undefined> {
  const answer = await git.ask({ folder, command: "diff-tree", args: [...asPatch, commit] });
  if (!answer.ok) return undefined;
  let found: FileChange[] = [];
  const reader = new PatchReader(
    (changes) => (found = changes),
    (bytes) => Buffer.from(bytes, "latin1").toString("utf8"),
  );
  for (const line of answer.output.toString("latin1").split("\n")) reader.line(line);
  reader.end();
  return found;
}
