import { css, html, LitElement } from "lit";
import type { CharsByKind } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { WidthObserver } from "../parts/width.ts";
import { base, textures } from "../styles/base.ts";
import { layOutBar } from "./bar.ts";
import { kindsToName, totalOf } from "./kinds.ts";
import { paint, patterns } from "./textures.ts";

const barHeight = 16;

/** All text of a period as one bar, parted by origin. */
export class WholeBar extends LitElement {
  static override properties = { language: { attribute: false }, chars: { attribute: false }, heading: {} };
  static override styles = [
    base,
    textures,
    css`
      svg {
        display: block;
      }
    `,
  ];

  declare language: Language;
  declare chars: CharsByKind;
  declare heading: string;
  readonly #width = new WidthObserver(this);

  protected override render() {
    const width = this.#width.width;
    return html`<svg width=${width} height=${barHeight} role="img" aria-label=${this.#words()}>
      ${patterns()}
      ${layOutBar(this.chars, width).map((part) => paint(part.kind, part.x, 0, part.width, barHeight))}
    </svg>`;
  }

  #words(): string {
    const { text, percent } = this.language;
    const all = totalOf(this.chars);
    const parts = kindsToName(this.chars).map((kind) =>
      all === 0 ? text.kinds[kind] : `${text.kinds[kind]} ${percent(this.chars[kind] / all)}`,
    );
    return `${this.heading}: ${parts.join(", ")}`;
  }
}

customElements.define("kept-whole-bar", WholeBar);
