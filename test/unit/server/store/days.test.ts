import assert from "node:assert/strict";
import { toCompact } from "../../../../core/spans/compactSpans.ts";
import { Spans } from "../../../../core/spans/spans.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import type { Batch, OriginRow, Store } from "../../../../server/store/store.ts";
import { problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import { createRandom } from "../../../support/store/random.ts";
import { batchOf, copilot, documentOf, editOf, human, noon, sampleOf } from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

const hour = 3_600_000;
const noSpans = JSON.stringify(toCompact(Spans.ofRuns([])));
const everything = { from: "0000", to: "9999", workspaces: undefined };
const origins: readonly OriginRow[] = [
  copilot,
  human,
  { ...copilot, tool: "claude-code", model: "opus" },
  { ...copilot, model: null, mode: "completion" },
];

suite("Sums of whole days", () => {
  let folder: string;
  let remove: () => void;
  let store: Store;
  setup(() => {
    ({ folder, remove } = temporaryFolder());
    store = open();
  });
  teardown(() => {
    store.close();
    remove();
  });

  function open(): Store {
    return openTestStore({ folder, now: () => noon });
  }

  for (const seed of [1, 2, 3]) {
    test(`are those of their hours, whatever was written, came late and was deleted (${seed})`, () => {
      const random = createRandom(seed);
      const expected = new MemoryStore({ now: () => noon });
      const made = { edits: 0 };
      for (let step = 0; step < 60; step++) {
        act(random, made, [store, expected]);
        if (random() < 0.1) {
          store.close();
          store = open();
        }
        assert.deepEqual(readingsOf(store), readingsOf(expected), `after step ${step}`);
      }
      assert.ok(made.edits > 200);
      assert.ok(readingsOf(store).days.length > 0);
      assert.deepEqual(wrongDays(folder), []);
    });
  }

  test("are none once everything was deleted, and once all of it is too old", () => {
    const random = createRandom(9);
    const scope = { repository: null, tool: null, from: null, to: null };
    for (const end of [
      () => void store.forget(scope, { dryRun: false }),
      () => void store.prune({ editsBefore: Number.MAX_SAFE_INTEGER, sumsBefore: "9999-12-31" }),
    ]) {
      store.write(someEdits(random, { edits: 100 }, 30));
      assert.ok(store.readDaySums(everything).length > 0);
      end();
      assert.deepEqual(readingsOf(store), { days: [], funnel: [], retention: [], byDay: [] });
      assert.deepEqual(wrongDays(folder), []);
    }
  });
});

function wrongDays(folder: string): string[] {
  return problemsOfDatabase(folder).filter((problem) => problem.startsWith("day "));
}

type Random = () => number;

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}

function act(random: Random, made: { edits: number }, stores: readonly Store[]): void {
  const kind = random();
  const scope = { repository: null, tool: null, from: null, to: null };
  for (const [least, scopeOf] of [
    [0.97, () => ({ ...scope, tool: "claude-code" })],
    [0.94, () => ({ ...scope, from: "2026-02-01", to: "2026-02-01" })],
    [0.92, () => ({ ...scope, repository: ["file:///other"] })],
  ] as const) {
    if (kind < least) continue;
    for (const each of stores) assert.equal(each.forget(scopeOf(), { dryRun: false }).outcome, "forgotten");
    return;
  }
  if (kind > 0.9) {
    const limits = { editsBefore: noon + 6 * hour, sumsBefore: pick(random, ["2026-01-31", "2026-02-01"]) };
    for (const each of stores) each.prune(limits);
    return;
  }
  const batch = kind < 0.5 ? someEdits(random, made, 12) : changesOf(random, made);
  for (const each of stores) assert.deepEqual(each.write(batch), { outcome: "written" });
}

function someEdits(random: Random, made: { edits: number }, count: number): Batch {
  const documents = ["project", "other"].flatMap((name) =>
    ["typescript", "sql"].map((languageId) =>
      documentOf({
        uri: `file:///${name}/a.${languageId}`,
        workspace: `file:///${name}`,
        languageId,
        version: made.edits,
        spans: noSpans,
      }),
    ),
  );
  const edits = Array.from({ length: count }, () => {
    const insertedChars = Math.floor(random() * 40);
    return editOf({
      id: `edit-${made.edits}`,
      uri: pick(random, documents).uri,
      version: made.edits++,
      at: noon + Math.floor(random() * 60) * hour,
      origin: pick(random, origins),
      ...{ insertedChars, keptChars: insertedChars },
    });
  });
  return batchOf({ documents, edits });
}

/** What comes later about edits, whether they are there or not. */
function changesOf(random: Random, { edits }: { readonly edits: number }): Batch {
  const some = () =>
    Array.from({ length: 6 }, () => `edit-${Math.max(0, Math.floor(edits - 1 - random() * 40))}`);
  return batchOf({
    origins: some().map((editId) => ({ editId, origin: pick(random, origins), evidence: [] })),
    removals: some().map((editId) => ({ editId, chars: Math.floor(random() * 20) })),
    samples: some().map((editId) =>
      sampleOf({
        ...{ editId, dueMs: pick(random, [0, 300_000, 900_000]), arc: Math.floor(random() * 10) },
        ...{ noRevert: pick(random, [0.1, 0.9, null]), late: random() < 0.2 },
      }),
    ),
    stages: some().map((editId) => ({ editId, stage: "saved", outcome: "saved" })),
  });
}

function readingsOf(store: Store) {
  const hours = store.readSums(everything);
  const days = store.readDaySums(everything);
  const total = (rows: readonly { readonly insertedChars: number }[]) =>
    rows.reduce((sum, { insertedChars }) => sum + insertedChars, 0);
  assert.equal(total(days), total(hours));
  return {
    days: sorted([...days, ...store.readDaySums({ ...everything, workspaces: ["file:///other"] })]),
    funnel: sorted(store.readFunnel(everything)),
    retention: sorted(store.readRetention(everything)),
    byDay: sorted(store.readRetentionByDay({ ...everything, dueMs: 900_000 })),
  };
}

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}
