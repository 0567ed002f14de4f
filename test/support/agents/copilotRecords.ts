/** Lines of the log that Copilot keeps of its agent, in the form of `copilot-chat` 0.67. */
export function debugLine(
  ts: number,
  type: string,
  given: {
    readonly spanId?: string;
    readonly dur?: number;
    readonly status?: string;
    readonly attrs?: object;
  },
): object {
  const { spanId = `${type}-1`, dur = 0, status = "ok", attrs = {} } = given;
  return { ts, dur, sid: "chat-1", type, name: type, spanId, parentSpanId: "turn-1", status, attrs };
}

export function debugRequest(
  ts: number,
  spanId: string,
  tokens: { readonly inputTokens?: number; readonly outputTokens?: number; readonly cachedTokens?: number },
  more: object = {},
): object {
  return debugLine(ts, "llm_request", {
    spanId,
    dur: 900,
    attrs: {
      model: "gpt-5",
      debugName: "panel/editAgent",
      ...tokens,
      ttft: 300,
      responseId: `answer-${spanId}`,
      userRequest: "a prompt",
      inputMessages: JSON.stringify([{ role: "user", parts: [{ type: "text", content: "a prompt" }] }]),
      maxTokens: 64_000,
      ...more,
    },
  });
}

/** A session's log, with a call of a tool and talk in it. */
export function debugLog(at: number): object[] {
  return [
    debugLine(at, "session_start", { attrs: { copilotVersion: "0.67.0", vscodeVersion: "1.139.1" } }),
    debugLine(at, "user_message", { attrs: { content: "a prompt" } }),
    debugRequest(
      at,
      "s1",
      { inputTokens: 100, outputTokens: 9, cachedTokens: 60 },
      {
        copilotUsageNanoAiu: 1_500_000_000,
      },
    ),
    debugLine(at, "tool_call", {
      spanId: "s2",
      attrs: {
        args: JSON.stringify({ filePath: "/work/a.ts", content: '{"inputTokens":5}' }),
        result: "done",
      },
    }),
    debugLine(at, "agent_response", { attrs: { response: "an answer" } }),
  ];
}

const address = (file: string) => ({
  $mid: 1,
  fsPath: file,
  external: `file://${file}`,
  path: file,
  scheme: "file",
});

type Range = readonly [startLine: number, startColumn: number, endLine: number, endColumn: number];

/** Something that was done in an editing session, in the form of VS Code 1.139. */
export function operation(
  type: string,
  file: string,
  request: string,
  epoch: number,
  more: object = {},
): object {
  return { type, uri: address(file), requestId: request, epoch, ...more };
}

export function textEdits(
  file: string,
  request: string,
  epoch: number,
  edits: readonly (readonly [Range, string])[],
): object {
  return operation("textEdit", file, request, epoch, {
    edits: edits.map(([[startLineNumber, startColumn, endLineNumber, endColumn], text]) => ({
      range: { startLineNumber, startColumn, endLineNumber, endColumn },
      text,
    })),
  });
}

export interface EditingGiven {
  readonly baselines?: readonly (readonly [file: string, request: string, epoch: number, content: string])[];
  readonly operations?: readonly object[];
  readonly stops?: readonly number[];
  readonly currentEpoch?: number;
  /** Of each file the number that says how it was decided on. */
  readonly files?: readonly (readonly [file: string, request: string, state: number])[];
  readonly agent?: string;
}

export function editingState(given: EditingGiven): object {
  const { baselines = [], operations = [], stops = [0], currentEpoch = 1000, files = [] } = given;
  const { agent = "github.copilot.editsAgent" } = given;
  return {
    version: 2,
    initialFileContents: files.map(([file]) => [`file://${file}`, "0a1b2c3"]),
    timeline: {
      checkpoints: stops.map((epoch) => ({ checkpointId: `stop-${epoch}`, epoch, label: "a prompt" })),
      currentEpoch,
      epochCounter: currentEpoch,
      fileBaselines: baselines.map(([file, requestId, epoch, content]) => [
        `file://${file}::${requestId}`,
        { uri: address(file), requestId, content, epoch, telemetryInfo: {} },
      ]),
      operations,
    },
    recentSnapshot: {
      entries: files.map(([file, requestId, state]) => ({
        resource: `file://${file}`,
        languageId: "typescript",
        originalHash: "0a1b2c3",
        currentHash: "4d5e6f7",
        state,
        snapshotUri: `chat-editing-text-model:${file}`,
        telemetryInfo: { requestId, agentId: agent, modelId: "copilot/gpt-5", modeId: "agent" },
      })),
    },
  };
}

/** An editing session in which one file was changed and one was made. */
export function soundEditing(): object {
  return editingState({
    baselines: [["/work/a.ts", "request-1", 2, "a"]],
    operations: [
      textEdits("/work/a.ts", "request-1", 3, [[[1, 1, 1, 2], "b"]]),
      operation("create", "/work/b.ts", "request-1", 5, { initialContent: "b" }),
    ],
    stops: [0, 1, 4],
    files: [["/work/a.ts", "request-1", 1]],
  });
}
