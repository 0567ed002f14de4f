import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { CommitOrigins } from "../../../../core/fate/commitOrigins.ts";
import { writeEditFates } from "../../../../server/fate/editFates.ts";
import { addOwnOrigins } from "../../../../server/fate/ownOrigins.ts";
import type { Pass } from "../../../../server/fate/passOver.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { copilot, editsBatch, noon } from "../../../support/store/rows.ts";

const dayMs = 86_400_000;
const root = "/project";
const commitCount = 30;
const editsOfCommit = 10;

suite("What became of edits, beside what is asked for", () => {
  let store: MemoryStore;
  let did: string[];
  setup(() => {
    did = [];
    store = new MemoryStore({ now: () => noon });
    const ids = Array.from({ length: commitCount * editsOfCommit }, (_, index) => `edit-${index + 1}`);
    store.write({
      ...editsBatch(...ids.map(() => ({ origin: copilot }))),
      stages: ids.map((editId) => ({ editId, stage: "committed", outcome: "committed" })),
      commits: Array.from({ length: commitCount }, (_, commit) => ({
        repository: pathToFileURL(root).href,
        name: `commit-${commit}`,
        at: noon - 60 * dayMs,
        files: [
          { path: "a.ts", ranges: rangesOf(ids.slice(commit * editsOfCommit, (commit + 1) * editsOfCommit)) },
        ],
      })),
    });
  });

  const rangesOf = (ids: readonly string[]) =>
    ids.map((editId, index) => ({ firstLine: index + 1, lastLine: index + 1, editId }));
  /** A history that has none of the commits any more: their lines are out of sight. */
  const pass = {
    ok: true,
    history: { lines: { commits: [] } },
    fates: { runs: function* () {} },
  } as unknown as Extract<Pass, { ok: true }>;
  const told = () => did.filter((what) => what !== "answered");

  function noting() {
    return {
      readCommitNames: (repository: string) => store.readCommitNames(repository),
      readCommit: (repository: string, name: string) => {
        did.push("read");
        return store.readCommit(repository, name);
      },
      readStages: (id: string) => store.readStages(id),
      write: (batch: Parameters<MemoryStore["write"]>[0]) => {
        did.push("wrote");
        return store.write(batch);
      },
    };
  }

  /** A clock by which every step takes as long as others may wait. */
  function slowPace(signal?: AbortSignal) {
    let at = 0;
    return { elapsedMs: () => (at += 10), signal };
  }

  /** Asks one question after the other until it is stopped, as a window does. */
  function asking(onAnswer: () => void = () => undefined): () => void {
    let isOver = false;
    const ask = () => {
      if (isOver) return;
      did.push("answered");
      onAnswer();
      setImmediate(ask);
    };
    setImmediate(ask);
    return () => (isOver = true);
  }

  test("is read and written so that questions are answered in between", async () => {
    const stop = asking();
    await writeEditFates(noting(), root, pass, noon, slowPace());
    stop();
    assert.equal(told().filter((what) => what === "read").length, commitCount);
    assert.equal(told().filter((what) => what === "wrote").length, (commitCount * editsOfCommit) / 100);
    for (const [index, what] of did.entries())
      if (index > 0 && what !== "answered") assert.equal(did[index - 1], "answered", `at step ${index}`);
    assert.equal(store.readStages("edit-1").aliveAt30, "lost");
    assert.equal(store.readStages(`edit-${commitCount * editsOfCommit}`).aliveAt30, "lost");
  });

  test("is written once, not each day again", async () => {
    await writeEditFates(noting(), root, pass, noon);
    did = [];
    await writeEditFates(noting(), root, pass, noon + dayMs);
    assert.ok(!did.includes("wrote"));
  });

  test("ends where it is when the window closes, and touches the store no more", async () => {
    const end = new AbortController();
    const stop = asking(() => {
      if (did.filter((what) => what === "read").length === 5) end.abort();
    });
    await writeEditFates(noting(), root, pass, noon, slowPace(end.signal));
    stop();
    assert.deepEqual(
      told(),
      Array.from({ length: 5 }, () => "read"),
    );
  });

  test("is known of commits before it, in slices too", async () => {
    const stop = asking();
    const origins = new CommitOrigins();
    await addOwnOrigins(noting(), root, origins, slowPace());
    stop();
    assert.equal(told().length, commitCount);
    for (const [index, what] of did.entries())
      if (index > 0 && what === "read") assert.equal(did[index - 1], "answered", `at step ${index}`);
    assert.equal(origins.of(`commit-${commitCount - 1}`, "a.ts", editsOfCommit).kind, "ai");
  });
});
