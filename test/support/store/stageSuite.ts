import assert from "node:assert/strict";
import type { FunnelRow } from "../../../server/store/stages.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  editsBatch,
  evidenceOf,
  human,
  noon,
  sampleOf,
  unknown,
} from "./rows.ts";

const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };
const day = 86_400_000;
const nobody = JSON.stringify({ owners: [], runs: [[-1, 10]] });
const exact = evidenceOf({
  source: "detailedReason",
  strength: "exact",
  origin: JSON.stringify({ kind: "ai" }),
});
const byAgent = { origin: copilot, evidence: [exact] };
const at15 = { dueMs: 900_000, takenAt: noon + 900_000 };

/** How every store follows the way of edits. */
export function stageSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with the way of edits`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    test("counts what was found of edits some minutes later beside their way, and moves it with their origin", () => {
      under.store.write({
        ...editsBatch(byAgent, byAgent, { origin: unknown, evidence: [] }),
        stages: [
          { editId: "edit-1", stage: "problems", outcome: "more" },
          { editId: "edit-2", stage: "problems", outcome: "none" },
          { editId: "edit-3", stage: "repeated", outcome: "some" },
        ],
      });
      under.store.write(batchOf({ origins: [{ editId: "edit-3", origin: copilot, evidence: [exact] }] }));
      const store = under.restart();
      assert.deepEqual(store.readStages("edit-1"), { accepted: "auto", problems: "more" });
      const found = store
        .readFunnel(everything)
        .filter(({ stage }) => stage === "problems" || stage === "repeated")
        .map(({ tool, stage, outcome, edits }) => [tool, stage, outcome, edits].join(" "));
      assert.deepEqual(found.sort(), [
        "github-copilot problems more 1",
        "github-copilot problems none 1",
        "github-copilot repeated some 1",
      ]);
    });

    test("knows of an edit what it and its samples say, and what it is told", () => {
      under.store.write({
        ...editsBatch(
          byAgent,
          { origin: copilot, evidence: [] },
          {},
          { ...byAgent, insertedChars: 0, keptChars: 0 },
        ),
        samples: [sampleOf(at15), sampleOf({ ...at15, editId: "edit-2", arc: 0 })],
        stages: [
          { editId: "edit-1", stage: "saved", outcome: "saved" },
          { editId: "edit-1", stage: "committed", outcome: "noRepository" },
          { editId: "none", stage: "saved", outcome: "saved" },
        ],
      });
      under.store.write(
        batchOf({ stages: [{ editId: "edit-1", stage: "committed", outcome: "committed" }] }),
      );
      under.store.write(batchOf({ stages: [{ editId: "edit-1", stage: "committed", outcome: "noGit" }] }));
      const store = under.restart();
      assert.deepEqual(
        ["edit-1", "edit-2", "edit-3", "edit-4", "none"].map((id) => store.readStages(id)),
        [
          { accepted: "auto", keptAt15: "kept", saved: "saved", committed: "committed" },
          { accepted: "notTold", keptAt15: "gone" },
          {},
          {},
          {},
        ],
      );
      assert.deepEqual(counts(store.readFunnel(everything)), {
        "accepted auto": 1,
        "accepted notTold": 1,
        "keptAt15 gone": 1,
        "keptAt15 kept": 1,
        "saved saved": 1,
        "committed committed": 1,
      });
    });

    test("counts the steps of an edit together, and moves them with its origin", () => {
      under.store.write({
        ...editsBatch(byAgent, byAgent, { origin: unknown, evidence: [] }, { ...byAgent, insertedChars: 0 }),
        samples: [sampleOf(at15), sampleOf({ ...at15, editId: "edit-2", arc: 0 })],
        stages: [
          { editId: "edit-1", stage: "committed", outcome: "committed" },
          { editId: "edit-1", stage: "saved", outcome: "saved" },
          { editId: "edit-3", stage: "saved", outcome: "saved" },
        ],
      });
      const ways = () => sorted(under.store.readWays(everything)).map(wayRow);
      assert.deepEqual(ways(), ["ai auto/gone/// 1", "ai auto/kept/saved/committed/ 1"]);
      under.store.write(batchOf({ origins: [{ editId: "edit-3", origin: copilot, evidence: [exact] }] }));
      under.store.write(batchOf({ stages: [{ editId: "edit-1", stage: "aliveAt30", outcome: "alive" }] }));
      under.store.write(batchOf({ origins: [{ editId: "edit-2", origin: human, evidence: [] }] }));
      assert.equal(under.store.readStages("edit-1").aliveAt30, "alive");
      const moved = ["ai auto//saved// 1", "ai auto/kept/saved/committed/alive 1", "human auto/gone/// 1"];
      assert.deepEqual(ways(), moved);
      assert.deepEqual(sorted(under.restart().readWays(everything)).map(wayRow), moved);
    });

    test("adds up by day, folder and origin, and moves with an origin that comes late", () => {
      under.store.write({
        ...editsBatch(byAgent, { ...byAgent, at: noon + day }, { origin: unknown, evidence: [] }),
        stages: [
          { editId: "edit-1", stage: "saved", outcome: "saved" },
          { editId: "edit-3", stage: "saved", outcome: "saved" },
        ],
      });
      const other = documentOf({ uri: "file:///other/b.ts", workspace: "file:///other" });
      under.store.write(
        batchOf({ documents: [other], edits: [editOf({ id: "other", uri: other.uri, ...byAgent })] }),
      );
      under.store.write(batchOf({ origins: [{ editId: "edit-3", origin: copilot, evidence: [exact] }] }));
      const store = under.restart();
      const project = { from: "2026-01-31", to: "2026-01-31", workspaces: ["file:///project"] };
      assert.deepEqual(sorted(store.readFunnel(project)), [
        { ...rowOf("2026-01-31"), stage: "accepted", outcome: "auto", edits: 2 },
        { ...rowOf("2026-01-31"), stage: "saved", outcome: "saved", edits: 2 },
      ]);
      assert.deepEqual(counts(store.readFunnel(everything)), { "accepted auto": 4, "saved saved": 2 });
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: human, evidence: [] }] }));
      const kinds = store.readFunnel(project).map(({ kind, stage, edits }) => `${kind} ${stage} ${edits}`);
      assert.deepEqual(kinds.sort(), ["ai accepted 1", "ai saved 1", "human accepted 1", "human saved 1"]);
    });

    test("finds the AI edits of which nobody said whether they were kept", () => {
      const late = { ...byAgent, at: noon + 2 };
      under.store.write({
        ...editsBatch(byAgent, { ...byAgent, at: noon + 1 }, {}, late, { ...byAgent, insertedChars: 0 }),
        samples: [sampleOf(at15)],
      });
      const store = under.restart();
      assert.deepEqual(store.readUnkept(noon + 2), ["edit-2"]);
      under.store.write(batchOf({ stages: [{ editId: "edit-2", stage: "keptAt15", outcome: "notRead" }] }));
      assert.deepEqual(store.readUnkept(noon + 3), ["edit-4"]);
    });

    test("keeps what of AI edits was on screen, and finds those that are not committed", () => {
      under.store.write({
        ...editsBatch(byAgent, byAgent, {}, { ...byAgent, keptChars: 0 }, { ...byAgent, at: noon - 1 }),
        seen: [
          { editId: "edit-1", seen: "[10,0,4]" },
          { editId: "none", seen: "[1]" },
        ],
        stages: [{ editId: "edit-2", stage: "committed", outcome: "noGit" }],
      });
      under.store.write(batchOf({ seen: [{ editId: "edit-1", seen: "[10,0,10]" }] }));
      const store = under.restart();
      const { uri } = documentOf();
      assert.deepEqual(store.readUncommitted(noon), [
        { editId: "edit-1", uri, seen: "[10,0,10]" },
        { editId: "edit-2", uri, seen: null },
      ]);
      assert.deepEqual(store.readSeen(["edit-2", "edit-1", "none"]), new Map([["edit-1", "[10,0,10]"]]));
      under.store.write(
        batchOf({ stages: [{ editId: "edit-2", stage: "committed", outcome: "committed" }] }),
      );
      assert.deepEqual(
        under.store.readUncommitted(noon).map(({ editId }) => editId),
        ["edit-1"],
      );
    });

    test("keeps where a tool's own record of an edit is", () => {
      const record = (editId: string) => ({ editId, recordAt: "codex:session" });
      under.store.write({ ...editsBatch(byAgent, byAgent), records: [record("edit-1"), record("none")] });
      const store = under.restart();
      assert.deepEqual(
        ["edit-1", "edit-2", "none"].map((id) => store.readRecordAt(id)),
        ["codex:session", undefined, undefined],
      );
    });

    test("keeps the lines of a commit once, with origins that outlive the edits", () => {
      under.setNow(noon);
      under.store.write(editsBatch({ origin: unknown, evidence: [] }, byAgent));
      const range = (firstLine: number, editId: string) => ({ firstLine, lastLine: firstLine + 1, editId });
      const commit = {
        repository: "file:///project",
        name: "c0ffee",
        at: noon,
        files: [
          { path: "b.ts", ranges: [range(9, "edit-2"), range(1, "edit-1"), range(20, "none")] },
          { path: "a.ts", ranges: [range(3, "edit-2")] },
          { path: "none.ts", ranges: [range(1, "none")] },
        ],
      };
      under.store.write(batchOf({ commits: [commit] }));
      under.store.write(batchOf({ commits: [{ ...commit, files: [] }] }));
      under.store.write(batchOf({ origins: [{ editId: "edit-1", origin: copilot, evidence: [] }] }));
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2024-01-01" });
      const { kind, tool, model, mode } = copilot;
      const known = (firstLine: number, editId: string) => ({
        ...range(firstLine, editId),
        origin: { kind, tool, model, mode },
      });
      const expected = {
        ...commit,
        files: [
          { path: "a.ts", ranges: [known(3, "edit-2")] },
          { path: "b.ts", ranges: [known(1, "edit-1"), known(9, "edit-2")] },
        ],
      };
      const store = under.restart();
      assert.deepEqual(store.readCommit("file:///project", "c0ffee"), expected);
      assert.equal(store.readCommit("file:///other", "c0ffee"), undefined);
      assert.deepEqual(store.readCommitNames("file:///project"), ["c0ffee"]);
      assert.deepEqual(store.readCommitNames("file:///other"), []);
    });

    test("forgets counts and committed lines of what is forgotten, and of nothing else", () => {
      const range = (editId: string) => ({ firstLine: 1, lastLine: 1, editId });
      const stage = (editId: string) => ({ editId, stage: "saved", outcome: "saved" }) as const;
      under.store.write({
        ...editsBatch(byAgent, { ...byAgent, origin: { ...copilot, tool: "codex" } }),
        documents: [documentOf({ spans: nobody })],
        stages: [stage("edit-1"), stage("edit-2")],
        commits: [
          {
            repository: "file:///project",
            name: "1",
            at: noon,
            files: [{ path: "a.ts", ranges: [range("edit-1"), range("edit-2")] }],
          },
        ],
      });
      const nothing = { repository: null, tool: null, from: null, to: null };
      under.store.forget({ ...nothing, tool: "codex" }, { dryRun: true });
      under.store.forget({ ...nothing, from: "2026-02-01" }, { dryRun: false });
      assert.equal(under.store.readFunnel(everything).length, 4);
      under.store.forget({ ...nothing, tool: "codex" }, { dryRun: false });
      const store = under.restart();
      assert.deepEqual(counts(store.readFunnel(everything)), { "accepted auto": 1, "saved saved": 1 });
      const left = store.readCommit("file:///project", "1")?.files[0]?.ranges.map(({ editId }) => editId);
      assert.deepEqual(left, ["edit-1"]);
      under.store.forget({ ...nothing, repository: ["file:///project"] }, { dryRun: false });
      assert.deepEqual(under.store.readFunnel(everything), []);
      assert.equal(under.store.readCommit("file:///project", "1"), undefined);
    });

    test("makes the counts again of sums that are divided", () => {
      const mixed = documentOf({ uri: "file:///work/lib/a.ts", workspace: "file:///work", spans: nobody });
      const rest = documentOf({ uri: "file:///work/b.ts", workspace: "file:///work", spans: nobody });
      under.store.write(
        batchOf({
          documents: [mixed, rest],
          edits: [
            editOf({ id: "lib", uri: mixed.uri, ...byAgent }),
            editOf({ id: "rest", uri: rest.uri, ...byAgent }),
          ],
        }),
      );
      under.store.forget(
        { repository: ["file:///work/lib"], tool: null, from: null, to: null },
        { dryRun: false },
      );
      assert.deepEqual(counts(under.restart().readFunnel(everything)), { "accepted auto": 1 });
    });

    test("prunes counts with their sums, and commits with the last of their repository", () => {
      under.setNow(noon);
      const of = (repository: string, name: string, at: number) => ({ repository, name, at, files: [] });
      under.store.write({
        ...editsBatch(byAgent, { ...byAgent, at: noon + 3 * day }),
        commits: [
          of("file:///old", "1", noon),
          of("file:///new", "2", noon),
          of("file:///new", "3", noon + 3 * day),
        ],
      });
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-02-02" });
      under.store.write(batchOf({ stages: [{ editId: "edit-1", stage: "saved", outcome: "saved" }] }));
      const store = under.restart();
      assert.deepEqual(counts(store.readFunnel(everything)), { "accepted auto": 1 });
      assert.deepEqual(store.readStages("edit-1"), {});
      const known = ["1", "2", "3"].map((name) =>
        ["file:///old", "file:///new"].some((repository) => store.readCommit(repository, name)),
      );
      assert.deepEqual(known, [false, true, true]);
    });
  });
}

function rowOf(on: string) {
  const { kind, tool, model, mode } = copilot;
  return { day: on, workspace: "file:///project", kind, tool, model, mode };
}

function wayRow({ kind, outcome, edits }: FunnelRow): string {
  return `${kind} ${outcome} ${edits}`;
}

function counts(rows: readonly FunnelRow[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { stage, outcome, edits } of rows) {
    sums[`${stage} ${outcome}`] = (sums[`${stage} ${outcome}`] ?? 0) + edits;
  }
  return sums;
}

function sorted(rows: readonly FunnelRow[]): FunnelRow[] {
  return [...rows].sort((one, other) => (one.stage < other.stage ? -1 : 1));
}
