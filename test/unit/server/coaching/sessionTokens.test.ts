import assert from "node:assert/strict";
import { taskKey } from "../../../../server/agents/requestRows.ts";
import { sessionTokens } from "../../../../server/coaching/recentTasks.ts";
import { editOf, taskOf } from "../../../support/coaching/situation.ts";

suite("The tokens of the sessions that edits are of", () => {
  const hash = (text: string) => `hash of ${text}`;
  const task = (tool: string, session: string, more: Parameters<typeof taskOf>[0] = {}) => ({
    ...taskOf({ input: 1000, output: 500, cacheRead: 90_000, cacheWrite: 2000, ...more }),
    key: taskKey(hash, { tool, session }),
  });
  const edits = [null, "a", "b", "c", "a"].map((session) => editOf({ session }));

  test("are what went in anew and what came out, of each tool that says its session", () => {
    const tasks = [task("claude-code", "a"), task("github-copilot", "b", { cacheWrite: 0 })];
    assert.deepEqual(
      [...sessionTokens(edits, tasks, hash)],
      [
        ["a", { input: 3000, output: 500 }],
        ["b", { input: 1000, output: 500 }],
      ],
    );
  });

  test("are not known of a session whose requests nobody told of, nor of another tool's", () => {
    const tasks = [task("claude-code", "a", { requests: 0 }), task("cursor", "b"), task("codex", "d")];
    assert.deepEqual([...sessionTokens(edits, tasks, hash)], []);
  });
});
