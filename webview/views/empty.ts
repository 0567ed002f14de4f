import { html, nothing } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import { act } from "../parts/act.ts";
import { beforeBlock } from "./beforeKept.ts";

/** What will appear here, while there is nothing yet. */
export function emptyBlock(from: EventTarget, language: Language, summary: Summary) {
  const { text, fill } = language;
  const { question } = summary;
  const { states } = text;
  const inWorkspace = question.scope === "workspace";
  return html`<div class="block">
    <h2>${states.empty}</h2>
    <p>${fill(inWorkspace ? states.emptyWorkspace : states.emptyAll, { n: question.days })}</p>
    ${beforeBlock(language, summary)}
    <p>${states.emptyWhat}</p>
    <ul>
      ${states.emptyList.map((item) => html`<li>${item}</li>`)}
    </ul>
    <p class="small">${states.emptyLocal}</p>
    ${
      inWorkspace
        ? html`<div class="buttons">
            <vscode-button secondary @click=${() => act(from, { type: "scopeChosen", scope: "all" })}
              >${states.showAll}</vscode-button
            >
          </div>`
        : nothing
    }
  </div>`;
}
