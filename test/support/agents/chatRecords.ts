/** Records of chats in editors and of smaller tools, as they write them, made for the tests. */

const iso = (at: number) => new Date(at).toISOString();

export const replaceCall = (id: string, file: string) => ({
  name: "replace_string_in_file",
  id,
  arguments: JSON.stringify({ filePath: file, oldString: "a", newString: "b" }),
});

export function chatRequest(at: number, calls: readonly object[], edited: readonly string[]): object {
  return {
    requestId: `request_${at}`,
    message: { text: "a prompt" },
    timestamp: at,
    modelId: "copilot/gpt-4.1",
    agent: { id: "github.copilot.editsAgent" },
    response: [
      { value: "an answer" },
      ...edited.map((file) => ({
        kind: "textEditGroup",
        uri: { $mid: 1, fsPath: file, path: file, scheme: "file" },
        edits: [
          [{ text: "b", range: { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 2 } }],
        ],
        done: true,
      })),
    ],
    result: chatResult(calls),
  };
}

export function chatResult(calls: readonly object[]): object {
  return { timings: {}, metadata: { toolCallRounds: [{ response: "an answer", toolCalls: calls }] } };
}

export function chatSession(requests: readonly object[]): object {
  return { version: 3, sessionId: "chat-1", creationDate: 1, requests };
}

export function copilotEvent(at: number, type: string, data: object): object {
  return { type, data, id: `event-${at}`, timestamp: iso(at), parentId: null };
}

export function ampThread(at: number, status: string): object {
  return {
    v: 85,
    id: "T-1",
    created: at,
    messages: [
      { role: "user", messageId: 0, content: [{ type: "text", text: "a prompt" }] },
      {
        role: "assistant",
        messageId: 1,
        content: [
          {
            type: "tool_use",
            id: "toolu_1",
            name: "edit_file",
            input: { path: "/work/a.csv", old_str: "1", new_str: "1\n2" },
          },
          {
            type: "tool_use",
            id: "toolu_2",
            name: "create_file",
            input: { path: "/work/b.csv", content: "x" },
          },
          { type: "tool_use", id: "toolu_3", name: "Read", input: { path: "/work/b.csv" } },
        ],
        usage: {
          model: "claude-opus-4-6",
          inputTokens: 3,
          outputTokens: 70,
          cacheCreationInputTokens: 1601,
          cacheReadInputTokens: 13248,
          totalInputTokens: 14852,
          timestamp: iso(at),
        },
      },
      {
        role: "user",
        messageId: 2,
        content: [{ type: "tool_result", toolUseID: "toolu_1", run: { status } }],
      },
    ],
  };
}

export function droidLines(at: number, answer: object): object[] {
  const message = (role: string, content: readonly object[]) => ({
    type: "message",
    id: `${role}-1`,
    timestamp: iso(at),
    message: { role, content },
  });
  return [
    { type: "session_start", id: "droid-1", title: "a prompt", cwd: "/work" },
    message("assistant", [
      {
        type: "tool_use",
        id: "call_1",
        name: "ApplyPatch",
        input: { input: "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch" },
      },
      { type: "tool_use", id: "call_2", name: "Create", input: { file_path: "/work/b.ts", content: "b\n" } },
    ]),
    message("user", [{ type: "tool_result", tool_use_id: "call_1", ...answer }]),
  ];
}

/** What a session of Droid is set to, and the sum of what it took. */
export function droidSettings(more: object = {}): object {
  return {
    assistantActiveTimeMs: 27_913,
    title: "a prompt",
    model: "claude-sonnet-4-5",
    reasoningEffort: "off",
    providerLock: "anthropic",
    providerLockTimestamp: "2026-01-05T09:00:00.000Z",
    tokenUsage: {
      ...{ inputTokens: 6743, outputTokens: 1450, cacheCreationTokens: 300, cacheReadTokens: 42_496 },
      thinkingTokens: 1088,
    },
    ...more,
  };
}
