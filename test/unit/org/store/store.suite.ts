import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import path from "node:path";
import type { StoredPart } from "../../../../org/transfer/storedTables.ts";
import { BackupError, digestOf, restoreBackup, writeBackup } from "../../../../org/transfer/backup.ts";
import type { Store } from "../../../../org/store/store.ts";
import { accountOf, entryOf, promptOf } from "./console.suite.ts";
import { batchOf, eventOf, idOf, pseudonymOf, tallyOf } from "../../../org/support/batches.ts";
import { makeFolder } from "../../../org/support/folder.ts";

export interface OpenedForTest {
  readonly store: Store;
  /** Opens what the first store left behind, after closing it. */
  reopen(): Promise<Store>;
  /** Closes and removes everything. */
  remove(): Promise<void>;
}

/** Changed only together with what is stored. */
const golden = {
  rows: 56,
  sha256: "a7d2c9f4fe9fa8f9776026180ebcc24bc9754a70ad0e769dc2ee6a20a11d0c18",
};

/** A little of everything, the same each time. */
export async function fill(store: Store): Promise<void> {
  await store.organisation(idOf("org"));
  await store.setTeam("Ä team, 'quoted'", 12);
  const now = Date.parse("2026-11-11T12:00:00Z");
  for (const name of ["ada", "bo"]) {
    const invitation = { tokenHash: `token of ${name}`, team: "a", person: null, uses: 2 };
    await store.addInvitation({ ...invitation, expiresAt: now + 1000 });
    await store.join({
      ...{ tokenHash: invitation.tokenHash, credentialHash: `credential of ${name}`, now },
      ...{ device: idOf(`device ${name}`), person: idOf(`person ${name}`) },
      ...{ today: "2026-11-11", expires: "2027-02-09" },
    });
  }
  await store.leave(idOf("device bo"), "2026-11-12");
  const events = [
    eventOf("one"),
    eventOf("two", { day: "2026-11-09", tool: "cursor", mode: "completion", edits: 1_000_000_000 }),
    eventOf("three", { originKind: "human", tool: null, mode: null, insertedChars: 0, keptChars: 0 }),
  ];
  const reasons = [{ pointer: "#/a~1b", field: "edits", detail: "erwartet: größer als „0“" }];
  const tallies = [
    tallyOf("counted"),
    tallyOf("requests", { table: "kept.requests", keys: ["codex", "heavy", "fix"], sums: { requests: 40 } }),
  ];
  await store.ingest(batchOf("first", events, { refused: 1, reasons, tallies }));
  await store.ingest(batchOf("second", [eventOf("one"), eventOf("four")]));
  for (const person of ["b", "c"]) {
    await store.ingest(batchOf("first", events, { pseudonym: pseudonymOf(person), team: "b", tallies }));
  }
  await store.ingest(batchOf("first", events, { week: "2026-W45" }));
  await store.ingest(batchOf("first", events, { week: "2026-W40", tallies }));
  await store.deleteWeek("2026-W46", pseudonymOf("c"));
  await store.forget({ eventsBefore: "2026-W42", sumsBefore: "2026-W01" });
  const all = { state: "hidden", why: "fewPeople" } as const;
  await store.addPublication({
    table: { week: "2026-W45", floor: 5, columns: ["human"], total: { all, cells: [all] }, teams: [] },
    members: [{ team: "a", person: idOf("person ada") }],
    tallies: [
      {
        ...{ table: "kept.tip", week: "2026-W45", floor: 5, keys: ["tip"], sums: ["shown"] },
        cells: [{ team: null, keys: ["C01"], sums: [40] }],
        hidden: ["fewPeople"],
      },
    ],
  });
  await store.addBundle({ sequence: 1, envelope: "{}", prompts: [] }, entryOf("bundle"));
  await store.addAccount(accountOf("Ada", { role: "admin" }), entryOf("Ada let in"));
  await store.setConsoleSetting("targets", '{"A1":0.7}', entryOf("targets", { act: "settingChanged" }));
  await store.putPrompt(promptOf("one"), undefined, entryOf("one", { act: "promptSaved" }));
}

/** What every store must do. Each test begins with an empty one; the answers are the same on every engine. */
export function storeSuite(engine: string, open: () => Promise<OpenedForTest>): void {
  suite(`A store on ${engine}`, () => {
    let opened: OpenedForTest;
    let store: Store;

    setup(async () => {
      opened = await open();
      store = opened.store;
    });

    teardown(async () => {
      await opened.remove();
    });

    const plain = { stored: 0, duplicates: 0, refused: 0, reasons: [] };

    test("is ready and empty at first", async () => {
      assert.match(store.engine, new RegExp(`^${engine} \\d+`));
      assert.equal(await store.whyNotReady(), undefined);
      assert.deepEqual(await store.weekTotals(), []);
      assert.deepEqual(await store.contributions("2026-W46"), []);
      assert.deepEqual(await store.contributedWeeks(), []);
    });

    test("stores a batch, its events and their sums together", async () => {
      const events = [
        eventOf("one"),
        eventOf("two", { edits: 30, insertedChars: 0, keptChars: 0 }),
        eventOf("three", { tool: "cursor", mode: "completion" }),
        eventOf("four", { originKind: "human", tool: null, mode: null }),
      ];
      assert.deepEqual(await store.ingest(batchOf("first", events)), {
        kind: "stored",
        receipt: { ...plain, stored: 4 },
      });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 4 }]);
      const own = { pseudonym: pseudonymOf("a"), team: "everyone", days: 1 << 4 };
      const sum = { ...own, edits: 10, insertedChars: 1200, keptChars: 950 };
      assert.deepEqual(await store.contributions("2026-W46"), [
        { ...sum, originKind: "ai", tool: "claude-code", edits: 40 },
        { ...sum, originKind: "ai", tool: "cursor" },
        { ...sum, originKind: "human", tool: null },
      ]);
      assert.deepEqual(await store.contributedWeeks(), ["2026-W46"]);
    });

    test("H5: gives a batch that comes again the receipt of the first time, and changes nothing", async () => {
      const reasons = [{ pointer: "#/a", field: "edits", detail: "expected a whole number" }];
      const batch = batchOf("first", [eventOf("one"), eventOf("one")], { refused: 3, reasons });
      const receipt = { stored: 1, duplicates: 1, refused: 3, reasons };
      assert.deepEqual(await store.ingest(batch), { kind: "stored", receipt });
      assert.deepEqual(await store.ingest(batch), { kind: "replayed", receipt });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 1 }]);
    });

    test("refuses other bytes under a known batch id, and keeps nothing of them", async () => {
      await store.ingest(batchOf("first", [eventOf("one")]));
      const sha256 = createHash("sha256").update("other").digest();
      const other = batchOf("first", [eventOf("one"), eventOf("two")], { sha256 });
      assert.deepEqual(await store.ingest(other), { kind: "conflict" });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 1 }]);
    });

    test("H5: counts an event once when it comes again in another batch", async () => {
      await store.ingest(batchOf("first", [eventOf("one"), eventOf("two")]));
      const outcome = await store.ingest(batchOf("second", [eventOf("two"), eventOf("three")]));
      assert.deepEqual(outcome, { kind: "stored", receipt: { ...plain, stored: 1, duplicates: 1 } });
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 2, events: 3 }]);
      assert.equal((await store.contributions("2026-W46"))[0]?.edits, 30);
    });

    test("keeps the first of two events with one id", async () => {
      await store.ingest(batchOf("first", [eventOf("one", { edits: 1 }), eventOf("one", { edits: 2 })]));
      assert.equal((await store.contributions("2026-W46"))[0]?.edits, 1);
    });

    test("does not let one pseudonym's ids touch another's", async () => {
      await store.ingest(batchOf("first", [eventOf("one")]));
      const outcome = await store.ingest(batchOf("first", [eventOf("one")], { pseudonym: pseudonymOf("b") }));
      assert.equal(outcome.kind, "stored");
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 2, events: 2 }]);
    });

    test("keeps weeks apart, newest first", async () => {
      for (const week of ["2026-W46", "2027-W01", "2026-W09"]) {
        await store.ingest(batchOf("first", [eventOf("one")], { week }));
      }
      const weeks = (await store.weekTotals()).map(({ week }) => week);
      assert.deepEqual(weeks, ["2027-W01", "2026-W46", "2026-W09"]);
      assert.equal((await store.contributions("2026-W09")).length, 1);
      assert.deepEqual(await store.contributedWeeks(), ["2026-W09", "2026-W46", "2027-W01"]);
    });

    test("stores a batch that arrives many times at once only once", async () => {
      const events = Array.from({ length: 20 }, (_, index) => eventOf(`event ${index}`));
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => store.ingest(batchOf("first", events))),
      );
      assert.equal(outcomes.filter(({ kind }) => kind === "stored").length, 1);
      assert.equal(outcomes.filter(({ kind }) => kind === "replayed").length, 19);
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 20 }]);
    });

    test("counts right when overlapping batches arrive at once", async () => {
      const events = Array.from({ length: 40 }, (_, index) => eventOf(`event ${index}`));
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, index) => {
          const some = [...events.slice(index), ...events.slice(0, index)].slice(0, 25);
          return store.ingest(batchOf(`batch ${index}`, some));
        }),
      );
      const stored = outcomes.reduce(
        (sum, outcome) => sum + (outcome.kind === "stored" ? outcome.receipt.stored : 0),
        0,
      );
      assert.equal(stored, 40);
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 30, events: 40 }]);
      assert.equal((await store.contributions("2026-W46"))[0]?.edits, 400);
    });

    test("forgets events before sums, and knows a forgotten batch no more", async () => {
      for (const week of ["2025-W01", "2026-W01", "2026-W46"]) {
        await store.ingest(batchOf("first", [eventOf("one")], { week }));
      }
      await store.forget({ eventsBefore: "2026-W46", sumsBefore: "2026-W01" });
      assert.deepEqual(await store.weekTotals(), [
        { week: "2026-W46", batches: 1, events: 1 },
        { week: "2026-W01", batches: 1, events: 1 },
      ]);
      assert.deepEqual(await store.contributedWeeks(), ["2026-W46"]);
      const kindIn = async (week: string) =>
        (await store.ingest(batchOf("first", [eventOf("one")], { week }))).kind;
      assert.equal(await kindIn("2026-W46"), "replayed");
      assert.equal(await kindIn("2026-W01"), "stored");
    });

    test("takes one pseudonym in a week from each device", async () => {
      const first = batchOf("first", [eventOf("one")]);
      await store.ingest(first);
      const other = { ...batchOf("second", [eventOf("two")]), pseudonym: pseudonymOf("b") };
      assert.deepEqual(await store.ingest(other), { kind: "otherPseudonym" });
      assert.equal((await store.ingest({ ...other, tag: "b".repeat(32) })).kind, "stored");
      const nextWeek = batchOf("third", [eventOf("three")], {
        week: "2026-W47",
        pseudonym: pseudonymOf("b"),
      });
      assert.equal((await store.ingest({ ...nextWeek, tag: first.tag })).kind, "stored");
    });

    test("deletes a pseudonym's week, leaves all others, and takes nothing of it any more", async () => {
      const batch = batchOf("first", [eventOf("one"), eventOf("two")]);
      await store.ingest(batch);
      await store.ingest(batchOf("other", [eventOf("one")], { pseudonym: pseudonymOf("b") }));
      await store.ingest(batchOf("later", [eventOf("one")], { week: "2026-W47" }));
      assert.equal(await store.deleteWeek("2026-W46", pseudonymOf("a")), 2);
      assert.equal(await store.deleteWeek("2026-W46", pseudonymOf("a")), 0);
      assert.equal(await store.deleteWeek("2026-W46", pseudonymOf("nobody")), 0);
      assert.deepEqual(
        (await store.contributions("2026-W46")).map(({ pseudonym }) => pseudonym),
        [pseudonymOf("b")],
      );
      assert.deepEqual(await store.weekTotals(), [
        { week: "2026-W47", batches: 1, events: 1 },
        { week: "2026-W46", batches: 1, events: 1 },
      ]);
      assert.deepEqual(await store.ingest(batch), { kind: "deleted" });
      assert.deepEqual(await store.ingest(batchOf("new", [eventOf("three")])), { kind: "deleted" });
    });

    test("takes and deletes at once without leaving anything behind", async () => {
      await store.ingest(batchOf("first", [eventOf("one")]));
      const names = Array.from({ length: 20 }, (_, index) => `batch ${index}`);
      await Promise.all([
        ...names.map((name) => store.ingest(batchOf(name, [eventOf(name)]))),
        store.deleteWeek("2026-W46", pseudonymOf("a")),
      ]);
      assert.deepEqual(await store.contributions("2026-W46"), []);
      assert.deepEqual(await store.weekTotals(), []);
    });

    test("keeps what was published of a week as it was, and forgets it with the sums", async () => {
      const table = (week: string, floor: number) => ({
        table: {
          ...{ week, floor, columns: [], teams: [] },
          total: { all: { state: "hidden" as const, why: "fewPeople" as const }, cells: [] },
        },
        members: [{ team: "a", person: "ada" }],
        tallies: [],
      });
      await store.addPublication(table("2026-W45", 5));
      await store.addPublication(table("2026-W46", 5));
      await store.addPublication(table("2026-W46", 9));
      assert.deepEqual(await store.publications(), [table("2026-W46", 5), table("2026-W45", 5)]);
      assert.equal(await store.newestPublished(), "2026-W46");
      await store.forget({ eventsBefore: "2026-W46", sumsBefore: "2026-W46" });
      assert.deepEqual(
        [await store.isPublished("2026-W45"), await store.isPublished("2026-W46")],
        [false, true],
      );
    });

    test("holds the same bytes after the same, whatever the engine is", async () => {
      await fill(store);
      assert.deepEqual(await digestOf(store.rows), golden);
      const { folder, remove } = makeFolder();
      const file = path.join(folder, "backup");
      assert.deepEqual(await writeBackup(store.rows, file, 2), golden);
      const other = await open();
      assert.equal(await other.store.rows.isEmpty(), true);
      async function* broken(): AsyncGenerator<StoredPart> {
        for await (const part of store.rows.read()) {
          yield part;
          if (part.table.name === "event") throw new Error("the disk is gone");
        }
      }
      await assert.rejects(other.store.rows.write(broken()), /the disk is gone/);
      assert.equal(await other.store.rows.isEmpty(), true);
      await assert.rejects(restoreBackup(other.store.rows, file, 3), BackupError);
      assert.deepEqual(await restoreBackup(other.store.rows, file, 2), golden);
      assert.equal(await other.store.rows.isEmpty(), false);
      // What was restored counts once what had been counted before.
      assert.equal((await other.store.ingest(batchOf("first", [eventOf("one")]))).kind, "replayed");
      assert.equal((await other.store.ingest(batchOf("new", [eventOf("one")]))).kind, "stored");
      assert.deepEqual(await other.store.contributions("2026-W46"), await store.contributions("2026-W46"));
      await other.remove();
      remove();
    });

    test("shows what was published without who belonged where, and says when there is more or less of it", async () => {
      const before = await store.publishedMark();
      assert.deepEqual(await store.shownWeeks(), []);
      const all = { state: "hidden", why: "fewPeople" } as const;
      const publish = (week: string) =>
        store.addPublication({
          table: { week, floor: 5, columns: [], total: { all, cells: [] }, teams: [] },
          ...{ members: [{ team: "a", person: idOf("person ada") }], tallies: [] },
        });
      await publish("2026-W45");
      const one = await store.publishedMark();
      await publish("2026-W44");
      const late = await store.publishedMark();
      const weeks = await store.shownWeeks();
      assert.deepEqual(
        weeks.map((week) => [week.table.week, Object.keys(week).sort()]),
        ["2026-W45", "2026-W44"].map((week) => [week, ["table", "tallies"]]),
      );
      await store.forget({ eventsBefore: "2026-W01", sumsBefore: "2026-W45" });
      const marks = [before, one, late];
      assert.equal(new Set(marks).size, 3);
      assert.equal(await store.publishedMark(), one);
    });

    test("has the bundle with the highest sequence", async () => {
      assert.deepEqual([await store.currentBundle(), await store.lastSequence()], [undefined, 0]);
      const add = (sequence: number, envelope: string) =>
        store.addBundle({ sequence, envelope, prompts: [] }, entryOf(envelope, { act: "promptsPublished" }));
      assert.deepEqual([await add(1, "one"), await add(2, "two")], [true, true]);
      assert.deepEqual([await store.currentBundle(), await store.lastSequence()], ["two", 2]);
      assert.deepEqual([await add(2, "again"), await add(1, "older")], [false, false]);
      assert.equal(await store.currentBundle(), "two");
      const written = await store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 9 });
      assert.deepEqual(written.map(({ subject }) => subject).sort(), ["one", "two"]);
    });

    test("has everything after it was closed and opened again", async () => {
      const batch = batchOf("first", [eventOf("one"), eventOf("two")]);
      await store.ingest(batch);
      store = await opened.reopen();
      assert.deepEqual(await store.weekTotals(), [{ week: "2026-W46", batches: 1, events: 2 }]);
      assert.equal((await store.ingest(batch)).kind, "replayed");
    });
  });
}
