import { html } from "lit";
import type { RequestSummary } from "../../protocol/requestSummary.ts";
import { properName } from "../origins.ts";
import { CostDefinitions } from "../parts/costDefinitions.ts";
import { fillingNames, NumberGrid } from "../parts/numberGrid.ts";
import { moneyWords } from "./costParts.ts";
import { typeName } from "./costTables.ts";

/** The dearest tasks of which nothing is left, each with the edits it made. */
export class Dearest extends NumberGrid {
  static override styles = [NumberGrid.styles, fillingNames];

  protected override get columns(): number {
    return 2;
  }

  protected override render() {
    const { cost } = this.language.text;
    const { dearest } = this.summary.requests;
    const head = html`<tr>
      <th scope="col">${cost.dearestHead}</th>
      <th scope="col">${cost.dearestEdits}</th>
      <th scope="col">${cost.cost}</th>
    </tr>`;
    return this.grid({ caption: cost.dearest, count: 2 * dearest.length }, head, (stop) =>
      dearest.map((task, index) => this.#row(task, 2 * index, stop)),
    );
  }

  #row(task: RequestSummary["dearest"][number], index: number, stop: number) {
    const { language, summary } = this;
    const title = properName(task.tool);
    const kind = task.type === "unknown" ? null : typeName(language, task.type);
    const detail = [language.day(task.day), kind, task.model].filter((part) => part !== null).join(" · ");
    const definition = new CostDefinitions(language, summary).dearestTask(task);
    return html`<tr>
      <th scope="row">
        <span class="clip" dir="auto" title=${title}>${title}</span>
        <span class="clip small" dir="auto" title=${detail}>${detail}</span>
      </th>
      <td>${this.number(language.count(task.changes), definition, index, stop)}</td>
      <td>${this.number(moneyWords(language, task.nanoUsd), definition, index + 1, stop)}</td>
    </tr>`;
  }
}

customElements.define("kept-dearest", Dearest);
