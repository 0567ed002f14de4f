import { css, html, LitElement, nothing } from "lit";
import type { Language } from "../language.ts";
import { base } from "../styles/base.ts";
import "./explained.ts";
import type { Definition } from "./explained.ts";
import { WidthObserver } from "./width.ts";

/** A picture with its title, its definition, and the same numbers as a table one click away. */
export class Figure extends LitElement {
  static override properties = {
    language: { attribute: false },
    definition: { attribute: false },
    heading: {},
    tableOpen: { type: Boolean },
    hasTable: { type: Boolean },
    scrolls: { state: true },
  };
  static override styles = [
    base,
    css`
      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 8px;
        margin-block-end: 8px;
      }
      .tools {
        display: flex;
        flex: none;
        align-items: baseline;
        margin-inline-end: -4px;
        font-size: 0.92em;
      }
      button[aria-expanded="true"] {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      .table {
        margin-block-start: 12px;
        max-block-size: 320px;
        overflow: auto;
      }
    `,
  ];

  declare language: Language;
  declare definition: Definition;
  declare heading: string;
  declare tableOpen: boolean;
  /** False where the picture is a table itself. */
  declare hasTable: boolean;
  /** Only what can be scrolled is a stop for Tab. */
  declare private scrolls: boolean;
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.heading = "";
    this.tableOpen = false;
    this.hasTable = false;
    this.scrolls = false;
  }

  protected override updated(): void {
    const table = this.renderRoot.querySelector("#table");
    if (!table || this.#width.width === 0) return;
    this.scrolls = table.scrollHeight > table.clientHeight || table.scrollWidth > table.clientWidth;
  }

  protected override render() {
    const { text, fill } = this.language;
    const tableName = fill(text.chart.showTable, { name: this.heading });
    return html`
      <section aria-labelledby="heading">
        <header>
          <h2 id="heading">${this.heading}</h2>
          <div class="tools">
            ${
              this.hasTable
                ? html`<button
                    class="quiet"
                    aria-expanded=${this.tableOpen ? "true" : "false"}
                    aria-controls="table"
                    aria-label=${tableName}
                    @click=${() => this.dispatchEvent(new CustomEvent("table"))}
                  >
                    ${text.chart.table}
                  </button>`
                : nothing
            }
            <kept-explained
              .language=${this.language}
              .definition=${this.definition}
              text=${text.explained.about}
              look="link"
            ></kept-explained>
          </div>
        </header>
        <slot></slot>
        <div
          id="table"
          class="table"
          role="region"
          aria-label=${tableName}
          ?hidden=${!this.tableOpen}
          tabindex=${this.scrolls ? "0" : nothing}
        >
          <slot name="table"></slot>
        </div>
      </section>
    `;
  }
}

customElements.define("kept-figure", Figure);
