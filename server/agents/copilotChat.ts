import { CopilotEventsReader } from "./copilotCli.ts";
import { ChatSessionReader } from "./chatSession.ts";
import { CopilotDebugLogReader } from "./copilotDebugLog.ts";
import { CopilotTraceReader, copilotTraces } from "./copilotTraces.ts";
import { editorUserFolders } from "./editorFolders.ts";
import type { Agent } from "./agent.ts";

const tool = "github-copilot";

/** Copilot in VS Code: what its agent keeps of itself in three ways, and the chat sessions that the editor keeps. */
export const copilotChat: Agent = {
  tool,
  title: "GitHub Copilot in VS Code",
  homes: editorUserFolders,
  within: [
    "workspaceStorage/*/chatSessions",
    "workspaceStorage/*/GitHub.copilot-chat/transcripts",
    "workspaceStorage/*/GitHub.copilot-chat/debug-logs",
    "globalStorage/emptyWindowChatSessions",
    "globalStorage/github.copilot-chat",
  ],
  isRecord: (file) =>
    /\/(chatSessions|emptyWindowChatSessions)\/[^/]+\.jsonl?$/.test(file) ||
    isTranscript(file) ||
    isDebugLog(file) ||
    isTraces(file),
  form: (file) => (isTraces(file) ? "database" : file.endsWith(".jsonl") ? "lines" : "document"),
  marks: [],
  query: copilotTraces,
  makeReader: (file) => {
    if (isTraces(file)) return new CopilotTraceReader(tool);
    if (isDebugLog(file)) return new CopilotDebugLogReader(tool, file);
    return isTranscript(file) ? new CopilotEventsReader(tool) : new ChatSessionReader(tool);
  },
};

function isTranscript(file: string): boolean {
  return /[/\\]transcripts[/\\][^/\\]+\.jsonl$/.test(file);
}

function isTraces(file: string): boolean {
  return /[/\\]github\.copilot-chat[/\\]agent-traces\.db$/.test(file);
}

function isDebugLog(file: string): boolean {
  return /[/\\]debug-logs[/\\][^/\\]+[/\\][^/\\]+\.jsonl$/.test(file);
}
