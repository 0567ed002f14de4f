import path from "node:path";
import type { Surroundings } from "../agents/agent.ts";
import type { HookEntry } from "./jsonHooks.ts";
import type { JsonSetting } from "./jsonSettings.ts";
import { ampPlugin, clineScript, openCodePlugin } from "./ownFiles.ts";
import { telemetryConnectables } from "./telemetryConnectables.ts";

/** A tool whose hooks Kept can be put into, or that can send its telemetry to Kept. */
export interface Connectable {
  readonly tool: string;
  /** The tool whose telemetry it is about, where it is. */
  readonly telemetryOf?: string;
  readonly title: string;
  /** What is there when the tool is installed for this user. */
  readonly folder: (around: Surroundings) => string;
  /** Where it keeps its own records, where that is elsewhere: then it is installed, too. */
  readonly keepsIn?: (around: Surroundings) => string;
  /** Below that folder. */
  readonly file: string | ((around: Surroundings) => string);
  /** Why it cannot be connected here. */
  readonly whyNot?: (around: Surroundings) => string | undefined;
  /** By which of the environment's variables the file is found. */
  readonly foundBy?: string;
  readonly holds: Holds;
  /** How such a file begins where there is none; left like that it goes. */
  readonly fresh?: string;
  readonly isProgram?: boolean;
  /** What is left for the user to do. */
  readonly note?: string;
}

/** What is put into a file. */
type Holds =
  /** Into lists, beside what others have there. */
  | { readonly entries: (command: string) => readonly HookEntry[] }
  /** Settings of their own, where they are not set. */
  | { readonly settings: (endpoint: string) => readonly JsonSetting[] }
  /** A table of TOML, where there is none of its name. */
  | { readonly table: string; readonly section: (endpoint: string) => string }
  /** In a shell's file, variables with which a program is started, unless some are set. */
  | {
      readonly program: string;
      readonly variables: (endpoint: string) => Readonly<Record<string, string>>;
      readonly unlessSet: readonly string[];
    }
  /** A whole file of Kept's own. */
  | { readonly file: (shim: string, tool: string) => string };

const seconds = 5;
const home = (name: string) => (around: Surroundings) => path.join(around.userHome, name);

/** The form that Claude Code has, and others have after it. */
const claudeEntries = (matcher: string) => ({
  entries: (command: string) =>
    ["PreToolUse", "PostToolUse"].map((event) => ({
      list: ["hooks", event],
      value: { matcher, hooks: [{ type: "command", command, timeout: seconds }] },
    })),
});

export const connectables: readonly Connectable[] = [
  {
    tool: "claude-code",
    title: "Claude Code",
    folder: ({ userHome, environment }) =>
      environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude"),
    file: "settings.json",
    holds: claudeEntries("Edit|MultiEdit|Write|NotebookEdit|Bash"),
  },
  {
    tool: "gemini-cli",
    title: "Gemini CLI",
    folder: ({ userHome }) => path.join(userHome, ".gemini"),
    file: "settings.json",
    holds: {
      entries: (command) =>
        ["BeforeTool", "AfterTool"].map((event) => ({
          list: ["hooks", event],
          value: {
            matcher: "write_file|replace|run_shell_command",
            hooks: [{ name: "kept", type: "command", command, timeout: seconds * 1000 }],
          },
        })),
    },
  },
  {
    tool: "github-copilot",
    title: "GitHub Copilot in VS Code and on the command line",
    folder: ({ userHome }) => path.join(userHome, ".copilot"),
    file: "hooks/kept.json",
    holds: {
      entries: (command) =>
        ["PreToolUse", "PostToolUse"].map((event) => ({
          list: ["hooks", event],
          value: { type: "command", command, timeout: seconds },
        })),
    },
    fresh: "{}\n",
  },
  {
    tool: "codex",
    title: "Codex",
    folder: ({ userHome, environment }) => environment["CODEX_HOME"] || path.join(userHome, ".codex"),
    file: "hooks.json",
    holds: claudeEntries("apply_patch|Bash|shell|shell_command|exec_command"),
    fresh: "{}\n",
    note: "Codex runs a hook once you have looked at it: type /hooks there and trust Kept's.",
  },
  {
    tool: "cursor",
    title: "Cursor",
    folder: home(".cursor"),
    file: "hooks.json",
    holds: {
      entries: (command) =>
        ["afterFileEdit", "afterTabFileEdit", "afterShellExecution"].map((event) => ({
          list: ["hooks", event],
          value: { command },
        })),
    },
    fresh: '{\n  "version": 1\n}\n',
  },
  {
    tool: "windsurf",
    title: "Windsurf",
    folder: home(".codeium/windsurf"),
    keepsIn: home(".windsurf"),
    file: "hooks.json",
    holds: {
      entries: (command) =>
        ["post_write_code", "post_run_command"].map((event) => ({
          list: ["hooks", event],
          value: { command, show_output: false },
        })),
    },
    fresh: "{}\n",
  },
  {
    tool: "droid",
    title: "Droid",
    folder: home(".factory"),
    file: "settings.json",
    holds: claudeEntries("ApplyPatch|Edit|MultiEdit|Write|Create|Execute"),
  },
  {
    tool: "opencode",
    title: "OpenCode",
    folder: ({ userHome, environment }) =>
      path.join(environment["XDG_CONFIG_HOME"] || path.join(userHome, ".config"), "opencode"),
    keepsIn: ({ userHome, environment }) =>
      path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), "opencode"),
    file: "plugins/kept.js",
    holds: { file: openCodePlugin },
  },
  {
    tool: "amp",
    title: "Amp",
    folder: home(".config/amp"),
    keepsIn: ({ userHome, environment }) =>
      path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), "amp"),
    file: "plugins/kept.ts",
    holds: { file: ampPlugin },
    note: "Amp loads its plugins when it starts, and when it is told to reload them.",
  },
  {
    tool: "cline",
    title: "Cline",
    folder: home("Documents/Cline"),
    keepsIn: home(".cline"),
    file: "Hooks/PostToolUse",
    holds: { file: clineScript },
    isProgram: true,
  },
  ...telemetryConnectables,
];
