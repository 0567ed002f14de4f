import { css, html, LitElement, nothing } from "lit";
import { dropWords } from "../../protocol/drops.ts";
import { describeProblem, type Problem } from "../../protocol/errors.ts";
import type { ToolHealth } from "../../protocol/connections.ts";
import type { PanelState } from "../../protocol/panel.ts";
import type { Summary } from "../../protocol/summary.ts";
import { addUp, kindOrder, totalOf } from "../charts/kinds.ts";
import { swatch } from "../charts/textures.ts";
import "../charts/wholeBar.ts";
import type { Language } from "../language.ts";
import { actionButton, type ActionId } from "../parts/actions.ts";
import { Definitions } from "../parts/definitions.ts";
import "../parts/figure.ts";
import "../parts/numbersTable.ts";
import { sharingCard } from "./sharing.ts";
import { toolHealthDefinition } from "./toolHealth.ts";
import { toolsSayDefinition, toolsSayTable } from "./toolsSay.ts";
import { detectorTable } from "./detector.ts";
import { notices } from "../parts/notice.ts";
import type { Sharing } from "../state.ts";
import { base, tables, textures } from "../styles/base.ts";
import { cards } from "../styles/cards.ts";
import { stacks } from "../styles/stacks.ts";

const actions: readonly ActionId[] = ["copyReport", "showLog", "settings", "restart", "turnOff"];

/** Whether the numbers can be trusted, and what is recorded to make them. */
export class Data extends LitElement {
  static override properties = {
    language: { attribute: false },
    host: { attribute: false },
    summary: { attribute: false },
    sharing: { attribute: false },
    tools: { attribute: false },
  };
  static override styles = [
    base,
    textures,
    tables,
    notices,
    cards,
    css`
      .card > * + *,
      .problems {
        margin-block-start: 8px;
      }
      .problems {
        display: grid;
        gap: 8px;
        list-style: none;
      }
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
        gap: 12px 24px;
      }
      .lists h3 {
        margin-block-end: 4px;
      }
      .lists ul {
        display: grid;
        gap: 4px;
        padding-inline-start: 16px;
      }
      .kind {
        display: inline-flex;
        align-items: baseline;
        gap: 8px;
      }
      .sharing h3 {
        margin-block-start: 12px;
      }
      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
        gap: 4px 24px;
      }
      .counts div {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      .folders {
        display: grid;
        gap: 4px;
        list-style: none;
      }
      .folders li {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
      }
      pre {
        max-block-size: 320px;
        margin: 4px 0 8px;
        overflow: auto;
        font-size: 0.92em;
      }
      .said td {
        white-space: normal;
      }
      .said caption {
        padding-block-start: 8px;
        font-weight: 600;
      }
      .status {
        display: flex;
        align-items: baseline;
        gap: 8px;
      }
      kept-whole-bar {
        margin-block-end: 8px;
      }
      .card > .buttons {
        margin-block-start: 16px;
      }
      @container (min-width: 968px) {
        .saying {
          grid-column: span 4;
        }
      }
      @container (min-width: 608px) {
        .what {
          grid-column: 1 / -1;
        }
      }
    `,
    stacks,
  ];

  declare language: Language;
  declare host: PanelState | undefined;
  declare summary: Summary | undefined;
  declare sharing: Sharing | undefined;
  declare tools: readonly ToolHealth[] | undefined;

  protected override render() {
    const { data } = this.language.text;
    return html`<div class="cards">
      <section class="card" aria-labelledby="recording">
        <h2 id="recording">${data.recording}</h2>
        <p>${this.#standing()}</p>
        <p class="small">${this.sharing?.state.consent ? data.leavesShared : data.leaves}</p>
        ${this.#others()} ${this.#problems()}
        <div class="buttons">${actions.map((id) => actionButton(this, this.language, id))}</div>
      </section>
      ${this.#kinds()} ${this.#drops()} ${sharingCard(this, this.language, this.sharing)} ${this.#tools()}
      ${this.#detector()} ${this.#toolsSay()}
      <section class="card what" aria-labelledby="what">
        <h2 id="what">${data.what}</h2>
        <div class="lists">
          ${list("recorded", data.recorded, data.recordedList)} ${list("never", data.never, data.neverList)}
        </div>
        <div class="buttons">
          ${(["showCatalogue", "exportData", "deleteData"] as const).map((id) => actionButton(this, this.language, id))}
        </div>
      </section>
    </div>`;
  }

  /** Where the store stands, in words. */
  #standing(): string {
    const { data } = this.language.text;
    if (!this.host) return data.noAnswer;
    if (this.host.state !== "running") return data[this.host.state];
    return { disk: data.onDisk, memory: data.inMemory, readOnly: data.readOnly }[this.host.store];
  }

  /** What was added up from the person's own folder, and what was not. */
  #others() {
    const { text, plural, fill } = this.language;
    const others = this.summary?.otherMachines;
    if (!others) return nothing;
    const { skipped } = text.data;
    return html`<p class="small">
        ${fill(text.data.ownFolder, { others: plural(text.coverage.others, others.machines) })}
      </p>
      ${others.skipped.map(
        ({ reason, count }) => html`<p class="small">${plural(skipped[reason], count)}</p>`,
      )}`;
  }

  #problems() {
    const { data } = this.language.text;
    const problems = problemsOf(this.host);
    if (problems.length === 0) return this.host ? html`<p class="small">${data.noProblems}</p>` : nothing;
    return html`<ul class="problems" aria-label=${data.problems}>
      ${problems.map((problem) => {
        const { message, whatToDo } = describeProblem(problem);
        return html`<li class="notice">
          <p dir="auto">${message}</p>
          <p class="small" dir="auto">${whatToDo}</p>
        </li>`;
      })}
    </ul>`;
  }

  #kinds() {
    const { language, summary } = this;
    const { data, kinds, kindMeanings } = language.text;
    if (!summary) {
      return html`<section class="card" aria-labelledby="kinds">
        <h2 id="kinds">${data.origins}</h2>
        <p class="small">${data.noSummary}</p>
      </section>`;
    }
    const definitions = new Definitions(language, summary);
    const chars = addUp(summary.days.map(({ inserted }) => inserted));
    const all = totalOf(chars);
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${definitions.kinds()}
      heading=${data.origins}
    >
      <kept-whole-bar .language=${language} .chars=${chars} heading=${data.origins}></kept-whole-bar>
      <kept-numbers
        .language=${language}
        .summary=${summary}
        .heads=${[data.originHead, data.charsHead, data.shareHead]}
        .rows=${kindOrder.map((kind) => {
          const definition = definitions.ofKind(definitions.kinds(), kind);
          const share = { text: language.percent(chars[kind] / Math.max(1, all)), definition };
          return {
            mark: swatch(kind),
            name: kinds[kind],
            title: kindMeanings[kind],
            numbers: [{ text: language.count(chars[kind]), definition }, all === 0 ? undefined : share],
          };
        })}
        heading=${data.origins}
      ></kept-numbers>
    </kept-figure>`;
  }

  #detector() {
    const { language, summary } = this;
    if (!summary) return nothing;
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${new Definitions(language, summary).detector()}
      heading=${language.text.detector.title}
    >
      ${detectorTable(language, summary.detector)}
    </kept-figure>`;
  }

  #tools() {
    const { language, tools, host } = this;
    if (host?.state !== "running") return nothing;
    return html`<kept-figure
      class="card what"
      .language=${language}
      .definition=${toolHealthDefinition(language, tools?.length ?? 0)}
      heading=${language.text.toolHealth.title}
    >
      <kept-tool-health .language=${language} .tools=${tools}></kept-tool-health>
    </kept-figure>`;
  }

  /** Nothing at all where no tool says anything: most have no telemetry, and lack nothing. */
  #toolsSay() {
    const { language, summary } = this;
    if (!summary) return nothing;
    const { decisions, survival } = summary.toolsSay;
    if (decisions.length + survival.length === 0) return nothing;
    return html`<kept-figure
      class="card saying"
      .language=${language}
      .definition=${toolsSayDefinition(language, summary)}
      heading=${language.text.toolsSay.title}
    >
      ${toolsSayTable(language, summary.toolsSay)}
    </kept-figure>`;
  }

  #drops() {
    const { language, summary } = this;
    const { data } = language.text;
    if (!summary) return nothing;
    return html`<kept-figure
      class="card"
      .language=${language}
      .definition=${new Definitions(language, summary).drops()}
      heading=${data.dropped}
    >
      ${
        summary.drops.length === 0
          ? html`<p class="small">${data.noDrops}</p>`
          : html`<table>
              <caption class="unseen">
                ${data.dropped}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${data.droppedHead}</th>
                  <th scope="col">${data.droppedCount}</th>
                </tr>
              </thead>
              <tbody>
                ${summary.drops.map(
                  ({ name, count }) =>
                    html`<tr>
                      <th scope="row" dir="auto" title=${name}>${dropWords(name)}</th>
                      <td>${language.count(count)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      ${
        summary.ahead === 0
          ? nothing
          : html`<p class="small">${language.plural(data.ahead, summary.ahead)}</p>`
      }
    </kept-figure>`;
  }
}

function problemsOf(host: PanelState | undefined): readonly Problem[] {
  if (host?.state === "stopped") return [host.problem];
  return host?.state === "running" ? host.problems : [];
}

function list(id: string, title: string, items: readonly string[]) {
  return html`<div>
    <h3 id=${id}>${title}</h3>
    <ul aria-labelledby=${id}>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>
  </div>`;
}

customElements.define("kept-data", Data);
