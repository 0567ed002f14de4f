import * as z from "zod";

/** The AI tools that are told apart outside this machine. */
export const toolSchema = z.enum([
  "amp",
  "claude-code",
  "cline",
  "codex",
  "continue",
  "copilot-cli",
  "cursor",
  "droid",
  "firebender",
  "gemini-cli",
  "github-copilot",
  "junie",
  "opencode",
  "pi",
  "windsurf",
  /** A tool that has a name, but is not in this list. Its name stays on the machine. */
  "other",
  /** AI, but which tool is not known. */
  "unknown",
]);
