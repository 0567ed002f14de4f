import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../paths.ts";
import { runOrThrow } from "../process/run.ts";
import { repair } from "./repair.ts";

export interface Editor {
  /** The Node that runs it. */
  readonly node: string;
  /** The script that starts it, and its command line. */
  readonly entry: string;
}

const ownFolder = import.meta.dirname;
const lockFiles = ["package.json", "package-lock.json"];

/**
 * A real VS Code that is served to a browser, from the npm registry, without a compiler: its packages carry the
 * binaries they need, and the install scripts that would compile the others are not run.
 */
export async function ensureEditor(): Promise<Editor> {
  const folder = path.join(cacheFolder, "editor", await keyOfContent());
  const editor = {
    node: process.execPath,
    entry: path.join(folder, "node_modules", "code-server", "out", "node", "entry.js"),
  };
  if (!(await exists(folder))) await install(folder);
  return editor;
}

/** Installs beside the final folder and renames, so that neither a crash nor a second set-up leaves half of it. */
async function install(folder: string) {
  const partial = `${folder}.${process.pid}.partial`;
  await removeOtherVersions(path.dirname(folder));
  await mkdir(partial, { recursive: true });
  try {
    for (const name of lockFiles) await cp(path.join(ownFolder, name), path.join(partial, name));
    await npm(partial, "ci");
    // These two carry a shrinkwrap that `npm ci` refuses, because it also covers what is left out of the package.
    const vscode = path.join(partial, "node_modules", "code-server", "lib", "vscode");
    await npm(vscode, "install");
    await npm(path.join(vscode, "extensions"), "install");
    await repair(vscode);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (await exists(folder)) return;
    throw new Error("VS Code for the browser could not be installed from the npm registry.", {
      cause: error,
    });
  }
}

/** Half a gigabyte each: only the one in the lock is kept. */
async function removeOtherVersions(parent: string) {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => !each.endsWith(".partial"))) {
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

async function npm(folder: string, command: "ci" | "install") {
  await runOrThrow(
    "npm",
    [command, "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: folder, env: withThisNode() },
  );
}

/** The editor asks for the Node it will run on, which need not be the one `npm` was started with. */
function withThisNode(): NodeJS.ProcessEnv {
  const folder = path.dirname(process.execPath);
  return { ...process.env, PATH: `${folder}${path.delimiter}${process.env["PATH"] ?? ""}` };
}

/** Changes with everything that decides what is in the folder. */
async function keyOfContent() {
  const hash = createHash("sha256");
  for (const name of [...lockFiles, "install.ts", "repair.ts", "file-log.cjs"]) {
    hash.update(await readFile(path.join(ownFolder, name)));
  }
  return `${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 12)}`;
}

async function exists(folder: string) {
  return (await readdir(folder).catch(() => [])).length > 0;
}
