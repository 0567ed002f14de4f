import { css, html, nothing } from "lit";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import "../charts/bars.ts";
import type { Bars, BarSeries } from "../charts/bars.ts";
import { isSure } from "../charts/whisker.ts";
import { act } from "../parts/act.ts";
import { connectButton } from "../parts/actions.ts";
import { CostDefinitions } from "../parts/costDefinitions.ts";
import type { Definition } from "../parts/explained.ts";
import "../parts/figure.ts";
import { measuresCard } from "../parts/measures.ts";
import { notices } from "../parts/notice.ts";
import { requestsBehind } from "../parts/metricBehind.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import {
  dayBars,
  inDollars,
  moneyWords,
  tiers,
  tierTones,
  unpricedTiers,
  type RequestDay,
} from "./costParts.ts";
import "./dearest.ts";
import "./latencies.ts";
import { paceCard } from "./pace.ts";
import { perChangeCard } from "./perChange.ts";
import { barsTable, modelsTable, outcomesTable, tasksTable, tokensTable } from "./costTables.ts";
import { SummaryView } from "./summaryView.ts";

/** What it cost, what it was for, and where one waits. */
export class Cost extends SummaryView {
  static override styles = [
    base,
    tables,
    notices,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
      .figure {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
        margin-block-end: 12px;
      }
      .figure > div {
        flex: 1 1 140px;
      }
      .large {
        font-size: 2.6em;
        line-height: 1.15;
        font-weight: 300;
        letter-spacing: -0.02em;
      }
      .middle {
        font-size: 1.6em;
        font-weight: 300;
      }
      .missing {
        margin-block-end: 12px;
        padding: 8px 16px;
        border: 1px dashed var(--vscode-descriptionForeground);
        border-radius: 4px;
      }
      .amounts th.model {
        max-inline-size: 0;
        inline-size: 100%;
        white-space: normal;
      }
      @container (max-width: 440px) {
        .model .small {
          display: block;
          inline-size: 100cqi;
        }
      }
      .clip {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    const { language, summary } = this;
    const rows = scorecardOf(summary).filter(
      ({ metric }) => ["cost", "speed"].includes(metric.dimension) && !needsOrg(metric),
    );
    const { requests } = summary;
    const definitions = new CostDefinitions(language, summary);
    return html`<div class="cards">
      ${
        requests.requests === 0
          ? this.#nothing()
          : html`${this.#spend(requests, definitions)} ${this.#tokens(requests, definitions)}
            ${this.#tasks(requests, definitions)} ${perChangeCard(this, language, summary)}
            ${this.#tiers(requests, definitions)} ${this.#dearest(requests, definitions)}
            ${this.#models(definitions)} ${this.#latencies(requests, definitions)}`
      }
      ${paceCard(this, language, summary)} ${measuresCard(language, summary, rows)}
    </div>`;
  }

  #nothing() {
    const { cost } = this.language.text;
    return html`<div class="card wide">
      <div class="block">
        <h2>${cost.empty}</h2>
        <p>${cost.emptyWhy}</p>
        <ul>
          ${cost.emptyList.map((item) => html`<li>${item}</li>`)}
        </ul>
        <div class="buttons">${connectButton(this, this.language)}</div>
      </div>
    </div>`;
  }

  #spend({ spend, requests, billed, days }: RequestSummary, definitions: CostDefinitions) {
    const { language } = this;
    const { text, fill, plural, decimal } = language;
    const amounts = billed.map(({ currency, nano }) => `${decimal(nano / 1e9)} ${currency}`).join(", ");
    const isPriced = spend.nanoUsd !== null;
    const partsOf = ({ spendByTier }: RequestDay) => tiers.map((tier) => inDollars(spendByTier[tier]));
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definitions.spend()}
      heading=${text.cost.spend}
      .hasTable=${isPriced}
      .tableOpen=${isPriced && this.openTables.includes("spend")}
      @table=${() => act(this, { type: "tableToggled", table: "spend" })}
    >
      <div class="figure">
        ${this.#number("large", moneyWords(language, spend.nanoUsd), definitions.spend())}
        <div>
          <p>${fill(text.cost.spendOf, { requests: plural(text.cost.requests, requests) })}</p>
          ${
            spend.unpricedRequests === 0
              ? nothing
              : html`<p class="small">${plural(text.cost.unpricedWhat, spend.unpricedRequests)}</p>`
          }
          ${amounts === "" ? nothing : html`<p class="small">${fill(text.cost.billed, { amounts })}</p>`}
        </div>
      </div>
      ${
        isPriced
          ? this.#bars(
              text.cost.spend,
              days,
              partsOf,
              this.#series(definitions, definitions.spend()),
              (amount, isLacking, beside) =>
                amount === 0 && isLacking === true ? text.cost.unpriced : language.money(amount, beside),
              unpricedTiers,
            )
          : nothing
      }
    </kept-figure>`;
  }

  #tokens({ cacheShare }: RequestSummary, definitions: CostDefinitions) {
    const { language } = this;
    const { text, percent, interval } = language;
    const { low, high } = cacheShare;
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definitions.tokens()}
      heading=${text.cost.tokensTitle}
    >
      ${
        isSure(cacheShare)
          ? html`<div class="figure">
              ${this.#number("middle", percent(cacheShare.value), definitions.cacheShare())}
              <div>
                <p>${text.cost.cached}</p>
                ${low === null || high === null ? nothing : html`<p class="small">${interval(low, high)}</p>`}
              </div>
            </div>`
          : nothing
      }
      ${tokensTable(language, this.summary)}
    </kept-figure>`;
  }

  #tasks({ tasks }: RequestSummary, definitions: CostDefinitions) {
    const { language } = this;
    const { text, fill } = language;
    const { costPerKeptChange: amount } = tasks;
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definitions.outcomes()}
      heading=${text.cost.outcomes}
      .hasTable=${tasks.byType.length > 0}
      .tableOpen=${this.openTables.includes("tasks")}
      @table=${() => act(this, { type: "tableToggled", table: "tasks" })}
    >
      ${
        amount.nanoUsd !== null && amount.needsMore === 0
          ? html`<div class="figure">
              ${this.#number("middle", moneyWords(language, amount.nanoUsd), definitions.perChange())}
              <div>
                <p>${text.cost.perChangeOf}</p>
                ${
                  amount.low === null || amount.high === null
                    ? nothing
                    : html`<p class="small">
                        ${fill(text.scorecard.interval, {
                          low: moneyWords(language, amount.low, amount.nanoUsd),
                          high: moneyWords(language, amount.high, amount.nanoUsd),
                        })}
                      </p>`
                }
              </div>
            </div>`
          : html`<p class="missing">
              ${text.kept.mark} ${fill(text.cost.perChangeFew, { n: amount.needsMore })}
            </p>`
      }
      ${outcomesTable(language, this.summary)}
      <div slot="table">${tasksTable(language, tasks)}</div>
    </kept-figure>`;
  }

  #tiers({ days }: RequestSummary, definitions: CostDefinitions) {
    const { language } = this;
    const { text, short } = language;
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${definitions.tiers()}
      heading=${text.cost.tiers}
      hasTable
      .tableOpen=${this.openTables.includes("tiers")}
      @table=${() => act(this, { type: "tableToggled", table: "tiers" })}
    >
      ${this.#bars(
        text.cost.tiers,
        days,
        ({ byTier }) => tiers.map((tier) => byTier[tier]),
        this.#series(definitions, definitions.tiers()),
        (amount) => short(Math.round(amount)),
      )}
    </kept-figure>`;
  }

  #dearest({ dearest, tasks }: RequestSummary, definitions: CostDefinitions) {
    const { language, summary } = this;
    if (tasks.tasks === 0) return nothing;
    return html`<kept-figure
      class="card half"
      .language=${language}
      .definition=${definitions.dearest()}
      heading=${language.text.cost.dearest}
    >
      ${
        dearest.length === 0
          ? html`<p class="small">${language.text.cost.dearestNone}</p>`
          : html`<kept-dearest .language=${language} .summary=${summary}></kept-dearest>`
      }
    </kept-figure>`;
  }

  #latencies({ latency }: RequestSummary, definitions: CostDefinitions) {
    const { language, summary } = this;
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${definitions.latencies()}
      heading=${language.text.cost.latencies}
    >
      ${
        latency === null
          ? html`<p class="small">${language.text.cost.latenciesNone}</p>`
          : html`<kept-latencies .language=${language} .summary=${summary}></kept-latencies>`
      }
    </kept-figure>`;
  }

  #models(definitions: CostDefinitions) {
    const { language } = this;
    return html`<kept-figure
      class="card half"
      .language=${language}
      .definition=${definitions.models()}
      heading=${language.text.cost.models}
    >
      ${modelsTable(language, this.summary)}
    </kept-figure>`;
  }

  /** One for each tier, with how many requests went to it. */
  #series(definitions: CostDefinitions, of: Definition): readonly BarSeries[] {
    const { days } = this.summary.requests;
    return tiers.map((tier) => ({
      name: this.language.text.cost.tierNames[tier],
      tone: tierTones[tier],
      definition: definitions.tier(
        tier,
        of,
        days.reduce((sum, { byTier }) => sum + byTier[tier], 0),
      ),
    }));
  }

  #bars(
    heading: string,
    days: RequestSummary["days"],
    partsOf: (day: RequestDay) => readonly number[],
    series: readonly BarSeries[],
    write: Bars["write"],
    lackingOf?: (day: RequestDay) => readonly boolean[],
  ) {
    const { language } = this;
    const bars = dayBars(language, days, partsOf, lackingOf);
    const names = series.map(({ name }) => name);
    return html`<kept-bars
        .language=${language}
        .series=${series}
        .bars=${bars}
        .write=${write}
        .behind=${requestsBehind}
        heading=${heading}
        all=${language.text.cost.whole}
      ></kept-bars>
      <div slot="table">${barsTable(language, heading, names, bars, write)}</div>`;
  }

  #number(look: "large" | "middle", text: string, definition: Definition) {
    return html`<kept-explained
      class=${look}
      .language=${this.language}
      .definition=${definition}
      text=${text}
    ></kept-explained>`;
  }
}

customElements.define("kept-cost", Cost);
