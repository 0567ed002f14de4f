import path from "node:path";
import type { Agent } from "./agent.ts";
import { claudeCode } from "./claudeCode.ts";
import { dataFolder } from "./editorFolders.ts";

const { tool, form, marks, makeReader } = claudeCode;

/**
 * What Claude Desktop has Claude Code do: each of its sessions has a home of its own, in a folder that Windows' store puts
 * elsewhere. What else lies beside such a home is not read.
 */
export const claudeDesktop: Agent = {
  ...{ tool, form, marks, makeReader },
  tells: "requests",
  title: "Claude Desktop",
  homes: (around) => {
    const { platform, userHome, environment } = around;
    if (platform !== "win32") return [dataFolder(around)];
    const local = environment["LOCALAPPDATA"] || path.join(userHome, "AppData", "Local");
    return [dataFolder(around), path.join(local, "Packages")];
  },
  within: [
    "Claude/local-agent-mode-sessions",
    "Claude_*/LocalCache/Roaming/Claude/local-agent-mode-sessions",
  ],
  isRecord: (file) =>
    /(^|\/)Claude\/local-agent-mode-sessions\/.*\/\.claude\/projects\/.*\.jsonl$/.test(file),
};
