import { css, html, LitElement, nothing } from "lit";
import type { BeforeKept, ToolBefore } from "../../protocol/history.ts";
import type { Summary } from "../../protocol/summary.ts";
import { titleOfTool } from "../../core/tools/toolTitle.ts";
import type { Language } from "../language.ts";
import { actionButton, connectButton } from "../parts/actions.ts";
import type { Definition } from "../parts/explained.ts";
import "../parts/figure.ts";
import "../parts/sideways.ts";
import { base, tables } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { stacks } from "../styles/stacks.ts";

/** Fewer commits say nothing of lines. */
const leastCommits = 20;

/** The month before Kept was there, as the tools recorded it, and the year before any AI. */
export class BeforeKeptFigures extends LitElement {
  static override properties = { language: { attribute: false }, past: { attribute: false } };
  static override styles = [
    base,
    tables,
    cards,
    css`
      .told {
        display: grid;
        gap: 8px;
      }
      progress {
        width: 100%;
        accent-color: var(--vscode-progressBar-background);
      }
    `,
    stacks,
  ];

  declare language: Language;
  declare past: BeforeKept;

  protected override render() {
    const { language, past } = this;
    const { text, fill, period } = language;
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${this.#definition()}
      heading=${text.before.title}
    >
      <div class="told">
        <p class="small">${fill(text.before.mark, { period: period(past.from, past.to) })}</p>
        ${this.#state()} ${this.#tools()} ${this.#baseline()}
        <p class="small">${text.before.connect}</p>
        <div class="buttons">
          ${past.state === "reading" ? actionButton(this, language, "stopHistory") : nothing}
          ${connectButton(this, language)}
        </div>
      </div>
    </kept-figure>`;
  }

  #definition(): Definition {
    const { text, plural, period } = this.language;
    const { from, to, all } = this.past;
    return {
      name: text.before.title,
      meaning: text.before.meaning,
      window: period(from, to),
      sample: plural(text.before.sample, all),
      pitfalls: text.before.pitfalls,
    };
  }

  #state() {
    const { text, plural, fill, count } = this.language;
    const { state, read, all } = this.past;
    switch (state) {
      case "done":
        return nothing;
      case "stopped":
      case "failed":
        return html`<p>${text.before[state]}</p>`;
      case "reading": {
        const words =
          all === 0 ? text.before.finding : fill(plural(text.before.reading, all), { read: count(read) });
        return html`<p role="status">${words}</p>
          <progress aria-label=${text.before.title} max=${Math.max(1, all)} value=${read}></progress>`;
      }
    }
  }

  #tools() {
    const { text, plural } = this.language;
    const { tools, state } = this.past;
    if (tools.length === 0) return state === "done" ? html`<p>${text.before.none}</p>` : nothing;
    const unpriced = tools.reduce((sum, tool) => sum + tool.unpricedRequests, 0);
    const { tool, tasks, requests, edits, lines, days, cost } = text.before;
    return html`<kept-sideways name=${text.before.tool}>
        <table class="amounts stacks">
          <caption class="unseen">
            ${text.before.title}
          </caption>
          <thead>
            <tr>
              <th scope="col">${tool}</th>
              ${[tasks, requests, edits, lines, days, cost].map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${tools.map((row) => this.#row(row))}
          </tbody>
        </table>
      </kept-sideways>
      ${unpriced > 0 ? html`<p class="small">${plural(text.before.unpriced, unpriced)}</p>` : nothing}`;
  }

  #row({ tool, tasks, requests, edits, linesAdded, days, costUsd }: ToolBefore) {
    const { text, short, money } = this.language;
    const heads = text.before;
    const numbers = [
      [heads.tasks, tasks],
      [heads.requests, requests],
      [heads.edits, edits],
      [heads.lines, linesAdded],
      [heads.days, days],
    ] as const;
    return html`<tr>
      <th scope="row">${titleOfTool(tool)}</th>
      ${numbers.map(([head, number]) => html`<td data-head=${head}>${short(number)}</td>`)}
      <td data-head=${heads.cost}>${costUsd === null ? text.nothing : money(costUsd)}</td>
    </tr>`;
  }

  #baseline() {
    const { text, fill, plural, longDay, percent, interval } = this.language;
    const { baseline } = this.past;
    if (!baseline) return nothing;
    const { from, to, commits, days, linesPerCommit, rework21 } = baseline;
    const isKnown = rework21 !== null && rework21.commits >= leastCommits;
    return html`<h3>${text.before.baseline}</h3>
      <p>
        ${fill(text.before.baselineFrom, {
          period: fill(text.period, { from: longDay(from), to: longDay(to) }),
          commits: plural(text.before.commits, commits),
          days: plural(text.before.onDays, days),
          lines: plural(text.before.ofLines, Math.round(linesPerCommit)),
        })}
        ${
          isKnown
            ? fill(text.before.rework, {
                share: percent(rework21.value),
                interval: interval(rework21.low, rework21.high),
              })
            : text.before.reworkUnknown
        }
      </p>`;
  }
}

/** As long as the days before belong to the period that is shown. */
export function beforeBlock(language: Language, { before, from }: Summary) {
  if (!before || before.to < from) return nothing;
  return html`<kept-before class="wide" .language=${language} .past=${before}></kept-before>`;
}

customElements.define("kept-before", BeforeKeptFigures);
