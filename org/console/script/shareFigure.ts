import { css, LitElement } from "lit";
import type { MeasuredShare } from "../../../protocol/share.ts";
import { shareLine, shareLineStyles } from "../../../webview/charts/shareLine.ts";
import { WidthObserver } from "../../../webview/parts/width.ts";
import { base } from "../../../webview/styles/base.ts";

/** A share as the panel draws it. What it says is written beside it; without scripts, what it holds is shown. */
export class ShareFigure extends LitElement {
  static override properties = { share: { attribute: false }, kind: {} };
  static override styles = [
    base,
    shareLineStyles,
    css`
      :host {
        min-inline-size: 100px;
      }
    `,
  ];

  declare share: MeasuredShare | undefined;
  declare kind: "ai" | "human";
  readonly #width = new WidthObserver(this);

  constructor() {
    super();
    this.kind = "ai";
  }

  protected override render() {
    const { share, kind } = this;
    return share && shareLine(share, { width: this.#width.width, kind });
  }
}

customElements.define("kept-share", ShareFigure);
