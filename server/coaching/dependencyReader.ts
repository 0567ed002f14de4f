import path from "node:path";
import { dependenciesIn, newDependencies } from "../../core/coaching/dependencies.ts";
import type { UncommittedFile } from "../../core/coaching/facts.ts";
import { readCommitted } from "../git/committedFiles.ts";
import type { Git } from "../git/git.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import { readTextFile } from "../unseen/textFile.ts";

type File = Omit<UncommittedFile, "path">;

/** Lays files that name dependencies beside the last commit. */
export class DependencyReader {
  readonly #git: Git;

  constructor(git: Git) {
    this.#git = git;
  }

  /** The same files; of those that name dependencies with how many are new, as far as git tells. */
  of(files: readonly File[]): Promise<File[]> {
    return Promise.all(
      files.map(async (file) => {
        const count = await this.#newIn(file.uri);
        return count === undefined ? file : { ...file, newDependencies: count };
      }),
    );
  }

  async #newIn(uri: string): Promise<number | undefined> {
    const file = fileOfAddress(uri);
    // Most files are none of these, and are not even read.
    if (file === undefined || !dependenciesIn(file.replaceAll("\\", "/"), "{}")) return undefined;
    const now = readTextFile(uri);
    const found = findGitFolder(path.dirname(file));
    if (typeof now === "string" || !found) return undefined;
    const name = path.relative(found.root, file).replaceAll("\\", "/");
    const committed = await readCommitted(this.#git, found.root, "HEAD", [name]);
    if (!committed.ok) return undefined;
    const [before] = committed.value;
    // Of a file that no commit has yet, all that it names would be new: nobody chose anything beside something.
    return before && newDependencies(name, before.text, now.text);
  }
}
