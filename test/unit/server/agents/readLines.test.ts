import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readLines } from "../../../../server/agents/reading/readLines.ts";

const mebibyte = 1024 * 1024;

suite("Lines of a file", () => {
  test("that are too long say how they begin, also where they begin at the end of what is read at once", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kept-lines-"));
    try {
      const file = path.join(folder, "lines");
      const handle = openSync(file, "w");
      const start = '{"type":"assistant","usage":';
      writeSync(handle, `${"a".repeat(mebibyte - 4)}\n${start}`);
      for (let part = 0; part < 33; part++) writeSync(handle, "b".repeat(mebibyte));
      writeSync(handle, "\nlast\n");
      closeSync(handle);
      const told: string[] = [];
      const { lines } = readLines(
        file,
        { offset: 0, lines: 0 },
        {
          line: (line) => told.push(line.toString("utf8").slice(0, 4)),
          tooLong: (begin) => told.push(`${begin.toString("utf8").slice(0, start.length)} ${begin.length}`),
          rest: () => false,
        },
      );
      assert.deepEqual([told, lines], [["aaaa", `${start} 4096`, "last"], 3]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
