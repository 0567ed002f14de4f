import assert from "node:assert/strict";
import { nothingForgotten } from "../../../core/forgetting.ts";
import type { Forgotten, ForgetScope } from "../../../protocol/forget.ts";
import type { Store } from "../../../server/store/store.ts";
import {
  allowanceOf,
  batchOf,
  copilot,
  documentOf,
  editOf,
  evidenceOf,
  figureOf,
  heardOf,
  human,
  noon,
  requestOf,
  sampleOf,
  taskEditOf,
  taskOf,
} from "./rows.ts";
import { stepOf } from "./stepSuite.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const day = 86_400_000;
const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const all: ForgetScope = { repository: null, tool: null, from: null, to: null };
const claude = { ...copilot, tool: "claude-code", model: "opus" };

/** Three documents in two repositories below one folder, and one of another folder; two tools, two days. */
export function writeHistoryToForget(store: Store): void {
  const place = (name: string, workspace: string | null) => ({ uri: `file:///work/${name}.ts`, workspace });
  const places = [place("one/a", "file:///work/one"), place("two/b", "file:///work"), place("two/c", null)];
  const edits = places.flatMap(({ uri }, index) =>
    [copilot, claude, human].flatMap((origin, nth) =>
      [0, 1].map((days) =>
        editOf({
          id: `${index}-${nth}-${days}`,
          uri,
          version: nth * 2 + days + 1,
          at: noon + days * day,
          origin,
          insertedChars: 10 + nth,
          keptChars: 5 + nth,
          evidence: [
            evidenceOf({ source: `source-${index}-${nth}-${days}`, origin: JSON.stringify(aiOf(origin)) }),
          ],
        }),
      ),
    ),
  );
  const owners = (index: number) => edits.slice(index * 6, index * 6 + 6).map(({ id }) => id);
  const written = store.write(
    batchOf({
      documents: places.map(({ uri, workspace }, index) =>
        documentOf({
          uri,
          workspace,
          textLength: 60,
          spans: JSON.stringify({ owners: owners(index), runs: owners(index).map((_, at) => [at, 10]) }),
        }),
      ),
      edits,
      samples: [sampleOf({ editId: "0-0-0" }), sampleOf({ editId: "1-1-1" })],
      stages: [{ editId: "0-0-0", stage: "saved", outcome: "saved" }],
      commits: [
        {
          repository: "file:///work/one",
          name: "c0ffee",
          at: noon + day,
          files: [{ path: "a.ts", ranges: [{ firstLine: 1, lastLine: 2, editId: "0-0-0" }] }],
        },
      ],
      overwrites: [{ editId: "0-1-1", ofEditId: "0-0-0", chars: 2 }],
      drops: [{ name: "late", count: 1 }],
      receipt: { window: "window-1", sequence: 9 },
    }),
  );
  assert.deepEqual(written, { outcome: "written" });
  const at = 10 * noon;
  store.requests.write({
    requests: [requestOf({ at })],
    edits: [taskEditOf({ at })],
    steps: [stepOf({ at })],
  });
  store.figures.write({ figures: [figureOf()], allowances: [allowanceOf()], heard: [heardOf()] });
}

function aiOf({ kind, tool, model }: typeof human): object {
  return kind === "ai" ? { kind, tool, model } : { kind };
}

const ids = [0, 1, 2].flatMap((index) =>
  [0, 1, 2].flatMap((nth) => [0, 1].map((days) => `${index}-${nth}-${days}`)),
);

/** What is left, as ids. */
function leftIn(store: Store): string[] {
  return ids.filter((id) => store.readEditById(id));
}

/** The sums of the single edits that are there, by the workspace and tool they were counted under. */
function sumsOf(store: Store): string[] {
  return store
    .readSums(everything)
    .map((row) => [
      row.day,
      row.workspace,
      row.tool,
      row.edits,
      row.insertedChars,
      row.keptChars,
      row.keptSquared,
    ])
    .map((row) => JSON.stringify(row))
    .sort();
}

function sumsOfEdits(edits: readonly string[]): string[] {
  const workspaces = ["file:///work/one", "file:///work", null];
  return edits
    .map((id) => {
      const [index, nth, days] = id.split("-").map(Number) as [number, number, number];
      const tool = ["github-copilot", "claude-code", null][nth];
      const dayText = ["2026-01-31", "2026-02-01"][days];
      return JSON.stringify([dayText, workspaces[index], tool, 1, 10 + nth, 5 + nth, (5 + nth) ** 2]);
    })
    .sort();
}

/** What deleting does, whatever the store is made of. */
export function forgetSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, deleting`, () => {
    let under: StoreUnderTest;
    setup(() => {
      under = openStore();
      writeHistoryToForget(under.store);
    });
    teardown(() => under.close());

    const forget = (scope: Partial<ForgetScope>, dryRun = false): Forgotten => {
      const forgetting = under.store.forget({ ...all, ...scope }, { dryRun });
      if (forgetting.outcome !== "forgotten") throw new Error(JSON.stringify(forgetting));
      return forgetting.forgotten;
    };

    const cases: Record<string, [Partial<ForgetScope>, (id: string) => boolean, Partial<Forgotten>]> = {
      "a repository that is a workspace folder": [
        { repository: ["file:///work/one"] },
        (id) => id.startsWith("0"),
        { edits: 6, evidence: 6, samples: 1, documents: 1, sums: 6 },
      ],
      "a repository below a workspace folder, written with a slash": [
        { repository: ["file:///elsewhere", "file:///work/two/"] },
        (id) => !id.startsWith("0"),
        { edits: 12, evidence: 12, samples: 1, documents: 2, sums: 12 },
      ],
      "a folder above all of them": [
        { repository: ["file:///work"] },
        () => true,
        { edits: 18, evidence: 18, samples: 2, documents: 3, sums: 18 },
      ],
      "nothing of a folder whose name begins alike": [{ repository: ["file:///work/on"] }, () => false, {}],
      "a tool": [
        { tool: "claude-code" },
        (id) => id[2] === "1",
        { edits: 6, evidence: 6, samples: 1, documents: 0, requests: 1, sums: 6 },
      ],
      "a period": [
        { from: "2026-02-01", to: "2026-02-01" },
        (id) => id.endsWith("1"),
        { edits: 9, evidence: 9, samples: 1, documents: 0, sums: 9 },
      ],
      "everything until a day": [
        { to: "2026-01-31" },
        (id) => id.endsWith("0"),
        { edits: 9, evidence: 9, samples: 1, documents: 0, sums: 9 },
      ],
      "a tool in a repository on a day": [
        { repository: ["file:///work/two"], tool: "github-copilot", from: "2026-01-31", to: "2026-01-31" },
        (id) => /^[12]-0-0$/.test(id),
        { edits: 2, evidence: 2, samples: 0, documents: 0, sums: 2 },
      ],
    };
    for (const [what, [scope, isGone, counts]] of Object.entries(cases)) {
      test(`deletes ${what}, and says beforehand how much that is`, () => {
        const expected = { ...nothingForgotten, ...counts };
        const left = ids.filter((id) => !isGone(id));
        assert.deepEqual(forget(scope, true), expected);
        assert.deepEqual(leftIn(under.store), ids, "a trial deletes nothing");
        assert.deepEqual(sumsOf(under.store), sumsOfEdits(ids));
        assert.deepEqual(forget(scope), expected);
        const store = under.restart();
        assert.deepEqual(leftIn(store), left);
        assert.deepEqual(sumsOf(store), sumsOfEdits(left));
        assert.deepEqual(forget(scope), nothingForgotten, "there is nothing left to delete");
        for (const name of ["one/a", "two/b", "two/c"]) {
          const spans = store.readDocument(`file:///work/${name}.ts`)?.spans.spans ?? "";
          for (const id of ids.filter(isGone)) assert.ok(!spans.includes(id), `${name} names ${id}`);
        }
      });
    }

    test("deletes everything, receipts, drops and notes too, and goes on", () => {
      under.store.writeNote("name", "text");
      const expected = {
        edits: 18,
        evidence: 18,
        samples: 2,
        documents: 3,
        requests: 1,
        sums: 18,
        undivided: 0,
      };
      assert.deepEqual(forget({}, true), expected);
      assert.deepEqual(forget({}), expected);
      const store = under.restart();
      assert.deepEqual([leftIn(store), store.readSums(everything), store.readDrops()], [[], [], []]);
      assert.deepEqual([store.readNote("name"), store.readReceipt("window-1")], [undefined, 0]);
      assert.equal(store.readDocument("file:///work/one/a.ts"), undefined);
      writeHistoryToForget(store);
      assert.deepEqual(leftIn(store), ids);
    });

    test("deletes what was noted of a repository that goes whole, and leaves all other notes", () => {
      const notes = ["movements of file:///work/one", "movements of file:///work/one2", "ownFolder"];
      for (const name of notes) under.store.writeNote(name, "text");
      const left = () => notes.filter((name) => under.store.readNote(name) !== undefined);
      forget({ repository: ["file:///work/one/"], tool: "github-copilot" });
      assert.deepEqual(left(), notes);
      forget({ repository: ["file:///work/one/"] });
      assert.deepEqual(left(), notes.slice(1));
    });

    test("leaves the text of what was deleted to nobody, and that of others to them", () => {
      forget({ tool: "github-copilot" });
      const spans = under.restart().readDocument("file:///work/one/a.ts")!.spans.spans;
      assert.deepEqual(JSON.parse(spans), {
        owners: ["0-1-0", "0-1-1", "0-2-0", "0-2-1"],
        runs: [
          [-1, 20],
          [0, 10],
          [1, 10],
          [2, 10],
          [3, 10],
        ],
      });
    });

    test("deletes another tool's evidence that names the tool", () => {
      const origin = JSON.stringify({ kind: "ai", tool: "claude-code" });
      under.store.write(
        batchOf({
          origins: [{ editId: "0-2-0", origin: human, evidence: [evidenceOf({ source: "log", origin })] }],
        }),
      );
      forget({ tool: "claude-code" });
      const sources = under
        .restart()
        .readEditById("0-2-0")!
        .evidence.map(({ source }) => source);
      assert.deepEqual(sources, ["source-0-2-0"]);
    });

    test("knows AI without a tool as unknown", () => {
      const nobody = { ...copilot, tool: null };
      under.store.write(batchOf({ origins: [{ editId: "0-2-0", origin: nobody, evidence: [] }] }));
      assert.equal(forget({ tool: "unknown" }).edits, 1);
      assert.deepEqual(
        leftIn(under.restart()),
        ids.filter((id) => id !== "0-2-0"),
      );
    });

    test("gives up sums that cannot be divided because their single edits were pruned", () => {
      under.store.prune({ editsBefore: noon + day / 2, sumsBefore: "0000-00-00" });
      const forgotten = forget({ repository: ["file:///work/two"] });
      // Of the older day: three rows of the folder above and three of no folder, all of them without their edits.
      assert.deepEqual(forgotten, {
        ...nothingForgotten,
        edits: 6,
        evidence: 6,
        samples: 1,
        documents: 2,
        sums: 12,
        undivided: 6,
      });
      assert.deepEqual(sumsOf(under.restart()), sumsOfEdits(ids.filter((id) => id.startsWith("0"))));
    });

    test("keeps what sums that cannot be divided hold of others, as far as their single edits are there", () => {
      under.store.write(
        batchOf({
          documents: [documentOf({ uri: "file:///work/three/d.ts", workspace: "file:///work" })],
          edits: [
            editOf({
              id: "other",
              uri: "file:///work/three/d.ts",
              version: 9,
              insertedChars: 7,
              keptChars: 7,
            }),
          ],
        }),
      );
      forget({ repository: ["file:///work/two"] });
      const store = under.restart();
      assert.ok(store.readEditById("other"));
      const rows = store.readSums({ ...everything, workspaces: ["file:///work"] });
      assert.deepEqual(
        rows.map(({ edits, insertedChars }) => [edits, insertedChars]),
        [[1, 7]],
      );
    });

    test("makes a task again of what is left of it, how AI was used too", () => {
      const [at, task] = [20 * noon, taskOf({ key: "long" })];
      under.store.requests.write({
        requests: [requestOf({ key: "early", task, at, mode: "chat" })],
        edits: [taskEditOf({ key: "late", task, at: at + day, mode: "inlineChat" })],
      });
      const modes = (store: Store) => store.requests.tasksSince(at).map((each) => each.modes);
      assert.deepEqual(modes(under.store), [["chat", "inlineChat"]]);
      const first = new Date(at).toISOString().slice(0, 10);
      forget({ from: first, to: first });
      assert.deepEqual(modes(under.restart()), [["inlineChat"]]);
    });

    test("raises its revision", () => {
      const before = under.store.revision();
      forget({ tool: "claude-code" }, true);
      assert.equal(under.store.revision(), before);
      forget({ tool: "claude-code" });
      assert.ok(under.store.revision() > before);
    });
  });
}
