import path from "node:path";
import type { Surroundings } from "./agent.ts";

const desktop = ["Code", "Code - Insiders", "Code - Exploration", "VSCodium"];
const servers = [".vscode-server", ".vscode-server-insiders"];

/** Where VS Code, its relatives and their remote sides keep what is a user's. */
export function editorUserFolders({ platform, userHome, environment }: Surroundings): string[] {
  const data =
    platform === "darwin"
      ? path.join(userHome, "Library", "Application Support")
      : platform === "win32"
        ? (environment["APPDATA"] ?? path.join(userHome, "AppData", "Roaming"))
        : (environment["XDG_CONFIG_HOME"] ?? path.join(userHome, ".config"));
  return [
    ...desktop.map((name) => path.join(data, name, "User")),
    ...servers.map((name) => path.join(userHome, name, "data", "User")),
    path.join(environment["XDG_DATA_HOME"] ?? path.join(userHome, ".local", "share"), "code-server", "User"),
  ];
}
