import assert from "node:assert/strict";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  editsBatch,
  evidenceOf,
  human,
  noon,
  unknown,
} from "./rows.ts";
import type { Store, SumRow } from "../../../server/store/store.ts";

export interface StoreUnderTest {
  readonly store: Store;
  /** Gives the store that stands for this one after a restart; the same where there is no such thing. */
  restart(): Store;
  setNow(at: number): void;
  close(): void;
}

const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const day = 86_400_000;

/** What every store does, whatever it is made of. */
export function storeSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(title, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    test("gives back the edit and the document it was given", () => {
      const edit = editOf({ evidence: [evidenceOf(), evidenceOf({ source: "second", at: noon + 1 })] });
      const document = documentOf({ textLength: 12 });
      const receipt = { window: "window-1", sequence: 7 };
      const written = under.store.write(batchOf({ documents: [document], edits: [edit], receipt }));
      assert.deepEqual(written, { outcome: "written" });
      const store = under.restart();
      assert.deepEqual(store.readEditById("edit-1"), edit);
      assert.deepEqual(store.readEdit(edit), edit);
      assert.deepEqual(store.readDocument(document.uri), document);
      assert.equal(store.readReceipt("window-1"), 7);
    });

    test("knows nothing it was not told", () => {
      assert.equal(under.store.readEditById("edit-1"), undefined);
      assert.equal(under.store.readEdit(editOf()), undefined);
      assert.equal(under.store.readDocument("file:///project/a.ts"), undefined);
      assert.equal(under.store.readReceipt("window-1"), 0);
      assert.equal(under.store.readNote("name"), undefined);
      assert.deepEqual(under.store.readDrops(), []);
      assert.deepEqual(under.store.readSums(everything), []);
      assert.deepEqual(under.store.readLabelledEdits(), []);
    });

    test("gives back the origins of many edits at once, without those it does not know", () => {
      under.store.write(editsBatch({}, { origin: copilot }, { origin: { ...human, conflict: true } }));
      const origins = under.restart().readOrigins(["edit-3", "nobody's", "edit-2", "edit-2"]);
      assert.deepEqual(
        [...origins].sort(([one], [other]) => (one < other ? -1 : 1)),
        [
          ["edit-2", copilot],
          ["edit-3", { ...human, conflict: true }],
        ],
      );
      assert.deepEqual(under.store.readOrigins([]), new Map());
    });

    test("gives back the edits the person said something of, oldest first", () => {
      under.store.write(editsBatch({ at: noon + 3 }, { at: noon + 2 }, { at: noon + 1 }));
      const evidence = evidenceOf({ source: "label", strength: "labelled" });
      const origin = { ...human, strength: "labelled" } as const;
      const label = (editId: string) => ({ editId, origin, evidence: [evidence] });
      under.store.write(batchOf({ origins: [label("edit-1"), label("edit-3")] }));
      const labelled = under.restart().readLabelledEdits();
      assert.deepEqual(
        labelled.map(({ id }) => id),
        ["edit-3", "edit-1"],
      );
      assert.deepEqual(labelled[0]!.evidence, [evidenceOf(), evidence]);
    });

    test("adds edits up by the person's own hour, language, folder and origin", () => {
      under.store.write(
        editsBatch(
          { insertedChars: 10, keptChars: 8, deletedChars: 1 },
          { insertedChars: 0, keptChars: 0, deletedChars: 4 },
          { insertedChars: 3, keptChars: 3, origin: copilot },
          { at: noon + day / 2, utcOffsetMinutes: 60 },
        ),
      );
      assert.deepEqual(sorted(under.restart().readSums(everything)), [
        { ...hourOf("2026-01-31", 12, copilot), ...sums(1, 1, 3, 3, 3, 9, 9, 9) },
        { ...hourOf("2026-01-31", 12, human), ...sums(2, 1, 10, 5, 8, 100, 64, 80) },
        { ...hourOf("2026-02-01", 1, human), ...sums(1, 1, 10, 3, 10, 100, 100, 100) },
      ]);
    });

    test("reads the sums of the days and folders that are asked for", () => {
      under.store.write(editsBatch({}, { at: noon + day }, { at: noon + 2 * day }));
      const other = documentOf({ uri: "file:///other/b.ts", workspace: "file:///other" });
      const none = documentOf({ uri: "untitled:1", workspace: null });
      under.store.write(
        batchOf({
          documents: [other, none],
          edits: [editOf({ id: "other", uri: other.uri }), editOf({ id: "none", uri: none.uri })],
        }),
      );
      const read = (from: string, to: string, workspaces?: string[]) =>
        under.store
          .readSums({ from, to, workspaces })
          .map((row) => `${row.day} ${row.workspace}`)
          .sort();
      assert.deepEqual(read("2026-02-01", "2026-02-02"), [
        "2026-02-01 file:///project",
        "2026-02-02 file:///project",
      ]);
      assert.deepEqual(read("2026-01-31", "2026-01-31"), [
        "2026-01-31 file:///other",
        "2026-01-31 file:///project",
        "2026-01-31 null",
      ]);
      assert.deepEqual(read("2026-01-01", "2026-12-31", ["file:///other", "file:///third"]), [
        "2026-01-31 file:///other",
      ]);
      assert.deepEqual(read("2026-01-01", "2026-12-31", []), []);
      assert.deepEqual(read("2026-01-01", "2026-12-31", [""]), []);
    });

    test("leaves alone an edit of a version that is there already", () => {
      under.store.write(editsBatch({ evidence: [] }));
      const before = under.store.readSums(everything);
      under.store.write(editsBatch({ id: "other", insertedChars: 99, origin: copilot }));
      assert.deepEqual(under.store.readSums(everything), before);
      assert.equal(under.store.readEditById("other"), undefined);
      assert.deepEqual(under.store.readEditById("edit-1"), editOf({ evidence: [] }));
    });

    test("leaves alone an edit of an id that is there already", () => {
      under.store.write(editsBatch({}));
      const before = under.store.readSums(everything);
      under.store.write(editsBatch({ version: 9, insertedChars: 99 }));
      assert.deepEqual(under.store.readSums(everything), before);
      assert.equal(under.store.readEdit(editOf({ version: 9 })), undefined);
    });

    test("takes two edits that differ in uri, window, session or version for two", () => {
      const uri = "file:///project/b.ts";
      under.store.write(
        batchOf({
          documents: [documentOf(), documentOf({ uri })],
          edits: [
            editOf(),
            editOf({ id: "2", uri }),
            editOf({ id: "3", window: "window-2" }),
            editOf({ id: "4", session: 2 }),
            editOf({ id: "5", version: 3 }),
          ],
        }),
      );
      assert.equal(under.store.readSums(everything)[0]?.edits, 5);
      assert.equal(under.store.readEdit(editOf({ session: 2 }))?.id, "4");
    });

    test("moves an edit's sums along when its origin becomes known", () => {
      under.store.write(editsBatch({ origin: unknown, evidence: [] }, { origin: unknown, insertedChars: 4 }));
      const late = evidenceOf({ source: "hook", strength: "exact", at: noon + 5 });
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: copilot, evidence: [late] }] }));
      const store = under.restart();
      assert.deepEqual(sorted(store.readSums(everything)), [
        { ...hourOf("2026-01-31", 12, copilot), ...sums(1, 1, 10, 3, 10, 100, 100, 100) },
        { ...hourOf("2026-01-31", 12, unknown), ...sums(1, 1, 4, 3, 10, 16, 100, 40) },
      ]);
      assert.deepEqual(store.readEditById("edit-1"), editOf({ origin: copilot, evidence: [late] }));
      under.store.write(batchOf({ origins: [{ editId: "edit-2", origin: copilot, evidence: [] }] }));
      assert.equal(under.store.readSums(everything).length, 1, "sums of no edit are no sums");
    });

    test("keeps an edit where it was added up when its document's folder changes later", () => {
      under.store.write(editsBatch({ origin: unknown }));
      under.store.write(batchOf({ documents: [documentOf({ workspace: "file:///moved" })] }));
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: copilot, evidence: [] }] }));
      assert.deepEqual(
        under.store.readSums(everything).map(({ workspace, kind }) => ({ workspace, kind })),
        [{ workspace: "file:///project", kind: "ai" }],
      );
    });

    test("does not add evidence that is there already", () => {
      const evidence = [evidenceOf(), evidenceOf()];
      under.store.write(editsBatch({ evidence }));
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: human, evidence }] }));
      assert.deepEqual(under.store.readEditById("edit-1")?.evidence, [evidenceOf()]);
    });

    test("takes removals off what is kept, exactly and never below nothing", () => {
      under.store.write(editsBatch({ insertedChars: 10 }, { insertedChars: 6, keptChars: 6 }));
      const remove = (editId: string, chars: number) =>
        under.store.write(batchOf({ removals: [{ editId, chars }] }));
      remove("edit-1", 3);
      remove("edit-2", 7);
      remove("no such edit", 7);
      const store = under.restart();
      assert.equal(store.readEditById("edit-1")?.keptChars, 7);
      assert.equal(store.readEditById("edit-2")?.keptChars, 0);
      assert.deepEqual(store.readSums(everything), [
        { ...hourOf("2026-01-31", 12, human), ...sums(2, 2, 16, 6, 7, 136, 49, 70) },
      ]);
    });

    test("takes what an edit has grown to for its numbers, in the sums too", () => {
      under.store.write(
        editsBatch({ insertedChars: 0, keptChars: 0 }, { insertedChars: 6, keptChars: 6, origin: copilot }),
      );
      const grow = (editId: string, insertedChars: number, deletedChars: number, keptChars: number) =>
        under.store.write(batchOf({ growths: [{ editId, insertedChars, deletedChars, keptChars }] }));
      grow("edit-1", 5, 1, 4);
      grow("edit-2", 9, 8, 7);
      grow("edit-2", 8, 2, 8);
      grow("no such edit", 1, 1, 1);
      const store = under.restart();
      const { insertedChars, deletedChars, keptChars } = store.readEditById("edit-2")!;
      assert.deepEqual([insertedChars, deletedChars, keptChars], [8, 2, 8]);
      assert.deepEqual(sorted(store.readSums(everything)), [
        { ...hourOf("2026-01-31", 12, copilot), ...sums(1, 1, 8, 2, 8, 64, 64, 64) },
        { ...hourOf("2026-01-31", 12, human), ...sums(1, 1, 5, 1, 4, 25, 16, 20) },
      ]);
      under.store.write({
        ...batchOf({ growths: [{ editId: "edit-1", insertedChars: 0, deletedChars: 3, keptChars: 0 }] }),
        origins: [{ editId: "edit-2", origin: human, evidence: [] }],
      });
      assert.deepEqual(store.readSums(everything), [
        { ...hourOf("2026-01-31", 12, human), ...sums(2, 1, 8, 5, 8, 64, 64, 64) },
      ]);
    });

    test("writes edits, then growths, then removals of one batch", () => {
      under.store.write({
        ...editsBatch({ insertedChars: 2, keptChars: 2 }),
        growths: [{ editId: "edit-1", insertedChars: 10, deletedChars: 0, keptChars: 9 }],
        removals: [{ editId: "edit-1", chars: 4 }],
      });
      assert.deepEqual(under.store.readSums(everything), [
        { ...hourOf("2026-01-31", 12, human), ...sums(1, 1, 10, 0, 5, 100, 25, 50) },
      ]);
    });

    test("writes edits, then origins, then removals of one batch", () => {
      const batch = editsBatch({ origin: unknown, evidence: [] });
      under.store.write({
        ...batch,
        origins: [{ editId: "edit-1", origin: human, evidence: [] }],
        removals: [{ editId: "edit-1", chars: 4 }],
      });
      assert.deepEqual(under.store.readSums(everything), [
        { ...hourOf("2026-01-31", 12, human), ...sums(1, 1, 10, 3, 6, 100, 36, 60) },
      ]);
    });

    test("counts drops", () => {
      const drop = (name: string, count: number) => under.store.write(batchOf({ drops: [{ name, count }] }));
      drop("late", 2);
      drop("binary", 1);
      drop("late", 3);
      assert.deepEqual(under.restart().readDrops(), [
        { name: "binary", count: 1 },
        { name: "late", count: 5 },
      ]);
    });

    test("never lets a receipt fall, and keeps one for each window", () => {
      for (const [window, sequence] of [
        ["a", 5],
        ["b", 1],
        ["a", 3],
      ] as const) {
        under.store.write(batchOf({ receipt: { window, sequence } }));
      }
      const store = under.restart();
      assert.deepEqual([store.readReceipt("a"), store.readReceipt("b")], [5, 1]);
    });

    test("keeps notes", () => {
      under.store.writeNote("name", "first");
      assert.deepEqual(under.store.writeNote("name", "second"), { outcome: "written" });
      assert.equal(under.restart().readNote("name"), "second");
    });

    test("writes all of a batch or nothing", () => {
      const batch = editsBatch({}, { uri: "file:///no/such/document" });
      const drops = [{ name: "late", count: 1 }];
      assert.throws(() => under.store.write({ ...batch, drops, receipt: { window: "w", sequence: 1 } }));
      const store = under.restart();
      assert.equal(store.readEditById("edit-1"), undefined);
      assert.equal(store.readDocument("file:///project/a.ts"), undefined);
      assert.deepEqual([store.readSums(everything), store.readDrops(), store.readReceipt("w")], [[], [], 0]);
      assert.deepEqual(store.write(editsBatch({})), { outcome: "written" });
    });

    test("raises its revision with every write and with nothing else", () => {
      const revisions = [under.store.revision()];
      under.store.write(editsBatch({}));
      revisions.push(under.store.revision());
      under.store.writeNote("name", "text");
      revisions.push(under.store.revision());
      assert.ok(revisions[0]! < revisions[1]! && revisions[1]! < revisions[2]!);
      under.store.readSums(everything);
      under.store.maintain();
      assert.equal(under.store.revision(), revisions[2]);
    });

    test("prunes edits and sums, each by its own limit", () => {
      under.setNow(noon);
      under.store.write({
        ...editsBatch({}, { at: noon + 2 * day }),
        receipt: { window: "window-1", sequence: 4 },
      });
      const pruned = under.store.prune({ editsBefore: noon + day, sumsBefore: "0000-00-00" });
      assert.deepEqual(pruned, { edits: 1, sums: 0 });
      const store = under.restart();
      assert.equal(store.readEditById("edit-1"), undefined);
      assert.equal(store.readEdit(editOf()), undefined);
      assert.equal(store.readEditById("edit-2")?.evidence.length, 1);
      assert.equal(store.readSums(everything).length, 2);
      assert.notEqual(store.readDocument("file:///project/a.ts"), undefined, "an edit is left");
      assert.equal(store.readReceipt("window-1"), 4, "an edit is left");
      assert.deepEqual(store.prune({ editsBefore: 0, sumsBefore: "2026-02-01" }), { edits: 0, sums: 1 });
      assert.deepEqual(
        store.readSums(everything).map((row) => row.day),
        ["2026-02-02"],
      );
    });

    test("passes over what is said of edits and sums that were pruned", () => {
      under.store.write(editsBatch({}, { at: noon + 2 * day, origin: unknown }));
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-03-01" });
      under.store.write(
        batchOf({
          origins: ["edit-1", "edit-2"].map((editId) => ({ editId, origin: human, evidence: [] })),
          removals: ["edit-1", "edit-2"].map((editId) => ({ editId, chars: 1 })),
        }),
      );
      assert.deepEqual(under.store.readSums(everything), []);
      assert.equal(under.store.readEditById("edit-2")?.origin.kind, "human");
      assert.equal(under.store.readEditById("edit-2")?.keptChars, 9);
    });

    test("forgets documents and windows that no edit needs, unless they were written since", () => {
      under.setNow(noon);
      under.store.write({ ...editsBatch({}), receipt: { window: "window-1", sequence: 4 } });
      under.setNow(noon + 3 * day);
      under.store.write(batchOf({ documents: [documentOf({ uri: "file:///open.ts", window: "window-2" })] }));
      under.store.write(batchOf({ receipt: { window: "window-3", sequence: 6 } }));
      under.store.prune({ editsBefore: noon + day, sumsBefore: "0000-00-00" });
      const store = under.restart();
      assert.equal(store.readDocument("file:///project/a.ts"), undefined);
      assert.equal(store.readReceipt("window-1"), 0);
      assert.notEqual(store.readDocument("file:///open.ts"), undefined);
      assert.equal(store.readReceipt("window-3"), 6);
    });
  });
}

function hourOf(day: string, hour: number, { kind, tool, model, mode }: typeof human) {
  return { day, hour, workspace: "file:///project", languageId: "typescript", kind, tool, model, mode };
}

function sums(...numbers: [number, number, number, number, number, number, number, number]) {
  const [edits, insertingEdits, insertedChars, deletedChars, keptChars] = numbers;
  const [insertedSquared, keptSquared, insertedTimesKept] = numbers.slice(5) as [number, number, number];
  return {
    edits,
    insertingEdits,
    insertedChars,
    deletedChars,
    keptChars,
    insertedSquared,
    keptSquared,
    insertedTimesKept,
  };
}

function sorted(rows: readonly SumRow[]): SumRow[] {
  const text = (row: SumRow) => JSON.stringify([row.day, row.hour, row.workspace, row.kind, row.tool]);
  return [...rows].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}
