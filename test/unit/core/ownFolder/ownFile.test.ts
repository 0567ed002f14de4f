import assert from "node:assert/strict";
import {
  ownFileHead,
  ownFileLine,
  ownFileName,
  readOwnFile,
  rowsOfDay,
  type CountedRow,
} from "../../../../core/ownFolder/ownFile.ts";
import { requestsOfDay } from "../../../../core/ownFolder/ownFileRequests.ts";
import type { SummaryRequests } from "../../../../core/requests/requestSummary.ts";

const store = "11111111-1111-4111-8111-111111111111";
const row: CountedRow = {
  day: "2026-01-31",
  hour: 9,
  languageId: "typescript",
  kind: "ai",
  tool: "codex",
  model: null,
  mode: "agent",
  edits: 1,
  insertingEdits: 1,
  insertedChars: 10,
  deletedChars: 2,
  keptChars: 8,
  insertedSquared: 100,
  keptSquared: 64,
  insertedTimesKept: 80,
};

const asked: SummaryRequests = {
  ...{ day: "2026-01-31", tool: "codex", model: "gpt-5", currency: null, requests: 2, unpriced: 1 },
  ...{ unpricedTokens: 7, subagent: 1, input: 10, output: 20, cacheRead: 30, cacheWrite: 40, reasoning: 5 },
  ...{ costNano: 1_000, billedNano: 0, latencies: [[3, 1]] as const },
};

suite("A file of sums for other machines", () => {
  const read = (text: string, name = ownFileName(store)) => {
    const file = readOwnFile(text, name);
    if (typeof file === "string") throw new Error(file);
    return file;
  };
  const rowsIn = (text: string) => [...read(text).days.values()].flatMap(rowsOfDay);

  test("gives back what was put in", () => {
    const other = { ...row, hour: 10, kind: "human", tool: null, mode: null } as const;
    assert.deepEqual(
      rowsIn(ownFileHead(store) + ownFileLine(row.day, 1, { rows: [row, other], requests: [] })),
      [other, row],
    );
  });

  test("makes one row of those that differ in their workspace alone", () => {
    const [merged, ...more] = rowsIn(
      ownFileHead(store) + ownFileLine(row.day, 1, { rows: [row, row], requests: [] }),
    );
    assert.deepEqual([merged!.edits, merged!.insertedChars, merged!.keptSquared, more], [2, 20, 128, []]);
  });

  test("has what requests came to, by tool, model and currency, without the folder they were made in", () => {
    const rows = [{ ...asked, place: "file:///secret" }, asked, { ...asked, model: null, latencies: [] }];
    const line = ownFileLine(row.day, 1, { rows: [row], requests: rows });
    assert.ok(!line.includes("secret"));
    const [none, both] = [...read(ownFileHead(store) + line).days.values()]
      .flatMap(requestsOfDay)
      .toSorted((one, other) => one.requests - other.requests);
    assert.deepEqual(none, { ...asked, model: null, latencies: [] });
    assert.deepEqual(both, {
      ...asked,
      ...{ requests: 4, unpriced: 2, unpricedTokens: 14, subagent: 2, input: 20, output: 40, cacheRead: 60 },
      ...{ cacheWrite: 80, reasoning: 10, costNano: 2_000, latencies: [[3, 2]] },
    });
  });

  test("is as it was where no tool told of requests", () => {
    const line = ownFileLine(row.day, 1, { rows: [row], requests: [] });
    assert.ok(!line.includes("requests"));
    assert.deepEqual([...read(ownFileHead(store) + line).days.values()].flatMap(requestsOfDay), []);
  });

  test("takes the line of the highest revision, however they lie", () => {
    const lines = [3, 5, 4].map((revision) =>
      ownFileLine(row.day, revision, { rows: [{ ...row, edits: revision }], requests: [] }),
    );
    assert.deepEqual(
      rowsIn(ownFileHead(store) + lines.join("")).map(({ edits }) => edits),
      [5],
    );
    assert.equal(read(ownFileHead(store) + lines.join("")).replacedLines, 2);
  });

  test("is read to its last whole line, wherever it is cut", () => {
    const whole =
      ownFileHead(store) +
      ["2026-01-30", "2026-01-31"]
        .map((day) => ownFileLine(day, 1, { rows: [row], requests: [asked] }))
        .join("");
    for (let length = 0; length <= whole.length; length++) {
      const file = readOwnFile(whole.slice(0, length), ownFileName(store));
      if (typeof file === "string") assert.equal(file, "foreign");
      else assert.ok(file.days.size + file.damagedLines <= 2, String(length));
    }
  });

  test("is passed over when it is another's, or of a later form", () => {
    const head = ownFileHead(store);
    assert.equal(readOwnFile(head, "copy.jsonl"), "foreign");
    assert.equal(readOwnFile("", ownFileName(store)), "foreign");
    assert.equal(readOwnFile(head.replace(`"format":1`, `"format":2`), ownFileName(store)), "newer");
    assert.equal(read(`${head}{"day":"2026-01-31","revision":1,"rows":[[99]]}\n`).damagedLines, 1);
  });
});
