import path from "node:path";
import { entriesWith, type Connectable } from "../hooks/connectable.ts";

const tool = "claude-code";
const folder: Connectable["folder"] = ({ userHome, environment }) =>
  environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude");

export const claudeCodeConnections: readonly Connectable[] = [
  {
    tool,
    title: "Claude Code",
    folder,
    file: "settings.json",
    variables: ["CLAUDE_CONFIG_DIR"],
    holds: entriesWith("Edit|MultiEdit|Write|NotebookEdit|Bash"),
  },
  {
    tool: `${tool}-telemetry`,
    telemetryOf: tool,
    title: "Claude Code, its telemetry",
    folder,
    file: "settings.json",
    variables: ["CLAUDE_CONFIG_DIR"],
    holds: {
      settings: (endpoint) => [
        { path: ["env", "OTEL_EXPORTER_OTLP_ENDPOINT"], value: endpoint },
        { path: ["env", "OTEL_EXPORTER_OTLP_PROTOCOL"], value: "http/protobuf" },
        { path: ["env", "OTEL_LOGS_EXPORTER"], value: "otlp" },
        { path: ["env", "CLAUDE_CODE_ENABLE_TELEMETRY"], value: "1" },
      ],
    },
  },
];
