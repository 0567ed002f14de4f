import { mkdir } from "node:fs/promises";
import path from "node:path";
import { findOnPath } from "../process/findOnPath.ts";
import { runOrThrow } from "../process/run.ts";
import type { Demo } from "./demo.ts";

export interface DesktopEditor {
  readonly name: string;
  readonly command: string;
}

/** By the command that starts each. */
const names = {
  code: "VS Code",
  "code-insiders": "VS Code Insiders",
  codium: "VSCodium",
  cursor: "Cursor",
  windsurf: "Windsurf",
} as const;

export function findDesktopEditor(): DesktopEditor | undefined {
  for (const [command, name] of Object.entries(names)) {
    const [found] = findOnPath(command);
    if (found !== undefined) return { name, command: found };
  }
  return undefined;
}

/** Installs the package where the user's own windows will find it. */
export async function installForUser(editor: DesktopEditor, vsix: string) {
  await runOrThrow(editor.command, ["--install-extension", vsix, "--force"]);
}

/** A window apart from the user's: with profile, extensions and Kept data of its own. */
export async function openDemo(editor: DesktopEditor, vsix: string, { folder, workspace, keptHome }: Demo) {
  const profile = path.join(folder, "profile");
  await mkdir(profile, { recursive: true });
  const folders = [
    `--user-data-dir=${path.join(profile, "user")}`,
    `--extensions-dir=${path.join(profile, "extensions")}`,
  ];
  await runOrThrow(editor.command, [...folders, "--install-extension", vsix, "--force"]);
  await runOrThrow(editor.command, [...folders, "--disable-workspace-trust", "--new-window", workspace], {
    env: { ...process.env, KEPT_HOME: keptHome },
  });
}
