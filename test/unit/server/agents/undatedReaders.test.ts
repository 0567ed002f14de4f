import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ToolEdit } from "../../../../core/tools/toolRecords.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const cursorWrite = (file: string, contents: string) =>
  `${JSON.stringify({
    role: "assistant",
    message: { content: [{ type: "tool_use", name: "Write", input: { path: file, contents } }] },
  })}\n`;
const windsurfAction = (original: string | undefined, content: string, type: string) =>
  `${JSON.stringify({
    type: "code_action",
    status: "done",
    code_action: {
      acknowledgement_type: `ACKNOWLEDGEMENT_TYPE_${type}`,
      path: "file:///work/my%20file.ts",
      original_content: original,
      new_content: content,
    },
  })}\n`;

/** Transcripts of Cursor and Windsurf say nothing of when. */
suite("Records without times", () => {
  let home: string;
  let file: string;
  let windsurf: string;

  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-undated-"));
    const folder = path.join(home, ".cursor/projects/work/agent-transcripts/session-1");
    mkdirSync(folder, { recursive: true });
    mkdirSync(path.join(home, ".windsurf/transcripts"), { recursive: true });
    file = path.join(folder, "session-1.jsonl");
    windsurf = path.join(home, ".windsurf/transcripts/trajectory.jsonl");
  });
  teardown(() => rmSync(home, { recursive: true, force: true }));

  const watchSince = (since: number) =>
    new RecordWatch({
      around: { platform: "linux", userHome: home, environment: {} },
      since,
      now: () => Date.now(),
    });
  const short = (edits: readonly ToolEdit[]) =>
    edits.map(({ tool, session, path: place, outcome, text }) => [tool, session, place, outcome, text]);

  test("are of when their file was written to, and only what comes of an old file is read", () => {
    writeFileSync(
      file,
      `${cursorWrite("/work/old.ts", "old")}${cursorWrite("/work/half.ts", "half").slice(0, 30)}`,
    );
    const watch = watchSince(Date.now() + 1000);
    assert.deepEqual(wholeLook(watch).edits, [], "it was there before");
    appendFileSync(
      file,
      `${cursorWrite("/work/half.ts", "half").slice(30)}${cursorWrite("/work/new.ts", "new")}`,
    );
    const written = Math.trunc(Date.now() / 1000) + 60;
    utimesSync(file, written, written);
    const { edits, problems } = wholeLook(watch);
    assert.deepEqual(short(edits), [
      ["cursor", "session-1", "/work/half.ts", "unknown", { kind: "whole", after: "half" }],
      ["cursor", "session-1", "/work/new.ts", "unknown", { kind: "whole", after: "new" }],
    ]);
    assert.deepEqual([...new Set(edits.map(({ at }) => at))], [written * 1000]);
    assert.deepEqual(problems, {});
    assert.deepEqual(wholeLook(watch).edits, []);
  });

  test("are all read of a file that is new", () => {
    const watch = watchSince(Date.now() - 60_000);
    writeFileSync(
      windsurf,
      [
        windsurfAction("a\n", "b\n", "ACCEPT"),
        windsurfAction("", "new\n", "ACCEPT"),
        windsurfAction("b\n", "c\n", "REJECT"),
        windsurfAction(undefined, "d\n", "ACCEPT"),
      ].join(""),
    );
    const place = "/work/my file.ts";
    const from = ["windsurf", "trajectory", place];
    assert.deepEqual(short(wholeLook(watch).edits), [
      [...from, "applied", { kind: "pieces", pieces: [{ before: "a\n", after: "b\n" }] }],
      [...from, "applied", { kind: "whole", before: "", after: "new\n" }],
      [...from, "rejected", { kind: "pieces", pieces: [{ before: "b\n", after: "c\n" }] }],
      [...from, "applied", { kind: "unsaid" }],
    ]);
  });
});
