import type { Git, GitAnswer } from "./git.ts";

const ref = "refs/notes/ai";
/** Notes are commits of their own, and git wants to know whose. */
const writer = { name: "Kept", address: "kept@localhost" };

/** The notes of commits that git-ai and its like read and write. Nothing else in a repository is ever written. */
export class GitNotes {
  readonly #git: Git;

  constructor(git: Git) {
    this.#git = git;
  }

  /** Null where the commit has none; undefined where git does not say. */
  async read(folder: string, commit: string): Promise<string | null | undefined> {
    const listed = await this.#git.ask({ folder, command: "notes", args: [`--ref=${ref}`, "list", commit] });
    // Git's own no: there is none, or no such commit.
    if (!listed.ok) return listed.why === "failed" ? null : undefined;
    const blob = listed.output.toString("utf8").trim();
    const note = await this.#git.ask({ folder, command: "cat-file", args: ["blob", blob] });
    return note.ok ? note.output.toString("utf8") : undefined;
  }

  /** Takes the place of what is there. The text is kept to the byte, which git's own way to add a note would not do. */
  async write(folder: string, commit: string, text: string): Promise<GitAnswer> {
    const hashed = await this.#git.ask({
      folder,
      command: "hash-object",
      args: ["-w", "--stdin", "--no-filters"],
      input: text,
    });
    if (!hashed.ok) return hashed;
    const blob = hashed.output.toString("utf8").trim();
    return this.#git.ask({
      folder,
      command: "notes",
      args: [`--ref=${ref}`, "add", "--force", "-C", blob, commit],
      identity: writer,
    });
  }
}
