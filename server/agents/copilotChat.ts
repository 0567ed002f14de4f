import { entriesFor, homeFolder, hookSeconds } from "../hooks/connectable.ts";
import { copilotTelemetry } from "../otel/copilotTelemetry.ts";
import { copilotHook } from "./copilotHook.ts";
import { nameOf } from "./fields.ts";
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
  readHook: copilotHook,
  ranHook: (payload) => /[/\\]GitHub\.copilot-chat[/\\]/i.test(nameOf(payload["transcript_path"]) ?? ""),
  telemetry: copilotTelemetry,
  connections: [
    {
      tool,
      title: "GitHub Copilot in VS Code and on the command line",
      folder: homeFolder(".copilot"),
      file: "hooks/kept.json",
      holds: entriesFor(["PreToolUse", "PostToolUse"], (command) => ({
        ...{ type: "command", command, timeout: hookSeconds },
      })),
      fresh: "{}\n",
    },
    {
      tool: `${tool}-telemetry`,
      telemetryOf: tool,
      title: "GitHub Copilot in VS Code, its telemetry",
      folder: (around) => editorUserFolders(around)[0]!,
      file: "settings.json",
      holds: {
        settings: (endpoint) => [
          { path: ["github.copilot.chat.otel.otlpEndpoint"], value: endpoint },
          { path: ["github.copilot.chat.otel.exporterType"], value: "otlp-http" },
          { path: ["github.copilot.chat.otel.captureContent"], value: false },
          { path: ["github.copilot.chat.otel.enabled"], value: true },
        ],
      },
      note: "Copilot reads this when VS Code is started the next time, and only while VS Code's own telemetry is not off.",
    },
  ],
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
