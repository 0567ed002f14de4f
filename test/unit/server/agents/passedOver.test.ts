import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Agent } from "../../../../server/agents/agent.ts";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { codex } from "../../../../server/agents/codex.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { claudeAnswer, claudeCall, claudeResult, codexLine } from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const place = { session: "session-1", at };

suite("What is passed over unparsed", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-records-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  function read(agent: Agent, lines: readonly string[]): Found {
    const file = path.join(folder, "rollout-session.jsonl");
    writeFileSync(file, `${lines.join("\n")}\n`);
    const found = new Found();
    new RecordFile(file, agent).read(found);
    return found;
  }

  test("of Claude Code is what a tool was shown, and nothing that tells of an edit or of tokens", () => {
    const usage = { input: 3, output: 4 };
    const talk = { type: "text", text: "a".repeat(5000) };
    const shown = {
      type: "text",
      file: { filePath: "/work/a.ts", content: '"usage" "tool_use_id":"toolu_9"' },
    };
    const patched = { filePath: "/work/b.ts", oldString: "a", newString: "b", structuredPatch: [] };
    const searched = { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [] };
    const found = read(claudeCode, [
      claudeAnswer(place, {
        id: "m1",
        usage,
        content: [claudeCall("toolu_1", "Read", { file_path: "a.ts" })],
      }),
      // Not JSON: that it was passed over unparsed is all that this line can show.
      `${claudeResult(place, { call: "toolu_1", result: shown })}}`,
      // Between what is near its beginning and its end a long line has a mark, too.
      JSON.stringify({
        ...(JSON.parse(claudeAnswer(place, { id: "m3", usage, content: [talk] })) as object),
        further: talk,
      }),
      // Its call stands where another process read.
      claudeResult(place, { call: "toolu_2", result: patched }),
      // A provider's own tool answers within the answer.
      claudeAnswer(place, { id: "m2", usage, content: [searched] }),
    ]);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(
      found.requests.map(({ id }) => id),
      ["req_m1", "req_m3", "req_m2"],
    );
    assert.deepEqual(
      found.made.map((edit) => (edit as unknown[]).slice(0, 2)),
      [["/work/b.ts", "applied"]],
    );
  });

  test("of Claude Code is a line that says of an answer what another said, and no line that says more", () => {
    const line = (id: string, content: readonly object[], output = 1, request = id) =>
      claudeAnswer(place, { id, usage: { input: 3, output, short: 2 }, content }).replace(
        `"req_${id}"`,
        `"req_${request}"`,
      );
    const talk = [{ type: "text", text: 'a } "usage":{"input_tokens":9} {' }];
    const call = [
      claudeCall("toolu_1", "Edit", { file_path: "/work/a.ts", old_string: "a", new_string: "b" }),
    ];
    const found = read(claudeCode, [
      line("m1", talk),
      // Not JSON: that it was passed over unparsed is all that these can show.
      `${line("m1", [{ type: "thinking", thinking: "b" }])}}`,
      `${line("m1", talk)}}`,
      line("m1", call),
      line("m1", talk, 20),
      line("m2", talk, 20),
      line("m2", talk, 20, "other"),
      line("m2", [{ type: "text", text: "a".repeat(20_000) }], 20, "other"),
      line("m2", talk, 20, "other"),
      claudeAnswer(place, { id: "m3", content: talk }).replace('"content"', '"contents"'),
      claudeAnswer(place, { id: "m3", content: talk }),
    ]);
    assert.deepEqual(
      found.requests.map(({ id, tokens }) => [id, tokens.output]),
      [
        ["req_m1", 1],
        ["req_m1", 1],
        ["req_m1", 20],
        ["req_m2", 20],
        ["req_m2", 20],
        ["req_m2", 20],
        ["req_m2", 20],
        ["req_m3", 1],
        ["req_m3", 1],
      ],
    );
    assert.deepEqual(
      found.edits.map(({ call: id }) => id),
      ["toolu_1"],
    );
    assert.deepEqual(found.problems.length, 1);
  });

  test("of Claude Code is the file before an edit, where nothing else stands with it and the edit says what it replaced", () => {
    const original = 'line "quoted","structuredPatch":\n'.repeat(300);
    const patch = { filePath: "/work/a.ts", oldString: "a\nb", newString: "c", originalFile: original };
    const edited = (call: string, result: object) =>
      claudeResult(place, { call, result: { ...patch, ...result } });
    const found = read(claudeCode, [
      edited("toolu_1", { structuredPatch: [], userModified: true }),
      edited("toolu_2", { note: "between", structuredPatch: [], userModified: true }),
      edited("toolu_3", { oldString: "", structuredPatch: [] }),
      // In an order of keys that is not today's: what was there before is all of it.
      edited("toolu_4", {
        type: "update",
        content: "new",
        oldString: undefined,
        newString: undefined,
        structuredPatch: [],
      }),
    ]);
    assert.deepEqual(
      found.edits.map(({ call, userModified, text }) => [call, userModified, text.kind]),
      [
        ["toolu_1", true, "pieces"],
        ["toolu_2", true, "pieces"],
        ["toolu_3", undefined, "whole"],
        ["toolu_4", undefined, "whole"],
      ],
    );
    assert.deepEqual(found.edits[3]!.text, { kind: "whole", before: original, after: "new" });
    assert.deepEqual(found.edits[2]!.text, { kind: "whole", before: original, after: "c" });
    assert.deepEqual(found.problems, []);
  });

  test("of Codex is what a tool was shown, and nothing that tells of a patch", () => {
    const patch = "*** Begin Patch\n*** Add File: a.ts\n+one\n*** End Patch";
    const call = (id: string, name: string, input: string) =>
      codexLine(at, "response_item", { type: "custom_tool_call", call_id: id, name, input });
    const result = (id: string) =>
      codexLine(at, "response_item", { type: "custom_tool_call_output", call_id: id, output: "Success." });
    const found = read(codex, [
      codexLine(at, "session_meta", { id: "s", cwd: "/work" }),
      call("c1", "apply_patch", patch),
      result("c1"),
      // Not JSON, and passed over unparsed.
      `${result("c2")}}`,
    ]);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(
      found.edits.map(({ call: id, outcome }) => [id, outcome]),
      [
        ["c1", "proposed"],
        ["c1", "applied"],
      ],
    );
  });
});
