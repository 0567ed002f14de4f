import path from "node:path";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import type { Surroundings } from "../agents/agent.ts";

/** Where tools keep the model they begin with, each in a file of the user's. */
const places: Readonly<Record<string, (around: Surroundings) => string>> = {
  "claude-code": ({ userHome, environment }) =>
    path.join(
      environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude"),
      "settings.json",
    ),
  codex: ({ userHome, environment }) =>
    path.join(environment["CODEX_HOME"] || path.join(userHome, ".codex"), "config.toml"),
  "copilot-cli": ({ userHome }) => path.join(userHome, ".copilot", "settings.json"),
  droid: ({ userHome }) => path.join(userHome, ".factory", "settings.json"),
  "gemini-cli": ({ userHome }) => path.join(userHome, ".gemini", "settings.json"),
  opencode: ({ userHome, environment }) =>
    path.join(environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config"), "opencode", "opencode.json"),
};

/** It lives in the editor and its models are among the editor's settings. */
const ofTheEditor = "github-copilot";

export interface ModelPlace {
  /** As its maker writes it. */
  readonly tool: string;
  /** Null where it is not known to be in a file. */
  readonly file: string | null;
}

/** Where a tool of that title has its default model; null where the editor's settings are the place. */
export function modelPlaceOf(title: string | undefined, around: Surroundings): ModelPlace | null {
  if (title === undefined || title === titleOfTool(ofTheEditor)) return null;
  const place = Object.entries(places).find(([tool]) => titleOfTool(tool) === title)?.[1];
  return { tool: title, file: place?.(around) ?? null };
}
