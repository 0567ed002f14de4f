/** Lines as tools write them, made for the tests. Times are milliseconds since 1970. */

const iso = (at: number) => new Date(at).toISOString();

export interface ClaudeUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly short?: number;
  readonly long?: number;
}

interface Place {
  readonly session: string;
  readonly at: number;
  readonly cwd?: string;
}

export function claudeAnswer(
  { session, at, cwd = "/work" }: Place,
  answer: {
    readonly id: string;
    readonly model?: string;
    readonly usage?: ClaudeUsage;
    readonly content?: readonly unknown[];
    readonly isSidechain?: boolean;
    /** Models that were asked while it was made, and what that took. */
    readonly asked?: Readonly<Record<string, ClaudeUsage>>;
  },
): string {
  const {
    id,
    model = "claude-sonnet-4-20250514",
    usage = { input: 1, output: 1 },
    content = [{ type: "text", text: "done" }],
  } = answer;
  return JSON.stringify({
    parentUuid: null,
    isSidechain: answer.isSidechain ?? false,
    userType: "external",
    cwd,
    sessionId: session,
    version: "2.0.1",
    type: "assistant",
    uuid: `${id}-${at}`,
    timestamp: iso(at),
    requestId: `req_${id}`,
    message: {
      id,
      type: "message",
      role: "assistant",
      model,
      content,
      usage: {
        ...claudeUsage(usage),
        ...(answer.asked && {
          iterations: [
            { type: "message", ...claudeUsage(usage) },
            ...Object.entries(answer.asked).map(([asked, took]) => ({
              type: "advisor_message",
              model: asked,
              ...claudeUsage(took),
            })),
          ],
        }),
      },
    },
  });
}

/** Two answers, for the first of which another model was asked. */
export function claudeAdvice(at: number): string[] {
  const asked = { "claude-opus-4-6": { input: 100, output: 50, cacheRead: 7, short: 3 } };
  const content = [{ type: "text", text: "a prompt" }];
  const place = { session: "session-1", at };
  return [claudeAnswer(place, { id: "m1", content, asked }), claudeAnswer(place, { id: "m2", content })];
}

/** What the log of who called a subagent says of an answer of it. */
export function claudeProgress(
  { session, at }: { readonly session: string; readonly at: number },
  answer: Parameters<typeof claudeAnswer>[1],
): string {
  const { sessionId, cwd, ...message } = JSON.parse(claudeAnswer({ session, at }, answer)) as Record<
    string,
    unknown
  >;
  const data = { type: "agent_progress", agentId: "a1", message };
  return JSON.stringify({ type: "progress", timestamp: iso(at), sessionId, cwd, data });
}

/** An answer of which one knows from its own line, and one that only the subagent's caller tells of. */
export function claudeProgresses(at: number): string[] {
  const place = { session: "session-1", at };
  const content = [{ type: "text", text: "a prompt" }, claudeCall("c1", "Read", { file_path: "/work/a.ts" })];
  const usage = { input: 10, output: 20, cacheRead: 30, short: 40 };
  return [
    claudeAnswer(place, { id: "m1", usage, content }),
    claudeProgress(place, { id: "m1", usage, content }),
    claudeProgress(place, { id: "m2", usage, content }),
  ];
}

function claudeUsage(usage: ClaudeUsage) {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_input_tokens: usage.cacheRead ?? 0,
    cache_creation_input_tokens: (usage.short ?? 0) + (usage.long ?? 0),
    cache_creation: {
      ephemeral_5m_input_tokens: usage.short ?? 0,
      ephemeral_1h_input_tokens: usage.long ?? 0,
    },
  };
}

export function claudeCall(id: string, name: string, input: object): object {
  return { type: "tool_use", id, name, input };
}

export function claudeResult(
  { session, at, cwd = "/work" }: Place,
  result: { readonly call: string; readonly isError?: boolean; readonly result: unknown },
): string {
  return JSON.stringify({
    type: "user",
    cwd,
    sessionId: session,
    timestamp: iso(at),
    toolUseResult: result.result,
    message: {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: result.call,
          content: "The file was updated.",
          ...(result.isError === true && { is_error: true }),
        },
      ],
    },
  });
}

export function codexLine(at: number, type: string, payload: object): string {
  return JSON.stringify({ timestamp: iso(at), type, payload });
}

export interface CodexUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
  /** Written to the cache; earlier ones did not say. */
  readonly written?: number;
}

export function codexTokens(at: number, total: CodexUsage, last: CodexUsage): string {
  const usageOf = ({ input, cached, output, reasoning, written }: CodexUsage) => ({
    input_tokens: input,
    cached_input_tokens: cached,
    ...(written !== undefined && { cache_write_input_tokens: written }),
    output_tokens: output,
    reasoning_output_tokens: reasoning,
    total_tokens: input + output,
  });
  return codexLine(at, "event_msg", {
    type: "token_count",
    info: {
      total_token_usage: usageOf(total),
      last_token_usage: usageOf(last),
      model_context_window: 272_000,
    },
    rate_limits: null,
  });
}
