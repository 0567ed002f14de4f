import assert from "node:assert/strict";
import { mostEditsBehind, type EditsBehind, type EditsQuestion } from "../../../../protocol/editsBehind.ts";
import type { Summary } from "../../../../protocol/summary.ts";
import type { CommitOfDay } from "../../../../core/fate/heldCommits.ts";
import { behindMetric } from "../../../../webview/parts/metricBehind.ts";
import { takenBackAtMs } from "../../../../core/summary/wayOfDays.ts";
import type { FatesReader } from "../../../../server/fate/fatesReader.ts";
import type { Host } from "../../../../server/host.ts";
import { readEditsBehind } from "../../../../server/numbers/editsBehind.ts";
import { rowsBehind } from "../../../../server/numbers/rowsBehind.ts";
import { readSummary } from "../../../../server/numbers/readSummary.ts";
import type { Store } from "../../../../server/store/store.ts";
import { openDemonstration } from "../../../support/demonstration.ts";

const now = Date.UTC(2026, 10, 20, 16);
const question = { days: 90, scope: "all" } as const;

suite("The lists behind numbers", () => {
  let store: Store;
  let summary: Summary;
  let fates: FatesReader;
  let host: Host;
  let close: () => void;

  suiteSetup(async function () {
    this.timeout(60_000);
    ({ store, host, fates, close } = openDemonstration(now));
    summary = await readSummary(store, host, question, undefined, { fates });
  });
  suiteTeardown(() => close());

  /** All pages of a list, one after the other. */
  function pages(asked: Omit<EditsQuestion, "question" | "order">, order: EditsQuestion["order"] = "newest") {
    const found: EditsBehind[] = [];
    for (let next: EditsBehind["next"]; found.length === 0 || next; next = found.at(-1)!.next) {
      const page = readEditsBehind(
        ...([store, host, { question, ...asked, order, ...(next && { after: next }) }] as const),
        ...([undefined, fates] as const),
      );
      const length = page.rows?.length ?? page.edits.length;
      assert.ok(length > 0 && length <= mostEditsBehind, `${length} on a page of ${JSON.stringify(asked)}`);
      found.push(page);
    }
    return found;
  }
  const rows = (asked: Omit<EditsQuestion, "question" | "order">) =>
    pages(asked).flatMap((page) => page.rows ?? []);
  const ai = { kind: "ai" } as const;

  for (const order of ["newest", "leastLeft"] as const)
    test(`go on to the last edit, ${order} first, each once`, () => {
      const edits = pages({ origin: ai, of: "kind" }, order).flatMap((page) => page.edits);
      assert.ok(edits.length > 3 * mostEditsBehind, String(edits.length));
      assert.equal(new Set(edits.map(({ id }) => id)).size, edits.length);
      assert.equal(edits.length, summary.funnel.edits);
      for (const { origin } of summary.origins.filter(({ origin: { kind } }) => kind === "ai")) {
        const tool = origin.kind === "ai" ? origin.tool : undefined;
        const counted = summary.origins
          .filter((row) => row.origin.kind === "ai" && row.origin.tool === tool)
          .reduce((sum, row) => sum + row.edits, 0);
        const listed = edits.filter((edit) => edit.origin.kind === "ai" && edit.origin.tool === tool);
        assert.equal(listed.length, counted, tool);
      }
      const left = edits.map(({ keptChars, insertedChars }) => keptChars / insertedChars);
      const inOrder = edits.every(({ at }, index) => {
        if (index === 0) return true;
        return order === "newest" ? at <= edits[index - 1]!.at : left[index]! >= left[index - 1]!;
      });
      assert.ok(inOrder);
    });

  test("go on to the last request, task and commit", () => {
    assert.equal(rows({ origin: ai, of: "requests" }).length, summary.requests.requests);
    const tasks = rows({ origin: ai, of: "tasks" });
    assert.equal(new Set(tasks.map((row) => row.row === "task" && row.task)).size, tasks.length);
    assert.equal(tasks.length, summary.requests.tasks.tasks);
    assert.equal(rows({ origin: ai, of: "ownCommits" }).length, summary.practice.commits!.own);
  });

  test("are of one tier, of one tool and model, of one outcome, as many as are counted", () => {
    for (const tier of ["fast", "standard", "heavy"] as const) {
      const counted = summary.requests.days.reduce((sum, { byTier }) => sum + byTier[tier], 0);
      if (counted > 0) assert.equal(rows({ origin: ai, of: "requests", tier }).length, counted, tier);
    }
    for (const { tool, model, requests } of summary.requests.rows) {
      const origin = { ...ai, tool, ...(model === null ? {} : { model }) };
      assert.equal(rows({ origin, of: "requests" }).length, requests, `${tool} ${model}`);
    }
    for (const outcome of ["kept", "nothing", "noEdits"] as const) {
      const counted = summary.requests.tasks[outcome];
      assert.ok(counted > 0, outcome);
      assert.equal(rows({ origin: ai, of: "tasks", outcome }).length, counted, outcome);
    }
  });

  test("are of the edits that a step of the way counts", () => {
    let numbers = 0;
    for (const { stage, reached, pending, left, outcomes, unseen } of summary.funnel.way) {
      const count = (of: readonly string[]) =>
        pages({ origin: ai, of: "kind", found: { stage, outcomes: [...of], isOnWay: true } }).flatMap(
          ({ edits }) => edits,
        ).length;
      const all = [...outcomes, ...unseen.filter(({ outcome }) => outcome !== "apart")];
      for (const { outcome, edits } of all) assert.equal(count([outcome]), edits, `${stage} ${outcome}`);
      assert.equal(count(outcomes.map(({ outcome }) => outcome)), reached + left, stage);
      if (pending > 0) assert.equal(count([""]), pending, stage);
      numbers += all.length;
    }
    assert.ok(numbers >= 8, String(numbers));
  });

  test("leave edits of days to come out, which are counted apart", async () => {
    assert.equal(summary.ahead, 0);
    const earlier = { ...host, now: () => now - 10 * 86_400_000 };
    const then = await readSummary(store, earlier, question, undefined);
    const later = store.readDaySums({ from: "2026-11-11", to: "2026-11-20", workspaces: undefined });
    assert.equal(
      then.ahead,
      later.reduce((sum, { edits }) => sum + edits, 0),
    );
    assert.ok(then.ahead > 100, String(then.ahead));
  });

  test("are of a part of the period, and of commits with lines of people", () => {
    const day = summary.requests.days.find(({ requests }) => requests > 0)!;
    const within = { from: day.day, to: day.day };
    assert.equal(rows({ origin: ai, of: "requests", within }).length, day.requests);
    const days = new Set(
      pages({ origin: ai, of: "kind", within: { from: "2026-11-02", to: "2026-11-06" } })
        .flatMap(({ edits }) => edits)
        .map(({ at }) => new Date(at).toISOString().slice(0, 10)),
    );
    assert.ok([...days].every((each) => each >= "2026-11-02" && each <= "2026-11-06") && days.size > 1);
    const human = rows({ origin: { kind: "human" }, of: "humanCommits" });
    const all = fates.commits(undefined, 0)!.filter(({ day: each }) => summary.from <= each);
    assert.equal(
      human.length,
      all.filter(({ known, ai: lines }) => known > Object.values(lines).reduce((sum, each) => sum + each, 0))
        .length,
    );
  });

  test("are of the cases that a metric counts", () => {
    const { requests, practice } = summary;
    const own = practice.commits!;
    const fateOfAi = summary.fates!.kinds.find(({ origin }) => origin.kind === "ai")!;
    const heavy = requests.days.reduce((sum, { byTier }) => sum + byTier.heavy, 0);
    const counted = {
      A2: own.toldAi,
      Q10: own.tests.cases,
      R3: requests.tasks.nothing,
      C7: heavy,
      C13: own.withAi,
      P1: own.own,
      Q4: fateOfAi.rework.find(({ days }) => days === 21)!.commits,
      Q5: fateOfAi.commits,
      Q6: fateOfAi.reverts.find(({ days }) => days === 30)!.of,
      C8: requests.groups.reduce((sum, { lightHeavyTasks }) => sum + lightHeavyTasks, 0),
      R2: requests.groups.reduce((sum, { smoothTasks }) => sum + smoothTasks, 0),
      R4: summary.retention.find(({ dueMs }) => dueMs === takenBackAtMs)!.reverted,
    };
    for (const [id, count] of Object.entries(counted)) {
      assert.ok(count > 0, id);
      const listed = pages(behindMetric(id)!).map((page) => page.rows?.length ?? page.edits.length);
      assert.equal(
        listed.reduce((sum, length) => sum + length, 0),
        count,
        id,
      );
    }
  });

  test("leave out commits of others and merges where a metric is of one's own", () => {
    const [held] = fates.commits(undefined, 0)!.filter(({ ai: lines }) => Object.keys(lines).length > 0);
    const commit: CommitOfDay = { ...held!, testFiles: 1, sourceFiles: 1, lines: 2, known: 2 };
    const made = (changes: Partial<CommitOfDay>) => ({ ...commit, ...changes });
    const commits = [
      ...[commit, made({ id: "others", isMine: false }), made({ id: "merge", isMerge: true })],
      ...[made({ id: "nobody", isMine: null }), made({ id: "unknown", known: 0 })],
      made({ id: "untested", testFiles: 0 }),
    ];
    const range = { from: commit.day, to: commit.day, workspaces: undefined };
    const listed = (id: string) =>
      rowsBehind(behindMetric(id)!, range, {
        store,
        commits: () => commits,
        watched: () => [],
        now,
      })!.rows.map((row) => row.row === "commit" && row.commit);
    assert.deepEqual(listed("A2").sort(), [commit.id, "untested"].sort());
    assert.deepEqual(listed("Q10").sort(), [commit.id, "unknown"].sort());
    assert.deepEqual(listed("C13").sort(), [commit.id, "unknown", "untested"].sort());
  });
});
