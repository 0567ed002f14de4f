import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ConsoleFiles } from "./routes/console.ts";

/** Where the program lies: `org` when run from its sources, `org/dist` when run as a bundle. */
export function readConsoleFiles(programFolder: string): ConsoleFiles {
  const folder = [path.join(programFolder, "console"), path.join(programFolder, "..", "console")].find(
    (candidate) => existsSync(path.join(candidate, "styles")),
  );
  if (folder === undefined) {
    throw new Error(`The console's files are missing: console/styles beside ${programFolder}.`);
  }
  return {
    stylesheet: readStylesheet(path.join(folder, "styles")),
    icon: readFileSync(path.join(folder, "icon.svg"), "utf8"),
    script: readScript([folder, path.join(programFolder, "dist", "console")]),
  };
}

/** Built, unlike the rest; without it the pages are the same with plainer pictures. */
function readScript(folders: readonly string[]): string | undefined {
  const file = folders.map((folder) => path.join(folder, "console.js")).find((name) => existsSync(name));
  return file === undefined ? undefined : readFileSync(file, "utf8");
}

/** One file for each room, in the order of their names. */
function readStylesheet(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".css"))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .join("\n");
}

/** The native part that is built beside the bundle; undefined where node_modules has it. */
export function findNativeBinding(programFolder: string): string | undefined {
  const name = `${process.platform}-${process.arch}.node`;
  const file = path.join(programFolder, "..", "..", "dist", "native", name);
  return existsSync(file) ? file : undefined;
}
