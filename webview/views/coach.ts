import { css, html, LitElement, nothing } from "lit";
import { unbroken } from "../../core/percent.ts";
import type { Coach, RuleProblem, RuleStanding, Tip } from "../../protocol/coaching.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import "../parts/figure.ts";
import "../parts/sideways.ts";
import { adviceDefinitions } from "../parts/groupDefinitions.ts";
import { fold } from "../parts/fold.ts";
import { notices } from "../parts/notice.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { stacks } from "../styles/stacks.ts";
import type { TableId } from "../memory.ts";
import { orgPrompts } from "./orgPrompts.ts";
import { practiceOf } from "./practice.ts";
import { shareWords } from "./shareWords.ts";
import "./tip.ts";
import { weekOf } from "./week.ts";

/** What could be tried next, what was tried, and whether it helped. */
export class CoachView extends LitElement {
  static override properties = {
    language: { attribute: false },
    coach: { attribute: false },
    digest: { attribute: false },
    summary: { attribute: false },
    openTables: { attribute: false },
  };
  static override styles = [
    base,
    tables,
    notices,
    cards,
    css`
      .wide {
        grid-column: 1 / -1;
      }
      @container (min-width: 608px) {
        .card + .card.bare {
          padding: 0;
          border: 0;
        }
      }
      h2 {
        font-size: inherit;
        line-height: 20px;
        font-weight: 600;
        margin-block-end: 4px;
      }
      kept-tip {
        display: block;
      }
      * + kept-tip {
        margin-block-start: 16px;
      }
      ul {
        padding-inline-start: 20px;
      }
      .card > .buttons,
      kept-figure .buttons {
        margin-block-start: 8px;
      }
      .prompts {
        display: grid;
        gap: 8px;
        margin-block-start: 8px;
      }
      th {
        white-space: nowrap;
      }
      .message {
        min-inline-size: 10em;
        white-space: normal;
        text-align: start;
      }
      td {
        white-space: normal;
      }
      td button,
      .silent button,
      .buttons .quiet {
        padding: 0;
      }
      summary {
        cursor: pointer;
      }
      .small + details,
      details + details,
      kept-sideways + details,
      details > * + * {
        margin-block-start: 4px;
      }
      ul.silent {
        padding: 0;
        list-style: none;
      }
      ul.silent li {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        padding-block: 4px;
      }
    `,
    stacks,
    css`
      @container (max-width: 440px) {
        .stacks th.day {
          flex: none;
          min-inline-size: 3.5em;
        }
        .stacks .day + .message {
          flex: 1;
        }
      }
    `,
  ];

  declare language: Language;
  declare coach: Coach | undefined;
  declare digest: Digest | undefined;
  declare summary: Summary | undefined;
  declare openTables: readonly TableId[];
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.openTables = [];
  }

  protected override render() {
    const { coach, language } = this;
    const { text } = language;
    if (!coach) return html`<p class="later small" role="status">${text.states.waiting}</p>`;
    const habits = practiceOf(language, this.summary, this.openTables);
    const week = weekOf(this, language, this.digest);
    const practice =
      habits === nothing
        ? week
        : html`${week}
            <section class="card wide bare">${habits}</section>`;
    if (!coach.isOn)
      return html`<div class="cards">${this.#block(text.coach.off, text.coach.offWhy)} ${practice}</div>`;
    return html`<div class="cards">
      ${this.#now(coach)} ${this.#also(coach)} ${this.#tried(coach.tried)} ${practice}
      ${orgPrompts(this, this.language, coach.org)} ${this.#problems(coach.problems)} ${this.#rules(coach)}
    </div>`;
  }

  #now({ isMuted, tip, waiting }: Coach) {
    const { language } = this;
    const { coach } = language.text;
    if (isMuted) return this.#block(coach.muted, coach.mutedWhy, this.#all("unmuteAll", coach.unmuteAll));
    if (tip) {
      return html`<section class=${waiting.length > 0 ? "card half" : "card wide"}>
        <kept-tip .language=${language} .tip=${tip}></kept-tip>
      </section>`;
    }
    if (waiting.length > 0) return nothing;
    return this.#block(
      coach.empty,
      coach.emptyWhy,
      html`<ul>
        ${coach.emptyList.map((item) => html`<li>${item}</li>`)}
      </ul>`,
    );
  }

  #block(title: string, why: string, rest: unknown = nothing) {
    return html`<div class="card wide">
      <div class="block">
        <h2>${title}</h2>
        <p>${why}</p>
        ${rest}
      </div>
    </div>`;
  }

  #also({ waiting: tips, tip, isMuted }: Coach) {
    const { language } = this;
    const { coach } = language.text;
    if (tips.length === 0) return nothing;
    return html`<section class=${tip && !isMuted ? "card half" : "card wide"}>
      <h2>${coach.also}</h2>
      <p class="small">${coach.alsoWhy}</p>
      ${tips.map((tip) => html`<kept-tip .language=${language} .tip=${tip}></kept-tip>`)}
    </section>`;
  }

  #tried(tips: readonly Tip[]) {
    const { language } = this;
    const { coach } = language.text;
    const { triedHead } = coach;
    if (tips.length === 0) return nothing;
    return html`<section class="card wide">
      <kept-figure
        .language=${language}
        .definition=${adviceDefinitions(language).tried(tips.length)}
        heading=${coach.tried}
      >
        <p class="small">${coach.correlation}</p>
        ${this.#folded(
          "coach.tried",
          language.plural(coach.tips, tips.length),
          html`<kept-sideways name=${language.fill(language.text.chart.showTable, { name: coach.tried })}>
            <table class="stacks">
              <thead>
                <tr>
                  ${heads(Object.values(triedHead), [triedHead.tip])}
                </tr>
              </thead>
              <tbody>
                ${tips.map(
                  (tip) =>
                    html`<tr>
                      <th scope="row" class="day">${language.day(tip.day)}</th>
                      <td class="message" dir="auto">
                        <details>
                          <summary>${tip.title}</summary>
                          <p>${unbroken(tip.message)}</p>
                          <p class="small">${language.fill(coach.expects, { expects: tip.expects })}</p>
                        </details>
                      </td>
                      <td data-head=${triedHead.state}>${coach.states[tip.state]}</td>
                      <td data-head=${triedHead.before}>${shareWords(language, tip.before)}</td>
                      <td data-head=${triedHead.after}>
                        ${tip.after ? shareWords(language, tip.after) : language.text.nothing}
                      </td>
                      <td data-head=${triedHead.effect}>
                        ${tip.effect === null ? coach.tooEarly : coach.effects[tip.effect]}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </kept-sideways>`,
        )}
      </kept-figure>
    </section>`;
  }

  #folded(id: TableId, name: string, content: unknown) {
    return fold(this, this.#width.width, { id, name, isOpen: this.openTables.includes(id) }, content);
  }

  #problems(problems: readonly RuleProblem[]) {
    const { text, fill } = this.language;
    if (problems.length === 0) return nothing;
    return html`<section class="card wide">
      <h2>${text.coach.problems}</h2>
      <ul>
        ${problems.map(
          ({ file, line, reason }) =>
            html`<li dir="auto">
              ${
                line === null
                  ? fill(text.coach.file, { file, reason })
                  : fill(text.coach.line, { file, line, reason })
              }
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #rules({ rules, isMuted }: Coach) {
    const { coach } = this.language.text;
    const { rulesHead } = coach;
    const said = rules.reduce((sum, rule) => sum + rule.said, 0);
    return html`<section class="card wide">
      <kept-figure
        .language=${this.language}
        .definition=${adviceDefinitions(this.language).rules(said)}
        heading=${coach.rules}
      >
        <p class="small">${coach.rulesWhy}</p>
        ${this.#folded(
          "coach.rules",
          this.language.plural(coach.rulesCount, rules.length),
          html`<kept-sideways
              name=${this.language.fill(this.language.text.chart.showTable, { name: coach.rules })}
            >
              <table class="stacks">
                <thead>
                  <tr>
                    ${heads(Object.values(rulesHead), [rulesHead.rule, rulesHead.standing])}
                  </tr>
                </thead>
                <tbody>
                  ${inOrder(rules)
                    .filter(hasStory)
                    .map((rule) => this.#rule(rule))}
                </tbody>
              </table>
            </kept-sideways>
            ${this.#silent(inOrder(rules).filter((rule) => !hasStory(rule)))}`,
        )}
      </kept-figure>
      ${isMuted ? nothing : this.#all("muteAll", coach.muteAll)}
    </section>`;
  }

  /** Those of which there is nothing to say but that they are there. */
  #silent(rules: readonly RuleStanding[]) {
    if (rules.length === 0) return nothing;
    return html`<details>
      <summary>${this.language.plural(this.language.text.coach.silent, rules.length)}</summary>
      <ul class="silent">
        ${rules.map((rule) => html`<li><span dir="auto">${this.#name(rule)}</span> ${this.#how(rule)}</li>`)}
      </ul>
    </details>`;
  }

  #name({ id, source, title }: RuleStanding): string {
    const { coach } = this.language.text;
    const of = { kept: "", workspace: `, ${coach.ofWorkspace}`, org: ` (${coach.ofOrg})` }[source];
    return `${source === "org" ? title : `${id} ${title}`}${of}`;
  }

  #how(rule: RuleStanding) {
    return html`<span class="small">${this.#standing(rule)}</span>
      ${rule.source === "org" ? nothing : this.#muteButton(rule)}`;
  }

  #rule(rule: RuleStanding) {
    const { language } = this;
    const { coach } = language.text;
    return html`<tr class=${rule.said + rule.heldOut > 0 ? "" : "silent"}>
      <th scope="row" class="message" dir="auto">${this.#name(rule)}</th>
      <td class="message">${this.#how(rule)}</td>
      <td data-head=${coach.rulesHead.said}>${language.count(rule.said)}</td>
      <td data-head=${coach.rulesHead.heldOut}>${language.count(rule.heldOut)}</td>
      <td data-head=${coach.rulesHead.effect}>${coach.effects[rule.effect]}</td>
    </tr>`;
  }

  #standing({ isFed, isMuted, retiredUntil, mayNudge }: RuleStanding): string {
    const { text, fill, day } = this.language;
    if (isMuted) return text.coach.ruleMuted;
    if (retiredUntil !== null) return fill(text.coach.retired, { day: day(retiredUntil) });
    if (!isFed) return text.coach.notFed;
    return mayNudge ? text.coach.speaks : text.coach.coachOnly;
  }

  #muteButton({ id, isMuted }: RuleStanding) {
    const { text, fill } = this.language;
    const answer = isMuted ? "unmuteRule" : "muteRule";
    const name = fill(isMuted ? text.coach.unmuteRule : text.coach.muteRule, { rule: id });
    return html`<button
      class="quiet"
      aria-label=${name}
      @click=${() => act(this, { type: "answerTip", answer: { answer, rule: id } })}
    >
      ${name}
    </button>`;
  }

  #all(answer: "muteAll" | "unmuteAll", name: string) {
    return html`<div class="buttons">
      <button class="quiet" @click=${() => act(this, { type: "answerTip", answer: { answer } })}>
        ${name}
      </button>
    </div>`;
  }
}

/** It spoke, was held out, or is silent by somebody's choice. */
function hasStory({ said, heldOut, isMuted, retiredUntil }: RuleStanding): boolean {
  return said + heldOut > 0 || isMuted || retiredUntil !== null;
}

/** Kept's own by their ids, then the workspace's and the organisation's as they come. */
function inOrder(rules: readonly RuleStanding[]): readonly RuleStanding[] {
  const own = rules.filter(({ source }) => source === "kept");
  const others = rules.filter(({ source }) => source !== "kept");
  return [...own.sort((one, other) => (one.id < other.id ? -1 : 1)), ...others];
}

/** Columns of words begin where their words begin. */
function heads(names: readonly string[], ofWords: readonly string[]) {
  return names.map(
    (name) => html`<th scope="col" class=${ofWords.includes(name) ? "message" : ""}>${name}</th>`,
  );
}

customElements.define("kept-coach", CoachView);
