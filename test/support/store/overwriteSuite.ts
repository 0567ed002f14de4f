import assert from "node:assert/strict";
import type { OverwriteSumRow } from "../../../server/store/overwrites.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { batchOf, copilot, documentOf, editsBatch, evidenceOf, human, noon, unknown } from "./rows.ts";

const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const day = 86_400_000;
const claude = { ...copilot, tool: "claude-code" };
const nobodysText = JSON.stringify({ owners: [], runs: [[-1, 10]] });
const nobodys = { repository: null, tool: null, from: null, to: null };

/** Who took out whose text, in every store. */
export function overwriteSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with text that edits took out`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const read = (range = everything) => under.restart().readOverwrites(range).map(said).sort();
    /** The first is Copilot's, the second the person's, the third nobody's, the fourth a day later Claude Code's. */
    const four = () => ({
      ...editsBatch(
        { origin: copilot },
        { origin: human },
        { origin: unknown },
        { origin: claude, at: noon + day },
      ),
      documents: [documentOf({ spans: nobodysText })],
    });

    test("adds up whose text was taken out by whom, on the day on which that was", () => {
      under.store.write({
        ...four(),
        overwrites: [
          { editId: "edit-2", ofEditId: "edit-1", chars: 4 },
          { editId: "edit-4", ofEditId: "edit-1", chars: 3 },
          { editId: "edit-4", ofEditId: "edit-2", chars: 2 },
        ],
      });
      under.store.write(
        batchOf({
          overwrites: [
            { editId: "edit-4", ofEditId: "edit-1", chars: 5 },
            { editId: "edit-4", ofEditId: "nobody", chars: 9 },
            { editId: "nobody", ofEditId: "edit-1", chars: 9 },
            { editId: "edit-4", ofEditId: "edit-4", chars: 9 },
          ],
        }),
      );
      assert.deepEqual(read(), [
        "ai claude-code took 2 of human, 1 times",
        "ai claude-code took 8 of ai github-copilot, 1 times",
        "human took 4 of ai github-copilot, 1 times",
      ]);
      assert.deepEqual(read({ ...everything, to: "2026-01-31" }), [
        "human took 4 of ai github-copilot, 1 times",
      ]);
      assert.deepEqual(read({ ...everything, workspaces: ["file:///elsewhere"] as never }), []);
      assert.equal(read({ ...everything, workspaces: ["file:///project"] as never }).length, 3);
    });

    test("keeps nothing of what people change of what people typed", () => {
      under.store.write({
        ...editsBatch({}, {}),
        overwrites: [{ editId: "edit-2", ofEditId: "edit-1", chars: 4 }],
      });
      assert.deepEqual(read(), []);
    });

    test("follows both when their makers are known later", () => {
      under.store.write({
        ...four(),
        overwrites: [
          { editId: "edit-3", ofEditId: "edit-1", chars: 4 },
          { editId: "edit-4", ofEditId: "edit-3", chars: 1 },
        ],
      });
      const sharpen = (editId: string, origin: typeof claude) =>
        under.store.write(
          batchOf({ origins: [{ editId, origin, evidence: [evidenceOf({ source: `hook ${editId}` })] }] }),
        );
      sharpen("edit-3", claude);
      sharpen("edit-1", { ...copilot, tool: "codex" });
      sharpen("edit-4", { ...copilot, tool: "codex" });
      assert.deepEqual(read(), [
        "ai claude-code took 4 of ai codex, 1 times",
        "ai codex took 1 of ai claude-code, 1 times",
      ]);
    });

    test("outlives the edits as sums, and goes with the sums", () => {
      under.store.write({ ...four(), overwrites: [{ editId: "edit-4", ofEditId: "edit-1", chars: 4 }] });
      under.setNow(noon + 200 * day);
      under.store.prune({ editsBefore: noon + 100 * day, sumsBefore: "2026-01-01" });
      assert.equal(under.restart().readEditById("edit-4"), undefined);
      assert.deepEqual(read(), ["ai claude-code took 4 of ai github-copilot, 1 times"]);
      under.restart().prune({ editsBefore: noon + 100 * day, sumsBefore: "2026-02-01" });
      assert.deepEqual(read(), [], "the sums of whose text it was are gone");
    });

    test("forgets what is of either of the two", () => {
      for (const tool of ["github-copilot", "claude-code"]) {
        const batch = four();
        under.store.write({ ...batch, overwrites: [{ editId: "edit-4", ofEditId: "edit-1", chars: 4 }] });
        assert.equal(read().length, 1);
        assert.equal(under.restart().forget({ ...nobodys, tool }, { dryRun: true }).outcome, "forgotten");
        assert.equal(read().length, 1, "a trial deletes nothing");
        under.restart().forget({ ...nobodys, tool }, { dryRun: false });
        assert.deepEqual(read(), [], tool);
        under.restart().forget(nobodys, { dryRun: false });
      }
    });

    test("makes the sums again of the edits that are left", () => {
      under.store.write({
        ...four(),
        overwrites: [{ editId: "edit-4", ofEditId: "edit-1", chars: 4 }],
      });
      const other = documentOf({ uri: "file:///project/sub/b.ts", spans: nobodysText });
      const [first, , , fourth] = four().edits;
      const rename = (edit: typeof first, id: string) => ({ ...edit!, id, uri: other.uri });
      under.store.write(
        batchOf({
          documents: [other],
          edits: [rename(first, "sub-1"), rename(fourth, "sub-4")],
          overwrites: [{ editId: "sub-4", ofEditId: "sub-1", chars: 30 }],
        }),
      );
      assert.deepEqual(read(), ["ai claude-code took 34 of ai github-copilot, 2 times"]);
      under.restart().forget({ ...nobodys, repository: ["file:///project/sub"] }, { dryRun: false });
      assert.deepEqual(read(), ["ai claude-code took 4 of ai github-copilot, 1 times"]);
    });
  });
}

function said({ kind, tool, ofKind, ofTool, edits, chars }: OverwriteSumRow): string {
  const name = (of: string, by: string | null) => (by === null ? of : `${of} ${by}`);
  return `${name(kind, tool)} took ${chars} of ${name(ofKind, ofTool)}, ${edits} times`;
}
