import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Question } from "../protocol/summary.ts";
import { describeProblem } from "../protocol/errors.ts";
import type { Language } from "./language.ts";
import { periods, viewIds, type ViewId } from "./memory.ts";
import { act } from "./parts/act.ts";
import "./parts/coverage.ts";
import { notices } from "./parts/notice.ts";
import { nextStop } from "./parts/roving.ts";
import { screenOf, type Done, type PanelModel } from "./state.ts";
import { base } from "./styles/base.ts";
import { shell } from "./styles/shell.ts";
import { viewOf } from "./views/viewOf.ts";

/** The whole panel: tabs, pickers, how things stand, and the view that was chosen. */
export class Panel extends LitElement {
  static override properties = { language: { attribute: false }, model: { attribute: false } };
  static override styles = [base, notices, shell];

  declare language: Language | undefined;
  declare model: PanelModel | undefined;

  protected override render() {
    const { language, model } = this;
    if (!language || !model) return nothing;
    return html`
      <main>
        <h1 class="unseen">${language.text.name}</h1>
        <header>${this.#tabs(language, model)} ${this.#pickers(language, model)}</header>
        <div role="status" class="done">${this.#done(language, model.done)}</div>
        <div id="view" role="tabpanel" aria-labelledby=${`tab-${model.view}`} tabindex="-1">
          ${this.#standing(language, model)} ${viewOf(this, language, model)}
        </div>
      </main>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("model");
    if (before && this.model && before.summary !== this.model.summary) this.#fade();
  }

  #tabs({ text }: Language, { view }: PanelModel) {
    return html`<div
      class="tabs"
      role="tablist"
      aria-label=${text.tabs.label}
      @keydown=${(event: KeyboardEvent) => this.#onTabKey(event, view)}
    >
      ${viewIds.map(
        (id) =>
          html`<button
            id=${`tab-${id}`}
            role="tab"
            aria-selected=${id === view ? "true" : "false"}
            aria-controls="view"
            tabindex=${id === view ? "0" : "-1"}
            @click=${() => act(this, { type: "viewChosen", view: id })}
          >
            ${text.tabs[id]}
          </button>`,
      )}
    </div>`;
  }

  #pickers({ text, plural }: Language, { question }: PanelModel) {
    return html`<div class="pickers">
      <select
        aria-label=${text.pickers.scope}
        .value=${question.scope}
        @change=${(event: Event) =>
          act(this, { type: "scopeChosen", scope: chosen(event) as Question["scope"] })}
      >
        ${(["workspace", "all"] as const).map(
          (scope) =>
            html`<option value=${scope} ?selected=${scope === question.scope}>
              ${text.pickers[scope]}
            </option>`,
        )}
      </select>
      <select
        aria-label=${text.pickers.period}
        .value=${String(question.days)}
        @change=${(event: Event) => act(this, { type: "periodChosen", days: Number(chosen(event)) })}
      >
        ${periods.map(
          (days) =>
            html`<option value=${days} ?selected=${days === question.days}>
              ${plural(text.pickers.days, days)}
            </option>`,
        )}
      </select>
    </div>`;
  }

  /** What the last button did, when nothing else shows it. */
  #done({ text }: Language, done: Done | undefined) {
    if (done?.problem) return describeProblem(done.problem).message;
    if (done?.command === "kept.copyReport") return text.actions.copied;
    if (done?.command === "kept.restart") return text.actions.restarted;
    return nothing;
  }

  /** What has to be known before any number is believed. */
  #standing(language: Language, model: PanelModel) {
    const { states } = language.text;
    const screen = screenOf(model);
    if (screen.show !== "numbers" && screen.show !== "empty") return nothing;
    const { host, failure } = model;
    const store = host?.state === "running" ? host.store : "disk";
    const lines = [
      ...(screen.summary.synthetic ? [this.#line(states.synthetic, states.syntheticMeans)] : []),
      ...(store === "disk"
        ? []
        : [this.#line(states[store], states[`${store}Means`], this.#toData(language))]),
      ...(failure ? [this.#line(states.stale, describeProblem(failure).message, this.#again(language))] : []),
      ...(screen.show === "numbers" && model.view !== "team"
        ? [
            html`<kept-coverage
              .language=${language}
              .summary=${screen.summary}
              view=${model.view}
            ></kept-coverage>`,
          ]
        : []),
    ];
    return lines.length === 0 ? nothing : html`<div class="standing">${lines}</div>`;
  }

  #line(name: string, means: string, button: unknown = nothing) {
    return html`<div class=${button === nothing ? "notice dashed" : "notice"}>
      <div class="row">
        <span dir="auto"><strong>${name}</strong> ${means}</span> ${button}
      </div>
    </div>`;
  }

  #toData({ text }: Language) {
    if (this.model?.view === "data") return html``;
    return html`<button class="quiet" @click=${() => act(this, { type: "viewChosen", view: "data" })}>
      ${text.states.toData}
    </button>`;
  }

  #again({ text }: Language) {
    return html`<button class="quiet" @click=${() => act(this, { type: "tryAgain" })}>
      ${text.states.again}
    </button>`;
  }

  #onTabKey(event: KeyboardEvent, view: ViewId): void {
    const next = nextStop(event.key, viewIds.indexOf(view), viewIds.length, viewIds.length);
    const id = next === undefined ? undefined : viewIds[next];
    if (id === undefined) return;
    event.preventDefault();
    act(this, { type: "viewChosen", view: id });
    this.renderRoot.querySelector<HTMLElement>(`#tab-${id}`)?.focus();
  }

  /** The one movement there is: new numbers fade in, and not even that where less motion is asked for. */
  #fade(): void {
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.renderRoot.querySelector("#view")?.animate([{ opacity: 0.5 }, { opacity: 1 }], 120);
  }
}

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

customElements.define("kept-panel", Panel);
