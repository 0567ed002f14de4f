import path from "node:path";
import { editorUserFolders } from "../agents/editorFolders.ts";
import type { Connectable } from "./connectables.ts";
import { shellFile } from "./shellProgram.ts";

/** Tools that can be told where to send their telemetry, by their own settings. */
export const telemetryConnectables: readonly Connectable[] = [
  {
    tool: "claude-code-telemetry",
    telemetryOf: "claude-code",
    title: "Claude Code, its telemetry",
    folder: ({ userHome, environment }) =>
      environment["CLAUDE_CONFIG_DIR"]?.split(",")[0]?.trim() || path.join(userHome, ".claude"),
    file: "settings.json",
    holds: {
      settings: (endpoint) => [
        { path: ["env", "OTEL_EXPORTER_OTLP_ENDPOINT"], value: endpoint },
        { path: ["env", "OTEL_EXPORTER_OTLP_PROTOCOL"], value: "http/protobuf" },
        { path: ["env", "OTEL_LOGS_EXPORTER"], value: "otlp" },
        { path: ["env", "CLAUDE_CODE_ENABLE_TELEMETRY"], value: "1" },
      ],
    },
  },
  {
    tool: "codex-telemetry",
    telemetryOf: "codex",
    title: "Codex, its telemetry",
    folder: ({ userHome, environment }) => environment["CODEX_HOME"] || path.join(userHome, ".codex"),
    file: "config.toml",
    holds: {
      table: "otel",
      section: (endpoint) =>
        [
          "[otel]",
          "log_user_prompt = false",
          "",
          '[otel.exporter."otlp-http"]',
          `endpoint = "${endpoint}/v1/logs"`,
          'protocol = "binary"',
        ].join("\n"),
    },
    fresh: "",
  },
  {
    tool: "gemini-cli-telemetry",
    telemetryOf: "gemini-cli",
    title: "Gemini CLI, its telemetry",
    folder: ({ userHome }) => path.join(userHome, ".gemini"),
    file: "settings.json",
    holds: {
      settings: (endpoint) => [
        { path: ["telemetry", "otlpEndpoint"], value: endpoint },
        { path: ["telemetry", "otlpProtocol"], value: "http" },
        { path: ["telemetry", "target"], value: "local" },
        { path: ["telemetry", "logPrompts"], value: false },
        { path: ["telemetry", "enabled"], value: true },
      ],
    },
  },
  {
    tool: "github-copilot-telemetry",
    telemetryOf: "github-copilot",
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
  {
    tool: "copilot-cli-telemetry",
    telemetryOf: "copilot-cli",
    title: "GitHub Copilot on the command line, its telemetry",
    // It reads variables alone, which a shell gives it.
    folder: ({ userHome }) => path.join(userHome, ".copilot"),
    file: (around) => `../${shellFile(around) ?? ".profile"}`,
    foundBy: "SHELL",
    whyNot: (around) =>
      shellFile(around) === undefined
        ? "Copilot's command line reads variables of the environment alone, and Kept sets these in bash and zsh"
        : undefined,
    holds: {
      program: "copilot",
      variables: (endpoint) => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "false",
        COPILOT_OTEL_ENABLED: "true",
      }),
      unlessSet: ["OTEL_EXPORTER_OTLP_ENDPOINT", "COPILOT_OTEL_FILE_EXPORTER_PATH"],
    },
    fresh: "",
    note: "Shells that are open already know nothing of this: open another.",
  },
];
