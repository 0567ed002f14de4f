import path from "node:path";
import type { Surroundings } from "./agent.ts";

const desktop = ["Code", "Code - Insiders", "Code - Exploration", "VSCodium"];
const relatives = ["Cursor", "Windsurf"];
const servers = [".vscode-server", ".vscode-server-insiders"];

/** Where VS Code, its relatives and their remote sides keep what is a user's. */
export function editorUserFolders(around: Surroundings): string[] {
  const { userHome, environment } = around;
  const data = dataFolder(around);
  return [
    ...desktop.map((name) => path.join(data, name, "User")),
    ...servers.map((name) => path.join(userHome, name, "data", "User")),
    path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), "code-server", "User"),
  ];
}

/** Files of what a user set for this machine, of every editor that Kept may run in; those of its profiles are left out. */
export function editorSettings(around: Surroundings): string[] {
  const data = dataFolder(around);
  const users = [...editorUserFolders(around), ...relatives.map((name) => path.join(data, name, "User"))];
  const machines = users.map((user) => path.join(path.dirname(user), "Machine"));
  return [...users, ...machines].map((folder) => path.join(folder, "settings.json"));
}

/** Where Cursor keeps what is of no single folder. */
export function cursorStorage(around: Surroundings): string {
  return path.join(dataFolder(around), "Cursor", "User", "globalStorage");
}

/** Where programs with a window keep what is a user's. */
export function dataFolder({ platform, userHome, environment }: Surroundings): string {
  if (platform === "darwin") return path.join(userHome, "Library", "Application Support");
  if (platform === "win32") return environment["APPDATA"] || path.join(userHome, "AppData", "Roaming");
  return environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config");
}
