import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { claudeAnswer, claudeCall } from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const place = { session: "s", at };
const input = (file: string, text: string) => ({ file_path: file, old_string: "x", new_string: text });

suite("Several results in one line of Claude Code", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-records-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function made(calls: readonly object[], results: readonly object[], toolUseResult: unknown): unknown[] {
    const file = path.join(folder, "session.jsonl");
    const line = {
      ...{ type: "user", cwd: "/work", sessionId: "s", timestamp: new Date(at).toISOString(), toolUseResult },
      message: { role: "user", content: results },
    };
    const lines = [claudeAnswer(place, { id: "m", content: calls }), JSON.stringify(line)];
    writeFileSync(file, `${lines.join("\n")}\n`);
    const found = new Found();
    new RecordFile(file, claudeCode).read(found);
    assert.deepEqual(found.problems, []);
    return found.made.map((each) => (each as unknown[]).filter((_, index) => index !== 2));
  }

  const result = (call: string, more: object = {}) => ({
    type: "tool_result",
    tool_use_id: call,
    content: "done",
    ...more,
  });
  const pieces = (after: string) => ({ kind: "pieces", pieces: [{ before: "x", after }] });

  test("are each of their own call's file, whichever of them the line tells more of", () => {
    const calls = [
      claudeCall("a", "Edit", input("/work/a", "1")),
      claudeCall("b", "Edit", input("/work/b", "2")),
    ];
    const said = { filePath: "/work/b", oldString: "x", newString: "2", structuredPatch: [] };
    assert.deepEqual(made(calls, [result("a"), result("b")], said), [
      ["/work/a", "applied", pieces("1")],
      ["/work/b", "applied", pieces("2")],
    ]);
  });

  test("of one file are told apart by their text", () => {
    const calls = ["1", "2"].map((text) => claudeCall(text, "Edit", input("/work/a", text)));
    const said = { filePath: "/work/a", oldString: "x", newString: "1", structuredPatch: [] };
    assert.deepEqual(made(calls, [result("1"), result("2")], said), [
      ["/work/a", "applied", pieces("1")],
      ["/work/a", "applied", pieces("2")],
    ]);
  });

  test("are rejected each by itself, also where only what the model was told says so", () => {
    const calls = ["1", "2"].map((text) => claudeCall(text, "Edit", input(`/work/${text}`, text)));
    const content = [{ type: "text", text: "The user doesn't want to proceed with this tool use." }];
    const results = [result("1", { is_error: true, content }), result("2")];
    assert.deepEqual(made(calls, results, undefined), [
      ["/work/1", "rejected", pieces("1")],
      ["/work/2", "applied", pieces("2")],
    ]);
  });
});
