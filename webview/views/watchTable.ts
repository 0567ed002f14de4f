import { css, html, nothing } from "lit";
import type { WatchedModel } from "../../protocol/toolUse.ts";
import { shareLine, shareLineHead, shareLineStyles } from "../charts/shareLine.ts";
import { isSure } from "../charts/whisker.ts";
import { properName } from "../origins.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { ToolDefinitions } from "../parts/toolDefinitions.ts";

const leastWidthForColumn = 640;
/** Now, before. */
const numbersInRow = 2;

/** Each model against its own past, with the past as a band behind, and in words whether it became another. */
export class WatchTable extends NumberGrid {
  static override styles = [
    NumberGrid.styles,
    fillingNames,
    shareLineStyles,
    css`
      .wide th[scope="row"] {
        inline-size: 45%;
      }
      .says {
        display: block;
      }
      td.axis,
      th.axis {
        text-align: start;
        vertical-align: middle;
        padding-block: 0;
      }
    `,
  ];

  protected override get columns(): number {
    return numbersInRow;
  }

  protected override render() {
    const { language, summary } = this;
    const { tools } = language.text;
    const models = summary.toolUse?.models ?? [];
    const axis = shareLineHead(language, this.#axisWidth());
    const head = html`<tr>
      <th scope="col">${tools.watchHead}${this.#hasColumn() ? nothing : axis}</th>
      ${
        this.#hasColumn()
          ? html`<th scope="col" class="axis"><span class="unseen">${tools.watchAxis}</span>${axis}</th>`
          : nothing
      }
      <th scope="col">${tools.now}</th>
      <th scope="col">${tools.before}</th>
    </tr>`;
    const look = this.#hasColumn() ? "wide" : "narrow";
    return this.grid({ caption: tools.watch, look, count: models.length * numbersInRow }, head, (stop) =>
      models.map((model, index) => this.#row(model, index * numbersInRow, stop)),
    );
  }

  #row(model: WatchedModel, first: number, stop: number) {
    const { language, summary } = this;
    const { text, percent, week, fill } = language;
    const definitions = new ToolDefinitions(language, summary);
    const tool = model.tool === null ? text.unknownTool : properName(model.tool);
    const name = model.model === null ? tool : `${tool}, ${model.model}`;
    const says = text.tools.says[model.says];
    const since =
      model.change === null ? "" : ` ${fill(text.tools.since, { week: week(model.change.week) })}`;
    const axis = shareLine(model.now, { width: this.#axisWidth(), compared: model.before });
    const words = (share: WatchedModel["now"]) => (isSure(share) ? percent(share.value) : text.kept.mark);
    return html`<tr>
      <th scope="row">
        <span class="clip" dir="auto" title=${tool}>${tool}</span>
        ${
          model.model === null
            ? nothing
            : html`<span class="clip small" dir="auto" title=${model.model}>${model.model}</span>`
        }
        <span class="says small">${[`${says}${since}`, ...this.#checks(model)].join("; ")}.</span>
        ${this.#hasColumn() ? nothing : axis}
      </th>
      ${this.#hasColumn() ? html`<td class="axis">${axis}</td>` : nothing}
      <td>${this.number(words(model.now), definitions.now(model, name), first, stop)}</td>
      <td>${this.number(words(model.before), definitions.before(model, name), first + 1, stop)}</td>
    </tr>`;
  }

  /** What else became of its edits, as the rest of the sentence. What cannot be told is not said. */
  #checks({ undone, retries }: WatchedModel): readonly string[] {
    const { text, fill, percent } = this.language;
    const { tools } = text;
    const held = retries.held === null ? "" : ` (${fill(tools.held, { share: percent(retries.held) })})`;
    return [
      ...(undone.says === "cannotTell" ? [] : [tools.undone[undone.says]]),
      ...(retries.says === "cannotTell" ? [] : [`${tools.retries[retries.says]}${held}`]),
    ];
  }

  #hasColumn(): boolean {
    return this.width >= leastWidthForColumn;
  }

  #axisWidth(): number {
    return Math.max(0, Math.floor(this.#hasColumn() ? this.width * 0.35 : this.width));
  }
}

customElements.define("kept-watch-table", WatchTable);
