import assert from "node:assert/strict";
import {
  exportColumns,
  exportThings,
  type ExportCursor,
  type ExportFormat,
} from "../../../protocol/export.ts";
import { exportPart } from "../../../server/numbers/exportPart.ts";
import type { Store } from "../../../server/store/store.ts";
import { writeHistoryToForget } from "./forgetSuite.ts";
import { idOf, writeHistory } from "./history.ts";
import { recordOf } from "../coaching/situation.ts";
import { batchOf, noon } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

type Row = Record<string, unknown>;

/** An export as its parts give it. */
export function exportOf(
  store: Store,
  format: ExportFormat,
  from: string | null = null,
): { text: string; parts: number } {
  let text = "";
  let parts = 0;
  let cursor: ExportCursor | null = null;
  do {
    const part = exportPart(store, { format, from, cursor });
    text += part.text;
    parts++;
    cursor = part.next;
  } while (cursor);
  return { text, parts };
}

/** What an export holds, whatever the store is made of. */
export function exportSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, exported`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const json = (from: string | null = null) =>
      JSON.parse(exportOf(under.restart(), "json", from).text) as Record<string, Row[]>;

    test("holds everything that was recorded, with the columns that are documented", () => {
      writeHistoryToForget(under.store);
      under.store.coaching.writeTips([recordOf()]);
      under.store.writeNote("name", 'text with "quotes", and\nlines');
      const exported = json();
      assert.deepEqual(Object.keys(exported), ["about", ...exportThings]);
      for (const thing of exportThings) {
        assert.ok(exported[thing]!.length > 0, thing);
        for (const row of exported[thing]!) assert.deepEqual(Object.keys(row), [...exportColumns[thing]]);
      }
      const count = (thing: string) => exported[thing]!.length;
      assert.deepEqual(
        exportThings.map((thing) => [thing, count(thing)]),
        [
          ["document", 3],
          ["edit", 18],
          ["evidence", 18],
          ["sample", 2],
          ["day", 18],
          ["stage", 13],
          ["funnel", 25],
          ["retention", 2],
          ["overwrite", 1],
          ["overwriteDay", 1],
          ["commit", 1],
          ["tip", 1],
          ["task", 1],
          ["request", 1],
          ["taskEdit", 1],
          ["step", 1],
          ["requestDay", 1],
          ["toolFigure", 1],
          ["allowance", 1],
          ["heard", 1],
          ["drop", 1],
          ["receipt", 1],
          ["note", 1],
        ],
      );
      const edit = under.store.readEditById("0-0-0")!;
      const { origin, evidence, ...numbers } = edit;
      assert.deepEqual(
        exported["edit"]!.find(({ id }) => id === "0-0-0"),
        { ...numbers, ...origin },
      );
      assert.deepEqual(
        exported["evidence"]!.filter(({ editId }) => editId === "0-0-0"),
        evidence.map((row) => ({ editId: "0-0-0", ...row })),
      );
      const { spans, ...document } = under.store.readDocument("file:///work/one/a.ts")!;
      assert.deepEqual(
        exported["document"]!.find(({ uri }) => uri === document.uri),
        { ...document, ...spans },
      );
      assert.deepEqual(
        exported["day"]!.map((row) => JSON.stringify(Object.entries(row).sort())).sort(),
        under.store
          .readSums({ from: "0", to: "9", workspaces: undefined })
          .map((row) => JSON.stringify(Object.entries(row).sort()))
          .sort(),
      );
    });

    test("comes in parts, each row once", () => {
      writeHistory(under.store, 1300);
      const { text, parts } = exportOf(under.store, "json");
      assert.ok(parts > exportThings.length, "more than one part of some things");
      const { edit } = JSON.parse(text) as { edit: Row[] };
      assert.deepEqual(
        edit.map(({ id }) => id).sort(),
        Array.from({ length: 1300 }, (_, number) => idOf(number)),
      );
    });

    test("holds a period alone when it is asked for one", () => {
      writeHistoryToForget(under.store);
      const exported = json("2026-02-01");
      assert.equal(exported["edit"]!.length, 9);
      assert.ok(exported["edit"]!.every(({ at }) => Number(at) > noon));
      assert.deepEqual(
        [exported["day"]!.length, exported["evidence"]!.length, exported["sample"]!.length],
        [9, 9, 1],
      );
      assert.deepEqual(json("2027-01-01")["document"], []);
    });

    test("is a table too, in which no text becomes a formula", () => {
      writeHistoryToForget(under.store);
      under.store.writeNote("=1+1", 'a "b", c\nd');
      under.store.write(batchOf({ drops: [{ name: "+late", count: 3 }] }));
      const { text } = exportOf(under.restart(), "csv");
      const [head, ...rows] = text.split("\r\n");
      const columns = head!.split(",");
      assert.equal(columns[0], "thing");
      assert.equal(new Set(columns).size, columns.length);
      assert.equal(rows.pop(), "");
      assert.equal(rows.filter((row) => row.startsWith("edit,")).length, 18);
      assert.ok(rows.some((row) => row.startsWith("note,") && row.includes(`'=1+1`)));
      assert.ok(text.includes('"a ""b"", c\nd"'));
      assert.ok(text.includes("'+late"));
      const plain = rows.find((row) => row.startsWith("drop,"))!.split(",");
      assert.equal(plain.length, columns.length);
    });

    test("of nothing is whole too", () => {
      assert.deepEqual(
        Object.values(json()).slice(1),
        exportThings.map(() => []),
      );
      assert.equal(exportOf(under.store, "csv").text.split("\r\n").length, 2);
    });
  });
}
