import assert from "node:assert/strict";
import { originSchema } from "../../../protocol/origin.ts";

suite("An origin", () => {
  test("carries tool, model and mode only when it is AI", () => {
    assert.deepEqual(originSchema.parse({ kind: "ai", tool: "claude-code", mode: "agent" }), {
      kind: "ai",
      tool: "claude-code",
      mode: "agent",
    });
    assert.equal(originSchema.safeParse({ kind: "human", tool: "claude-code" }).success, false);
  });
});
