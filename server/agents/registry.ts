import type { Agent } from "./agent.ts";
import { claudeCode } from "./claudeCode.ts";
import { codex } from "./codex.ts";
import { copilotCli } from "./copilotCli.ts";
import { geminiCli } from "./geminiCli.ts";

/** Every tool whose own records are read. */
export const agents: readonly Agent[] = [claudeCode, codex, copilotCli, geminiCli];
