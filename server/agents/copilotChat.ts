import { CopilotEventsReader } from "./copilotCli.ts";
import { ChatSessionReader } from "./chatSession.ts";
import { editorUserFolders } from "./editorFolders.ts";
import type { Agent } from "./agent.ts";

const tool = "github-copilot";

/** Copilot in VS Code: the transcripts of its agent, and the chat sessions that the editor itself keeps. */
export const copilotChat: Agent = {
  tool,
  title: "GitHub Copilot in VS Code",
  homes: editorUserFolders,
  within: [
    "workspaceStorage/*/chatSessions",
    "workspaceStorage/*/GitHub.copilot-chat/transcripts",
    "globalStorage/emptyWindowChatSessions",
  ],
  isRecord: (file) =>
    /\/(chatSessions|emptyWindowChatSessions)\/[^/]+\.jsonl?$/.test(file) || isTranscript(file),
  form: (file) => (file.endsWith(".jsonl") ? "lines" : "document"),
  marks: [],
  makeReader: (file) =>
    isTranscript(file.replaceAll("\\", "/")) ? new CopilotEventsReader(tool) : new ChatSessionReader(tool),
};

function isTranscript(file: string): boolean {
  return /\/transcripts\/[^/]+\.jsonl$/.test(file);
}
