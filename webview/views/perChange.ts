import { html } from "lit";
import type { MeasuredAmount } from "../../protocol/requestSummary.ts";
import type { Summary } from "../../protocol/summary.ts";
import "../charts/weeks.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { CostDefinitions } from "../parts/costDefinitions.ts";
import "../parts/figure.ts";
import { pricedTasks } from "../parts/metricBehind.ts";
import { inDollars, moneyWords } from "./costParts.ts";
import type { SummaryView } from "./summaryView.ts";

/** What a kept change costs, week by week, each in its interval. */
export function perChangeCard(view: SummaryView, language: Language, summary: Summary) {
  const { text, fill, day, period, plural, money } = language;
  const { cost } = text;
  const { costOfWeeks, costPerKeptChange: whole } = summary.requests.tasks;
  const weeks = costOfWeeks.map(({ from, to, perKeptChange }) => ({
    name: period(from, to),
    tick: day(from),
    within: { from, to },
    ...known(perKeptChange),
    words: `${amountWords(language, perKeptChange)} (${plural(cost.tasks, perKeptChange.n)})`,
  }));
  const isDrawn = weeks.some(({ value }) => value !== null);
  const least = whole.n + whole.needsMore;
  const usual =
    whole.low === null || whole.high === null
      ? null
      : { low: inDollars(whole.low), high: inDollars(whole.high) };
  return html`<kept-figure
    class="card wide"
    .language=${language}
    .definition=${new CostDefinitions(language, summary).perChangeOfWeeks()}
    heading=${cost.perChangeWeeks}
    .hasTable=${isDrawn}
    .tableOpen=${isDrawn && view.openTables.includes("perChange")}
    @table=${() => act(view, { type: "tableToggled", table: "perChange" })}
  >
    ${
      isDrawn
        ? html`<kept-weeks
              .language=${language}
              .weeks=${weeks}
              .usual=${usual}
              .write=${money}
              .behind=${pricedTasks}
              usualWords=${
                usual === null
                  ? text.nothing
                  : fill(cost.perChangeUsual, { low: money(usual.low, usual.high), high: money(usual.high) })
              }
              heading=${cost.perChangeWeeks}
            ></kept-weeks>
            <table slot="table" class="amounts">
              <caption class="unseen">
                ${cost.perChangeWeeks}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${cost.from}</th>
                  <th scope="col">${cost.perChange}</th>
                </tr>
              </thead>
              <tbody>
                ${weeks.map(
                  ({ name, words }) =>
                    html`<tr>
                      <th scope="row">${name}</th>
                      <td>${words}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
        : html`<p>${text.kept.mark} ${fill(cost.perChangeWeeksFew, { n: least })}</p>`
    }
  </kept-figure>`;
}

/** In dollars; nothing where there are too few tasks. */
function known({ nanoUsd, low, high, needsMore }: MeasuredAmount) {
  if (nanoUsd === null || needsMore > 0) return { value: null };
  const bounds = low === null || high === null ? {} : { low: inDollars(low), high: inDollars(high) };
  return { value: inDollars(nanoUsd), ...bounds };
}

function amountWords(language: Language, { nanoUsd, low, high, needsMore }: MeasuredAmount): string {
  const { text, fill } = language;
  if (nanoUsd === null || needsMore > 0) return text.kept.notEnough;
  const amount = moneyWords(language, nanoUsd);
  if (low === null || high === null) return amount;
  const bounds = { low: moneyWords(language, low, nanoUsd), high: moneyWords(language, high, nanoUsd) };
  return fill(text.cost.interval, { amount, ...bounds });
}
