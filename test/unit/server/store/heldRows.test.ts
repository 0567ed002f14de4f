import assert from "node:assert/strict";
import { addDays, localDay } from "../../../../core/day.ts";
import type { Store, SumsRange } from "../../../../server/store/store.ts";
import { createRandom } from "../../../support/store/random.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  noon,
  requestOf,
  sampleOf,
  taskOf,
} from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

const dayMs = 86_400_000;
const { day: today } = localDay({ at: noon, utcOffsetMinutes: 0 });
const places = ["file:///project", "file:///other"];

suite("Rows that are held until something is written", () => {
  let folder: string;
  let remove: () => void;
  let stores: Store[];
  setup(() => {
    ({ folder, remove } = temporaryFolder());
    stores = [];
  });
  teardown(() => {
    for (const store of stores) store.close();
    remove();
  });

  function open(): Store {
    const store = openTestStore({ folder, now: () => noon });
    stores.push(store);
    return store;
  }

  for (const seed of [1, 2, 3]) {
    test(`are what whoever just opened it reads, whichever period and window (${seed})`, () => {
      const random = createRandom(seed);
      const [first, other] = [open(), open()];
      let answers = 0;
      for (let step = 0; step < 40; step++) {
        const writer = random() < 0.5 ? first : other;
        if (random() < 0.6) write(writer, random, step);
        if (random() < 0.1) prune(writer);
        if (random() < 0.1)
          writer.forget(
            { repository: null, tool: null, from: daysBefore(40), to: daysBefore(30) },
            { dryRun: random() < 0.5 },
          );
        const range = someRange(random);
        const fresh = open();
        for (const held of [first, other]) assert.deepEqual(answersOf(held, range), answersOf(fresh, range));
        answers += answersOf(fresh, range).flat().length;
        fresh.close();
        stores.pop();
      }
      assert.ok(answers > 500, `only ${answers} rows were compared`);
    });
  }

  test("are read once while nothing is written, and are not changed by whoever sorts them", () => {
    const store = open();
    for (let step = 0; step < 10; step++) write(store, createRandom(step), step);
    const range = { from: daysBefore(90), to: today, workspaces: undefined };
    const before = answersOf(store, range);
    const [task] = store.requests.tasks(range);
    assert.equal(
      store.requests.tasks({ ...range, from: daysBefore(120) }).find(({ key }) => key === task!.key),
      task,
    );
    store.requests.tasks(range).reverse();
    store.requests.sums(range).reverse();
    assert.deepEqual(answersOf(store, range), before);
    store.writeNote("anything", "written");
    assert.notEqual(store.requests.tasks(range)[0], task);
    assert.deepEqual(store.requests.tasks(range)[0], task);
  });
});

function daysBefore(count: number): string {
  return addDays(today, -count);
}

function someRange(random: () => number): SumsRange {
  const first = Math.floor(random() * 120);
  const last = random() < 0.5 ? 0 : Math.floor(random() * first);
  const workspaces = random() < 0.5 ? undefined : places.slice(0, random() < 0.5 ? 1 : 2);
  if (random() < 0.1) return { from: "0000", to: "9999", workspaces };
  return { from: daysBefore(first), to: daysBefore(last), workspaces };
}

function write(store: Store, random: () => number, step: number): void {
  const at = () => noon - Math.floor(random() * 120 * dayMs);
  const place = places[Math.floor(random() * places.length)]!;
  const uri = `${place}/src/a.ts`;
  const edits = Array.from({ length: 5 }, (_, index) =>
    editOf({ id: `edit-${step}-${index}`, uri, version: step * 10 + index + 2, at: at(), origin: copilot }),
  );
  store.write(
    batchOf({
      documents: [documentOf({ uri, workspace: place })],
      edits,
      samples: edits.map(({ id }) => sampleOf({ editId: id, dueMs: 300_000 })),
      stages: edits.map(({ id }) => ({ editId: id, stage: "saved" as const, outcome: "saved" as const })),
    }),
  );
  const task = taskOf({ key: `task-${step % 15}`, place });
  store.requests.write({
    requests: [requestOf({ key: `request-${step}`, task, at: at(), model: `model-${step % 3}` })],
    edits: [],
  });
}

function prune(store: Store): void {
  store.maintain();
  store.prune({ editsBefore: noon - 60 * dayMs, sumsBefore: daysBefore(100) });
}

/** Rows of sums come in no particular order. */
function answersOf(store: Store, range: SumsRange): readonly (readonly unknown[])[] {
  return [
    store.requests.tasks(range),
    inOrder(store.requests.sums(range)),
    inOrder(store.readDaySums(range)),
    inOrder(store.readFunnel(range)),
    inOrder(store.readWays(range)),
    inOrder(store.readRetention(range)),
    inOrder(store.readRetentionByDay({ ...range, dueMs: 300_000 })),
    inOrder(store.readOverwrites(range)),
  ];
}

function inOrder(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
