import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { PanelParams } from "../../protocol/panel.ts";
import { outcomeWords } from "../../core/summary/funnel.ts";
import { steps } from "../../protocol/funnel.ts";
import { mostEditsBehind, type EditBehind, type EditsBehind } from "../../protocol/editsBehind.ts";
import type { Language } from "../language.ts";
import type { Behind, ViewId } from "../memory.ts";
import { detailOf, nameOf } from "../origins.ts";
import { act } from "../parts/act.ts";
import { inLine } from "../parts/inLine.ts";
import { nextStop } from "../parts/roving.ts";
import { goBack, isArriving } from "../parts/wayBack.ts";
import { base } from "../styles/base.ts";
import { listOf, rowsList } from "./rowsBehind.ts";
import { fileOf } from "./fileName.ts";

/** The single edits behind a number: where each lies, when it was made, why it is believed, and what is left. */
export class EditsList extends LitElement {
  static override properties = {
    language: { attribute: false },
    behind: { attribute: false },
    edits: { attribute: false },
    from: {},
    stop: { state: true },
  };
  static override styles = [
    base,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 4px 16px;
        margin-block-end: 8px;
      }
      header button {
        margin-inline-start: -4px;
      }
      h2 {
        flex: 1 1 100%;
        overflow-wrap: anywhere;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 16px;
        padding: 6px 4px;
        line-height: 20px;
      }
      .row .name {
        color: inherit;
      }
      button.link {
        border: 0;
        padding: 0;
        background: none;
        color: var(--vscode-textLink-foreground);
        font: inherit;
        cursor: pointer;
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        border-block-end: 1px solid var(--kept-guide);
        content-visibility: auto;
        contain-intrinsic-block-size: auto 72px;
      }
      footer {
        display: flex;
        align-items: baseline;
        gap: 4px 16px;
        margin-block-start: 8px;
      }
      .edit {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 16px;
        inline-size: 100%;
        padding: 6px 4px;
        border: 0;
        border-radius: 2px;
        background: none;
        color: inherit;
        font: inherit;
        line-height: 20px;
        text-align: start;
        cursor: pointer;
      }
      .edit:hover {
        background: var(--vscode-list-hoverBackground, transparent);
      }
      .name {
        color: var(--vscode-textLink-foreground);
        overflow-wrap: anywhere;
      }
      .left {
        text-align: end;
      }
      .small {
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare language: Language;
  declare behind: Behind;
  declare edits: EditsBehind | undefined;
  /** The view to go back to. */
  declare from: ViewId;
  declare private stop: number;
  /** How many rows were there when more were asked for. */
  #before: number | undefined;

  constructor() {
    super();
    this.from = "today";
    this.stop = 0;
    this.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#back();
    });
  }

  protected override firstUpdated(): void {
    if (isArriving()) this.renderRoot.querySelector("button")?.focus();
  }

  /** Who asked for more goes on with the first of these. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("edits") || this.#before === undefined) return;
    const rows = this.renderRoot.querySelectorAll<HTMLElement>(".edit, .row");
    rows[this.#before]?.focus();
    this.#before = undefined;
  }

  protected override render() {
    const { language, behind } = this;
    const { text, fill } = language;
    const list = listOf(behind);
    return html`<header>
        <button class="quiet" @click=${() => this.#back()}>
          ← ${fill(text.behind.back, { view: text.tabs[this.from] })}
        </button>
        ${
          list
            ? nothing
            : html`<button class="quiet" @click=${() => this.#turn()}>
                ${behind.order === "newest" ? text.behind.leastLeft : text.behind.newest}
              </button>`
        }
        <h2 dir="auto">
          ${[list ? text.behind.lists[list] : fill(text.behind.title, { name: this.#name() }), ...partOf(language, behind)].join(" · ")}
        </h2>
      </header>
      ${this.#list()}`;
  }

  #list() {
    const { text } = this.language;
    const edits = this.edits?.edits;
    if (!edits) return html`<p class="small" role="status">${text.behind.waiting}</p>`;
    const list = listOf(this.behind);
    if (list) return this.#rows(list);
    if (edits.length === 0) return html`<p>${text.behind.none}</p>`;
    const stop = Math.min(this.stop, edits.length - 1);
    return html`<ol
        aria-label=${text.behind[this.behind.order]}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        ${edits.map((edit, index) => this.#edit(edit, index, stop))}
      </ol>
      ${this.#more(edits.length)}`;
  }

  /** How far the list is read, and the way on. */
  #more(listed: number) {
    const { text, fill, count } = this.language;
    const { next } = this.edits!;
    if (!next && listed <= mostEditsBehind) return nothing;
    return html`<footer>
      <p class="small" role="status">
        ${fill(next ? text.behind.first : text.behind.all, { n: count(listed) })}
      </p>
      ${
        next
          ? html`<button class="quiet" @click=${() => this.#goOn(listed)}>${text.behind.more}</button>`
          : nothing
      }
    </footer>`;
  }

  #goOn(listed: number): void {
    this.#before = listed;
    act(this, { type: "moreBehind" });
  }

  #rows(list: NonNullable<ReturnType<typeof listOf>>) {
    const { text } = this.language;
    const rows = this.edits?.rows ?? [];
    if (rows.length === 0) return html`<p>${text.behind.noRows}</p>`;
    const open = {
      edits: (behind: Behind) => act(this, { type: "behindOpened", behind }),
      commit: (place: PanelParams<"openCommit">) => act(this, { type: "openCommit", place }),
    };
    return html`${rowsList(this.language, rows, { list, cases: this.behind.cases }, open)}
    ${this.#more(rows.length)}`;
  }

  #edit(edit: EditBehind, index: number, stop: number) {
    const { text, fill, percent, plural, moment } = this.language;
    const { name, folder } = fileOf(edit.uri);
    const { lines, strength } = edit;
    const where =
      lines === null
        ? text.behind.noLines
        : lines.first === lines.last
          ? fill(text.behind.line, { first: lines.first + 1 })
          : fill(text.behind.lines, { first: lines.first + 1, last: lines.last + 1 });
    return html`<li>
      <button
        class="edit"
        tabindex=${index === stop ? "0" : "-1"}
        title=${fill(text.behind.open, { name })}
        @focus=${() => (this.stop = index)}
        @click=${() =>
          act(this, {
            type: "openEdit",
            place: {
              ...{ uri: edit.uri, firstLine: lines?.first ?? 0, lastLine: lines?.last ?? 0 },
              madeAt: edit.at,
            },
          })}
      >
        <span class="name" dir="auto">${name}</span>
        <span class="left"
          >${fill(text.behind.left, { share: percent(edit.keptChars / edit.insertedChars) })}</span
        >
        <span class="small parts" dir="auto">${inLine([folder, where].filter((part) => part !== ""))}</span>
        <span class="small left">${plural(text.counts.chars, edit.insertedChars)}</span>
        <span class="small parts"
          >${inLine([
            nameOf(edit.origin, this.language),
            strength === null ? text.behind.noStrength : text.behind.strengths[strength],
          ])}</span
        >
        <span class="small left">${moment(edit.at)}</span>
      </button>
    </li>`;
  }

  /** A whole kind, or one tool in one mode with one model. */
  #name(): string {
    const { language, behind } = this;
    if (behind.of === "task") return fillTask(language, behind);
    if (behind.of === "overwrite" && behind.overwritten) {
      const [by, of] = [nameOf(behind.origin, language), nameOf(behind.overwritten, language)];
      return language.fill(language.text.tools.overwriteName, { by, of });
    }
    if (behind.of === "kind") {
      const kind = language.text.kinds[behind.origin.kind];
      return behind.found ? `${kind}, ${foundWords(language, behind.found)}` : kind;
    }
    const detail = detailOf(behind.origin, language);
    const name = nameOf(behind.origin, language);
    return detail === "" ? name : `${name}, ${detail}`;
  }

  #back(): void {
    goBack();
    act(this, { type: "behindClosed" });
  }

  #turn(): void {
    const order = this.behind.order === "newest" ? "leastLeft" : "newest";
    act(this, { type: "behindOpened", behind: { ...this.behind, order } });
  }

  #onKey(event: KeyboardEvent): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>(".edit")];
    const next = nextStop(event.key, this.stop, buttons.length, 1);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  }
}

/** Of one outcome its words, of all that got to a step that step. */
function foundWords({ text }: Language, { stage, outcomes }: NonNullable<Behind["found"]>): string {
  const [outcome = ""] = outcomes;
  const step = steps.find((each) => each === stage);
  if (step && outcomes.length > 1) return text.funnel[step];
  return outcome === "" ? text.behind.notYet : outcomeWords(stage, outcome);
}

/** What a list leaves out of the numbers of its kind. */
function partOf(
  language: Language,
  { of, origin, tier, outcome, cases, fates, undone, month, within }: Behind,
): readonly string[] {
  const { cost, behind } = language.text;
  const isOfTool = of === "requests" && origin.kind === "ai" && origin.tool !== undefined;
  return [
    ...(isOfTool ? [nameOf(origin, language), origin.model ?? cost.noModel] : []),
    ...(tier ? [cost.tierNames[tier]] : []),
    ...(outcome ? [cost.outcome[outcome]] : []),
    ...(cases ? [of === "requests" && cases === "priced" ? behind.pricedOfTasks : behind.cases[cases]] : []),
    ...(month ? [behind.month] : []),
    ...(fates
      ? [fates.days > 0 ? language.fill(behind.watched, { n: language.count(fates.days) }) : behind.allTime]
      : []),
    ...(undone ? [behind.undone] : []),
    ...(within ? [language.period(within.from, within.to)] : []),
  ];
}

function fillTask(language: Language, { origin }: Behind): string {
  return language.fill(language.text.behind.task, { tool: nameOf(origin, language) });
}

customElements.define("kept-behind", EditsList);
