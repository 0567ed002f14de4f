import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ownRules } from "../../../../core/coaching/catalogue.ts";
import { daysBefore } from "../../../../core/coaching/coach.ts";
import { effectOfTip } from "../../../../core/coaching/effect.ts";
import { isOfEdits, measureOfEdits } from "../../../../core/coaching/measures.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import type { MeasuredShare } from "../../../../protocol/share.ts";
import type { Summary } from "../../../../protocol/summary.ts";
import { demoCommand } from "../../../../server/commands/demo.ts";
import { readSituation, recentEdits } from "../../../../server/coaching/situation.ts";
import { hashesWith } from "../../../../server/deviceKey.ts";
import { FatesReader } from "../../../../server/fate/fatesReader.ts";
import { noGit } from "../../../../server/gitView.ts";
import { readClosedDocument } from "../../../../server/provenance/closedDocument.ts";
import { readSummary } from "../../../../server/numbers/readSummary.ts";
import type { Store } from "../../../../server/store/store.ts";
import { hostAt } from "../../../support/hostAt.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

/** A Saturday. */
const now = Date.UTC(2026, 10, 21, 15);
const host = { ...hostAt(now), uuid: randomUUID };
const dayMs = 86_400_000;
const hashes = hashesWith(Buffer.alloc(32, 7));
const sample = path.resolve(import.meta.dirname, "../../../../scripts/start/sample");

suite("The demonstration's store", () => {
  const home = temporaryFolder();
  const workspaceFolder = path.join(home.folder, "shop");
  const workspace = pathToFileURL(workspaceFolder).href;
  const folder = path.join(home.folder, "kept");
  let store: Store;
  let summary: Summary;

  suiteSetup(async function () {
    this.timeout(30_000);
    cpSync(sample, workspaceFolder, { recursive: true });
    const openStore = () => openTestStore({ folder, now: () => now });
    const filled = demoCommand(["--workspace", workspace], {
      ...{ host, folder, openStore },
      makeHashes: () => hashes,
    });
    assert.equal(filled.exitCode, 0, filled.stderr);
    store = openStore();
    summary = await readSummary(store, host, { days: 30, scope: "workspace" }, [workspace], {
      fates: new FatesReader(folder),
    });
  });
  suiteTeardown(() => {
    store.close();
    home.remove();
  });

  test("says that it is made up", () => assert.equal(summary.synthetic, true));

  test("has requests of several tools and tiers, some without a price, and what became of tasks", () => {
    const { rows, spend, tasks, latency, cacheShare } = summary.requests;
    assert.deepEqual(
      new Set(rows.map(({ tier }) => tier)),
      new Set(["fast", "standard", "heavy", "unknown"]),
    );
    assert.ok(spend.nanoUsd! > 0 && spend.unpricedRequests > 0);
    assert.ok(tasks.kept > 20 && tasks.nothing > 0 && tasks.noEdits > 0, JSON.stringify(tasks));
    assert.ok(tasks.costPerKeptChange.low !== null && cacheShare.low !== null);
    assert.ok(latency!.p95Ms > latency!.medianMs);
  });

  test("has tasks of every kind, and of each tool enough of several to compare", async () => {
    const quarter = { days: 90, scope: "workspace" } as const;
    const { toolUse } = await readSummary(store, host, quarter, [workspace], { isCompared: true });
    const rows = toolUse!.byType;
    const share = (some: typeof rows) => some.reduce((sum, { changes }) => sum + changes, 0);
    assert.deepEqual([...new Set(rows.map(({ type }) => type))].sort(), [
      "config",
      "docs",
      "feature",
      "fix",
      "refactor",
      "tests",
      "unknown",
    ]);
    assert.ok(share(rows.filter(({ type }) => type === "unknown")) < share(rows) / 3, JSON.stringify(rows));
    const told = rows.filter(
      ({ tool, type, kept }) => tool === "claude-code" && type !== "unknown" && kept.low !== null,
    );
    assert.ok(new Set(told.map(({ type }) => type)).size >= 2, JSON.stringify(rows));
  });

  test("has fates to 90 days of AI and of people, reverts, and a baseline of before", () => {
    for (const kind of ["ai", "human"]) {
      const row = summary.fates!.kinds.find(({ origin }) => origin.kind === kind)!;
      assert.equal(row.survival.at(-1)!.days, 90, kind);
      assert.ok(row.survival.at(-1)!.value < row.survival[0]!.value, kind);
      assert.ok(row.rework.every(({ share }) => share !== null));
    }
    assert.ok(summary.fates!.kinds[0]!.reverts.some(({ reverted }) => reverted > 0));
    assert.ok(summary.fates!.weeks.length > 8);
    assert.ok(summary.before!.baseline!.rework21 !== null);
  });

  test("has a curve, a funnel and today's hours, on a weekend too", () => {
    assert.equal(summary.retention.length, 10);
    assert.ok(summary.keptAiToday.n >= 10, String(summary.keptAiToday.n));
    assert.ok(summary.funnel.stages.every(({ reached, left, pending }) => reached + left + pending > 0));
  });

  test("knows whose each line of the sample is, and which of them nobody has read", () => {
    const uncommitted = store.readUncommitted(now - 86_400_000);
    for (const file of ["src/orders.ts", "src/invoice.ts", "src/discounts.ts"]) {
      const uri = `${workspace}/${file}`;
      const raw = path.join(workspaceFolder, file);
      const text = readFileSync(raw, "utf8");
      const { spans, state } = readClosedDocument(text, [uri], {
        ...{ store, hashes },
        git: noGit,
      });
      assert.equal(state, "same", file);
      assert.ok(spans.runs().every(({ owner }) => owner !== undefined));
    }
    const unread = uncommitted.filter(({ uri, seen }) => uri.endsWith("/discounts.ts") && seen === null);
    assert.ok(unread.length >= 4, String(unread.length));
  });

  test("gives advice its facts, and has said some already", async () => {
    const { values } = factsOf(
      await readSituation({
        ...{ store, host, folders: [workspace], branch: null, isSeenNoted: true },
        fates: new FatesReader(folder),
        moment: { testedAt: null, review: null },
        texts: { problems: () => undefined, duplicates: () => [] },
        hashText: (text) => text,
        uncommitted: [],
      }),
    );
    assert.ok((values.get("checkpoint.turns") as number) >= 5, String(values.get("checkpoint.turns")));
    // What a rule of a workspace may quote is what the panel shows, and not only sums of days.
    for (const id of ["S7", "P5", "R7", "P1", "P2", "Q4"]) assert.ok(values.has(id), id);
    assert.ok(values.has("spiky.before") && values.has("sticks.low"));
    assert.ok((values.get("briefing.tasks") as number) >= 5, "a briefing that is said again and again");
    assert.ok((values.get("glance.reads") as number) < 3, "a tool that looks too little");
    assert.equal(values.get("secrets.kind"), "environment file");
  });

  test("says of tips what the store shows of before and after, by the rule that all are judged by", () => {
    const edits = recentEdits(store, 0, 1e6);
    const commits = store.coaching.readCommittedLines(0);
    const tips = store.coaching.readTips();
    for (const { rule: id, at, before, after, effect } of tips) {
      const { rule } = ownRules().find((each) => each.rule.id === id)!;
      const { metric, windowDays, direction } = rule.expects;
      const measured = (until: number, days: number) => {
        const isIn = (row: { readonly at: number }) => until - days * dayMs <= row.at && row.at <= until;
        assert.ok(isOfEdits(metric));
        const span = { now: until, edits: edits.filter(isIn), commits: commits.filter(isIn) };
        return measureOfEdits(metric, span);
      };
      const due = at + windowDays * dayMs;
      assert.deepEqual(rounded(before), rounded(measured(at, daysBefore)), id);
      assert.deepEqual(after && rounded(after), due > now ? null : rounded(measured(due, windowDays)), id);
      assert.equal(effect, due > now ? null : effectOfTip(before, after, direction), id);
    }
    assert.deepEqual(
      new Set(tips.map(({ effect }) => effect)),
      new Set(["helped", "noChange", "cannotTell", null]),
    );
    assert.ok(tips.some(({ isHeldOut }) => isHeldOut));
  });
});

/** Sums of the same in another order differ in their last digits. */
function rounded({ value, low, high, n }: MeasuredShare) {
  return [value, low, high, n].map((number) => number?.toFixed(9));
}
