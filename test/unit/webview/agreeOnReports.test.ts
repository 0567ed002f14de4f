import assert from "node:assert/strict";
import { halfLifeWords, livesLines } from "../../../core/fate/fateWords.ts";
import { amountWords } from "../../../core/metrics/amountWords.ts";
import { plainText } from "../../../core/report/plainText.ts";
import { reportMarkdown, reportOf } from "../../../core/report/report.ts";
import { reportHtml } from "../../../core/report/reportHtml.ts";
import { perChangeWords } from "../../../core/report/requestLines.ts";
import { reportSchema } from "../../../protocol/report.ts";
import type { Question, Summary } from "../../../protocol/summary.ts";
import type { FatesReader } from "../../../server/fate/fatesReader.ts";
import type { Host } from "../../../server/host.ts";
import { readSummary } from "../../../server/numbers/readSummary.ts";
import type { Store } from "../../../server/store/store.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { english } from "../../../webview/strings.ts";
import { halfLifeShown } from "../../../webview/views/lives.ts";
import { openDemonstration } from "../../support/demonstration.ts";

const now = Date.UTC(2026, 10, 20, 16);
const language = makeLanguage("en", english);
const question: Question = { days: 30, scope: "all" };
const range = { from: "2026-10-22", to: "2026-11-20", workspaces: undefined };

suite("The panel, the report and the store, in every form of the report", () => {
  let store: Store;
  let host: Host;
  let summary: Summary;
  let fates: FatesReader;
  let close: () => void;

  suiteSetup(async function () {
    this.timeout(90_000);
    ({ store, host, fates, close } = openDemonstration(now));
    summary = await readSummary(store, host, question, undefined, { isCompared: true, fates });
  });
  suiteTeardown(() => close());

  test("give what a kept change costs by week, latency by tier and edits dated ahead, in every form", async () => {
    const sums = store.requests.sums(range);
    const earlier = { ...host, now: () => now - 5 * 86_400_000 };
    const asked = await readSummary(store, earlier, question, undefined, { fates });
    const { tasks, latencyByTier } = asked.requests;
    const to = "2026-11-15";
    const ahead = store
      .readDaySums({ from: "2026-11-16", to: "2026-11-20", workspaces: undefined })
      .reduce((sum, { edits }) => sum + edits, 0);
    assert.ok(asked.ahead > 0 && asked.ahead === ahead && asked.to === to);
    const last = tasks.costOfWeeks.at(-1)!;
    const ofLast = store.requests
      .tasks({ from: last.from, to, workspaces: undefined })
      .filter(({ requests, unpriced }) => requests > 0 && unpriced === 0);
    const total = (part: (task: (typeof ofLast)[number]) => number) =>
      ofLast.reduce((sum, task) => sum + part(task), 0);
    const byHand = total(({ costNano }) => costNano) / total(({ keptChanges }) => keptChanges);
    assert.ok(Math.abs(last.perKeptChange.nanoUsd! - byHand) < 1e-6 * byHand);
    const timed = sums
      .filter(({ day }) => asked.from <= day && day <= to)
      .flatMap(({ latencies }) => latencies)
      .reduce((sum, [, requests]) => sum + requests, 0);
    const early = store.requests
      .sums({ from: asked.from, to: "2026-10-21", workspaces: undefined })
      .flatMap(({ latencies }) => latencies)
      .reduce((sum, [, requests]) => sum + requests, 0);
    assert.equal(
      latencyByTier.reduce((sum, { latency }) => sum + latency.requests, 0),
      timed + early,
    );
    assert.ok(latencyByTier.length >= 2 && tasks.costOfWeeks.length === 5);
    const report = reportSchema.parse(JSON.parse(JSON.stringify(reportOf(asked))));
    assert.deepEqual(
      [report.ahead, report.costOfWeeks, report.latencyByTier],
      [ahead, tasks.costOfWeeks, latencyByTier],
    );
    const markdown = reportMarkdown(asked);
    const forms = [markdown, plainText(markdown), reportHtml(asked, [])];
    const said = [
      ...tasks.costOfWeeks.flatMap((week) => [week.from, perChangeWords(week.perKeptChange)]),
      ...latencyByTier.flatMap(({ tier, latency }) => [
        tier,
        amountWords(latency.medianMs, "ms"),
        String(latency.requests),
      ]),
      `${ahead} edits, in no number until that day`,
    ];
    for (const form of forms) for (const words of said) assert.ok(form.includes(words), words);
    assert.doesNotMatch(reportMarkdown(summary), /Dated later/);
  });

  test("give the same half-lives and hazard ratio", () => {
    const { lives } = summary.fates!;
    assert.deepEqual(reportOf(summary).fates!.lives, lives);
    assert.ok(lives.halfLives.length === 2 && lives.hazardRatio, JSON.stringify(lives));
    const markdown = reportMarkdown(summary);
    for (const form of [markdown, plainText(markdown)])
      for (const line of livesLines(lives)) assert.ok(form.includes(line), line);
    const page = reportHtml(summary, []);
    for (const line of livesLines(lives)) assert.ok(page.includes(escaped(line)), line);
    for (const each of lives.halfLives) {
      const shown = halfLifeShown(language, each)!;
      assert.ok(halfLifeWords(each).startsWith(shown), `${shown}, ${halfLifeWords(each)}`);
    }
  });
});

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;");
}
