import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { claudeCode } from "../../../../server/agents/claudeCode.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { Found } from "../../../support/agents/found.ts";
import { claudeAnswer } from "../../../support/agents/logLines.ts";

suite("A log that is written anew", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-records-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  test("is read from its start, also where it begins as before and is longer", () => {
    const file = path.join(folder, "session.jsonl");
    const record = new RecordFile(file, claudeCode);
    // Longer than what a file is known by at its start.
    const start = JSON.stringify({ type: "summary", summary: "x".repeat(1000) });
    const place = { session: "s", at: Date.UTC(2026, 0, 5, 9) };
    const answersIn = (...ids: readonly string[]) => {
      const answers = ids.map((id) => claudeAnswer(place, { id, usage: { input: 1, output: 1 } }));
      writeFileSync(file, [start, ...answers, ""].join("\n"));
      const found = new Found();
      record.read(found);
      assert.deepEqual(found.problems, []);
      return found.requests.map(({ id }) => id.replace("req_", ""));
    };
    assert.deepEqual(answersIn("m1", "m2"), ["m1", "m2"]);
    assert.deepEqual(answersIn("m1", "m2", "m3"), ["m3"]);
    assert.deepEqual(answersIn("m4", "another", "m5", "m6"), ["m4", "another", "m5", "m6"]);
  });
});
