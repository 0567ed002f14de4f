import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Tasks } from "../../../../core/requests/tasks.ts";
import type { Agent, Surroundings } from "../../../../server/agents/agent.ts";
import { amp } from "../../../../server/agents/amp.ts";
import { copilotChat } from "../../../../server/agents/copilotChat.ts";
import { droid } from "../../../../server/agents/droid.ts";
import { editorUserFolders } from "../../../../server/agents/editorFolders.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import {
  ampThread,
  chatRequest,
  chatResult,
  chatSession,
  copilotEvent,
  droidLines,
  replaceCall,
} from "../../../support/agents/chatRecords.ts";
import { Found } from "../../../support/agents/found.ts";

const at = Date.UTC(2026, 0, 5, 9);
const replaced = { kind: "pieces", pieces: [{ before: "a", after: "b" }] };

suite("Readers of chats in editors and of smaller tools", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(tmpdir(), "kept-chats-"))));
  teardown(() => rmSync(home, { recursive: true }));

  const around = (): Surroundings => ({ platform: "linux", userHome: home, environment: {} });

  function write(file: string, text: string): string {
    const place = path.join(home, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
    return place;
  }

  /** Only what the reader would look for is read. */
  function read(agent: Agent): Found {
    const found = new Found();
    for (const file of findRecords(agent, around())) new RecordFile(file, agent).read(found);
    return found;
  }

  const storage = ".config/Code/User/workspaceStorage/0a1b";
  const asLines = (records: readonly object[]) => records.map((each) => `${JSON.stringify(each)}\n`).join("");

  test("of Copilot in VS Code give the edits of a session, applied where the editor shows them", () => {
    const calls = [replaceCall("c1__vscode-177", "/work/a.ts"), replaceCall("c2", "/work/b.ts")];
    write(
      `${storage}/chatSessions/chat-1.json`,
      JSON.stringify(chatSession([chatRequest(at, calls, ["/work/a.ts"])])),
    );
    const found = read(copilotChat);
    assert.deepEqual(found.made, [
      ["/work/a.ts", "applied", "gpt-4.1", replaced],
      ["/work/b.ts", "unknown", "gpt-4.1", replaced],
    ]);
    assert.deepEqual(
      found.edits.map(({ tool, session, call }) => [tool, session, call]),
      [
        ["github-copilot", "chat-1", "c1"],
        ["github-copilot", "chat-1", "c2"],
      ],
    );
    assert.deepEqual(found.problems, []);
  });

  test("of Copilot in VS Code say whether a request was a chat's or an agent's, as far as the session does", () => {
    const asked = (index: number, modes: readonly string[] | undefined) => ({
      ...chatRequest(at + index, [replaceCall(`c${index}`, "/work/a.ts")], []),
      agent: { id: "github.copilot.editsAgent", modes },
    });
    const requests = [asked(0, ["agent"]), asked(1, ["ask"]), asked(2, ["edit"]), asked(3, undefined)];
    write(`${storage}/chatSessions/chat-1.json`, JSON.stringify(chatSession(requests)));
    assert.deepEqual(
      read(copilotChat).edits.map(({ mode }) => mode),
      ["agent", "chat", "chat", "agent"],
    );
  });

  test("of Copilot in VS Code follow a session's journal as requests are added, answered and taken back", () => {
    write(
      ".config/VSCodium/User/globalStorage/emptyWindowChatSessions/chat-1.jsonl",
      asLines([
        { kind: 0, v: chatSession([chatRequest(at, [replaceCall("c1", "/work/a.ts")], [])]) },
        { kind: 1, k: ["customTitle"], v: "a title" },
        { kind: 2, k: ["requests"], v: [{ ...chatRequest(at + 1, [], []), result: undefined }] },
        { kind: 2, k: ["requests"], i: 1, v: [{ ...chatRequest(at + 2, [], []), result: undefined }] },
        {
          kind: 2,
          k: ["requests", 1, "response"],
          v: [{ kind: "textEditGroup", uri: { path: "/work/b.ts" }, edits: [] }],
        },
        { kind: 1, k: ["requests", 1, "modelId"], v: "copilot/gpt-5" },
        { kind: 1, k: ["requests", 1, "result"], v: chatResult([replaceCall("c2", "/work/b.ts")]) },
        { kind: 3, k: ["requests", 1, "result", "details"] },
        { kind: 9 },
      ]),
    );
    const found = read(copilotChat);
    assert.deepEqual(found.made, [
      ["/work/a.ts", "unknown", "gpt-4.1", replaced],
      ["/work/b.ts", "applied", "gpt-5", replaced],
    ]);
    assert.deepEqual(
      found.edits.map((edit) => edit.at - at),
      [0, 2],
    );
    assert.deepEqual(found.problems, ["9: neither a chat session nor a part of its journal"]);
  });

  test("of Copilot in VS Code put the model of the session and the outcome of the transcript to one call", () => {
    write(
      `${storage}/GitHub.copilot-chat/transcripts/chat-1.jsonl`,
      asLines([
        copilotEvent(at, "session.start", { sessionId: "chat-1", producer: "copilot-agent" }),
        copilotEvent(at + 5, "tool.execution_start", {
          toolCallId: "c1",
          toolName: "apply_patch",
          arguments: { input: "*** Begin Patch\n*** Update File: /work/a.ts\n@@\n-a\n+b\n*** End Patch" },
        }),
        copilotEvent(at + 6, "tool.execution_complete", { toolCallId: "c1", success: true }),
      ]),
    );
    write(
      `${storage}/chatSessions/chat-1.json`,
      JSON.stringify(chatSession([chatRequest(at, [replaceCall("c1__vscode-177", "/work/a.ts")], [])])),
    );
    const tasks = new Tasks(() => undefined);
    for (const edits of [read(copilotChat).edits, read(copilotChat).edits.reverse()]) {
      for (const edit of edits) tasks.addEdit(edit);
      const [task, ...others] = tasks.since(0);
      assert.deepEqual(others, []);
      assert.deepEqual([task!.tool, task!.id, task!.models], ["github-copilot", "chat-1", ["gpt-4.1"]]);
      assert.deepEqual(
        task!.edits.map(({ path: file, outcome }) => [file, outcome]),
        [["/work/a.ts", "applied"]],
      );
    }
  });

  test("look only into the folders that may hold records, and follow no link", () => {
    const session = JSON.stringify(chatSession([]));
    const found = write(`${storage}/chatSessions/chat-1.json`, session);
    write(`${storage}/ms-python.python/chatSessions/chat-2.json`, session);
    write(`${storage}/chatSessions/deep/chatSessions/notes.txt`, session);
    write(".config/Code/User/globalStorage/state.vscdb", session);
    const elsewhere = path.dirname(write("elsewhere/chatSessions/chat-3.json", session));
    symlinkSync(elsewhere, path.join(home, storage, "GitHub.copilot-chat"));
    symlinkSync(path.join(elsewhere, "chat-3.json"), path.join(path.dirname(found), "chat-3.json"));
    assert.deepEqual(findRecords(copilotChat, around()), [found]);
  });

  test("know where VS Code keeps what is a user's, on each system", () => {
    const places = (platform: string, environment: Record<string, string>) =>
      editorUserFolders({ platform, userHome: "/home/me", environment })[0];
    assert.equal(places("linux", {}), "/home/me/.config/Code/User");
    assert.equal(places("linux", { XDG_CONFIG_HOME: "/conf" }), "/conf/Code/User");
    assert.equal(places("darwin", {}), "/home/me/Library/Application Support/Code/User");
    assert.equal(places("win32", { APPDATA: "/roaming" }), "/roaming/Code/User");
  });

  test("of Amp give requests without what was cached, and edits with what became of them", () => {
    write(".local/share/amp/threads/T-1.json", JSON.stringify(ampThread(at, "done")));
    write(".local/share/amp/threads/notes.json", "{}");
    const found = read(amp);
    const model = "claude-opus-4-6";
    assert.deepEqual(found.made, [
      ["/work/a.csv", "applied", model, { kind: "pieces", pieces: [{ before: "1", after: "1\n2" }] }],
    ]);
    assert.deepEqual(
      found.edits.map(({ path: file, outcome }) => [file, outcome]),
      [
        ["/work/a.csv", "applied"],
        ["/work/b.csv", "proposed"],
      ],
    );
    assert.deepEqual(
      found.requests.map(({ id, model: of, tokens }) => [id, of, tokens]),
      [
        [
          "T-1 1",
          model,
          { input: 3, output: 70, cacheRead: 13248, cacheWrite: 1601, cacheWriteLong: 0, reasoning: 0 },
        ],
      ],
    );
    write(".local/share/amp/threads/T-1.json", JSON.stringify(ampThread(at, "rejected-by-user")));
    assert.equal(read(amp).edits[0]!.outcome, "rejected");
  });

  test("of Droid give the files of its patches, failed where the answer says so", () => {
    const place = ".factory/sessions/-work/droid-1.jsonl";
    const patched = ["/work/a.ts", "applied", undefined, replaced];
    write(place, asLines(droidLines(at, { content: '{"success":true}' })));
    const found = read(droid);
    assert.deepEqual(found.made, [patched]);
    // What it calls creating is put over a file that is there, too: by 0.215.0 nothing was said of that.
    const created = found.edits[1]!;
    assert.deepEqual(
      [created.path, created.outcome, created.text],
      ["/work/b.ts", "proposed", { kind: "whole", after: "b\n" }],
    );
    assert.deepEqual(found.problems, []);
    for (const answer of [{ content: '{"success":false}' }, { content: "no", is_error: true }]) {
      write(place, asLines(droidLines(at, answer)));
      assert.equal(read(droid).edits.at(-1)!.outcome, "failed");
    }
  });
});
