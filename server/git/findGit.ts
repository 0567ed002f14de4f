import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The git that PATH means. A folder that is not absolute could be anybody's, as could the one we are in. */
export function findGit(
  platform: string,
  environment: Readonly<Partial<Record<string, string>>>,
): string | undefined {
  const searched = environment["PATH"] ?? environment["Path"] ?? "";
  return searched
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, platform === "win32" ? "git.exe" : "git"))
    .find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
