import { css, html, nothing } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import "../charts/curve.ts";
import type { CurveSeries, Moment } from "../charts/curve.ts";
import { isSure } from "../charts/whisker.ts";
import { act } from "../parts/act.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/figure.ts";
import { measuresCard } from "../parts/measures.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { SummaryView } from "./summaryView.ts";
import "./fates.ts";

/** Whether it lasts, and who mends it. */
export class Quality extends SummaryView {
  static override styles = [
    base,
    tables,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
      .note {
        margin-block-start: 8px;
      }
      @container (min-width: 608px) {
        .curve {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  protected override render() {
    const { language, summary } = this;
    const rows = scorecardOf(summary).filter(
      ({ metric }) => metric.dimension === "quality" && !needsOrg(metric),
    );
    return html`<div class="cards">
      ${this.#retention()}
      <kept-fates
        class="wide"
        .language=${language}
        .summary=${summary}
        .openTables=${this.openTables}
      ></kept-fates>
      ${measuresCard(language, summary, rows)}
    </div>`;
  }

  #retention() {
    const { language, summary } = this;
    const { text, plural, fill, percent } = language;
    const { retention, keptHuman } = summary;
    const isFollowed = retention.some(({ left }) => left.n > 0);
    const apart = retention.reduce((sum, point) => sum + point.apart, 0);
    return html`<kept-figure
      class="card curve"
      .language=${language}
      .definition=${new Definitions(language, summary).retention()}
      heading=${text.quality.retention}
      .hasTable=${isFollowed}
      .tableOpen=${isFollowed && this.openTables.includes("retention")}
      @table=${() => act(this, { type: "tableToggled", table: "retention" })}
    >
      ${
        isFollowed
          ? html`<kept-curve
                .language=${language}
                .series=${this.#series()}
                .moments=${this.#moments()}
                .sampleOf=${({ n }: MeasuredShare) => plural(text.counts.aiEdits, n)}
                heading=${text.quality.retention}
              ></kept-curve>
              <div slot="table">${this.#table()}</div>`
          : html`<p>${text.quality.retentionNone}</p>
              <p class="small note">${text.quality.retentionWhy}</p>`
      }
      ${
        isFollowed && isSure(keptHuman)
          ? html`<p class="small note">${fill(text.quality.typed, { share: percent(keptHuman.value) })}</p>`
          : nothing
      }
      ${apart === 0 ? nothing : html`<p class="small">${plural(text.quality.apart, apart)}</p>`}
    </kept-figure>`;
  }

  #series(): readonly CurveSeries[] {
    const { kinds } = this.language.text;
    const definition = new Definitions(this.language, this.summary).retention();
    return [
      { kind: "ai", name: kinds.ai, definition, shares: this.summary.retention.map(({ left }) => left) },
    ];
  }

  /** The times are told apart by place, not by distance: most of them lie in the first minutes. */
  #moments(): readonly Moment[] {
    const { retention } = this.summary;
    const last = Math.max(1, retention.length - 1);
    return retention.map(({ dueMs }, index) => ({
      name: this.#after(dueMs),
      tick: this.language.duration(dueMs),
      position: index / last,
    }));
  }

  #after(dueMs: number): string {
    const { text, fill, duration } = this.language;
    return dueMs === 0 ? text.quality.atOnce : fill(text.quality.after, { time: duration(dueMs) });
  }

  #table() {
    const { language, summary } = this;
    const { text, percent, interval, count } = language;
    const { quality } = text;
    return html`<table>
      <caption class="unseen">
        ${quality.retention}
      </caption>
      <thead>
        <tr>
          <th scope="col">${quality.retentionHead}</th>
          <th scope="col">${quality.retentionLeft}</th>
          <th scope="col">${quality.retentionInterval}</th>
          <th scope="col">${quality.retentionSample}</th>
        </tr>
      </thead>
      <tbody>
        ${summary.retention.map(
          ({ dueMs, left }) =>
            html`<tr>
              <th scope="row">${language.duration(dueMs)}</th>
              <td>${isSure(left) ? percent(left.value) : text.kept.mark}</td>
              <td>
                ${left.low === null || left.high === null ? text.nothing : interval(left.low, left.high)}
              </td>
              <td>${count(left.n)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.define("kept-quality", Quality);
