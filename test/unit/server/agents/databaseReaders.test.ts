import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Agent } from "../../../../server/agents/agent.ts";
import { copilotChat } from "../../../../server/agents/copilotChat.ts";
import { openCode } from "../../../../server/agents/openCode.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { Found } from "../../../support/agents/found.ts";
import {
  addMessage,
  addPart,
  addSpan,
  editPart,
  makeOpenCode,
  makeTraces,
} from "../../../support/agents/toolDatabases.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const at = Date.UTC(2026, 0, 5, 9);
const databases = { nativeBinding: undefined };
const patch = "*** Begin Patch\n*** Update File: /work/a.ts\n@@\n-a\n+b\n*** End Patch";

suite("Readers of tools' databases", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(tmpdir(), "kept-databases-"))));
  teardown(() => rmSync(home, { recursive: true }));

  const around = () => ({ platform: "linux", userHome: home, environment: {}, databases });

  function read(agent: Agent): Found {
    const found = new Found();
    for (const file of findRecords(agent, around())) new RecordFile(file, agent, { databases }).read(found);
    return found;
  }

  test("of Copilot's traces count each call of a model once, without what was cached, and give its edits", () => {
    const database = makeTraces(
      path.join(home, ".config/Code/User/globalStorage/github.copilot-chat/agent-traces.db"),
    );
    const span = { start_time_ms: at, end_time_ms: at + 900, status_code: 1, chat_session_id: "chat-1" };
    const tokens = { input_tokens: 100, output_tokens: 9, cached_tokens: 60, reasoning_tokens: 4 };
    const chat = { ...span, operation_name: "chat", response_model: "gpt-4.1", ...tokens };
    addSpan(database, { ...chat, span_id: "s1" }, { "gen_ai.usage.cache_creation.input_tokens": "30" });
    addSpan(database, { ...chat, span_id: "s2", operation_name: "invoke_agent" });
    const tool = { ...span, operation_name: "execute_tool", tool_name: "apply_patch" };
    const given = { "gen_ai.tool.call.arguments": JSON.stringify({ input: patch }) };
    addSpan(database, { ...tool, span_id: "s3", tool_call_id: "call-1" }, given);
    addSpan(database, { ...tool, span_id: "s4", tool_call_id: "call-2", status_code: 2 }, given);
    addSpan(database, { ...tool, span_id: "s5", tool_name: "read_file" }, given);
    const found = read(copilotChat);
    database.close();
    assert.deepEqual(
      found.requests.map(({ id, session, model, tokens: counted, latencyMs }) => [
        id,
        session,
        model,
        counted,
        latencyMs,
      ]),
      [
        [
          "s1",
          "chat-1",
          "gpt-4.1",
          { input: 10, output: 9, cacheRead: 60, cacheWrite: 30, cacheWriteLong: 0, reasoning: 4 },
          900,
        ],
      ],
    );
    assert.deepEqual(
      found.edits.map(({ path: file, call, outcome }) => [file, call, outcome]),
      [
        ["/work/a.ts", "call-1", "applied"],
        ["/work/a.ts", "call-2", "failed"],
      ],
    );
    assert.deepEqual(found.problems, []);
  });

  test("of OpenCode give requests with what was billed, subagents, and each form of edit", () => {
    const database = makeOpenCode(path.join(home, ".local/share/opencode/opencode.db"));
    addMessage(database, { id: "m1", at, reasoning: 5 });
    addMessage(database, { id: "m2", at, session: "ses-2" });
    const edited = { filePath: "src/a.ts", oldString: "a", newString: "b" };
    const parts = [
      editPart("edit", "completed", edited),
      editPart("write", "error", { filePath: "/work/b.ts", content: "b" }),
      editPart("multiedit", "running", { filePath: "/work/c.ts", edits: [edited, edited] }),
      editPart("apply_patch", "completed", { patchText: patch }),
      editPart("bash", "completed", { command: "ls" }),
      editPart("edit", "completed", edited, { filediff: { file: "src/a.ts", before: "a", after: "b" } }),
      editPart("write", "completed", { filePath: "/work/d.ts", content: "d" }, { exists: false }),
      editPart("write", "completed", { filePath: "/work/e.ts", content: "e" }, { exists: true }),
      { type: "text", text: 'a prompt about "type":"tool"' },
      '{"type":"tool","tool":"edit"',
    ];
    for (const [index, data] of parts.entries())
      addPart(database, { id: `p${index}`, message: "m1", at: at + index, data });
    const found = read(openCode);
    database.close();
    assert.deepEqual(
      found.requests.map(({ id, isSubagent, billed, latencyMs, tokens }) => [
        id,
        isSubagent,
        billed?.amount,
        latencyMs,
        tokens.output,
        tokens.reasoning,
      ]),
      [
        ["m1", false, 0.25, 2000, 25, 5],
        ["m2", true, 0.25, 2000, 20, 0],
      ],
    );
    const piece = { before: "a", after: "b" };
    assert.deepEqual(
      found.edits.map(({ path: file, outcome, model, text }) => [file, outcome, model, text]),
      [
        ["/work/src/a.ts", "applied", "gpt-5", { kind: "pieces", pieces: [piece] }],
        ["/work/b.ts", "failed", "gpt-5", { kind: "whole", after: "b" }],
        ["/work/c.ts", "proposed", "gpt-5", { kind: "pieces", pieces: [piece, piece] }],
        ["/work/a.ts", "applied", "gpt-5", { kind: "pieces", pieces: [piece] }],
        ["/work/src/a.ts", "applied", "gpt-5", { kind: "whole", before: "a", after: "b" }],
        ["/work/d.ts", "applied", "gpt-5", { kind: "whole", before: "", after: "d" }],
        ["/work/e.ts", "applied", "gpt-5", { kind: "whole", after: "e" }],
      ],
    );
    assert.deepEqual(found.problems, ["0: not JSON"]);
  });

  test("read what is new beside a tool that is writing, and nothing where nothing was written", () => {
    const file = path.join(home, ".local/share/opencode/opencode.db");
    const database = makeOpenCode(file);
    addMessage(database, { id: "m1", at });
    const record = new RecordFile(file, openCode, { databases });
    const look = () => {
      const found = new Found();
      const anything = record.read(found);
      return [anything, found.requests.map(({ id }) => id), found.problems];
    };
    assert.deepEqual(look(), [true, ["m1"], []]);
    assert.deepEqual(look(), [false, [], []]);
    addMessage(database, { id: "m2", at: at + 1 });
    database.exec("BEGIN IMMEDIATE");
    addMessage(database, { id: "m3", at: at + 2 });
    assert.deepEqual(look(), [true, ["m1", "m2"], []], "the last one again: others may have its time");
    database.exec("COMMIT");
    assert.deepEqual(look(), [true, ["m2", "m3"], []]);
    database.close();
  });

  test("say so where a tool lets nobody in, and read what they missed once it does", () => {
    const file = path.join(home, ".local/share/opencode/opencode.db");
    const database = makeOpenCode(file);
    addMessage(database, { id: "m1", at });
    const record = new RecordFile(file, openCode, { databases });
    const look = () => {
      const found = new Found();
      const anything = record.read(found);
      return [anything, found.requests.map(({ id }) => id), found.problems] as const;
    };
    database.pragma("journal_mode = DELETE");
    database.exec("BEGIN EXCLUSIVE");
    addMessage(database, { id: "m2", at: at + 1 });
    const [anything, ids, problems] = look();
    assert.deepEqual([anything, ids], [false, []]);
    assert.match(problems[0]!, /^0: .*locked/);
    database.exec("COMMIT");
    assert.deepEqual(look(), [true, ["m1", "m2"], []]);
    database.close();
  });

  test("look at nothing from before the time that is asked for", () => {
    const database = makeOpenCode(path.join(home, ".local/share/opencode/opencode.db"));
    const edited = { filePath: "/work/a.ts", oldString: "a", newString: "b" };
    for (const time of [at, at + 1000])
      addPart(database, {
        id: `p${time}`,
        message: "m1",
        at: time,
        data: editPart("edit", "completed", edited),
      });
    const watch = new RecordWatch({ around: around(), since: at + 500, now: () => at + 2000 });
    assert.deepEqual(
      wholeLook(watch).edits.map((edit) => edit.at),
      [at + 1000],
    );
    addPart(database, {
      id: "later",
      message: "m1",
      at: at + 3000,
      data: editPart("edit", "completed", edited),
    });
    database.close();
    assert.equal(wholeLook(watch).edits.at(-1)!.at, at + 3000);
  });

  test("are looked for in further homes, once each, and not by this one's environment", () => {
    const place = ".local/share/opencode/opencode.db";
    const [own, other] = [path.join(home, "own"), path.join(home, "other")];
    for (const each of [own, other]) makeOpenCode(path.join(each, place)).close();
    const environment = { XDG_DATA_HOME: path.join(own, ".local", "share") };
    const otherHomes = [other, own, other, "relative", path.join(home, "gone")];
    assert.deepEqual(findRecords(openCode, { ...around(), userHome: "/nowhere", environment, otherHomes }), [
      path.join(own, place),
      path.join(other, place),
    ]);
  });

  test("say so where there is no database, where it has another form, and where none can be opened", () => {
    const file = path.join(home, ".local/share/opencode/opencode.db");
    makeTraces(file).close();
    assert.match(read(openCode).problems[0]!, /^0: no such (table|column)/);
    const found = new Found();
    new RecordFile(file, openCode).read(found);
    new RecordFile(path.join(home, "gone.db"), openCode, { databases }).read(found);
    assert.equal(found.problems[0], "0: no database can be opened here");
    assert.match(found.problems[1]!, /^0: ENOENT/);
  });
});
