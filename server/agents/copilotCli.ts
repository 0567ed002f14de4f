import { homeFolder } from "../hooks/connectable.ts";
import { shellFile } from "../hooks/shellProgram.ts";
import { copilotCliTelemetry } from "../otel/copilotTelemetry.ts";
import path from "node:path";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { callOf, copilotFilesOf } from "./copilotEdits.ts";
import { CopilotUsageReader, copilotUsage } from "./copilotUsage.ts";
import { seemsToEdit } from "./drift.ts";
import { fieldsOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { OpenCalls } from "./openCalls.ts";
import { StepTeller, type StepPlace } from "./stepTeller.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "copilot-cli";
const usageFile = "session-store.db";

export const copilotEventMarks = [
  "session.start",
  "session.model_change",
  "session.resume",
  "tool.execution_",
] as const;

export const copilotCli: Agent = {
  tool,
  title: "GitHub Copilot CLI",
  homes: ({ userHome, environment }) => [environment["COPILOT_HOME"] || path.join(userHome, ".copilot")],
  within: ["session-state"],
  isRecord: (file) => file === usageFile || /^session-state\/.+\.jsonl$/.test(file),
  form: (file) => (isUsage(file) ? "database" : "lines"),
  marks: copilotEventMarks,
  tells: "anything",
  ...copilotUsage,
  makeReader: (file) => (isUsage(file) ? new CopilotUsageReader(tool) : new CopilotEventsReader(tool)),
  telemetry: copilotCliTelemetry,
  hookedAs: "github-copilot",
  connections: [
    {
      tool: `${tool}-telemetry`,
      telemetryOf: tool,
      title: "GitHub Copilot on the command line, its telemetry",
      // It reads variables alone, which a shell gives it.
      folder: homeFolder(".copilot"),
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
  ],
};

/** The database in which it counts its requests. */
function isUsage(file: string): boolean {
  return path.basename(file) === usageFile;
}

/** The events of its agent, which VS Code writes as transcripts. What they count of requests, the database tells. */
export class CopilotEventsReader implements RecordReader {
  readonly #tool: string;
  #session: string | undefined;
  #cwd: string | undefined;
  #model: string | undefined;
  readonly #calls = new OpenCalls<Fields>();
  readonly #steps: StepTeller;

  constructor(tool: string) {
    this.#tool = tool;
    this.#steps = new StepTeller(tool);
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const data = fieldsOf(line["data"]);
    const call = nameOf(data["toolCallId"]);
    switch (line["type"]) {
      case "session.start":
        this.#session = nameOf(data["sessionId"]);
        this.#model = nameOf(data["selectedModel"]) ?? this.#model;
        this.#cwd = nameOf(fieldsOf(data["context"])["cwd"]);
        return;
      case "session.model_change":
        this.#model = nameOf(data["newModel"]) ?? this.#model;
        return;
      case "tool.execution_start":
        if (call === undefined) return;
        this.#calls.add(call, data);
        this.#tell(call, data, { at: timeOf(line["timestamp"]), outcome: "proposed" }, sink);
        this.#began(call, data, timeOf(line["timestamp"]), sink);
        return;
      case "tool.execution_complete":
        if (call !== undefined) this.#completed(call, data, timeOf(line["timestamp"]), sink);
    }
  }

  #began(call: string, data: Fields, at: number | undefined, sink: Sink): void {
    const place = this.#placeAt(at);
    const given = data["arguments"];
    const input = fieldsOf(typeof given === "string" ? parsed(given) : given);
    const name = textOf(data["toolName"]) ?? "";
    if (place) this.#steps.called(call, name, input, place, sink);
    if (copilotFilesOf(name, given).length === 0 && seemsToEdit(name, given))
      sink.problem("an edit by a tool of an unknown name");
  }

  #placeAt(at: number | undefined): StepPlace | undefined {
    const session = this.#session;
    return at === undefined || session === undefined ? undefined : { session, at, folder: this.#cwd };
  }

  #completed(call: string, data: Fields, at: number | undefined, sink: Sink): void {
    const started = this.#calls.take(call);
    if (!started) return;
    const success = data["success"] ?? fieldsOf(data["result"])["result_type"] === "success";
    this.#tell(call, started, { at, outcome: success === true ? "applied" : "failed" }, sink);
    const place = this.#placeAt(at);
    const output = textOf(fieldsOf(data["result"])["text_result_for_llm"]);
    // With which status a command ended it does not say.
    if (place)
      this.#steps.answered(call, { outcome: success === true ? "ended" : "rejected", output }, place, sink);
  }

  #tell(
    call: string,
    started: Fields,
    { at, outcome }: { readonly at: number | undefined; readonly outcome: ToolEdit["outcome"] },
    sink: Sink,
  ): void {
    const files = copilotFilesOf(textOf(started["toolName"]) ?? "", started["arguments"]);
    const session = this.#session;
    if (files.length === 0) return;
    if (at === undefined || session === undefined) {
      sink.problem(at === undefined ? "no time" : "an edit without a session");
      return;
    }
    const known = { tool: this.#tool, model: this.#model, session, call: callOf(call), at, outcome };
    tellFiles(files, this.#cwd, known, sink);
  }
}
