import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { requestRow } from "../../../../server/agents/requestRows.ts";
import { TelemetryRequests } from "../../../../server/otel/telemetryRequests.ts";
import type { RequestStore } from "../../../../server/store/requests.ts";
import { MemoryRequests } from "../../../../server/store/memoryRequests.ts";

const at = 1_790_000_000_000;
const everything = { from: "1970-01-01", to: "2999-12-31", workspaces: undefined };
const hashText = (text: string) => createHash("sha256").update(text).digest("base64url");
const options = { hashText, utcOffsetMinutes: () => 0, prices: [] };

/** As a tool's telemetry tells it, which gives no name. */
const said: ToolRequest = {
  ...{ tool: "codex", session: "c1", id: "", at, model: "gpt-5", isSubagent: false },
  tokens: { input: 40, output: 30, cacheRead: 60, cacheWrite: 0, cacheWriteLong: 0, reasoning: 12 },
};
const told = { ...said, latencyMs: 1200 };

suite("Requests that telemetry tells of", () => {
  let store: MemoryRequests;
  let requests: TelemetryRequests;
  setup(() => {
    store = new MemoryRequests(() => undefined);
    requests = new TelemetryRequests(store, () => options);
  });

  const logged = (change: Partial<ToolRequest> = {}) => {
    const request = { ...said, id: "c1 100", at: at + 40, folder: "/work", ...change };
    store.write({ requests: [requestRow(request, options)], edits: [] });
  };
  const stored = () =>
    store.newest(everything, 9).map(({ task, at: when, input, cacheRead, latencyMs }) => ({
      ...{ tool: task.tool, after: when - at, input, cacheRead, latencyMs },
    }));

  test("count without a name and without a record of the tool's own", () => {
    requests.take({ requests: [told, { ...told, tool: "gemini-cli", at: at + 1 }] });
    requests.take({ requests: [told] });
    assert.deepEqual(
      stored().map(({ tool, input, latencyMs }) => [tool, input, latencyMs]),
      [
        ["gemini-cli", 40, 1200],
        ["codex", 40, 1200],
      ],
    );
  });

  test("say how long the request of a record took, whose tokens count", () => {
    logged({ tokens: { ...told.tokens, input: 30, cacheWrite: 10 } });
    requests.take({ requests: [told] });
    requests.take({ requests: [{ ...told, at: at + 60_000, tokens: { ...told.tokens, output: 9 } }] });
    logged({ id: "c1 200", at: at + 60_010, tokens: { ...told.tokens, output: 9 } });
    assert.deepEqual(stored(), [
      { tool: "codex", after: 60_010, input: 40, cacheRead: 60, latencyMs: 1200 },
      { tool: "codex", after: 40, input: 30, cacheRead: 60, latencyMs: 1200 },
    ]);
  });

  test("are kept while the database is another's, and written with the next", () => {
    let isBusy = true;
    const problem = { code: "store.cannotOpen", details: {} } as const;
    const write: RequestStore["write"] = (batch) =>
      isBusy ? { outcome: "retry", problem } : store.write(batch);
    const busy = new TelemetryRequests({ write }, () => options);
    assert.equal(busy.take({ requests: [told] }), 0);
    assert.deepEqual(stored(), []);
    isBusy = false;
    busy.take({ requests: [] });
    assert.equal(stored().length, 1);
  });
});
