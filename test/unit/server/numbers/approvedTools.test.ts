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

  test("are not known without a list, and not of all workspaces together", async () => {
    for (const scope of ["workspace", "all"] as const) {
      const { value, n, verdict } = await adherence(scope);
      assert.deepEqual([value, n, verdict], [null, 0, "notEnoughData"]);
    }
  });
});
