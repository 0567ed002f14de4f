import { css, html, LitElement, nothing } from "lit";
import { metrics } from "../../core/metrics/metrics.ts";
import { hiddenCells, teamRows, type TeamRow } from "../../core/organisation/teamNumbers.ts";
import type { Coach } from "../../protocol/coaching.ts";
import { hiddenSentences } from "../../protocol/protection.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { TeamState } from "../../protocol/heeding.ts";
import type { Language } from "../language.ts";
import type { TableId } from "../memory.ts";
import { act } from "../parts/act.ts";
import { actionButton } from "../parts/actions.ts";
import "../parts/figure.ts";
import { teamDefinitions } from "../parts/groupDefinitions.ts";
import { valueWords } from "../parts/metricWords.ts";
import { notices } from "../parts/notice.ts";
import { WidthObserver } from "../parts/width.ts";
import { needsOrg, scorecardOf } from "../scorecard.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { promptList } from "./orgPrompts.ts";
import { shareLineHead } from "../charts/shareLine.ts";
import { teamBand } from "./teamBand.ts";
import { teamStyles } from "./teamStyles.ts";
import { teamAudit, teamTallies } from "./teamTallies.ts";
import { trendPicture, trendTable, type TrendWeek } from "./teamTrend.ts";
import { rowName, shareText } from "./teamWords.ts";

type Weeks = NonNullable<TeamState["answer"]>["weeks"];

const bandWidth = 240;
const longestTrend = 480;
/** Of the thirteen months that are given. */
const weeksShown = 13;

/** The team's published numbers beside one's own, or how to join one. */
export class Team extends LitElement {
  static override properties = {
    language: { attribute: false },
    team: { attribute: false },
    coach: { attribute: false },
    summary: { attribute: false },
    openTables: { attribute: false },
  };
  static override styles = [
    base,
    notices,
    tables,
    cards,
    teamStyles,
    css`
      .block {
        align-content: start;
      }
    `,
  ];

  declare language: Language;
  declare team: TeamState | undefined;
  declare coach: Coach | undefined;
  declare summary: Summary | undefined;
  declare openTables: readonly TableId[];
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.openTables = [];
  }

  protected override render() {
    const { team, language } = this;
    if (!team) return html`<p class="later small" role="status">${language.text.states.waiting}</p>`;
    if (!team.membership) return html`<div class="cards">${this.#joining()} ${this.#whatOnlyTeams()}</div>`;
    if (team.membership.mode === "sink")
      return html`<div class="cards">${this.#sink(team.membership)} ${this.#whatOnlyTeams()}</div>`;
    const weeks = (team.answer?.weeks ?? []).slice(0, weeksShown);
    return html`<div class="cards">
      ${this.#standing(team, team.membership)}
      ${weeks.length === 0 ? this.#noWeek(team) : [this.#newest(weeks, team), this.#trend(weeks, team)]}
      ${team.answer ? teamTallies(this.language, team.answer, team.ownTallies) : nothing}
      ${this.#coaching(team)} ${team.answer ? this.#targets(team.answer.targets, weeks) : nothing}
      ${this.#protection(true)} ${teamAudit(this.language, team.audit)}
    </div>`;
  }

  #joining() {
    const { team } = this.language.text;
    return html`<section class="card block joining">
        <h2>${team.empty}</h2>
        <p>${team.emptyWhy}</p>
        <h3>${team.how}</h3>
        <ul>
          ${team.howList.map((item) => html`<li>${item}</li>`)}
        </ul>
        <div class="buttons">${actionButton(this, this.language, "joinOrganisation", true)}</div>
      </section>
      ${this.#protection()}`;
  }

  /** Whoever shares with a collector that is not Kept's is in no team. */
  #sink({ sender }: NonNullable<TeamState["membership"]>) {
    const { text, fill } = this.language;
    return html`<section class="card wide">
      <h2>${text.team.sink}</h2>
      <p dir="auto">${fill(text.team.sinkWhy, { sender })}</p>
    </section>`;
  }

  #protection(isJoined = false) {
    const { team } = this.language.text;
    return html`<section class=${isJoined ? "card half" : "card"}>
      <h2>${team.protectedTitle}</h2>
      <ul>
        ${team.protectedList.map((item) => html`<li>${item}</li>`)}
      </ul>
    </section>`;
  }

  #whatOnlyTeams() {
    const { team } = this.language.text;
    const declared = metrics.filter(needsOrg);
    return html`<section class="card wide">
      <h2>${team.metrics}</h2>
      <p class="small">${team.metricsMeaning}</p>
      <details>
        <summary>${this.language.plural(team.metricsAimed, declared.length)}</summary>
        <dl>
          ${declared.map(
            ({ name, definition }) =>
              html`<div>
                <dt>${name}</dt>
                <dd class="small">${definition}</dd>
              </div>`,
          )}
        </dl>
      </details>
    </section>`;
  }

  /** Whose numbers these are, how old, and why nothing newer comes. */
  #standing({ answer, checkedAt, failure }: TeamState, membership: NonNullable<TeamState["membership"]>) {
    const { text, fill, moment, count } = this.language;
    const { team } = text;
    const { sender, stoppedBy } = membership;
    const participation = answer?.participation;
    const [newest] = answer?.weeks ?? [];
    return html`<section class="card wide">
      <h2 dir="auto">
        ${membership.team === null ? team.noTeam : fill(team.title, { team: membership.team })}
      </h2>
      <p class="small" dir="auto">
        ${fill(team.of, { sender })} ${membership.team === null ? team.waitingAnswer : nothing}
        ${
          participation === undefined
            ? nothing
            : participation.state === "shown"
              ? fill(team.taking, { joined: count(participation.joined), of: count(participation.of) })
              : team.takingHidden
        }
        ${newest ? fill(team.newest, { week: this.language.week(newest.week) }) : nothing}
        ${checkedAt === null || failure !== null ? nothing : fill(team.asked, { moment: moment(checkedAt) })}
      </p>
      ${stoppedBy === null ? nothing : html`<p class="notice" role="status">${team.stopped[stoppedBy]}</p>`}
      ${
        failure === null
          ? nothing
          : html`<p class="notice" role="status" dir="auto">
              ${fill(team.unreachable, { reason: failure })}.
              ${checkedAt === null ? nothing : fill(team.unreachableHeld, { moment: moment(checkedAt) })}
            </p>`
      }
    </section>`;
  }

  #noWeek({ answer, membership }: TeamState) {
    const { team } = this.language.text;
    if (!answer || !membership?.team) return nothing;
    return html`<section class="card block">
      <h2>${team.waitingWeek}</h2>
      <p>${team.waitingWeekWhy}</p>
    </section>`;
  }

  #newest(weeks: Weeks, { own }: TeamState) {
    const { language } = this;
    const { team } = language.text;
    const [newest] = weeks;
    const rows = this.#rowsOf(weeks, own);
    const shown = rows[0] ?? [];
    const reasons = new Set(
      shown.flatMap(({ team: share }) => (share.state === "hidden" ? hiddenSentences[share.why] : [])),
    );
    const { hidden, of } = hiddenCells(weeks);
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${teamDefinitions(language, weeks).week}
      heading=${language.fill(team.week, { week: language.week(newest!.week) })}
    >
      <p class="small">${team.weekMeaning}</p>
      <ul class="rows">
        ${shown.map((row) => this.#row(row, rows))}
      </ul>
      ${[...reasons].map((why) => html`<p class="small">${why}</p>`)}
      ${
        hidden === 0
          ? nothing
          : html`<p class="small">
              ${language.fill(team.hiddenShare, { hidden: language.count(hidden), of: language.count(of) })}
            </p>`
      }
    </kept-figure>`;
  }

  #row(row: TeamRow, weeks: readonly TeamRow[][]) {
    const { language } = this;
    const { values } = language.text.team;
    const same = weeks.flatMap((rows) =>
      rows.filter(({ measure, column }) => measure === row.measure && column === row.column),
    );
    const worded = (template: string, share: TeamRow["team"]) => {
      const [before, after] = template.split("{share}");
      return html`<span>${before}${shareText(language, share)}${after}</span>`;
    };
    return html`<li>
      <h3 dir="auto">${rowName(language, row)}</h3>
      ${shareLineHead(language, bandWidth)}
      ${teamBand(
        bandWidth,
        same.map(({ team }) => team),
        row.own,
      )}
      <p class="small parts">
        ${worded(values.team, row.team)} ${worded(values.own, row.own)}
        ${worded(values.everybody, row.everybody)}
      </p>
    </li>`;
  }

  #trend(weeks: Weeks, { own }: TeamState) {
    const { language } = this;
    const { team } = language.text;
    const rows = this.#rowsOf(weeks, own);
    const trend = weeks
      .map(({ week }, index): TrendWeek => {
        const [ai, kept] = rows[index]!;
        return { week, team: kept!.team, own: kept!.own, ai: ai!.team };
      })
      .reverse();
    const { width } = this.#width;
    const inner = width >= 608 ? width - 34 : width;
    return html`<kept-figure
      class="card wide"
      .language=${language}
      .definition=${teamDefinitions(language, weeks).trend}
      heading=${team.trend}
      hasTable
      .tableOpen=${this.openTables.includes("team")}
      @table=${() => act(this, { type: "tableToggled", table: "team" })}
    >
      ${trendPicture(language, Math.max(0, Math.min(longestTrend, inner)), trend)}
      <p class="small">${team.trendLegend}</p>
      <div slot="table">${trendTable(language, trend)}</div>
    </kept-figure>`;
  }

  #rowsOf(weeks: Weeks, own: TeamState["own"]): TeamRow[][] {
    return weeks.map((week) =>
      teamRows(
        week,
        own.find((each) => each.week === week.week),
      ),
    );
  }

  /** What is aimed at, beside one's own number of the period that is chosen above. */
  #targets(targets: Readonly<Record<string, number>>, weeks: Weeks) {
    const { language, summary } = this;
    const { team } = language.text;
    const own = summary ? scorecardOf(summary) : [];
    const rows = metrics.filter(({ id }) => targets[id] !== undefined);
    return html`<kept-figure
      class="card half"
      .language=${language}
      .definition=${teamDefinitions(language, weeks).targets(rows.length)}
      heading=${team.targets}
    >
      ${
        rows.length === 0
          ? html`<p>${team.noTargets}</p>`
          : html`<p class="small">${team.targetsMeaning}</p>
              <table>
                <caption class="unseen">
                  ${team.targets}
                </caption>
                <thead>
                  <tr>
                    ${Object.values(team.targetsHead).map((name) => html`<th scope="col">${name}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(({ id, name, unit }) => {
                    const value = own.find(({ metric }) => metric.id === id)?.measured.value ?? null;
                    return html`<tr>
                      <th scope="row">${name}</th>
                      <td>${valueWords(language, unit, targets[id]!)}</td>
                      <td>${value === null ? language.text.nothing : valueWords(language, unit, value)}</td>
                    </tr>`;
                  })}
                </tbody>
              </table>`
      }
    </kept-figure>`;
  }

  #coaching({ prompts }: TeamState) {
    const { language, coach } = this;
    const { text, fill, moment } = language;
    const { team } = text;
    if (!prompts) return nothing;
    const { arePinned, refused, failure, checkedAt, expiresAt } = prompts;
    const inForce = coach?.org?.prompts ?? [];
    const standing = [
      arePinned ? undefined : team.notPinned,
      arePinned && checkedAt === null && failure === null ? team.unasked : undefined,
      refused === null ? undefined : fill(team.refused, { reason: refused }),
      failure === null ? undefined : `${fill(team.unreachable, { reason: failure })}.`,
      expiresAt === null ? undefined : fill(team.expires, { moment: moment(expiresAt) }),
    ].filter((line) => line !== undefined);
    return html`<section class="card half">
      <h2>${team.coaching}</h2>
      ${standing.map((line) => html`<p class="small" dir="auto">${line}</p>`)}
      ${
        inForce.length > 0
          ? promptList(language, inForce)
          : arePinned && checkedAt !== null
            ? html`<p>${team.coachingNone}</p>`
            : nothing
      }
    </section>`;
  }
}

customElements.define("kept-team", Team);
