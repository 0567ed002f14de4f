import assert from "node:assert/strict";
import { measureSummary } from "../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../core/metrics/metrics.ts";
import { inputs } from "../../../core/metrics/metric.ts";
import { reportMarkdown, reportOf } from "../../../core/report/report.ts";
import { reportHtml } from "../../../core/report/reportHtml.ts";
import { nowWords, targetWords, wayLines } from "../../../core/report/reportWords.ts";
import { originKey } from "../../../core/origin/originKey.ts";
import { sampleTimes } from "../../../core/retention/sampleTimes.ts";
import type { EditsQuestion } from "../../../protocol/editsBehind.ts";
import type { Question, Summary } from "../../../protocol/summary.ts";
import { reportSchema } from "../../../protocol/report.ts";
import { reportCommand } from "../../../server/commands/report.ts";
import type { FatesReader } from "../../../server/fate/fatesReader.ts";
import { readEditsBehind } from "../../../server/numbers/editsBehind.ts";
import { keepAims } from "../../../server/numbers/aims.ts";
import { readSummary } from "../../../server/numbers/readSummary.ts";
import type { Host } from "../../../server/host.ts";
import type { Store } from "../../../server/store/store.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { originRows } from "../../../webview/origins.ts";
import { behindMetric } from "../../../webview/parts/metricBehind.ts";
import { metricDefinition, valueWords } from "../../../webview/parts/metricWords.ts";
import { scorecardOf } from "../../../webview/scorecard.ts";
import { english } from "../../../webview/strings.ts";
import { toolRows } from "../../../webview/views/toolRows.ts";
import { openDemonstration } from "../../support/demonstration.ts";

const now = Date.UTC(2026, 10, 20, 16);
const language = makeLanguage("en", english);
const question: Question = { days: 30, scope: "all" };
const range = { from: "2026-10-22", to: "2026-11-20", workspaces: undefined };

suite("The panel, the report and the store", () => {
  let store: Store;
  let host: Host;
  let summary: Summary;
  let fates: FatesReader;
  let folder: string;
  let open: () => Store;
  let close: () => void;

  suiteSetup(async function () {
    this.timeout(90_000);
    ({ store, host, fates, folder, open, close } = openDemonstration(now));
    keepAims(store, { targets: {}, baselineBefore: "", budgetUsd: 400 });
    summary = await readSummary(store, host, question, undefined, {
      isCompared: true,
      fates,
    });
  });
  suiteTeardown(() => close());

  test("give the same metrics, word for word and number for number", () => {
    const report = new Map(reportOf(summary).metrics.map((metric) => [metric.id, metric]));
    let numbers = 0;
    for (const row of scorecardOf(summary)) {
      const { metric, measured } = row;
      const reported = report.get(metric.id)!;
      assert.deepEqual(
        [
          reported.value,
          reported.low,
          reported.high,
          reported.n,
          reported.verdict,
          reported.needsMore,
          reported.trend,
          reported.past,
        ],
        [
          measured.value,
          measured.low,
          measured.high,
          measured.n,
          measured.verdict,
          measured.needsMore,
          measured.trend,
          measured.past,
        ],
        metric.id,
      );
      if (measured.value === null) continue;
      numbers += 1;
      assert.doesNotMatch(valueWords(language, metric.unit, measured.value), /NaN|undefined|Infinity/);
      assert.equal(metricDefinition(language, row, "").meaning, metric.definition);
    }
    assert.ok(numbers >= 8, `${numbers} metrics have a number`);
  });

  test("give every metric as text and as a page as the panel has it", () => {
    const [markdown, page] = [reportMarkdown(summary), reportHtml(summary, [])];
    const shown = scorecardOf(summary).filter(({ metric }) => inputs[metric.input].atHand);
    assert.ok(shown.length >= 30, String(shown.length));
    for (const { metric, measured } of shown) {
      const name = `${metric.id} ${metric.name}`;
      const row = `| ${name} | ${nowWords(measured)} | ${targetWords(measured)} | `;
      assert.ok(markdown.includes(row), row);
      const cells = page.split(`>${escaped(name)}<`)[1]?.split("</tr>")[0];
      assert.ok(cells?.includes(escaped(nowWords(measured))), name);
    }
  });

  test("judge by what the person aims at, in the panel, the report and the command's JSON alike", async () => {
    assert.equal(scorecardOf(summary).find(({ metric }) => metric.id === "A1")!.isOwnTarget, false);
    const targets = {
      Q4: { requirement: 0.9, baseline: 0.5, ceiling: 0.02 },
      R1: { requirement: 0.5 },
      C2: { ceiling: 0 },
    };
    keepAims(store, { targets, baselineBefore: "2026-03-01", budgetUsd: 200 });
    const aimed = await readSummary(store, host, question, undefined, { fates });
    const printed = await reportCommand(["--json"], { host, folder, openStore: open });
    keepAims(store, { targets: {}, baselineBefore: "", budgetUsd: 400 });
    const { metrics: inReport } = reportSchema.parse(JSON.parse(printed.stdout));
    const report = new Map(inReport.map((metric) => [metric.id, metric]));
    const rows = new Map(scorecardOf(aimed).map((row) => [row.metric.id, row]));
    const told = ["Q4", "R1", "C2", "A1", "C9"].map((id) => {
      const { value, target, baseline, ceiling, verdict } = report.get(id)!;
      const { measured } = rows.get(id)!;
      assert.deepEqual(
        [measured.value, measured.target, measured.baseline, measured.ceiling, measured.verdict],
        [value, target, baseline, ceiling, verdict],
      );
      return [target, baseline, ceiling, verdict];
    });
    assert.deepEqual(told, [
      [0.9, 0.5, 0.02, "meets"],
      [0.5, null, null, "meets"],
      [null, null, 0, null],
      [0.6, null, null, told[3]![3]],
      [1, null, null, "meets"],
    ]);
    const budgetOf = (from: Summary) => measureSummary(from).find(({ id }) => id === "C9")!.value!;
    assert.ok(Math.abs(budgetOf(aimed) - 2 * budgetOf(summary)) < 1e-9, "half the budget");
    const rework = rows.get("Q4")!;
    assert.equal(targetWords(rework.measured), "90 %, 50 % before AI, 2 % at best");
    assert.equal(
      metricDefinition(language, rework, "").target!.replaceAll("\u202f", " "),
      "target 90 % · 50 % before AI · 2 % at best, as you set it (kept.targets)",
    );
    assert.ok(reportMarkdown(aimed).includes("90 %, 50 % before AI, 2 % at best"));
    assert.ok(reportHtml(aimed, []).includes("90 %, 50 % before AI, 2 % at best"));
    const [chosen, found] = [aimed.before?.baseline, summary.before?.baseline];
    assert.ok(chosen!.to < "2026-03-01" && found!.to > chosen!.to, `${chosen?.to}, ${found?.to}`);
    assert.equal(rows.get("Q4")!.measured.baseline, 0.5);
    assert.equal(
      scorecardOf(summary).find(({ metric }) => metric.id === "Q4")!.measured.baseline,
      found!.rework21!.value,
    );
  });

  test("give what a second look gives", async () => {
    const again = await readSummary(store, host, question, undefined, {
      isCompared: true,
      fates,
    });
    assert.deepEqual(reportOf(again), reportOf(summary));
    assert.deepEqual(again, summary);
  });

  test("measure what can be counted in the store by hand", () => {
    const sums = store.readSums(range);
    const tasks = store.requests.tasks(range);
    const total = <Row>(rows: readonly Row[], part: (row: Row) => number) =>
      rows.reduce((sum, row) => sum + part(row), 0);
    const ai = sums.filter(({ kind }) => kind === "ai");
    const human = sums.filter(({ kind }) => kind === "human");
    const chars = (rows: typeof sums) => total(rows, (row) => row.insertedChars);
    const days = (rows: typeof sums) =>
      new Set(rows.filter((row) => row.insertedChars > 0).map(({ day }) => day)).size;
    const told = tasks.flatMap(({ tried, applied }) => (tried ? [{ ...tried, applied }] : []));
    const priced = tasks.filter(({ requests, unpriced }) => requests > 0 && unpriced === 0);
    const cost = (rows: typeof tasks) => total(rows, ({ costNano }) => costNano) / 1e9;
    const commits = fates.commits(undefined, 0)!.filter(({ day }) => range.from <= day && day <= range.to);
    const ofAi = commits.filter((commit) => Object.keys(commit.ai).length > 0);
    const ofSource = ofAi.filter(({ sourceFiles }) => sourceFiles > 0);
    const funnel = (stage: string, outcomes: readonly string[]) =>
      total(
        store
          .readFunnel(range)
          .filter((row) => row.kind === "ai" && row.stage === stage && outcomes.includes(row.outcome)),
        ({ edits }) => edits,
      );
    const accepted = funnel("accepted", ["accepted", "partly", "auto"]);
    const spent = total(store.requests.sums(range), ({ costNano }) => costNano) / 1e9;
    const tokens = total(
      store.requests.sums(range),
      ({ input, output, cacheRead, cacheWrite }) => input + output + cacheRead + cacheWrite,
    );
    const byHand: Record<string, number> = {
      A1: days(ai) / days([...ai, ...human]),
      A2: ofAi.length / commits.length,
      A3: chars(ai) / chars([...ai, ...human]),
      A4: new Set(ai.flatMap(({ tool }) => tool ?? [])).size,
      Q1: accepted / (accepted + funnel("accepted", ["rejected"])),
      Q2: funnel("keptAt15", ["kept"]) / funnel("keptAt15", ["kept", "gone"]),
      Q11: funnel("repeated", ["some"]) / funnel("repeated", ["some", "none"]),
      Q12: funnel("problems", ["more"]) / funnel("problems", ["more", "none"]),
      Q10: ofSource.filter(({ testFiles }) => testFiles > 0).length / ofSource.length,
      R1: total(told, ({ failed }) => failed) / total(told, ({ failed, applied }) => failed + applied),
      R2: told.filter(({ failed, rejected }) => failed + rejected === 0).length / told.length,
      C1: tokens,
      C3: cost(priced) / total(priced, ({ keptChanges }) => keptChanges),
      C5: cost(priced) / total(priced, ({ changes }) => changes),
      C10: cost(priced.filter(({ keptChanges }) => keptChanges > 0)) / cost(priced),
      C13: spent / ofAi.length,
      P3: total(ai, ({ edits }) => edits) / commits.length,
      G1: 1 - chars(sums.filter(({ kind }) => kind === "unknown")) / chars(sums),
    };
    const measured = new Map(measureSummary(summary).map((each) => [each.id, each]));
    for (const [id, value] of Object.entries(byHand)) {
      const found = measured.get(id)!.value;
      assert.ok(
        found !== null && Math.abs(found - value) < 1e-9 * Math.max(1, value),
        `${id}: ${found}, by hand ${value}`,
      );
    }
  });

  test("give the same funnel, which is what became of every single edit on record", async () => {
    for (const days of [30, 90]) {
      const asked = days === 30 ? summary : await readSummary(store, host, { days, scope: "all" }, undefined);
      const { way, edits } = asked.funnel;
      const reached = way.map(() => 0);
      let all = 0;
      for (const { row } of store.readAll("edit", { after: 0, limit: 1e6, from: asked.from })) {
        if (row["kind"] !== "ai" || row["insertedChars"] === 0) continue;
        all += 1;
        const stages = store.readStages(String(row["id"]));
        const isAlive = stages.aliveAt30 === "alive";
        const through = [
          stages.accepted !== "rejected" && stages.accepted !== undefined,
          stages.keptAt15 === "kept" || (isAlive && stages.keptAt15 !== "gone"),
          stages.saved === "saved",
          stages.committed === "committed",
          isAlive,
        ];
        const first = through.indexOf(false);
        for (let step = 0; step < (first < 0 ? through.length : first); step++) reached[step]! += 1;
      }
      assert.deepEqual([edits, way.map((step) => step.reached)], [all, reached]);
      assert.ok(
        reached.every((each, step) => step === 0 || each <= reached[step - 1]!),
        reached.join(),
      );
      const [markdown, page] = [reportMarkdown(asked), reportHtml(asked, [])];
      for (const line of wayLines(way)) {
        assert.ok(markdown.includes(`- ${line}\n`), line);
        assert.ok(page.includes(`<li>${escaped(line)}</li>`), line);
      }
      assert.deepEqual(reportOf(asked).funnel, asked.funnel);
      if (days === 90) assert.ok(reached.at(-1)! > 100, reached.join());
    }
  });

  test("give the same origins, which are those of the store", () => {
    const sums = new Map<string, { edits: number; insertedChars: number; keptChars: number }>();
    for (const row of store.readSums(range)) {
      const { kind, tool, model, mode } = row;
      const key = JSON.stringify([kind, tool, model, mode]);
      const known = sums.get(key) ?? { edits: 0, insertedChars: 0, keptChars: 0 };
      sums.set(key, {
        edits: known.edits + row.edits,
        insertedChars: known.insertedChars + row.insertedChars,
        keptChars: known.keptChars + row.keptChars,
      });
    }
    const inStore = [...sums.values()].map((each) => Object.values(each).join()).sort();
    const inReport = reportOf(summary)
      .origins.map(({ edits, insertedChars, keptChars }) => [edits, insertedChars, keptChars].join())
      .sort();
    assert.deepEqual(inReport, inStore);
    assert.deepEqual(
      summary.origins.map(({ origin }) => originKey(origin)),
      reportOf(summary).origins.map(({ origin }) => origin),
    );
    const shown = originRows(summary.origins, language);
    const total = (rows: readonly { edits: number }[]) => rows.reduce((sum, { edits }) => sum + edits, 0);
    assert.equal(total(shown), summary.edits);
    const ai = summary.origins.filter(({ origin }) => origin.kind === "ai");
    assert.equal(total(toolRows(summary, language).rows), total(ai));
  });

  test("list the requests, tasks and commits behind numbers, and the edits of which something was found", () => {
    const behind = (
      of: EditsQuestion["of"],
      found?: EditsQuestion["found"],
      cases?: EditsQuestion["cases"],
    ) =>
      readEditsBehind(
        ...([
          store,
          host,
          {
            question,
            origin: { kind: "ai" },
            of,
            order: "newest",
            ...(found && { found }),
            ...(cases && { cases }),
          },
        ] as const),
        ...([undefined, fates] as const),
      );
    const all = store.requests.tasks(range);
    const newestTask = all.reduce((one, other) => (other.beganAt > one.beganAt ? other : one));
    const [tasks, requests] = [behind("tasks").rows!, behind("requests").rows!];
    assert.equal(tasks.length, Math.min(100, all.length));
    assert.deepEqual([tasks[0]!.at, tasks[0]!.row], [newestTask.beganAt, "task"]);
    assert.equal(requests.length, 100);
    assert.ok(requests.every(({ at }, index) => index === 0 || at <= requests[index - 1]!.at));
    const own = summary.practice.commits!;
    assert.equal(behind("ownCommits").rows!.length, Math.min(100, own.own));
    assert.equal(behind("aiCommits", undefined, "own").rows!.length, Math.min(100, own.withAi));
    const more = behind("kind", { stage: "problems", outcomes: ["more"] }).edits;
    const counted = summary.ways.reduce((sum, { problems }) => sum + problems.cases, 0);
    assert.equal(more.length, Math.min(100, counted));
    assert.ok(more.every(({ id }) => store.readStages(id).problems === "more"));
    const listed = new Set(metrics.filter(({ input }) => inputs[input].atHand).map(({ id }) => id));
    const ofNone = [...listed].filter((id) => behindMetric(id) === undefined);
    // A length, what a plan says, what the person says of edits, and a level.
    assert.deepEqual(ofNone.sort(), ["A6", "C11", "G6", "R8"]);
  });

  test("compare with the month before what that month was when it was asked for itself", async () => {
    const monthAgo = { ...host, now: () => now - 30 * 86_400_000 };
    const then = measureSummary(await readSummary(store, monthAgo, question, undefined, { fates }));
    assert.deepEqual([summary.past!.from, summary.past!.to], ["2026-09-22", "2026-10-21"]);
    assert.ok(summary.past!.metrics.length >= 5, `${summary.past!.metrics.length} are compared`);
    for (const { id, value, low, high, n } of summary.past!.metrics) {
      const was = then.find((each) => each.id === id)!;
      assert.deepEqual([was.value, was.low, was.high, was.n], [value, low, high, n], id);
    }
  });

  test("give the same curve as the samples that are on record", () => {
    for (const dueMs of sampleTimes) {
      const rows = store.readRetention(range).filter((row) => row.kind === "ai" && row.dueMs === dueMs);
      const samples = rows.reduce((sum, row) => sum + row.samples, 0);
      const point = summary.retention.find((each) => each.dueMs === dueMs)!;
      assert.equal(point.left.n, samples);
      assert.ok(samples > 100, `${samples} after ${dueMs}`);
    }
  });

  test("list exactly the edits that a number counts", () => {
    const codex = summary.origins.find(({ origin }) => originKey(origin).startsWith("ai/codex"))!;
    const { edits } = readEditsBehind(
      store,
      host,
      { question, origin: codex.origin, of: "origin", order: "leastLeft" },
      undefined,
    );
    assert.equal(edits.length, codex.edits);
    assert.equal(
      edits.reduce((sum, { keptChars }) => sum + keptChars, 0),
      codex.keptChars,
    );
  });
});

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;");
}
