import assert from "node:assert/strict";
import { noFailures } from "../../../core/sync/delivery.ts";
import type { Consent, OutboxDay } from "../../../protocol/sync.ts";
import type { FrozenBatch } from "../../../server/store/sync.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { batchOf, copilot, documentOf, editOf, editsBatch, human, noon } from "./rows.ts";

const day = 86_400_000;
const workspace = "file:///project";
const never = "9999-12-31";

export const consent: Consent = {
  endpoint: "https://kept.example.org",
  mode: "collector",
  keys: [],
  token: null,
  credential: `kept_device_${"a".repeat(43)}`,
  nextCredential: null,
  membership: null,
  secret: "ab".repeat(32),
  givenAt: noon - day,
  isPaused: false,
  trouble: null,
  marks: {},
  agreed: ["kept.day/edits"],
};

export function frozenOf(change: Partial<FrozenBatch> = {}): FrozenBatch {
  return { id: "batch-1", week: "2026-W05", records: 2, bytes: Buffer.from("bytes"), ...change };
}

const deletion = {
  endpoint: consent.endpoint,
  week: "2026-W05",
  weekKey: "aa",
  dueAt: noon,
  failures: noFailures,
};

/** How every store keeps what is to leave. */
export function syncSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with what is sent`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const join = (since = noon - day) => {
      under.store.sync.join(consent);
      under.store.sync.setWorkFolder(workspace, since);
    };
    const freeze = (make: (days: readonly OutboxDay[]) => readonly FrozenBatch[], before = never) =>
      under.store.sync.freeze({ from: "0000-01-01", before, make });

    test("lets nothing wait without consent and a work folder", () => {
      under.store.write(editsBatch({}));
      under.store.sync.join(consent);
      under.store.write(editsBatch({ id: "b", version: 9 }));
      under.store.sync.setWorkFolder("file:///elsewhere", 0);
      under.store.write(editsBatch({ id: "c", version: 10 }));
      assert.deepEqual(under.restart().sync.readOutbox(never), []);
    });

    test("lets nothing wait that was made before, even when it is recorded later", () => {
      join(noon + 1);
      under.store.write(editsBatch({}, { at: noon + 1 }));
      assert.deepEqual(
        under
          .restart()
          .sync.readOutbox(never)
          .map(({ edits }) => edits),
        [1],
      );
    });

    test("adds up what waits by the person's own day and by origin, as it is known by then", () => {
      join();
      under.store.write(
        editsBatch(
          { origin: copilot },
          { origin: copilot, insertedChars: 5, keptChars: 5 },
          { at: noon + day / 2, utcOffsetMinutes: -60 },
          { at: noon + day / 2, utcOffsetMinutes: 60 },
          { at: noon + day },
        ),
      );
      under.store.write(
        batchOf({
          removals: [{ editId: "edit-1", chars: 4 }],
          origins: [{ editId: "edit-2", origin: { ...copilot, tool: null }, evidence: [] }],
        }),
      );
      const ai = { kind: "ai", mode: "agent" };
      const byHand = { kind: "human", tool: null, mode: null, insertedChars: 10, keptChars: 10 };
      assert.deepEqual(under.restart().sync.readOutbox("2026-02-01"), [
        { day: "2026-01-31", ...ai, tool: null, edits: 1, insertedChars: 5, keptChars: 5 },
        { day: "2026-01-31", ...ai, tool: "github-copilot", edits: 1, insertedChars: 10, keptChars: 6 },
        { day: "2026-01-31", ...byHand, edits: 1 },
      ]);
      assert.deepEqual(
        under.store.sync.readOutbox(never).map(({ edits }) => edits),
        [1, 1, 1, 2],
      );
    });

    test("lets an edit wait once, and no more when it is deleted", () => {
      join();
      under.store.write(editsBatch({}, {}));
      under.store.write(editsBatch({}, {}));
      under.store.forget({ repository: null, tool: null, from: null, to: "2026-01-30" }, { dryRun: false });
      assert.equal(under.store.sync.readOutbox(never)[0]?.edits, 2);
      under.store.forget({ repository: null, tool: null, from: "2026-01-31", to: null }, { dryRun: false });
      assert.deepEqual(under.restart().sync.readOutbox(never), []);
    });

    test("gives up what waits of a folder that is no work folder any more", () => {
      join();
      under.store.write(editsBatch({}));
      under.store.write(
        batchOf({
          documents: [documentOf({ uri: "file:///other/b.ts", workspace: "file:///other" })],
          edits: [editOf({ id: "other", uri: "file:///other/b.ts" })],
        }),
      );
      under.store.sync.setWorkFolder(workspace, null);
      const store = under.restart();
      assert.deepEqual([store.sync.readOutbox(never), store.sync.readWorkFolders()], [[], []]);
    });

    test("lets nothing wait that is made while it is paused, nor before it goes on", () => {
      join();
      under.store.sync.changeConsent({ isPaused: true });
      under.store.write(editsBatch({}));
      assert.deepEqual(under.restart().sync.readOutbox(never), []);
      under.setNow(noon + 50);
      under.store.sync.changeConsent({ isPaused: false });
      under.store.write(editsBatch({}, { at: noon + 49 }, { at: noon + 50 }));
      assert.deepEqual(
        under.store.sync.readOutbox(never).map(({ edits }) => edits),
        [1],
      );
    });

    test("lets nothing wait that is written while nothing may be sent, nor is read later of that time", () => {
      join();
      const asked: boolean[] = [];
      let isOn = true;
      under.store.sync.queueWhile(({ isPaused }) => {
        asked.push(isPaused);
        return isOn;
      });
      under.store.write(editsBatch({}));
      isOn = false;
      under.store.write(editsBatch({ id: "off", version: 9 }));
      under.store.sync.changeConsent({ isOff: true });
      const waiting = () => under.store.sync.readOutbox(never).map(({ edits }) => edits);
      assert.deepEqual(waiting(), [1], "what waited before waits on");
      assert.ok(asked.length > 0);
      isOn = true;
      under.setNow(noon + 50);
      under.store.sync.changeConsent({ isOff: false });
      under.store.write(
        editsBatch({ id: "late", version: 10, at: noon + 49 }, { id: "on", version: 11, at: noon + 50 }),
      );
      assert.deepEqual(waiting(), [2]);
    });

    test("leaves a work folder what it is since when", () => {
      join(noon);
      under.store.sync.setWorkFolder(workspace, noon + 9);
      assert.deepEqual(under.restart().sync.readWorkFolders(), [{ workspace, since: noon }]);
    });

    test("freezes each edit once, whole days alone", () => {
      join();
      under.store.write(editsBatch({}, { at: noon + day }));
      const seen: number[] = [];
      const make = (days: readonly OutboxDay[]) => {
        seen.push(...days.map(({ edits }) => edits));
        return [frozenOf({ id: `batch-${seen.length}` })];
      };
      assert.deepEqual(freeze(make, "2026-02-01"), { outcome: "written" });
      freeze(make, "2026-02-01");
      assert.deepEqual(seen, [1]);
      freeze(make);
      assert.deepEqual(seen, [1, 1]);
      const batches = under.restart().sync.readBatches();
      assert.deepEqual(
        batches.map(({ id, state, failures }) => [id, state, failures]),
        [
          ["batch-1", "waiting", noFailures],
          ["batch-2", "waiting", noFailures],
        ],
      );
      assert.equal(Buffer.from(batches[0]!.bytes).toString(), "bytes");
    });

    test("freezes all or nothing", () => {
      join();
      under.store.write(editsBatch({}));
      assert.throws(() =>
        freeze(() => {
          throw new Error("no batch");
        }),
      );
      const store = under.restart();
      assert.deepEqual([store.sync.readBatches().length, store.sync.readOutbox(never).length], [0, 1]);
    });

    test("freezes what leaves besides what waits together with the word that it left, or neither", () => {
      join();
      const besides = {
        tallies: [{ table: "kept.survival", day: "2026-02-08", keys: { kind: "human" }, sums: { lines: 1 } }],
        change: { survivalThrough: "2026-W06" },
      } as const;
      const freezing = { from: "0000-01-01", before: never, besides };
      assert.throws(() =>
        under.store.sync.freeze({
          ...freezing,
          make: () => {
            throw new Error("no batch");
          },
        }),
      );
      assert.equal(under.restart().sync.readConsent()?.survivalThrough, undefined);
      let made: unknown;
      under.store.sync.freeze({
        ...freezing,
        make: (_days, tallies) => {
          made = tallies;
          return [frozenOf()];
        },
      });
      const { sync } = under.restart();
      assert.deepEqual(
        [made, sync.readConsent()?.survivalThrough, sync.readBatches().length],
        [besides.tallies, "2026-W06", 1],
      );
    });

    test("gives up and counts edits of days that nobody takes any more", () => {
      join(0);
      under.store.write(editsBatch({}, { at: noon - 30 * day }, { at: noon - 31 * day }));
      under.store.sync.freeze({ from: "2026-01-10", before: "2026-01-11", make: () => [] });
      const store = under.restart();
      assert.deepEqual(store.readDrops(), [{ name: "sync.tooOld", count: 2 }]);
      assert.deepEqual(
        store.sync.readOutbox(never).map(({ edits }) => edits),
        [1],
      );
    });

    test("keeps what becomes of a batch", () => {
      join();
      under.store.write(editsBatch({}, { at: noon + day }, { at: noon + 2 * day }));
      freeze((days) => days.map((_, index) => frozenOf({ id: `batch-${index + 1}` })));
      const { sync } = under.store;
      assert.ok(sync.isSender());
      const failures = { attempts: 2, mistakes: 1, since: noon };
      under.setNow(noon + 5);
      assert.ok(sync.settle({ change: "delayed", id: "batch-1", dueAt: noon + 7, failures }));
      assert.ok(sync.settle({ change: "ended", id: "batch-2", state: "sent", reason: "" }));
      assert.ok(sync.settle({ change: "ended", id: "batch-2", state: "refused", reason: "late" }));
      assert.ok(sync.settle({ change: "ended", id: "none", state: "sent", reason: "" }));
      assert.ok(
        sync.settle({
          change: "replaced",
          id: "batch-3",
          batches: [frozenOf({ id: "a", records: 1 }), frozenOf({ id: "b", records: 1 })],
          failures: { attempts: 1, mistakes: 8, since: noon },
        }),
      );
      assert.deepEqual(
        under
          .restart()
          .sync.readBatches()
          .map(({ id, state, dueAt, endedAt, failures: failed }) => [
            id,
            state,
            dueAt,
            endedAt,
            ...[failed.attempts, failed.mistakes, failed.since],
          ]),
        [
          ["batch-1", "waiting", noon + 7, null, 2, 1, noon],
          ["batch-2", "sent", noon, noon + 5, 0, 0, null],
          ["a", "waiting", noon + 5, null, 1, 8, noon],
          ["b", "waiting", noon + 5, null, 1, 8, noon],
        ],
      );
    });

    test("forgets what was refused when it is asked to, and nothing else", () => {
      join();
      under.store.write(editsBatch({}));
      freeze(() => ["one", "two", "three"].map((id) => frozenOf({ id })));
      const { sync } = under.store;
      assert.ok(sync.isSender());
      sync.settle({ change: "ended", id: "one", state: "sent", reason: "" });
      sync.settle({ change: "ended", id: "two", state: "refused", reason: "wrong" });
      assert.equal(sync.forgetRefused().outcome, "written");
      assert.deepEqual(
        under
          .restart()
          .sync.readBatches()
          .map(({ id }) => id),
        ["one", "three"],
      );
    });

    test("gives up the oldest batches when too much waits, and forgets what was sent long ago", () => {
      join();
      under.store.write(editsBatch({}));
      freeze(() => ["one", "two", "three"].map((id) => frozenOf({ id, bytes: Buffer.alloc(10) })));
      assert.ok(under.store.sync.isSender());
      under.store.sync.settle({ change: "ended", id: "three", state: "sent", reason: "" });
      const kept = { outboxFrom: "0000-01-01", outbox: 9 };
      const limits = { ...kept, waitingBefore: "2026-W05", bytes: 15, endedBefore: noon };
      under.store.sync.prune(limits);
      assert.deepEqual(
        under.store.sync.readBatches().map(({ id }) => id),
        ["two", "three"],
      );
      under.store.sync.prune({ ...limits, waitingBefore: "2026-W06", endedBefore: noon + 1 });
      const store = under.restart();
      assert.deepEqual(store.sync.readBatches(), []);
      assert.deepEqual(store.readDrops(), [{ name: "sync.notSent", count: 4 }]);
    });

    test("gives up the oldest of what waits in no batch, also while a batch waits, and counts it", () => {
      join(0);
      const every = { outboxFrom: "0000-01-01", outbox: 3, waitingBefore: "", bytes: 1000, endedBefore: 0 };
      under.store.write(editsBatch({ at: noon - 9 * day }));
      freeze(() => [frozenOf()]);
      under.store.write(
        editsBatch(
          ...[8, 4, 2, 2, 1, 0].map((ago) => ({
            ...{ id: `${ago} ${Math.random()}`, version: 100 + Math.floor(Math.random() * 1e9) },
            at: noon - ago * day,
          })),
        ),
      );
      const waiting = () => under.store.sync.readOutbox(never).map(({ edits }) => edits);
      under.store.sync.prune({ ...every, outbox: 6 });
      assert.deepEqual(waiting(), [1, 1, 2, 1, 1]);
      under.store.sync.prune({ ...every, outboxFrom: "2026-01-25", outbox: 5 });
      assert.deepEqual(waiting(), [1, 2, 1, 1]);
      under.store.sync.prune(every);
      assert.deepEqual(waiting(), [1, 1], "of the same moment both go");
      const store = under.restart();
      assert.equal(store.sync.readBatches().length, 1);
      assert.deepEqual(store.readDrops(), [
        { name: "sync.tooMany", count: 3 },
        { name: "sync.tooOld", count: 1 },
      ]);
    });

    test("changes a consent, and ends it with everything that waited except for deletions", () => {
      join();
      under.store.write(editsBatch({}));
      under.store.write(editsBatch({ id: "later", version: 9, at: noon + day, origin: human }));
      freeze(() => [frozenOf()], "2026-02-01");
      under.store.sync.changeConsent({ isPaused: true });
      assert.deepEqual(under.restart().sync.readConsent(), { ...consent, isPaused: true });
      under.store.sync.leave([deletion, deletion]);
      under.store.sync.changeConsent({ isPaused: false });
      const { sync } = under.restart();
      assert.deepEqual(
        [sync.readConsent(), sync.readWorkFolders(), sync.readOutbox(never), sync.readBatches()],
        [undefined, [], [], []],
      );
      assert.deepEqual(sync.readDeletions(), [deletion]);
      sync.join({ ...consent, secret: "cd".repeat(32) });
      assert.deepEqual([sync.readOutbox(never), sync.readDeletions()], [[], [deletion]]);
      assert.ok(sync.isSender());
      const failures = { attempts: 1, mistakes: 0, since: noon };
      sync.settle({ change: "deletionDelayed", weekKey: "aa", dueAt: noon + 9, failures });
      assert.deepEqual(sync.readDeletions(), [{ ...deletion, dueAt: noon + 9, failures }]);
      sync.settle({ change: "deleted", weekKey: "aa" });
      assert.deepEqual(under.restart().sync.readDeletions(), []);
    });

    test("leaves nothing when everything is deleted", () => {
      join();
      under.store.write(editsBatch({}));
      freeze(() => [frozenOf()]);
      under.store.forget({ repository: null, tool: null, from: null, to: null }, { dryRun: false });
      const { sync } = under.restart();
      assert.deepEqual(
        [sync.readConsent(), sync.readWorkFolders(), sync.readBatches(), sync.readDeletions()],
        [undefined, [], [], []],
      );
    });
  });
}
