import { css, html, LitElement, nothing } from "lit";
import type { ToolHealth } from "../../protocol/connections.ts";
import type { Language } from "../language.ts";
import type { Definition } from "../parts/explained.ts";
import { act } from "../parts/act.ts";
import { inLine } from "../parts/inLine.ts";
import { base } from "../styles/base.ts";

type Way = ToolHealth["heard"][number]["way"];

const ways: readonly Way[] = ["hook", "log", "telemetry"];

/** By which ways each tool tells of itself, when it did so last, and what was not understood. */
export class ToolHealthList extends LitElement {
  static override properties = { language: { attribute: false }, tools: { attribute: false } };
  static override styles = [
    base,
    css`
      .tools {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
        gap: 16px 32px;
        margin-block-start: 8px;
        list-style: none;
      }
      h3 {
        margin-block-end: 4px;
      }
      .ways {
        display: grid;
        gap: 8px;
        list-style: none;
      }
      .ways > li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
        align-items: center;
      }
      p {
        grid-column: 1;
      }
      vscode-button {
        grid-column: 2;
        grid-row: 1 / span 2;
      }
      .drift {
        grid-column: 1 / -1;
        margin-block-start: 4px;
        padding-inline-start: 8px;
        border-inline-start: 3px solid var(--vscode-editorWarning-foreground, var(--vscode-foreground));
      }
    `,
  ];

  declare language: Language;
  /** Undefined until the host has said it. */
  declare tools: readonly ToolHealth[] | undefined;

  protected override render() {
    const { toolHealth: text } = this.language.text;
    if (!this.tools) return html`<p class="small" role="status">${text.waiting}</p>`;
    if (this.tools.length === 0)
      return html`<p>${text.none}</p>
        <p class="small">${text.noneHow}</p>`;
    return html`<ul class="tools">
      ${this.tools.map(
        (tool) =>
          html`<li>
            <h3 dir="auto">${tool.title}</h3>
            <ul class="ways">
              ${ways.map((way) => this.#way(tool, way))}
            </ul>
          </li>`,
      )}
    </ul>`;
  }

  #way(tool: ToolHealth, way: Way) {
    const { text, plural, fill, count } = this.language;
    const words = text.toolHealth;
    const heard = tool.heard.find((each) => each.way === way);
    const connection = { hook: tool.hooks, log: undefined, telemetry: tool.telemetry }[way];
    // A tool that has no telemetry lacks nothing.
    if (way === "telemetry" && connection === null && !heard) return nothing;
    const state = [
      ...(connection === null ? [words.noHooks] : []),
      ...(connection ? [stateOf(connection, words)] : []),
      ...(heard
        ? [
            fill(words.last, { moment: this.language.moment(heard.at) }),
            fill(words.taken, { n: count(heard.taken) }),
          ]
        : []),
      ...(!heard && connection !== null && connection?.isConnected !== false ? [words.never] : []),
      ...(way === "hook" && tool.waiting > 0 ? [plural(words.waits, tool.waiting)] : []),
    ];
    const all = (heard?.taken ?? 0) + (heard?.notUnderstood ?? 0);
    return html`<li>
      <p class="small">${words.ways[way]}</p>
      <p class="parts">${inLine(state)}</p>
      ${connection?.isConnected === false || connection?.isOutdated ? this.#connect(tool, way, connection.name) : nothing}
      ${
        heard && heard.notUnderstood > 0
          ? html`<p class="drift small">
              ${fill(plural(words.notUnderstood, heard.notUnderstood), { all: count(all) })}
            </p>`
          : nothing
      }
    </li>`;
  }

  #connect({ title }: ToolHealth, way: Way, name: string) {
    const { text, fill } = this.language;
    const words = text.toolHealth;
    const what = fill(words.connectWhat, { tool: title, way: words.ways[way] });
    return html`<vscode-button
      secondary
      title=${text.tools.connectDoes}
      aria-label=${what}
      @click=${() => act(this, { type: "connectTool", tool: name })}
      >${words.connect}</vscode-button
    >`;
  }
}

function stateOf(
  { isConnected, isOutdated }: NonNullable<ToolHealth["hooks"]>,
  words: Language["text"]["toolHealth"],
): string {
  if (isOutdated) return words.outdated;
  return isConnected ? words.connected : words.notConnected;
}

export function toolHealthDefinition({ text, plural }: Language, tools: number): Definition {
  const { title: name, meaning, window, sample } = text.toolHealth;
  return { name, meaning, window, sample: plural(sample, tools) };
}

customElements.define("kept-tool-health", ToolHealthList);
