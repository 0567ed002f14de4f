import { css, html, LitElement, nothing } from "lit";
import type { Language } from "../language.ts";
import type { Behind } from "../memory.ts";
import { base } from "../styles/base.ts";
import { act } from "./act.ts";
import { isComeBackTo, leaveFrom } from "./wayBack.ts";

/** What stands behind a number: of what, since when, how sure. */
export interface Definition {
  readonly name: string;
  readonly meaning: string;
  readonly window: string;
  readonly sample: string;
  /** The value in full, where it is shown shortened or as a share. */
  readonly exactly?: string;
  readonly certainty?: string;
  /** Of what it is made of, the part of which the origin is known. */
  readonly coverage?: string;
  /** What is aimed at. */
  readonly target?: string;
  readonly formula?: string;
  /** What misleads in it. */
  readonly pitfalls?: string;
  /** The number that is to be read with it. */
  readonly partner?: string;
  /** The edits that can be listed. */
  readonly behind?: Behind;
}

/** A number that opens its definition. Hovering it says the same in one line. */
export class Explained extends LitElement {
  static override properties = {
    language: { attribute: false },
    definition: { attribute: false },
    text: {},
    spoken: {},
    look: {},
    stop: { type: Number },
    shown: { state: true },
  };
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      button {
        font: inherit;
        color: inherit;
        margin: 0;
        padding: 0;
        border: 0;
        border-radius: 2px;
        background: none;
        line-height: inherit;
        letter-spacing: inherit;
        text-align: inherit;
        cursor: pointer;
        anchor-name: --number;
        text-decoration: underline dotted transparent;
        text-underline-offset: 4px;
        text-decoration-thickness: 1px;
      }
      button:hover,
      button:focus-visible,
      button[aria-expanded="true"] {
        text-decoration-color: currentColor;
      }
      button.behind {
        margin-block-start: 8px;
        color: var(--vscode-textLink-foreground);
      }
      button.link {
        color: var(--vscode-textLink-foreground);
        padding: 0 4px;
      }
      [popover] {
        inset: auto;
        position: fixed;
        position-anchor: --number;
        position-area: block-end span-all;
        position-try-fallbacks: flip-block;
        justify-self: anchor-center;
        margin: 4px 8px;
        inline-size: max-content;
        max-inline-size: min(320px, calc(100vw - 16px));
        max-block-size: calc(100vh - 16px);
        overflow: auto;
        padding: 12px;
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        background: var(--vscode-editorHoverWidget-background);
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 20px var(--vscode-font-family);
        text-align: start;
        white-space: normal;
        letter-spacing: normal;
      }
      /* Where anchors are unknown it stands at the bottom of the view. */
      @supports not (anchor-name: --number) {
        [popover] {
          inset: auto 8px 8px;
          margin-inline: auto;
        }
      }
      [popover]:focus-visible {
        outline-offset: -1px;
      }
      strong {
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0 12px;
        margin-block-start: 8px;
      }
      dt {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare language: Language;
  declare definition: Definition;
  declare text: string;
  /** Said instead of `text` where that is only a mark. */
  declare spoken: string | undefined;
  /** `plain` in running text and tables, `link` as a word that opens a definition. */
  declare look: "plain" | "link";
  /** 0 to be reached by Tab, -1 where a table moves the focus itself. */
  declare stop: number;
  declare private shown: boolean;

  constructor() {
    super();
    this.text = "";
    this.look = "plain";
    this.stop = 0;
    this.shown = false;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector("button")?.focus(options);
  }

  /** Not only when it is drawn first: what a picture is called may follow its width. */
  protected override updated(): void {
    if (this.definition.behind && isComeBackTo(this.#self(), this)) this.focus();
  }

  protected override render() {
    const {
      name,
      meaning,
      window,
      sample,
      exactly,
      certainty,
      coverage,
      target,
      formula,
      pitfalls,
      partner,
    } = this.definition;
    const { explained } = this.language.text;
    const says = [meaning, exactly, window, sample, certainty].filter((part) => part !== undefined);
    return html`
      <button
        class=${this.look}
        popovertarget="definition"
        tabindex=${this.stop}
        title=${says.join("\n")}
        aria-label=${this.language.fill(explained.label, { shown: this.spoken ?? this.text, name })}
        aria-expanded=${this.shown ? "true" : "false"}
      >
        ${this.text}
      </button>
      <div
        id="definition"
        popover
        autofocus
        tabindex="-1"
        role="dialog"
        aria-label=${name}
        @beforetoggle=${(event: ToggleEvent) => this.#onToggle(event)}
      >
        ${
          this.shown
            ? html`<strong>${name}</strong>
                <p>${meaning}</p>
                <dl>
                  ${term(explained.exactly, exactly)} ${term(explained.formula, formula)}
                  ${term(explained.window, window)} ${term(explained.sample, sample)}
                  ${term(explained.certainty, certainty)} ${term(explained.coverage, coverage)}
                  ${term(explained.target, target)} ${term(explained.pitfalls, pitfalls)}
                  ${term(explained.partner, partner)}
                </dl>
                ${this.#behindButton()}`
            : nothing
        }
      </div>
    `;
  }

  /** What it is among all that lead to a list. */
  #self(): string {
    return JSON.stringify([this.definition.behind, this.definition.name, this.text, this.look]);
  }

  #behindButton() {
    const { behind } = this.definition;
    if (!behind) return nothing;
    const open = () => {
      this.renderRoot.querySelector<HTMLElement>("#definition")?.hidePopover();
      leaveFrom(this.#self(), this);
      act(this, { type: "behindOpened", behind });
    };
    return html`<button class="behind" @click=${open}>${this.#showWords(behind)}</button>`;
  }

  #showWords({ of }: Behind): string {
    const { explained } = this.language.text;
    if (of === "requests" || of === "tasks") return explained.behindRows[of];
    return of.endsWith("Commits") ? explained.behindRows.commits : explained.behind;
  }

  #onToggle({ newState }: ToggleEvent): void {
    this.shown = newState === "open";
    // The browser gives the focus back only where no shadow root lies between.
    const leaves = newState === "closed" && this.shadowRoot?.activeElement?.id === "definition";
    if (leaves) this.focus();
  }
}

function term(name: string, value: string | undefined) {
  return value === undefined
    ? nothing
    : html`<dt>${name}</dt>
        <dd>${value}</dd>`;
}

customElements.define("kept-explained", Explained);
