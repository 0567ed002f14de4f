import path from "node:path";
import { entriesWith, type Connectable } from "../hooks/connectable.ts";

const tool = "codex";
const folder: Connectable["folder"] = ({ userHome, environment }) =>
  environment["CODEX_HOME"] || path.join(userHome, ".codex");

export const codexConnections: readonly Connectable[] = [
  {
    tool,
    title: "Codex",
    folder,
    file: "hooks.json",
    variables: ["CODEX_HOME"],
    holds: entriesWith("apply_patch|Bash|shell|shell_command|exec_command"),
    fresh: "{}\n",
    note: "Codex runs a hook once you have looked at it: type /hooks there and trust Kept's.",
  },
  {
    tool: `${tool}-telemetry`,
    telemetryOf: tool,
    title: "Codex, its telemetry",
    folder,
    file: "config.toml",
    variables: ["CODEX_HOME"],
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
];
