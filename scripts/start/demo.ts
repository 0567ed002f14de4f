import { cp, mkdir, rm } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { demoNewFile } from "../../core/demo/history.ts";
import { root } from "../paths.ts";
import { runOrThrow } from "../process/run.ts";

export interface Demo {
  /** Holds all the others, and the editor's profile. */
  readonly folder: string;
  readonly workspace: string;
  readonly keptHome: string;
  readonly userHome: string;
  readonly orgData: string;
}

/** A sample workspace and a made-up history, new each time. Nothing of the user's is read or written. */
export async function makeDemo(folder: string): Promise<Demo> {
  const demo = {
    folder,
    workspace: path.join(folder, "kept-demo"),
    keptHome: path.join(folder, "kept"),
    userHome: path.join(folder, "home"),
    orgData: path.join(folder, "org"),
  };
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(demo.userHome, { recursive: true });
  await mkdir(demo.keptHome, { recursive: true, mode: 0o700 });
  await makeSampleWorkspace(demo.workspace);
  await runOrThrow(
    process.execPath,
    [path.join(root, "dist", "cli.js"), "demo", "--workspace", pathToFileURL(demo.workspace).href],
    { env: { ...process.env, KEPT_HOME: demo.keptHome } },
  );
  return demo;
}

/** The sample's files, and a first commit of all but one of them. */
export async function makeSampleWorkspace(workspace: string): Promise<void> {
  await cp(path.join(import.meta.dirname, "sample"), workspace, { recursive: true });
  await commitAll(workspace);
}

async function commitAll(workspace: string) {
  const git = (...args: string[]) =>
    runOrThrow("git", args, {
      cwd: workspace,
      env: { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" },
    });
  const author = ["-c", "user.name=Kept demo", "-c", "user.email=demo@kept.invalid"];
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", "--", ".", `:!${demoNewFile.file}`);
  await git(...author, "commit", "--quiet", "--message", "A small shop to try Kept in");
}
