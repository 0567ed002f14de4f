import { css, html, nothing } from "lit";
import type { Fates } from "../../protocol/fates.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import "../charts/bars.ts";
import type { Bar } from "../charts/bars.ts";
import "../charts/curve.ts";
import type { CurveSeries } from "../charts/curve.ts";
import "../charts/shares.ts";
import { isSure } from "../charts/whisker.ts";
import { act } from "../parts/act.ts";
import type { Definition } from "../parts/explained.ts";
import { commitsBehind } from "../parts/metricBehind.ts";
import "../parts/figure.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { fateOf, leastCommits, reworkedShare, survivalDays, survivalShares } from "./fateCurves.ts";
import { livesPart } from "./lives.ts";
import { SummaryView } from "./summaryView.ts";

/** The age at which rework is judged, in days. */
const reworkDays = 21;
const kinds = ["ai", "human"] as const;

/** What became of committed lines: how long they live, and who takes them away. */
export class FateFigures extends SummaryView {
  static override styles = [
    base,
    tables,
    cards,
    css`
      .lives {
        display: grid;
        gap: 0 16px;
        margin-block: 8px 0;
      }
      .lives > div {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 8px;
      }
      .lives dd {
        margin: 0;
      }
      .notes {
        margin-block-start: 8px;
      }
      kept-shares {
        margin-block-end: 12px;
      }
      .card > section {
        display: grid;
        gap: 8px;
      }
    `,
  ];

  protected override render() {
    const { fates } = this.summary;
    const { quality } = this.language.text;
    if (fates) return html`<div class="cards">${this.#survival(fates)} ${this.#rework(fates)}</div>`;
    return html`<div class="cards">
      <div class="card half">
        <section aria-labelledby="survival">
          <h2 id="survival">${quality.survival}</h2>
          <p>${quality.survivalWaits}</p>
          <p class="small">${quality.survivalHow}</p>
        </section>
      </div>
      <div class="card half">
        <section aria-labelledby="rework">
          <h2 id="rework">${quality.rework}</h2>
          <p>${quality.reworkWaits}</p>
        </section>
      </div>
    </div>`;
  }

  #survival(fates: Fates) {
    const { language } = this;
    const { text, plural } = language;
    const { quality } = text;
    const series = this.#series(fates);
    const isKnown = series.some(({ shares }) => shares.some((share) => share && isSure(share)));
    return html`<kept-figure
      class="card half"
      .language=${language}
      .definition=${this.#definition(fates, quality.survival, quality.survivalMeaning)}
      heading=${quality.survival}
      .hasTable=${isKnown}
      .tableOpen=${isKnown && this.openTables.includes("survival")}
      @table=${() => act(this, { type: "tableToggled", table: "survival" })}
    >
      ${
        isKnown
          ? html`<kept-curve
                .language=${language}
                .series=${series}
                .moments=${survivalDays.map((day) => ({
                  name: language.fill(quality.after, { time: plural(quality.days, day) }),
                  tick: language.fill(quality.dayTick, { n: day }),
                  position: day / survivalDays.at(-1)!,
                }))}
                .sampleOf=${({ n }: MeasuredShare) => plural(quality.linesWatched, n)}
                heading=${quality.survival}
              ></kept-curve>
              <div slot="table">${this.#survivalTable(series)}</div>`
          : html`<p>${text.kept.mark} ${this.#tooFew(fates)}</p>`
      }
      ${
        isKnown
          ? livesPart(
              language,
              fates.lives,
              this.#definition(fates, quality.survival, quality.survivalMeaning),
            )
          : nothing
      }
      <div class="notes">${this.#notes(fates).map((note) => html`<p class="small">${note}</p>`)}</div>
    </kept-figure>`;
  }

  #tooFew(fates: Fates): string {
    const { text, fill, plural } = this.language;
    const { commits = 0 } = fateOf(fates, "ai") ?? {};
    return fill(text.quality.survivalFew, {
      commits: plural(text.quality.commits, commits),
      more: Math.max(0, leastCommits - commits),
    });
  }

  #series(fates: Fates): readonly CurveSeries[] {
    const { text } = this.language;
    return kinds.map((kind) => ({
      kind,
      name: text.kinds[kind],
      shares: survivalShares(fateOf(fates, kind)),
      definition: {
        ...this.#definition(fates, text.quality.survival, text.quality.survivalMeaning),
        name: `${text.quality.survival}: ${text.kinds[kind]}`,
        sample: this.#sample(fates, kind),
        behind: commitsBehind(kind),
      },
    }));
  }

  #survivalTable(series: readonly CurveSeries[]) {
    const { text, percent, interval, plural } = this.language;
    const words = (share: MeasuredShare | undefined) => {
      if (!share) return text.nothing;
      if (!isSure(share)) return text.kept.mark;
      const { value, low, high } = share;
      return low === null || high === null ? percent(value) : `${percent(value)} (${interval(low, high)})`;
    };
    return html`<table class="amounts">
      <caption class="unseen">
        ${text.quality.survival}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text.quality.survivalHead}</th>
          ${series.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${survivalDays.map(
          (day, index) =>
            html`<tr>
              <th scope="row">${plural(text.quality.days, day)}</th>
              ${series.map(({ shares }) => html`<td>${words(shares[index])}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** What the numbers do not speak of. */
  #notes(fates: Fates): readonly string[] {
    const { text, fill, percent, plural } = this.language;
    return [
      ...(fates.coverage === null
        ? []
        : [fill(text.quality.fateCoverage, { share: percent(fates.coverage) })]),
      ...fates.unknown.map(({ reason, count }) => plural(text.quality.unknown[reason], count)),
      ...(fates.linesSetApart === 0 ? [] : [plural(text.quality.setApart, fates.linesSetApart)]),
    ];
  }

  #rework(fates: Fates) {
    const { language } = this;
    const { text } = language;
    const { quality } = text;
    const isKnown = fates.weeks.length > 0;
    return html`<kept-figure
      class="card half"
      .language=${language}
      .definition=${this.#definition(fates, quality.rework, quality.reworkMeaning)}
      heading=${quality.rework}
      .hasTable=${isKnown}
      .tableOpen=${isKnown && this.openTables.includes("rework")}
      @table=${() => act(this, { type: "tableToggled", table: "rework" })}
    >
      <p class="small">${quality.reworkAt}</p>
      <kept-shares
        .language=${language}
        .rows=${kinds.map((kind) => ({
          label: text.kinds[kind],
          kind,
          share: reworkedShare(fateOf(fates, kind), reworkDays),
          definition: this.#reworkDefinition(fates, kind),
        }))}
        heading=${quality.reworkAt}
      ></kept-shares>
      ${
        isKnown
          ? html`<kept-bars
                .language=${language}
                .series=${[
                  ...[
                    { name: quality.reworkSelf, tone: "outline" },
                    { name: quality.reworkOthers, tone: "hatch" },
                    { name: quality.reworkFix, tone: "warm" },
                  ].map((each) => ({ ...each, definition: this.#weeksDefinition(fates, each.name) })),
                ]}
                .bars=${this.#weeks(fates)}
                .write=${(amount: number) => language.short(Math.round(amount))}
                heading=${quality.rework}
                all=${quality.reworkWhole}
              ></kept-bars>
              <div slot="table">${this.#reworkTable(fates)}</div>`
          : html`<p>${quality.reworkNone}</p>`
      }
    </kept-figure>`;
  }

  #weeks(fates: Fates): readonly Bar[] {
    const { day, week: days } = this.language;
    return fates.weeks.map(({ week, ...lines }) => ({
      name: days(week),
      tick: day(week),
      parts: byWhom(lines),
    }));
  }

  #reworkTable(fates: Fates) {
    const { text, count, week: days } = this.language;
    const { quality } = text;
    return html`<table class="amounts">
      <caption class="unseen">
        ${quality.rework}
      </caption>
      <thead>
        <tr>
          <th scope="col">${quality.reworkHead}</th>
          <th scope="col">${quality.reworkSelf}</th>
          <th scope="col">${quality.reworkOthers}</th>
          <th scope="col">${quality.reworkFix}</th>
        </tr>
      </thead>
      <tbody>
        ${fates.weeks.map(
          ({ week, ...lines }) =>
            html`<tr>
              <th scope="row">${days(week)}</th>
              ${byWhom(lines).map((each) => html`<td>${count(each)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #definition(fates: Fates, name: string, meaning: string): Definition {
    return {
      ...{ name, meaning, window: this.#window(fates), sample: this.#sample(fates, "ai") },
      behind: commitsBehind("ai"),
    };
  }

  #sample(fates: Fates, kind: (typeof kinds)[number]): string {
    const { text, fill, plural } = this.language;
    const fate = fateOf(fates, kind);
    return fill(text.quality.survivalSample, {
      lines: plural(text.quality.lines, fate?.lines ?? 0),
      commits: plural(text.quality.commits, fate?.commits ?? 0),
    });
  }

  /** Of the lines that one of the three took away. */
  #weeksDefinition(fates: Fates, by: string): Definition {
    const { quality } = this.language.text;
    const definition = this.#definition(fates, quality.rework, quality.reworkMeaning);
    return { ...definition, name: `${quality.rework}: ${by}` };
  }

  #reworkDefinition(fates: Fates, kind: (typeof kinds)[number]): Definition {
    const { text, fill, plural, interval } = this.language;
    const share = reworkedShare(fateOf(fates, kind), reworkDays);
    return {
      name: `${text.quality.reworkAt}: ${text.kinds[kind]}`,
      meaning: text.quality.reworkAtMeaning,
      window: this.#window(fates),
      sample: plural(text.quality.commits, share.n),
      behind: commitsBehind(kind, reworkDays),
      certainty:
        share.low === null || share.high === null
          ? fill(text.kept.notYet, { n: share.needsMore })
          : fill(text.kept.certainty, { interval: interval(share.low, share.high) }),
    };
  }

  #window({ repositories, from, to }: Fates): string {
    const { text, fill, plural, day } = this.language;
    return fill(text.quality.fateWindow, {
      repositories: plural(text.quality.repositories, repositories),
      from: day(from),
      to: day(to),
    });
  }
}

type Week = Fates["weeks"][number];

/** By their author and by others, without a fix; and by a fix, whoever made it. */
function byWhom({ self, others, corrective, correctiveSelf }: Omit<Week, "week">): readonly number[] {
  return [self - correctiveSelf, others - (corrective - correctiveSelf), corrective];
}

customElements.define("kept-fates", FateFigures);
