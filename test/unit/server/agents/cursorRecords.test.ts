import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Tasks } from "../../../../core/requests/tasks.ts";
import { cursor } from "../../../../server/agents/cursor.ts";
import { cursorState } from "../../../../server/agents/cursorState.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { recordsFound } from "../../../../server/agents/reading/recordsFound.ts";
import { bubble, bubbleCall, makeCursorState, putCursor } from "../../../support/agents/cursorRecords.ts";
import { Found } from "../../../support/agents/found.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const at = Date.UTC(2026, 0, 5, 9);
const databases = { nativeBinding: undefined };
const nothing = "composer.content.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

suite("What Cursor keeps", () => {
  let home: string;
  let file: string;
  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-cursor-"));
    file = path.join(home, ".config/Cursor/User/globalStorage/state.vscdb");
  });
  teardown(() => rmSync(home, { recursive: true }));

  const around = () => ({ platform: "linux", userHome: home, environment: {}, databases });

  function look(record: RecordFile): Found {
    const found = new Found();
    record.read(found);
    return found;
  }
  const read = () => look(new RecordFile(file, cursorState, { databases }));
  const idsOf = ({ requests }: Found) => requests.map(({ id }) => id);

  test("is looked for where each system has it, once", () => {
    const folders = ["linux", "darwin", "win32"].map((platform) =>
      cursorState.homes({ platform, userHome: "/home/me", environment: {} }),
    );
    assert.deepEqual(folders, [
      ["/home/me/.config/Cursor/User/globalStorage"],
      ["/home/me/Library/Application Support/Cursor/User/globalStorage"],
      ["/home/me/AppData/Roaming/Cursor/User/globalStorage"],
    ]);
    makeCursorState(file).close();
    makeCursorState(path.join(path.dirname(file), "an.extension/state.vscdb")).close();
    assert.deepEqual(findRecords(cursorState, around()), [file]);
  });

  test("gives requests as they were counted, with the model that was asked, and none for counts of nothing", () => {
    const database = makeCursorState(file);
    putCursor(database, "composerData:chat-1", { createdAt: at, name: "a title" });
    putCursor(database, "bubbleId:chat-1:b0", bubble({ at, type: 1, model: "gpt-5" }));
    putCursor(database, "bubbleId:chat-1:b1", bubble({ at: at + 1, tokens: [1200, 34] }));
    putCursor(database, "bubbleId:chat-1:b2", bubble({ at: at + 2 }));
    putCursor(database, "bubbleId:chat-2:b3", bubble({ at: at + 3, tokens: [5, 0], model: "default" }));
    putCursor(
      database,
      "bubbleId:task-1\nfc-1:b4",
      bubble({ at: at + 4, tokens: [7, 1], model: "grok-code" }),
    );
    putCursor(database, "bubbleId:chat-1:gone", null);
    const { requests, problems } = read();
    database.close();
    const none = { cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
    const known = { tool: "cursor", folder: "/work", mode: "agent" };
    assert.deepEqual(requests, [
      {
        ...{ ...known, session: "chat-1", id: "b1", at: at + 1, model: "gpt-5", isSubagent: false },
        tokens: { input: 1200, output: 34, ...none },
      },
      {
        ...{ ...known, session: "chat-2", id: "b3", at: at + 3, model: undefined, isSubagent: false },
        tokens: { input: 5, output: 0, ...none },
      },
      {
        ...{ ...known, session: "task-1", id: "b4", at: at + 4, model: "grok-code", isSubagent: true },
        tokens: { input: 7, output: 1, ...none },
      },
    ]);
    assert.deepEqual(problems, []);
  });

  test("gives the edits of calls with the files before and after them, and what became of them", () => {
    const database = makeCursorState(file);
    putCursor(database, "composer.content.1", "a\n");
    putCursor(database, "composer.content.2", Buffer.from("b\n"));
    const edited = (name: string, given: Parameters<typeof bubbleCall>[2], more: object = {}) => {
      const id = `c${database.prepare("SELECT count(*) FROM cursorDiskKV").pluck().get() as number}`;
      const call = { ...bubbleCall(id, name, given), ...more };
      putCursor(database, `bubbleId:chat-1:${id}`, bubble({ at, call, model: "gpt-5" }));
    };
    const params = { relativeWorkspacePath: "src/a.ts", streamingContent: "b" };
    const both = { beforeContentId: "composer.content.1", afterContentId: "composer.content.2" };
    edited("edit_file_v2", { params, result: both });
    edited("edit_file_v2", {
      params,
      result: { beforeContentId: nothing, afterContentId: both.afterContentId },
    });
    edited("edit_file_v2", { params, result: { ...both, rejected: true } });
    edited("edit_file_v2", { params, result: { ...both, afterContentId: "composer.content.gone" } });
    edited("search_replace", {
      args: { file_path: "/work/b.ts", old_string: "a", new_string: "b" },
      status: "error",
    });
    edited("edit_file", {
      args: { target_file: "/work/c.ts", code_edit: "// … existing code …" },
      status: "loading",
    });
    edited("write", { args: { file_path: "/work/d.ts", contents: "d\n" } }, { userDecision: "rejected" });
    edited("delete_file", { args: { target_file: "/work/e.ts" }, status: "cancelled" });
    edited("read_file_v2", { args: { target_file: "/work/f.ts" } });
    edited("mcp-files-write", { args: { path: "/work/f.ts", contents: "f" } });
    const { edits, problems } = read();
    database.close();
    const whole = { kind: "whole", before: "a\n", after: "b\n" };
    assert.deepEqual(
      edits.map(({ path: place, outcome, text }) => [place, outcome, text]),
      [
        ["/work/src/a.ts", "applied", whole],
        ["/work/src/a.ts", "applied", { ...whole, before: "" }],
        ["/work/src/a.ts", "rejected", whole],
        ["/work/src/a.ts", "applied", { kind: "unsaid" }],
        ["/work/b.ts", "failed", { kind: "pieces", pieces: [{ before: "a", after: "b" }] }],
        ["/work/c.ts", "proposed", { kind: "unsaid" }],
        ["/work/d.ts", "rejected", { kind: "whole", after: "d\n" }],
        ["/work/e.ts", "failed", { kind: "deleted" }],
      ],
    );
    assert.deepEqual(edits.map(({ tool, session, model }) => [tool, session, model])[0], [
      "cursor",
      "chat-1",
      "gpt-5",
    ]);
    assert.deepEqual(problems, []);
  });

  test("is read on beside the editor that writes it, and a message that is written again is read again", () => {
    const database = makeCursorState(file);
    const write = (id: string, given: Partial<Parameters<typeof bubble>[0]>) =>
      putCursor(database, `bubbleId:chat-1:${id}`, bubble({ at, tokens: [1, 1], ...given }));
    write("b1", {});
    write("b2", { tokens: [0, 0] });
    const record = new RecordFile(file, cursorState, { databases });
    assert.deepEqual(idsOf(look(record)), ["b1"]);
    assert.equal(record.read(new Found()), false, "nothing was written");
    database.prepare("INSERT INTO ItemTable VALUES ('a setting', 'of something else')").run();
    assert.deepEqual(idsOf(look(record)), []);
    write("b2", { tokens: [8, 2] });
    database.exec("BEGIN IMMEDIATE");
    write("b3", {});
    assert.deepEqual(idsOf(look(record)), ["b2"]);
    database.exec("COMMIT");
    assert.deepEqual(idsOf(look(record)), ["b3"]);
    database.exec("DELETE FROM cursorDiskKV");
    write("b4", {});
    assert.deepEqual(idsOf(look(record)), ["b4"], "numbers that were given anew");
    database.close();
  });

  test("is not read from its beginning for the last of it", () => {
    const database = makeCursorState(file);
    const insert = database.prepare("INSERT INTO cursorDiskKV VALUES (?, ?)");
    database.transaction(() => {
      for (let number = 0; number < 3000; number++) {
        const told = JSON.stringify(bubble({ at: at + number * 1000, tokens: [1, 1] }));
        insert.run(`bubbleId:chat-1:b${number}`, told);
        insert.run(`agentKv:blob:${number}`, "not JSON");
      }
    })();
    const since = at + 2900 * 1000;
    const young = look(new RecordFile(file, cursorState, { databases, since }));
    assert.ok(young.requests.length >= 100 && young.requests.length <= 1000, `${young.requests.length}`);
    assert.equal(
      young.requests.filter((request) => request.at >= since).length,
      100,
      "and all that is young",
    );
    assert.equal(read().requests.length, 3000, "a batch after the other");
    const none = look(new RecordFile(file, cursorState, { databases, since: at + 1e9 }));
    assert.deepEqual([none.requests, none.problems], [[], []]);
    database.close();
  });

  test("is counted where it is not understood, and read on", () => {
    const database = makeCursorState(file);
    putCursor(database, "bubbleId:chat-1:b1", '{"type":2,');
    putCursor(database, "bubbleId:chat-1:b2", { ...bubble({ at }), text: "x".repeat(8_000_001) });
    putCursor(database, "bubbleId:chat-1:b3", bubble({ at, more: { createdAt: "soon" } }));
    putCursor(database, "bubbleId:chat-1:b4", bubble({ at, more: { tokenCount: undefined } }));
    putCursor(database, "bubbleId:chat-1:b5", bubble({ at, more: { tokenCount: { inputTokens: "12" } } }));
    putCursor(database, "bubbleId:chat-1:b6", bubble({ at, call: { id: "c1", arguments: "{}" } }));
    const args = { path: "/work/a.ts", new_string: "b", old_string: "a" };
    putCursor(database, "bubbleId:chat-1:b7", bubble({ at, call: bubbleCall("c2", "reshape", { args }) }));
    const params = { relativeWorkspacePath: "a.ts" };
    const call = bubbleCall("c3", "edit_file_v2", { params });
    putCursor(database, "bubbleId:chat-1:b8", bubble({ at, call, more: { workspaceUris: [] } }));
    putCursor(database, "bubbleId:chat-1:b9", bubble({ at, tokens: [3, 4] }));
    const found = read();
    database.close();
    assert.deepEqual(idsOf(found), ["b9"]);
    assert.deepEqual(found.edits, []);
    assert.deepEqual(found.problems, [
      "0: not JSON",
      "0: longer than what is read",
      "0: no time",
      "0: tokens of an unknown form",
      "0: tokens of an unknown form",
      "0: a call of an unknown form",
      "0: an edit by a tool of an unknown name",
      "0: a relative path without its folder",
    ]);
    const other = path.join(home, "other.vscdb");
    makeCursorState(other).exec("DROP TABLE cursorDiskKV").close();
    assert.match(look(new RecordFile(other, cursorState, { databases })).problems[0]!, /no such table/);
  });

  test("is not taken for nothing where a key has another name", () => {
    const call = bubbleCall("c1", "edit_file_v2", {
      params: { relativeWorkspacePath: "a.ts" },
      result: { beforeContentId: nothing, afterContentId: nothing },
    });
    const args = { target_file: "/work/b.ts", contents: "b" };
    const messages = [
      bubble({ at, tokens: [5, 1], call }),
      bubble({ at, tokens: [5, 1], call: bubbleCall("c2", "write", { args }) }),
    ];
    const text = JSON.stringify(messages);
    const found = (changed: string) => {
      const database = makeCursorState(file);
      for (const [index, message] of (JSON.parse(changed) as object[]).entries())
        putCursor(database, `bubbleId:chat-1:b${index}`, message);
      database.close();
      const { requests, edits, problems } = read();
      rmSync(path.dirname(file), { recursive: true });
      return { requests: requests.length, edits: edits.length, problems: problems.length };
    };
    assert.deepEqual(found(text), { requests: 2, edits: 2, problems: 0 });
    const keys = new Set([...text.matchAll(/"([A-Za-z_]\w*)\\?":/g)].map(([, key]) => key!));
    assert.ok(keys.has("target_file") && keys.has("toolFormerData") && keys.has("inputTokens"));
    const silent = [...keys].filter((key) => {
      const named = new RegExp(`"${key}(\\\\?)":`, "g");
      const { requests, edits, problems } = found(text.replace(named, `"new_${key}$1":`));
      return requests + edits < 4 && problems === 0;
    });
    assert.deepEqual(silent, []);
  });

  test("is not taken for nothing where messages have another name, each of which is counted once", () => {
    const database = makeCursorState(file);
    const call = bubbleCall("c1", "write", { args: { target_file: "/work/b.ts", contents: "b" } });
    putCursor(database, "bubbleId:chat-1:b0", bubble({ at, tokens: [5, 1] }));
    // What else is there is none: conversations, that may hold messages, and what a model was told.
    putCursor(database, "composerData:chat-1", { _v: 3, conversation: [bubble({ at, call })], type: 1 });
    putCursor(database, "agentKv:blob:1", { role: "user", content: "a prompt", tokenCount: {} });
    putCursor(database, "agentKv:blob:2", Buffer.from([0xff, 0, 1]));
    putCursor(database, "gone:chat-1:b9", null);
    const record = new RecordFile(file, cursorState, { databases });
    assert.deepEqual(look(record).problems, []);
    putCursor(database, "messageId:chat-1:b1", bubble({ at, tokens: [5, 1] }));
    putCursor(database, "messageId:chat-1:b2", Buffer.from(JSON.stringify(bubble({ at, call }))));
    const [first, second] = [look(record), look(record)];
    assert.deepEqual([first.requests, first.edits, second.problems], [[], [], []]);
    const unknown = "0: a message under a name that is not known";
    assert.deepEqual(first.problems, [unknown, unknown]);
    putCursor(database, "messageId:chat-1:b3", bubble({ at, call }));
    assert.deepEqual(look(record).problems, [unknown]);
    putCursor(database, "bubbleId:chat-1:b4", bubble({ at, tokens: [5, 1] }));
    const last = look(record);
    database.close();
    assert.deepEqual([idsOf(last), last.problems], [["b4"], []]);
  });

  test("is one edit of a task, though a transcript tells of it without its name", () => {
    const transcript = path.join(home, ".cursor/projects/work/agent-transcripts/chat-1/chat-1.jsonl");
    mkdirSync(path.dirname(transcript), { recursive: true });
    const args = { file_path: "/work/a.ts", contents: "b" };
    const content = [{ type: "tool_use", name: "Write", input: { path: "/work/a.ts", contents: "b" } }];
    writeFileSync(transcript, `${JSON.stringify({ role: "assistant", message: { content } })}\n`);
    const told = () => {
      const found = look(new RecordFile(transcript, cursor));
      const tasks = new Tasks(() => undefined);
      for (const edit of found.edits) tasks.addEdit(edit);
      return [found.edits.length, tasks.since(0).length];
    };
    assert.deepEqual(told(), [1, 1], "of the command line alone");
    const database = makeCursorState(file);
    putCursor(database, "bubbleId:chat-1:b1", bubble({ at, call: bubbleCall("c1", "write", { args }) }));
    database.close();
    assert.deepEqual(told(), [1, 0], "it is evidence, and no second edit");
    const { tasks, files } = readAllRecords(around());
    assert.deepEqual(
      tasks.since(0).map(({ id, edits }) => [id, edits.length]),
      [["chat-1", 1]],
    );
    assert.equal(files.get("cursor"), 2);
    const watch = new RecordWatch({
      around: around(),
      since: at - 1,
      requestsSince: at - 1,
      now: () => Date.now(),
    });
    const { edits, taskEdits } = wholeLook(watch);
    assert.deepEqual([edits.length, taskEdits.map((edit) => edit.call)], [2, ["c1"]]);
    assert.equal(recordsFound(around()).get("cursor")!.files, 2);
  });

  test("is one edit of a task also where the environment says where it is kept, and transcripts lie in the home alone", () => {
    const settings = path.join(home, "settings");
    const moved = { ...around(), environment: { XDG_CONFIG_HOME: settings } };
    const args = { file_path: "/work/a.ts", contents: "b" };
    const content = [{ type: "tool_use", name: "Write", input: { path: "/work/a.ts", contents: "b" } }];
    const transcript = "projects/work/agent-transcripts/chat-1/chat-1.jsonl";
    for (const folder of [path.join(home, ".cursor"), path.join(settings, "cursor")]) {
      mkdirSync(path.dirname(path.join(folder, transcript)), { recursive: true });
      writeFileSync(
        path.join(folder, transcript),
        `${JSON.stringify({ role: "assistant", message: { content } })}\n`,
      );
    }
    const counted = () => {
      const { tasks, files } = readAllRecords(moved);
      return [files.get("cursor"), tasks.since(0).flatMap(({ edits }) => edits).length];
    };
    assert.deepEqual(counted(), [1, 1], "what lies beside the settings is read by nobody");
    const database = makeCursorState(path.join(settings, "Cursor/User/globalStorage/state.vscdb"));
    putCursor(database, "bubbleId:chat-1:b1", bubble({ at, call: bubbleCall("c1", "write", { args }) }));
    database.close();
    assert.deepEqual(counted(), [2, 1]);
    const watch = new RecordWatch({
      around: moved,
      since: at - 1,
      requestsSince: at - 1,
      now: () => Date.now(),
    });
    assert.deepEqual(
      wholeLook(watch).taskEdits.map((edit) => edit.call),
      ["c1"],
    );
  });
});
