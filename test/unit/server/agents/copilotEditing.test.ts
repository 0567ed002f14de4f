import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { explainChange } from "../../../../core/tools/explainedChange.ts";
import { Tasks } from "../../../../core/requests/tasks.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { copilotEditing } from "../../../../server/agents/copilotEditing.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { chatRequest, chatSession, replaceCall } from "../../../support/agents/chatRecords.ts";
import {
  editingState,
  operation,
  textEdits,
  type EditingGiven,
} from "../../../support/agents/copilotRecords.ts";
import { Found } from "../../../support/agents/found.ts";

const at = Date.UTC(2026, 0, 5, 9);
const place = ".config/Code/User/workspaceStorage/0a1b";
const [file, other] = ["/work/a.ts", "/work/b.ts"];

suite("The editing sessions of VS Code's chats", () => {
  let home: string;
  setup(() => (home = mkdtempSync(path.join(tmpdir(), "kept-editing-"))));
  teardown(() => rmSync(home, { recursive: true }));

  function write(name: string, record: object): string {
    const found = path.join(home, place, name);
    mkdirSync(path.dirname(found), { recursive: true });
    writeFileSync(found, JSON.stringify(record));
    return found;
  }
  const editing = (given: EditingGiven) =>
    write("chatEditingSessions/chat-1/state.json", editingState(given));
  const around = () => ({ platform: "linux", userHome: home, environment: {} });

  function read(record?: RecordFile): Found {
    const found = new Found();
    const [only] = findRecords(copilotEditing, around());
    (record ?? new RecordFile(only!, copilotEditing)).read(found);
    return found;
  }
  const short = ({ edits }: Found) => edits.map(({ path: where, outcome, text }) => [where, outcome, text]);

  test("tell what was done to each file in one go, with the lines around it, as evidence alone", () => {
    const lines = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ""].join("\n");
    editing({
      baselines: [[file, "request-1", 2, lines]],
      operations: [
        textEdits(file, "request-1", 3, [[[5, 1, 5, 2], "five"]]),
        textEdits(file, "request-1", 4, [
          [[5, 5, 5, 5], "!\n5b"],
          [[6, 1, 6, 2], "six"],
        ]),
        textEdits(file, "request-1", 6, [[[1, 1, 1, 1], "0\n"]]),
        operation("create", other, "request-1", 8, { initialContent: "new\n" }),
        textEdits(other, "request-1", 9, [[[2, 1, 2, 1], "file\n"]]),
        operation("delete", "/work/c.ts", "request-1", 10, { finalContent: "gone" }),
      ],
      stops: [0, 1, 5, 7],
      files: [[file, "request-1", 0]],
    });
    const found = read();
    assert.deepEqual(short(found), [
      [
        file,
        "applied",
        {
          kind: "pieces",
          pieces: [{ before: "2\n3\n4\n5\n6\n7\n8\n9\n", after: "2\n3\n4\nfive!\n5b\nsix\n7\n8\n9\n" }],
        },
      ],
      [file, "applied", { kind: "pieces", pieces: [{ before: "1\n2\n3\n4\n", after: "0\n1\n2\n3\n4\n" }] }],
      [other, "applied", { kind: "whole", before: "", after: "new\nfile\n" }],
      ["/work/c.ts", "applied", { kind: "deleted" }],
    ]);
    const [edit] = found.edits;
    assert.deepEqual(
      [edit!.tool, edit!.session, edit!.model, edit!.mode, edit!.isEvidenceAlone],
      ["github-copilot", "chat-1", "gpt-5", "agent", true],
    );
    assert.deepEqual(found.problems, []);
    const after = lines.replace("5\n6", "five!\n5b\nsix");
    assert.deepEqual(explainChange(lines, after, found.edits), { records: [edit], isWhole: true });
  });

  test("tell nothing of what others did to a file before the next request began", () => {
    editing({
      baselines: [
        [file, "request-1", 2, "a\n"],
        [file, "request-2", 5, "somebody else's\nb\n"],
      ],
      operations: [
        textEdits(file, "request-1", 3, [[[1, 1, 1, 2], "b"]]),
        textEdits(file, "request-2", 6, [[[2, 1, 2, 2], "c"]]),
      ],
      files: [[file, "request-2", 1]],
    });
    const pieces = read().edits.map(({ text }) => text.kind === "pieces" && text.pieces[0]);
    assert.deepEqual(pieces, [
      { before: "a\n", after: "b\n" },
      { before: "somebody else's\nb\n", after: "somebody else's\nc\n" },
    ]);
  });

  test("tell of what was taken back as such, and of what comes again once", () => {
    const operations = [
      textEdits(file, "request-1", 3, [[[1, 1, 1, 2], "b"]]),
      textEdits(file, "request-2", 6, [[[1, 1, 1, 2], "c"]]),
    ];
    const given = {
      baselines: [[file, "request-1", 2, "a"] as const, [file, "request-2", 5, "b"] as const],
      stops: [0, 1, 4],
      files: [[file, "request-2", 0] as const],
    };
    const state = editing({ ...given, operations: operations.slice(0, 1) });
    const record = new RecordFile(state, copilotEditing);
    const outcomes = () => read(record).edits.map(({ call, outcome, at: time }) => [call, outcome, time]);
    const written = (seconds: number) => {
      utimesSync(state, seconds, seconds);
      return seconds * 1000;
    };
    let time = written(1_800_000_000);
    assert.deepEqual(outcomes(), [["request-1 3", "applied", time]]);
    editing({ ...given, operations });
    time = written(1_800_000_010);
    assert.deepEqual(outcomes(), [["request-2 6", "applied", time]]);
    editing({ ...given, operations, currentEpoch: 6 });
    time = written(1_800_000_020);
    assert.deepEqual(outcomes(), [["request-2 6", "rejected", time]]);
  });

  test("are nobody's where another agent edited, or nobody says which", () => {
    const operations = [textEdits(file, "request-1", 3, [[[1, 1, 1, 2], "b"]])];
    const baselines = [[file, "request-1", 2, "a"]] as const;
    editing({ operations, baselines, files: [[file, "request-1", 1]], agent: "somebody.else" });
    assert.deepEqual(read().edits, []);
    editing({ operations, baselines });
    assert.deepEqual(read().edits, []);
    const remote = { scheme: "vscode-remote", path: file, authority: "wsl" };
    editing({ operations: [{ ...operations[0], uri: remote }], baselines, files: [[other, "request-1", 1]] });
    assert.deepEqual([read().edits, read().problems], [[], []]);
  });

  test("say what became of the calls of a request, whose names the session has", () => {
    const calls = [
      replaceCall("c1__vscode-7", file),
      replaceCall("c2", other),
      replaceCall("c3", "/work/c.ts"),
    ];
    const requests = [
      chatRequest(at, [replaceCall("c0", file)], [file]),
      chatRequest(at + 1000, calls, [file, other, "/work/c.ts"]),
    ];
    const request = `request_${at + 1000}`;
    write("chatSessions/chat-1.json", chatSession(requests));
    const files = (decided: number) =>
      [
        [file, request, decided],
        [other, request, 1],
        ["/work/c.ts", request, 0],
      ] as const;
    const state = editing({ files: files(0) });
    const record = new RecordFile(state, copilotEditing);
    const told = () => read(record).edits.map(({ call, path: where, outcome }) => [call, where, outcome]);
    assert.deepEqual(told(), [["c2", other, "applied"]]);
    editing({ files: files(2), currentEpoch: 1001 });
    assert.deepEqual(told(), [["c1", file, "rejected"]]);
    const { tasks } = readAllRecords(around());
    assert.deepEqual(
      tasks.since(0).map(({ edits }) => edits.map((edit) => [edit.path, edit.outcome])),
      [
        [
          [file, "applied"],
          [file, "rejected"],
          [other, "applied"],
          ["/work/c.ts", "applied"],
        ],
      ],
      "the same edits as the session's, and of the last request alone",
    );
  });

  test("are counted where they are not understood", () => {
    const sound = textEdits(file, "request-1", 9, [[[1, 1, 1, 2], "c"]]);
    editing({
      baselines: [[file, "request-1", 2, "a"]],
      operations: [
        textEdits(file, "request-1", 3, [[[1, 2, 1, 1], "b"]]),
        operation("reshape", file, "request-1", 4),
        { ...sound, epoch: "soon" },
        { ...sound, uri: file },
        { ...sound, edits: undefined },
      ],
      files: [[file, "request-1", 1]],
    });
    const found = read();
    assert.deepEqual(
      short(found),
      [[file, "applied", { kind: "unsaid" }]],
      "of ranges that are none of the text",
    );
    assert.deepEqual(found.problems, [
      "0: an operation of an unknown kind",
      "0: a part of an editing session that is of no place",
      "0: a part of an editing session that is of no place",
      "0: an operation of an unknown kind",
    ]);
    write("chatEditingSessions/chat-1/state.json", { version: 9 });
    assert.deepEqual(read().problems, ["0: an editing session of an unknown version"]);
    write("chatEditingSessions/chat-1/state.json", { version: 2, timeline: {} });
    assert.deepEqual(read().problems, ["0: an editing session without its operations"]);
  });

  test("lead from each text to the next, however it was edited", () => {
    const random = seededRandom(20_261_122);
    const upTo = (limit: number) => Math.floor(random() * limit);
    for (let round = 0; round < 200; round++) {
      const ends = round % 2 === 0 ? "\n" : "\r\n";
      const first = Array.from({ length: upTo(12) }, () => "line ".repeat(upTo(3)) + upTo(99)).join(ends);
      let text = first;
      const operations: object[] = [];
      for (let epoch = 3; epoch < 8; epoch++) {
        const lines = text.split(ends);
        const line = upTo(lines.length);
        const last = Math.min(lines.length - 1, line + upTo(2));
        const [from, to] = [upTo(lines[line]!.length + 1), upTo(lines[last]!.length + 1)];
        const isTurned = line === last && to < from;
        const put = ["", "x", `y${ends}`, `${ends}z${ends}`][upTo(4)]!;
        const [start, end] = isTurned ? [to, from] : [from, to];
        operations.push(
          textEdits(file, "request-1", epoch, [[[line + 1, start + 1, last + 1, end + 1], put]]),
        );
        const offset = (number: number) =>
          lines.slice(0, number).reduce((sum, each) => sum + each.length + ends.length, 0);
        text = text.slice(0, offset(line) + start) + put + text.slice(offset(last) + end);
      }
      editing({ baselines: [[file, "request-1", 2, first]], operations, files: [[file, "request-1", 1]] });
      const { edits, problems } = read();
      assert.deepEqual(problems, []);
      const told = edits[0]!.text;
      assert.ok(told.kind === "pieces");
      const { before = "", after } = told.pieces[0]!;
      assert.ok(first.includes(before) && text.includes(after));
      assert.equal(
        first.replace(before, () => after),
        text,
        JSON.stringify([first, operations]),
      );
    }
  });

  test("make no edits of tasks", () => {
    editing({
      baselines: [[file, "request-1", 2, "a"]],
      operations: [textEdits(file, "request-1", 3, [[[1, 1, 1, 2], "b"]])],
      files: [[file, "request-1", 1]],
    });
    const tasks = new Tasks(() => undefined);
    for (const edit of read().edits) tasks.addEdit(edit);
    assert.deepEqual(tasks.since(0), []);
  });
});
