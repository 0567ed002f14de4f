import path from "node:path";
import { documentForms, type DocumentForm } from "./telling/documentForms.ts";
import { hookForms } from "./telling/hookForms.ts";
import { lineForms, type LineForm } from "./telling/lineForms.ts";
import type { MadeBy } from "./telling/made.ts";
import { CursorStateVoice, OpenCodeVoice } from "./telling/databaseVoices.ts";
import { DocumentVoice, HookVoice, LineVoice, type Voice } from "./telling/voices.ts";

/** An agent in a made day, and in which ways it tells of what it does. */
export interface MadeAgent {
  readonly tool: string;
  readonly session: string;
  /** How it goes about its edits. */
  readonly ways: readonly MadeBy[];
  readonly voices: readonly Voice[];
}

/** A tool with one kind of record, of which the corpus measures what can be known by it. */
export interface Teller {
  /** As the table calls it. */
  readonly title: string;
  readonly tool: string;
  readonly ways: readonly MadeBy[];
  readonly voicesIn: (folder: string) => readonly Voice[];
}

const hook = (tool: string) => () => [new HookVoice(hookForms[tool]!)];
const lines = (form: LineForm) => (folder: string) => [new LineVoice(form, path.join(folder, form.tool))];
const document = (form: DocumentForm) => (folder: string) => [
  new DocumentVoice(form, path.join(folder, form.tool)),
];
const cursorState = (keepsFiles: boolean) => (folder: string) => [
  new CursorStateVoice(path.join(folder, "cursor"), keepsFiles),
];

/** What each tool that is read records, one way at a time. */
export const tellers: readonly Teller[] = [
  byHook("claude-code", ["passage", "passage", "whole", "shell"]),
  byLog("claude-code", ["passage", "passage", "whole", "shell"], lines(lineForms.claudeCode)),
  byHook("codex", ["patch", "patch", "shell"]),
  byLog("codex", ["patch", "patch", "shell"], lines(lineForms.codex)),
  byHook("github-copilot", ["passage", "passage", "patch", "shell", "unsaid"]),
  byLog(
    "github-copilot",
    ["passage", "patch", "shell", "unsaid"],
    lines(lineForms.copilotTranscript),
    "transcript",
  ),
  byLog(
    "github-copilot",
    ["passage", "patch", "shell", "unsaid"],
    document(documentForms.copilotChat),
    "chat session",
  ),
  byLog(
    "github-copilot",
    ["passage", "patch", "unsaid"],
    document(documentForms.copilotEdits),
    "edits of a chat",
  ),
  byHook("copilot-cli", ["passage", "patch", "shell"]),
  byLog("copilot-cli", ["passage", "patch", "shell"], lines(lineForms.copilotCli)),
  byHook("cursor", ["passage", "passage", "whole", "shell"]),
  byLog("cursor", ["passage", "passage", "whole"], lines(lineForms.cursor), "transcript"),
  byLog("cursor", ["passage", "passage", "whole"], cursorState(true), "database with files"),
  byLog("cursor", ["passage", "passage", "whole"], cursorState(false), "database without files"),
  byHook("gemini-cli", ["passage", "passage", "whole", "shell"]),
  byLog("gemini-cli", ["passage", "passage", "whole", "shell"], lines(lineForms.geminiCli)),
  byHook("opencode", ["passage", "passage", "whole", "shell"]),
  byLog("opencode", ["passage", "passage", "whole"], (folder) => [
    new OpenCodeVoice(path.join(folder, "opencode")),
  ]),
  byHook("droid", ["passage", "patch", "shell"]),
  byLog("droid", ["passage", "patch"], lines(lineForms.droid)),
  byHook("windsurf", ["passage", "passage", "shell"]),
  byLog("windsurf", ["passage", "passage", "whole"], lines(lineForms.windsurf), "transcript"),
  byHook("amp", ["passage", "patch", "whole", "shell"]),
  byLog("amp", ["passage", "patch", "whole"], document(documentForms.amp), "thread"),
  byHook("cline", ["whole", "whole", "shell"]),
  byLog("cline", ["passage", "passage", "shell"], document(documentForms.cline)),
  byLog("continue", ["passage", "passage", "whole", "shell"], document(documentForms.continueSession)),
  byLog("continue", ["passage"], lines(lineForms.continueOutcomes), "edit outcomes"),
  { title: "any tool by agent-v1", tool: "another-agent", ways: ["whole"], voicesIn: hook("agent") },
  {
    title: "any tool by agent-v1, of its shell",
    tool: "another-agent",
    ways: ["shell"],
    voicesIn: hook("agent that tells of its shell"),
  },
  {
    title: "any tool by agent-v1, with what was before",
    tool: "another-agent",
    ways: ["whole"],
    voicesIn: hook("agent that says what was there before"),
  },
];

/** Records of calls that name their file and not what they wrote. */
export const silentTellers: readonly Teller[] = [
  byHook("github-copilot", ["unsaid"]),
  byLog("github-copilot", ["unsaid"], lines(lineForms.copilotTranscript), "transcript"),
];

function byHook(tool: string, ways: readonly MadeBy[]): Teller {
  return { title: `${tool} by hook`, tool, ways, voicesIn: hook(tool) };
}

function byLog(
  tool: string,
  ways: readonly MadeBy[],
  voicesIn: Teller["voicesIn"],
  record = "session",
): Teller {
  return { title: `${tool} by log (${record})`, tool, ways, voicesIn };
}

/** Those that hook and keep a log, as they do for whoever connected them, and those that keep several records of their own. */
export const tellersOfBoth: readonly Teller[] = [
  ...["claude-code", "codex", "github-copilot", "copilot-cli", "gemini-cli", "droid", "amp"].map((tool) =>
    together(`${tool} by hook and log`, ofTool(tool).slice(0, 2)),
  ),
  together("cursor by hook, transcript and database", ofTool("cursor").slice(0, 3)),
  together("github-copilot by chat session and its edits", ofTool("github-copilot").slice(-2)),
];

function ofTool(tool: string): readonly Teller[] {
  return tellers.filter((each) => each.tool === tool);
}

function together(title: string, parts: readonly Teller[]): Teller {
  const [{ tool, ways: some }] = parts as [Teller];
  // What one of them does not tell of, the other would be told of alone.
  const ways = some.filter((way) => parts.every((part) => part.ways.includes(way)));
  return { title, tool, ways, voicesIn: (folder) => parts.flatMap(({ voicesIn }) => voicesIn(folder)) };
}

export function madeAgent({ tool, ways, voicesIn }: Teller, folder: string): MadeAgent {
  return {
    tool,
    // OpenCode's made database knows no other.
    session: tool === "opencode" ? "ses-1" : `session of ${tool}`,
    ways,
    voices: voicesIn(folder),
  };
}
