import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Real repositories in a folder of their own, driven by the real git, with a clock that counts minutes. */
export class GitPlayground {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "kept-git-")));
  #minutes = 0;

  at(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  make(repository: string): void {
    mkdirSync(this.at(repository), { recursive: true });
    this.run(repository, "init", "--quiet", "--initial-branch=main");
  }

  write(repository: string, name: string, text: string): string {
    const file = this.at(repository, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Writes a file and commits it. Gives back the commit. */
  commit(repository: string, name: string, text: string, ...options: string[]): string {
    this.write(repository, name, text);
    this.run(repository, "add", "--all");
    this.run(repository, "commit", "--quiet", "--message", `Write ${name}: it says so`, ...options);
    return this.run(repository, "rev-parse", "HEAD");
  }

  run(repository: string, ...args: string[]): string {
    const date = `${1_800_000_000 + 60 * this.#minutes++} +0100`;
    return execFileSync("git", args, {
      cwd: this.at(repository),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ada Example",
        GIT_AUTHOR_EMAIL: "ada@example.org",
        GIT_COMMITTER_NAME: "Ada Example",
        GIT_COMMITTER_EMAIL: "ada@example.org",
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        GIT_EDITOR: "true",
      },
    }).trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
