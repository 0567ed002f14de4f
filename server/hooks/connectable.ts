import path from "node:path";
import type { Surroundings } from "../agents/agent.ts";
import type { HookEntry } from "./jsonHooks.ts";
import type { JsonSetting } from "./jsonSettings.ts";

/** A tool whose hooks Kept can be put into, or that can send its telemetry to Kept. */
export interface Connectable {
  readonly tool: string;
  /** The tool whose telemetry it is about, where it is. */
  readonly telemetryOf?: string;
  readonly title: string;
  /** Any tool that is in no list: it is told what to call by whoever runs it, not by a file of its own. */
  readonly isAnyTool?: true;
  /** What is there when the tool is installed for this user. `shim` is what it is to call. */
  readonly folder: (around: Surroundings, shim: string) => string;
  /** Where it keeps its own records, where that is elsewhere: then it is installed, too. */
  readonly keepsIn?: (around: Surroundings) => string;
  /** Below that folder. */
  readonly file: string | ((around: Surroundings) => string);
  /** Why it cannot be connected here. */
  readonly whyNot?: (around: Surroundings) => string | undefined;
  /** By which of the environment's variables the file is found. */
  readonly foundBy?: string;
  /** By which it is told where that is. */
  readonly variables?: readonly string[];
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

/** What a tool is to wait for a hook. */
export const hookSeconds = 5;

/** As a shell takes it: Windows' own, or any other, which reads more than that between double quotes. */
export function commandOf(shim: string, tool: string): string {
  return `${quoted(shim)} ${tool}`;
}

function quoted(shim: string): string {
  if (!/[^\w@%+=:,./\\-]/.test(shim)) return shim;
  return shim.startsWith("/") && /[$`"\\!]/.test(shim) ? `'${shim.replaceAll("'", "'\\''")}'` : `"${shim}"`;
}

export function homeFolder(name: string): (around: Surroundings) => string {
  return ({ userHome }) => path.join(userHome, name);
}

/** In the folder for data of all programs. */
export function dataFolder(name: string): (around: Surroundings) => string {
  return ({ userHome, environment }) =>
    path.join(environment["XDG_DATA_HOME"] || path.join(userHome, ".local", "share"), name);
}

/** The same entry for several events. */
export function entriesFor(events: readonly string[], valueOf: (command: string) => object): Holds {
  return {
    entries: (command) => events.map((event) => ({ list: ["hooks", event], value: valueOf(command) })),
  };
}

/** The form that Claude Code has, and others have after it. */
export function entriesWith(matcher: string): Holds {
  const valueOf = (command: string) => ({
    matcher,
    hooks: [{ type: "command", command, timeout: hookSeconds }],
  });
  return entriesFor(["PreToolUse", "PostToolUse"], valueOf);
}
