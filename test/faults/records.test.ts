import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { claudeCode } from "../../server/agents/claudeCode.ts";
import { RecordFile } from "../../server/agents/reading/recordFile.ts";
import { claudeAnswer, claudeResult } from "../support/agents/logLines.ts";
import { Found } from "../support/agents/found.ts";

const megabyte = 1024 * 1024;
/** What reading a file of any length may add to the memory of the process. */
const mostAdded = 200 * megabyte;
const place = { session: "s", at: Date.UTC(2026, 0, 5, 9) };
const answer = (id: string) => claudeAnswer(place, { id, usage: { input: 1, output: 1 } });

suite("Records of any length", () => {
  let folder: string;
  let file: string;
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kept-records-"));
    file = path.join(folder, "session.jsonl");
  });
  teardown(() => rmSync(folder, { recursive: true }));

  const written = (parts: Iterable<string>) => {
    const handle = openSync(file, "w");
    for (const part of parts) writeSync(handle, part);
    closeSync(handle);
  };
  const read = () => {
    const before = Math.max(process.memoryUsage().rss + mostAdded, process.resourceUsage().maxRSS * 1024);
    const found = new Found();
    const record = new RecordFile(file, claudeCode);
    assert.ok(record.read(found));
    assert.ok(process.resourceUsage().maxRSS * 1024 <= before, "in bounded memory");
    assert.equal(record.read(found), false, "and once");
    return found;
  };

  test("are read around a line of 700 MB", () => {
    const part = "y".repeat(7 * megabyte);
    written(
      (function* () {
        yield `${answer("m1")}\n{"type":"file-history-snapshot","snapshot":"`;
        for (let count = 0; count < 100; count++) yield part;
        yield `"}\n${answer("m2")}\n`;
      })(),
    );
    assert.ok(statSync(file).size > 700 * megabyte);
    const found = read();
    assert.deepEqual([found.requests.length, found.problems], [2, []]);
  });

  test("are read whole in a file of a gigabyte", () => {
    const shown = claudeResult(place, { call: "toolu_1", result: { stdout: "z".repeat(64 * 1024) } });
    let answers = 0;
    written(
      (function* () {
        for (let bytes = 0; bytes < 1024 * megabyte; bytes += shown.length)
          yield `${answer(`m${answers++}`)}\n${shown}\n`;
      })(),
    );
    assert.ok(statSync(file).size > 1024 * megabyte);
    const found = read();
    assert.deepEqual([found.requests.length, found.problems], [answers, []]);
  });
});
