import { css, html, LitElement, type CSSResultGroup, type TemplateResult } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { base, tables } from "../styles/base.ts";
import "./explained.ts";
import type { Definition, Explained } from "./explained.ts";
import { nextStop } from "./roving.ts";
import { WidthObserver } from "./width.ts";

/**
 * For tables whose names are as wide as the numbers leave them. In a narrow one, what stands under a name goes on under
 * the numbers, which take the first line alone.
 */
export const fillingNames = css`
  :host {
    container-type: inline-size;
  }
  th[scope="row"],
  thead th:first-child {
    max-inline-size: 0;
    inline-size: 100%;
  }
  @container (max-width: 440px) {
    th[scope="row"] .small {
      inline-size: 100cqi;
    }
  }
`;

/** Names are somebody else's: at most two lines of them. */
const names = css`
  .clip {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  /* What a name is told apart by may stand at its end. */
  .clip.small {
    -webkit-line-clamp: 3;
  }
`;

/** A table of numbers that open what is behind them. It is one stop for Tab; arrows walk it. */
export abstract class NumberGrid extends LitElement {
  static override properties = {
    language: { attribute: false },
    summary: { attribute: false },
    stop: { state: true },
  };
  static override styles: CSSResultGroup = [base, tables, names];

  declare language: Language;
  declare summary: Summary;
  declare protected stop: number;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.stop = 0;
  }

  /** How many numbers stand in a row. */
  protected abstract get columns(): number;

  /** In pixels, once it is on the page. */
  protected get width(): number {
    return this.#width.width;
  }

  /** `body` is drawn with the number that holds the stop, of `count` in all. */
  protected grid(
    { caption, look = "", count }: { caption: string; look?: string; count: number },
    head: TemplateResult,
    body: (stop: number) => unknown,
  ) {
    return html`<table role="grid" class=${look} @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        ${head}
      </thead>
      <tbody>
        ${body(Math.min(this.stop, Math.max(0, count - 1)))}
      </tbody>
    </table>`;
  }

  /** One of the numbers: the mark of too little data is said in words. */
  protected number(text: string, definition: Definition, index: number, stop: number) {
    const { kept } = this.language.text;
    return html`<kept-explained
      .spoken=${text === kept.mark ? kept.notEnough : undefined}
      .language=${this.language}
      .definition=${definition}
      .stop=${index === stop ? 0 : -1}
      text=${text}
      @focusin=${() => (this.stop = index)}
    ></kept-explained>`;
  }

  #onKey(event: KeyboardEvent): void {
    const numbers = [...this.renderRoot.querySelectorAll<Explained>("kept-explained")];
    const next = nextStop(event.key, this.stop, numbers.length, this.columns);
    if (next === undefined) return;
    event.preventDefault();
    numbers[next]?.focus();
  }
}
