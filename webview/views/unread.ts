import { css, html, LitElement, nothing } from "lit";
import type { Passage, Unread } from "../../protocol/seen.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { base } from "../styles/base.ts";
import { fileOf } from "./fileName.ts";

/** More are in the Source Control view. */
const mostPassages = 8;

/** AI text that nobody has had on screen, one click each. */
export class UnreadText extends LitElement {
  static override properties = { language: { attribute: false }, unread: { attribute: false } };
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(15em, 1fr));
        gap: 4px 16px;
        margin: 8px 0;
        padding: 0;
        list-style: none;
      }
      button {
        padding: 2px 0;
        border: 0;
        background: none;
        color: var(--vscode-textLink-foreground);
        font: inherit;
        text-align: start;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      button:hover {
        color: var(--vscode-textLink-activeForeground);
        text-decoration: underline;
      }
    `,
  ];

  declare language: Language;
  declare unread: Unread;

  protected override render() {
    const { text, plural } = this.language;
    const passages = this.unread.files.flatMap(({ uri, ranges }) =>
      ranges.map((range): Passage => ({ uri, ...range })),
    );
    const lines = this.unread.files.reduce((total, file) => total + file.lines, 0);
    const more = passages.length - mostPassages;
    return html`<p>${plural(text.unread.lines, lines)}</p>
      <ul>
        ${passages.slice(0, mostPassages).map((passage) => this.#passage(passage))}
      </ul>
      ${more > 0 ? html`<p class="small">${plural(text.unread.more, more)}</p>` : nothing}`;
  }

  #passage(passage: Passage) {
    const { text, fill } = this.language;
    const { name } = fileOf(passage.uri);
    const [first, last] = [passage.firstLine + 1, passage.lastLine + 1];
    const words = first === last ? text.unread.line : text.unread.range;
    return html`<li>
      <button @click=${() => act(this, { type: "openUnread", passage })}>
        ${fill(words, { name, first, last })}
      </button>
    </li>`;
  }
}

customElements.define("kept-unread", UnreadText);
