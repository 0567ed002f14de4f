import assert from "node:assert/strict";
import { demoCommits, demoFates } from "../../../core/demo/commits.ts";
import { demoHistory } from "../../../core/demo/history.ts";
import { fatesOf } from "../../../core/fate/fates.ts";
import { commitsOf } from "../../../core/fate/heldCommits.ts";
import { measureSummary } from "../../../core/metrics/measureSummary.ts";
import { metrics } from "../../../core/metrics/metrics.ts";
import { reportMarkdown, reportOf } from "../../../core/report/report.ts";
import { reportHtml } from "../../../core/report/reportHtml.ts";
import { digestMarkdown, digestOf } from "../../../core/report/digest.ts";
import { seededRandom } from "../../../core/seededRandom.ts";
import { reportSchema } from "../../../protocol/report.ts";
import { summarySchema, type Summary } from "../../../protocol/summary.ts";
import type { FatesReader } from "../../../server/fate/fatesReader.ts";
import { readSummary } from "../../../server/numbers/readSummary.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { originRows } from "../../../webview/origins.ts";
import { CostDefinitions } from "../../../webview/parts/costDefinitions.ts";
import { Definitions } from "../../../webview/parts/definitions.ts";
import {
  intervalWords,
  metricDefinition,
  trendWords,
  valueWords,
} from "../../../webview/parts/metricWords.ts";
import { ToolDefinitions } from "../../../webview/parts/toolDefinitions.ts";
import { scorecardOf } from "../../../webview/scorecard.ts";
import { english } from "../../../webview/strings.ts";
import { toolRows } from "../../../webview/views/toolRows.ts";
import { hostAt } from "../../support/hostAt.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  human,
  noon,
  requestOf,
  sampleOf,
  taskEditOf,
  taskOf,
  unknown,
} from "../../support/store/rows.ts";

const dayMs = 86_400_000;
const histories = 300;
const language = makeLanguage("en", english);
const nonsense = /NaN|Infinity|undefined|\[object|-0(?![\d.])/;

/** Few of everything, much of it nothing: what divides by zero divides here. */
async function smallSummary(seed: number): Promise<Summary> {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const oneOf = <Value>(...values: readonly Value[]) => values[upTo(values.length - 1)]!;
  const store = new MemoryStore({ now: () => noon });
  const at = () => noon - upTo(oneOf(0, 3, 40)) * dayMs - upTo(1000);
  const edits = Array.from({ length: upTo(oneOf(0, 1, 3, 30)) }, (_, index) => {
    const insertedChars = oneOf(0, 0, 1, upTo(50));
    return editOf({
      ...{ id: `edit-${index}`, version: index + 2, at: at(), insertedChars, keptChars: upTo(insertedChars) },
      deletedChars: upTo(2),
      origin: oneOf(human, copilot, unknown, {
        ...copilot,
        tool: oneOf(null, "codex"),
        model: null,
        mode: null,
      }),
    });
  });
  store.write(
    batchOf({
      documents: [documentOf()],
      edits,
      samples: edits.flatMap(({ id, insertedChars }) =>
        oneOf([], [300_000], [300_000, 900_000]).map((dueMs) =>
          sampleOf({
            ...{
              editId: id,
              dueMs,
              insertedChars,
              arc: upTo(insertedChars),
              late: oneOf(true, false, false),
            },
            ...{ noRevert: oneOf(null, 0, 1), fourGram: oneOf(null, 0, 0.5) },
          }),
        ),
      ),
      stages: edits.flatMap(({ id: editId }) => [
        oneOf({ editId, stage: "problems", outcome: "more" }, { editId, stage: "repeated", outcome: "none" }),
        oneOf(
          { editId, stage: "committed", outcome: "committed" },
          { editId, stage: "accepted", outcome: "rejected" },
        ),
      ]),
      overwrites: edits
        .slice(1)
        .map(({ id }, index) => ({ editId: id, ofEditId: `edit-${index}`, chars: 1 })),
      tasks: edits.slice(0, upTo(3)).map(({ id }) => ({ editId: id, task: taskOf() })),
    }),
  );
  const task = () => taskOf({ key: `task-${upTo(2)}` });
  store.requests.write({
    requests: Array.from({ length: upTo(oneOf(0, 1, 4)) }, (_, index) =>
      requestOf({
        ...{ key: `request-${index}`, task: task(), at: at(), input: oneOf(0, 10), output: oneOf(0, 5) },
        ...{ cacheRead: 0, latencyMs: oneOf(null, 0, 900), costNano: oneOf(null, 0, 1_000_000) },
      }),
    ),
    edits: Array.from({ length: upTo(3) }, (_, index) =>
      taskEditOf({
        key: `made-${index}`,
        task: task(),
        at: at(),
        outcome: oneOf("applied", "failed", "rejected"),
      }),
    ),
  });
  const span = { lastDay: "2026-01-31", dayCount: upTo(3) };
  const made = demoHistory(span, random);
  const record = demoFates(made, demoCommits(made), {
    ...{ repository: "file:///project", now: noon, random },
    timeOf: ({ day, second }) => Date.parse(`${day}T00:00:00Z`) + second * 1000,
  });
  const records = oneOf([], [record]);
  const fates = {
    read: () => fatesOf(records, 0),
    commits: () => commitsOf(records, 0),
    baseline: () => null,
  } as unknown as FatesReader;
  return readSummary(store, hostAt(noon), { days: oneOf(1, 7, 30), scope: oneOf("all", "workspace") }, [], {
    ...{ fates, isCompared: oneOf(true, false), budgetUsd: oneOf(0, 0.01, 400) },
  });
}

suite("From few numbers", function () {
  this.timeout(120_000);
  const summaries: Summary[] = [];
  suiteSetup(async () => {
    for (let seed = 1; seed <= histories; seed++) summaries.push(await smallSummary(seed));
  });

  const each = (look: (summary: Summary, seed: number) => void) =>
    summaries.forEach((summary, index) => look(summary, index + 1));

  test("come small summaries of every kind, which are as they are declared", () => {
    each((summary, seed) => assert.ok(summarySchema.safeParse(summary).success, `seed ${seed}`));
    const some = (is: (summary: Summary) => boolean) => summaries.filter(is).length;
    assert.ok(some(({ edits }) => edits === 0) > 20 && some(({ edits }) => edits === 1) > 10);
    assert.ok(some(({ requests }) => requests.requests === 1) > 10);
    assert.ok(some(({ fates }) => fates !== null) > 20 && some(({ toolUse }) => toolUse !== null) > 20);
    assert.ok(some(({ overwrites }) => overwrites.length > 0) > 20);
  });

  test("comes no metric that is no number, lies outside its interval, or is sure of a share of one", () => {
    each((summary, seed) => {
      for (const { id, value, low, high, n, needsMore } of measureSummary(summary)) {
        const where = `${id} of seed ${seed}`;
        const { unit, leastSample } = metrics.find((metric) => metric.id === id)!;
        for (const number of [value, low, high, n, needsMore])
          assert.ok(number === null || Number.isFinite(number), `${where}: ${number}`);
        if (value === null) continue;
        assert.ok(n >= leastSample, `${where}: a value of ${n}`);
        if (low !== null && high !== null)
          assert.ok(low <= value && value <= high, `${where}: ${low} ${value} ${high}`);
        if (unit !== "share") continue;
        assert.ok(n > 1 || id === "C11", `${where}: a share of ${n}`);
        if (id !== "C9" && id !== "C11") assert.ok(value >= 0 && value <= 1, `${where}: ${value}`);
      }
    });
  });

  test("comes no report in any form that holds what is no number", () => {
    each((summary, seed) => {
      const report = reportSchema.parse(reportOf(summary));
      for (const text of [
        JSON.stringify(report),
        reportMarkdown(summary),
        reportHtml(summary, []),
        digestMarkdown(digestOf({ week: summary, fortnight: summary, tips: [] })),
      ])
        assert.doesNotMatch(text, nonsense, `seed ${seed}`);
      for (const { low, high, value, unit, n } of report.metrics)
        if (unit === "share" && n < 2)
          assert.ok(value === null || low === null || high !== low, `seed ${seed}`);
    });
  });

  test("comes nothing of the panel that holds what is no number", () => {
    each((summary, seed) => {
      const said: unknown[] = [originRows(summary.origins, language), toolRows(summary, language)];
      for (const row of scorecardOf(summary)) {
        said.push(
          metricDefinition(language, row, ""),
          intervalWords(language, row),
          trendWords(language, row),
        );
        if (row.measured.value !== null) said.push(valueWords(language, row.metric.unit, row.measured.value));
      }
      for (const definitions of [Definitions, CostDefinitions, ToolDefinitions]) {
        const made = new definitions(language, summary) as unknown as Record<string, () => unknown>;
        for (const name of Object.getOwnPropertyNames(definitions.prototype))
          if (name !== "constructor" && definitions.prototype[name as never] && made[name]!.length === 0)
            said.push(made[name]!());
      }
      assert.doesNotMatch(JSON.stringify(said), nonsense, `seed ${seed}`);
    });
  });
});
