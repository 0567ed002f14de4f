import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, posix, win32 } from "node:path";

export interface HomePlace {
  /** `process.platform`. */
  readonly platform: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  /** The home directory of the user. */
  readonly userHome: string;
}

/** The one folder that every editor, hook and command of an OS user shares. */
export function homeFolder({ platform, environment, userHome }: HomePlace): string {
  const path = platform === "win32" ? win32 : posix;
  const fromEnvironment = (name: string) => {
    const folder = environment[name];
    return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
  };
  const chosen = fromEnvironment("KEPT_HOME");
  if (chosen !== undefined) return chosen;
  if (platform === "win32") {
    return path.join(fromEnvironment("LOCALAPPDATA") ?? path.join(userHome, "AppData", "Local"), "Kept");
  }
  if (platform === "darwin") return path.join(userHome, "Library", "Application Support", "Kept");
  return path.join(fromEnvironment("XDG_DATA_HOME") ?? path.join(userHome, ".local", "share"), "kept");
}

const folderMode = 0o700;
const fileMode = 0o600;

/** Makes the folder, and takes from everybody else what they may do in it. Throws where that is impossible. */
export function prepareHome(folder: string): void {
  makeFolder(folder);
  // Read first: what is no folder, such as a file or a device that somebody named, is left as it is.
  const entries = readdirSync(folder, { withFileTypes: true });
  if (isShared(folder)) {
    throw new Error(`${folder} is for everybody's files: have KEPT_HOME name a folder of Kept's own`);
  }
  tighten(folder, folderMode);
  for (const entry of entries) {
    if (entry.isFile()) tighten(posix.join(folder, entry.name), fileMode);
  }
}

/** As /tmp is: nobody may delete what others put there, so taking it from them would break their programs. */
function isShared(folder: string): boolean {
  return process.platform !== "win32" && (statSync(folder).mode & 0o1000) !== 0;
}

/** One level after the other: making all at once never ends where a file system lets nobody make folders. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: folderMode });
  } catch (thrown) {
    if (!existsSync(folder)) throw thrown;
  }
}

function tighten(path: string, mode: number): void {
  // Windows has no such modes: the folder lies in the user's own profile.
  if (process.platform === "win32") return;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && (found.mode & 0o777 & ~mode) !== 0) chmodIfThere(path, mode);
}

/** Other processes delete files of theirs, such as the database's log, at any moment. */
function chmodIfThere(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (thrown) {
    if (existsSync(path)) throw thrown;
  }
}
