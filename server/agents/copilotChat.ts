import { CopilotEventsReader } from "./copilotCli.ts";
import { ChatSessionReader } from "./chatSession.ts";
import { CopilotTraceReader, copilotTraces } from "./copilotTraces.ts";
import { editorUserFolders } from "./editorFolders.ts";
import type { Agent } from "./agent.ts";

const tool = "github-copilot";

/** Copilot in VS Code: transcripts and traces of its agent, and the chat sessions that the editor itself keeps. */
export const copilotChat: Agent = {
  tool,
  title: "GitHub Copilot in VS Code",
  homes: editorUserFolders,
  within: [
    "workspaceStorage/*/chatSessions",
    "workspaceStorage/*/GitHub.copilot-chat/transcripts",
    "globalStorage/emptyWindowChatSessions",
    "globalStorage/github.copilot-chat",
  ],
  isRecord: (file) =>
    /\/(chatSessions|emptyWindowChatSessions)\/[^/]+\.jsonl?$/.test(file) ||
    isTranscript(file) ||
    isTraces(file),
  form: (file) => (isTraces(file) ? "database" : file.endsWith(".jsonl") ? "lines" : "document"),
  marks: [],
  query: copilotTraces,
  makeReader: (file) => {
    if (isTraces(file)) return new CopilotTraceReader(tool);
    return isTranscript(file) ? new CopilotEventsReader(tool) : new ChatSessionReader(tool);
  },
};

function isTranscript(file: string): boolean {
  return /[/\\]transcripts[/\\][^/\\]+\.jsonl$/.test(file);
}

function isTraces(file: string): boolean {
  return /[/\\]github\.copilot-chat[/\\]agent-traces\.db$/.test(file);
}
