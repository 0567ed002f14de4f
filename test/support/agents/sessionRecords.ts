/** Sessions of Continue and Cline as they write them, made for the tests. */

export interface ContinueCall {
  readonly id: string;
  readonly name: string;
  readonly args: object;
  readonly status: string;
  readonly said?: string;
}

export function continueAnswer(calls: readonly ContinueCall[], usage?: object): object {
  const called = calls.map(({ id, name, args }) => ({
    id,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }));
  return {
    message: { role: "assistant", content: "an answer", toolCalls: called, usage },
    contextItems: [],
    toolCallStates: calls.map(({ id, args, status, said }, index) => ({
      toolCallId: id,
      toolCall: called[index],
      status,
      parsedArgs: args,
      output: said === undefined ? undefined : [{ name: "Tool Result", content: said }],
    })),
  };
}

export function continueSession(answers: readonly object[]): object {
  return {
    sessionId: "session-1",
    title: "a prompt",
    workspaceDirectory: "/work",
    history: [{ message: { role: "user", content: "a prompt" }, contextItems: [] }, ...answers],
  };
}

export const openAiUsage = {
  prompt_tokens: 1200,
  completion_tokens: 80,
  total_tokens: 1280,
  prompt_tokens_details: { cached_tokens: 1000 },
  completion_tokens_details: { reasoning_tokens: 20 },
  model: "gpt-5",
  cost_cents: 1,
};

export const anthropicUsage = {
  prompt_tokens: 200,
  completion_tokens: 80,
  total_tokens: 280,
  prompt_tokens_details: { cached_tokens: 1000, cache_read_tokens: 1000, cache_write_tokens: 300 },
  model: "claude-sonnet-4-5",
};

interface ClineCall {
  readonly name: string;
  readonly input: object;
  /** What came of it; nothing where it is still under way. */
  readonly result?: object | readonly object[];
}

export function clineSession(at: number, calls: readonly ClineCall[], agent = "lead"): object {
  const known = { modelInfo: { id: "claude-sonnet-4-5", provider: "anthropic" } };
  const metrics = { inputTokens: 1500, outputTokens: 80, cacheReadTokens: 1000, cacheWriteTokens: 300 };
  const turns = calls.flatMap(({ name, input, result }, index) => [
    {
      id: `msg_${index}`,
      role: "assistant",
      content: [
        { type: "text", text: "an answer" },
        { type: "tool_use", id: `call_${index}`, name, input },
      ],
      ts: at + index,
      ...known,
      metrics,
    },
    ...(result === undefined
      ? []
      : [
          {
            id: `result_${index}`,
            role: "user",
            content: [
              {
                type: "tool_result",
                tool_use_id: `call_${index}`,
                content: Array.isArray(result) ? result : JSON.stringify(result),
              },
            ],
            ts: at + index,
          },
        ]),
  ]);
  const asked = { id: "asked", role: "user", content: [{ type: "text", text: "a prompt" }], ts: at };
  return {
    version: 1,
    agent,
    sessionId: "session-1",
    messages: [asked, ...turns],
    system_prompt: "a prompt",
  };
}
