import { createReadStream, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { RecordAt } from "../../core/provenance/recordAt.ts";
import { openRegularFile } from "../regularFile.ts";

export interface RecordPlaces {
  /** `process.platform`. */
  readonly platform: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly userHome: string;
}

export interface Conversation {
  readonly file: string;
  /** Counted from 0: where the request is, or the start. */
  readonly line: number;
}

/** Folders looked through at most, and how far into a file a request is looked for. */
const mostFolders = 5000;
const mostBytes = 200 * 1024 * 1024;

/** The tool's own record of an edit, as long as the tool keeps it. */
export async function findConversation(
  record: RecordAt,
  places: RecordPlaces,
): Promise<Conversation | undefined> {
  const file = finders[record.tool](record.session, places);
  if (file === undefined) return undefined;
  return { file, line: record.request === undefined ? 0 : await lineOf(file, record.request) };
}

const finders: Readonly<
  Record<RecordAt["tool"], (session: string, places: RecordPlaces) => string | undefined>
> = {
  "copilot-chat": (session, places) => {
    const names = [`${session}.jsonl`, `${session}.json`];
    for (const user of userFolders(places)) {
      const storages = namesIn(path.join(user, "workspaceStorage")).map((name) =>
        path.join(user, "workspaceStorage", name, "chatSessions"),
      );
      const folders = [...storages, path.join(user, "globalStorage", "emptyWindowChatSessions")];
      const found = firstFile(folders, names);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  "claude-code": (session, { environment, userHome }) => {
    const set = environment["CLAUDE_CONFIG_DIR"];
    const homes = set
      ? set.split(",").map((each) => each.trim())
      : [path.join(userHome, ".claude"), path.join(userHome, ".config", "claude")];
    const projects = homes.flatMap((home) =>
      namesIn(path.join(home, "projects")).map((name) => path.join(home, "projects", name)),
    );
    return firstFile(projects, [`${session}.jsonl`]);
  },
  codex: (session, { environment, userHome }) => {
    const home = environment["CODEX_HOME"] || path.join(userHome, ".codex");
    const days = below(path.join(home, "sessions"), 3);
    for (const folder of [...days.reverse(), path.join(home, "archived_sessions")]) {
      const name = namesIn(folder).find(
        (one) => one.startsWith("rollout-") && one.endsWith(`-${session}.jsonl`),
      );
      if (name !== undefined && isFile(path.join(folder, name))) return path.join(folder, name);
    }
    return undefined;
  },
};

const editors = ["Code", "Code - Insiders", "Code - Exploration", "VSCodium", "Cursor", "code-server"];

/** Where editors of the family keep what is the user's. */
function userFolders({ platform, environment, userHome }: RecordPlaces): string[] {
  const base =
    platform === "win32"
      ? environment["APPDATA"] || path.join(userHome, "AppData", "Roaming")
      : platform === "darwin"
        ? path.join(userHome, "Library", "Application Support")
        : environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config");
  return [
    ...editors.map((name) => path.join(base, name, "User")),
    path.join(userHome, ".vscode-server", "data", "User"),
    path.join(userHome, ".vscode-server-insiders", "data", "User"),
    path.join(userHome, ".local", "share", "code-server", "User"),
  ];
}

function firstFile(folders: readonly string[], names: readonly string[]): string | undefined {
  for (const folder of folders.slice(0, mostFolders)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (isFile(file)) return file;
    }
  }
  return undefined;
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** The folders that many steps below one, in the order of their names. */
function below(folder: string, steps: number): string[] {
  if (steps === 0) return [folder];
  return namesIn(folder)
    .sort()
    .flatMap((name) => below(path.join(folder, name), steps - 1));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function lineOf(file: string, request: string): Promise<number> {
  const lines = createInterface({
    input: createReadStream("", { fd: openRegularFile(file), end: mostBytes }),
    crlfDelay: Infinity,
  });
  let number = 0;
  try {
    for await (const line of lines) {
      if (line.includes(request)) return number;
      number++;
    }
  } finally {
    lines.close();
  }
  return 0;
}
