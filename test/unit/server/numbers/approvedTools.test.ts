import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { measureSummary } from "../../../../core/metrics/measureSummary.ts";
import { readSummary } from "../../../../server/numbers/readSummary.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { batchOf, copilot, documentOf, editOf, noon } from "../../../support/store/rows.ts";
import { hostAt } from "../../../support/hostAt.ts";

const dayMs = 86_400_000;
const host = hostAt(noon);

suite("Approved tools in the numbers of a workspace", () => {
  let root: string;
  let store: MemoryStore;

  setup(() => {
    root = mkdtempSync(path.join(tmpdir(), "kept-folder-"));
    const folder = pathToFileURL(root).href;
    const uri = `${folder}/a.ts`;
    store = new MemoryStore({ now: () => noon });
    const edits = Array.from({ length: 48 }, (_, index) =>
      editOf({
        ...{ id: `edit-${index}`, uri, version: index + 2, at: noon - Math.floor(index / 4) * dayMs },
        origin: { ...copilot, tool: index % 4 === 0 ? "codex" : "github-copilot" },
      }),
    );
    store.write(batchOf({ documents: [documentOf({ uri, workspace: folder })], edits }));
  });
  teardown(() => rmSync(root, { recursive: true }));

  const adherence = async (scope: "workspace" | "all") => {
    const folders = [pathToFileURL(root).href];
    const summary = await readSummary(store, host, { days: 30, scope }, folders);
    return measureSummary(summary).find(({ id }) => id === "G2")!;
  };

  test("are measured by day where the folder has a list of them", async () => {
    mkdirSync(path.join(root, ".kept"));
    const policy = { approvedTools: ["GitHub Copilot"] };
    writeFileSync(path.join(root, ".kept", "policy.json"), JSON.stringify(policy));
    const { value, n, verdict } = await adherence("workspace");
    assert.deepEqual([value, n, verdict], [0.75, 12, "misses"]);
  });

  test("take no second look at the sums of a folder", async () => {
    mkdirSync(path.join(root, ".kept"));
    writeFileSync(path.join(root, ".kept", "policy.json"), JSON.stringify({ approvedTools: ["codex"] }));
    const folders = [pathToFileURL(root).href, "file:///elsewhere"];
    const asked: unknown[] = [];
    const read = store.readDaySums;
    store.readDaySums = (range) => {
      // Days to come are looked at for all folders.
      if (range.workspaces !== undefined) asked.push(range.workspaces);
      return read(range);
    };
    const summary = await readSummary(store, host, { days: 30, scope: "workspace" }, [
      ...folders,
      folders[0]!,
    ]);
    assert.deepEqual(asked, [[folders[0]], [folders[1]]]);
    assert.equal(summary.edits, 48, "a folder that is named twice counts once");
    assert.equal(
      summary.approved?.reduce((sum, { named }) => sum + named, 0),
      48,
    );
  });

  test("stand beside the folders' own tiers and files of instructions, of the workspace alone", async () => {
    mkdirSync(path.join(root, ".kept"));
    writeFileSync(path.join(root, ".kept", "policy.json"), JSON.stringify({ tier: "enhanced" }));
    writeFileSync(path.join(root, "AGENTS.md"), "one\ntwo\nthree\n");
    writeFileSync(path.join(root, "CLAUDE.md"), "one\n");
    const folders = [pathToFileURL(root).href, pathToFileURL(path.join(root, ".kept")).href];
    const measured = async (scope: "workspace" | "all") => {
      const summary = await readSummary(store, host, { days: 30, scope }, folders);
      const all = measureSummary(summary);
      return ["A6", "G6"].map((id) => all.find((each) => each.id === id)!).map(({ value, n }) => [value, n]);
    };
    assert.deepEqual(await measured("workspace"), [
      [3, 2],
      [3, 1],
    ]);
    assert.deepEqual(await measured("all"), [
      [null, 0],
      [null, 0],
    ]);
  });

  test("are not known without a list, and not of all workspaces together", async () => {
    for (const scope of ["workspace", "all"] as const) {
      const { value, n, verdict } = await adherence(scope);
      assert.deepEqual([value, n, verdict], [null, 0, "notEnoughData"]);
    }
  });
});
