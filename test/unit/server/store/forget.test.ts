import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ForgetScope } from "../../../../protocol/forget.ts";
import type { Store } from "../../../../server/store/store.ts";
import { connectToDatabase, problemsOfDatabase } from "../../../support/store/checkDatabase.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  editsBatch,
  evidenceOf,
  human,
  noon,
  snapshotOf,
} from "../../../support/store/rows.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

const all: ForgetScope = { repository: null, tool: null, from: null, to: null };
const planted = "canary-7f3ab1";
const repository = `file:///work/${planted}`;

suite("What was deleted from the database", function () {
  this.timeout(30_000);
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

  const open = (now = () => noon) => {
    const store = openTestStore({ folder, now });
    stores.push(store);
    return store;
  };

  const filesWith = (text: string) =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));

  /** Rows with planted values between others, many times changed and so moved between pages. */
  const plant = (store: Store) => {
    for (let round = 0; round < 150; round++) {
      const uris = [`${repository}/${round % 30}.ts`, `file:///work/other/${round % 30}.ts`];
      store.write(
        batchOf({
          documents: uris.map((uri) => documentOf({ uri, workspace: "file:///work", version: round })),
          edits: uris.flatMap((uri, index) =>
            Array.from({ length: 10 }, (_, nth) =>
              editOf({
                id: `${index === 0 ? planted : "other"}-${round}-${nth}`,
                uri,
                version: round * 10 + nth,
                origin: { ...copilot, model: index === 0 ? `${planted}-${nth}` : "other" },
                evidence: [evidenceOf({ source: index === 0 ? `${planted}-source-${round}` : "other" })],
              }),
            ),
          ),
          origins: uris.map((_, index) => ({
            editId: `${index === 0 ? planted : "other"}-${round - 3}-5`,
            origin: human,
            evidence: [evidenceOf({ source: "later, and longer than what was there", at: noon + round })],
          })),
        }),
      );
    }
  };

  test("is in no file, not even the log, while another process has it open", () => {
    const other = open();
    const store = open();
    plant(store);
    writeFileSync(join(folder, "kept.db.corrupt-2026-01-01T00-00-00-000Z"), planted);
    assert.ok(filesWith(planted).length > 1);
    other.readDocument(`${repository}/1.ts`);
    assert.equal(store.forget({ ...all, repository: [repository] }, { dryRun: false }).outcome, "forgotten");
    assert.deepEqual(filesWith(planted), []);
    assert.equal(other.readSums({ from: "0", to: "9", workspaces: undefined })[0]?.edits, 1500 - 147);
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("is named by no text that a document had before", () => {
    const store = open();
    store.write(editsBatch({ id: planted, origin: copilot }, { id: "other" }));
    const spans = JSON.stringify({
      owners: [planted, "other"],
      runs: [
        [0, 5],
        [1, 5],
      ],
    });
    const { uri } = documentOf();
    const rest = {
      outline: "",
      ranges: JSON.stringify({ [planted]: [0, 5], other: [5, 10] }),
      gitMark: null,
    };
    store.write(
      batchOf({
        documents: [{ ...documentOf({ version: 9, spans }), rest }],
        snapshots: [snapshotOf({ uri, spans, rest })],
      }),
    );
    assert.equal(store.readSnapshots(uri).length, 1);
    store.forget({ ...all, tool: "github-copilot" }, { dryRun: false });
    assert.deepEqual(JSON.parse(store.readSnapshots(uri)[0]!.spans), {
      owners: ["other"],
      runs: [
        [-1, 5],
        [0, 5],
      ],
    });
    assert.deepEqual(JSON.parse(store.readDocument(uri)!.rest!.ranges), { other: [5, 10] });
    assert.deepEqual(JSON.parse(store.readSnapshots(uri)[0]!.rest.ranges), { other: [5, 10] });
    assert.deepEqual(filesWith(planted), []);
  });

  test("goes with the files when it is everything, key and all", () => {
    const other = open();
    const store = open();
    plant(store);
    for (const name of ["device.key", "device.key.damaged"]) writeFileSync(join(folder, name), planted);
    store.writeNote(planted, planted);
    assert.equal(store.forget(all, { dryRun: false }).outcome, "forgotten");
    assert.deepEqual(filesWith(planted), []);
    assert.equal(existsSync(join(folder, "device.key")), false);
    assert.equal(other.readDocument(`${repository}/1.ts`), undefined);
    assert.equal(other.readNote(planted), undefined);
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  for (const [what, scope] of Object.entries({
    everything: all,
    "a tool": { ...all, tool: "github-copilot" },
  })) {
    test(`is not written back by another window, after ${what}`, () => {
      let at = noon;
      const other = open(() => at);
      const store = open(() => at);
      store.write(editsBatch({ origin: copilot }));
      at = noon + 5;
      store.forget(scope, { dryRun: false });
      const late = editsBatch({ id: "late", version: 9 });
      assert.deepEqual(other.write(late), { outcome: "forgotten", at: noon + 5 });
      assert.equal(store.readEditById("late"), undefined);
      assert.deepEqual(store.write(editsBatch({ id: "own", version: 8 })), { outcome: "written" });
      assert.deepEqual(other.write(late), { outcome: "written" }, "it knows now");
      assert.ok(store.readEditById("late"));
    });
  }

  test("says nothing of a trial to anybody", () => {
    const other = open();
    const store = open();
    store.write(editsBatch({}));
    store.forget(all, { dryRun: true });
    store.forget({ ...all, from: "2026-01-01" }, { dryRun: true });
    assert.deepEqual(other.write(editsBatch({ id: "next", version: 9 })), { outcome: "written" });
  });

  test("is cleaned by the next who looks after it when cleaning was cut short", () => {
    const store = open();
    plant(store);
    store.close();
    // As a process leaves it that was killed between deleting and cleaning.
    const connection = connectToDatabase(folder);
    connection.pragma("secure_delete = OFF");
    connection.exec("DELETE FROM evidence WHERE source LIKE 'canary%'");
    connection.exec("INSERT INTO marks (name, value) VALUES ('uncleaned', 1)");
    connection.close();
    assert.deepEqual(filesWith(`${planted}-source-149`), ["kept.db"]);
    const next = open();
    next.maintain();
    assert.deepEqual(filesWith(`${planted}-source-149`), [], "no evidence is left");
    assert.deepEqual(problemsOfDatabase(folder), []);
  });

  test("may be all that a newer Kept wrote, and nothing less", () => {
    const store = open();
    store.write(editsBatch({ origin: { ...copilot, model: planted } }));
    store.close();
    const connection = connectToDatabase(folder);
    connection.pragma("user_version = 999");
    connection.close();
    const older = open();
    assert.deepEqual(older.forget({ ...all, tool: "x" }, { dryRun: false }), { outcome: "readOnly" });
    assert.equal(older.forget(all, { dryRun: false }).outcome, "forgotten");
    assert.deepEqual(filesWith(planted), []);
    assert.deepEqual(older.write(editsBatch({})), { outcome: "written" });
  });

  test("gives way to another program that holds the file, and stays whole then", () => {
    const store = open();
    store.write(editsBatch({}));
    const holder = connectToDatabase(folder);
    holder.exec("BEGIN IMMEDIATE");
    const forgetting = store.forget({ ...all, from: "2026-01-01" }, { dryRun: false });
    assert.equal(forgetting.outcome, "retry");
    holder.exec("ROLLBACK");
    holder.close();
    assert.ok(store.readEditById("edit-1"));
  });
});
