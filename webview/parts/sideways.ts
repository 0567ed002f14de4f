import { css, html, LitElement } from "lit";
import { WidthObserver } from "./width.ts";

/** What may be wider than its place scrolls in it, and only then is it a stop for Tab. */
export class Sideways extends LitElement {
  static override properties = { name: {} };
  static override styles = css`
    :host {
      display: block;
      overflow-x: auto;
    }
    :host(:focus-visible) {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
  `;

  declare name: string;
  readonly width = new WidthObserver(this);

  protected override updated(): void {
    this.role = "region";
    this.ariaLabel = this.name;
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else this.removeAttribute("tabindex");
  }

  protected override render() {
    return html`<slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }
}

customElements.define("kept-sideways", Sideways);
