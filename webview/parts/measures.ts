import { html } from "lit";
import type { Summary } from "../../protocol/summary.ts";
import type { Language } from "../language.ts";
import type { ScorecardRow } from "../scorecard.ts";
import { Definitions } from "./definitions.ts";
import "./figure.ts";
import "./scorecard.ts";

/** A card of metrics, over the whole width. */
export function measuresCard(language: Language, summary: Summary, rows: readonly ScorecardRow[]) {
  return html`<kept-figure
    class="card wide"
    .language=${language}
    .definition=${new Definitions(language, summary).scorecard()}
    heading=${language.text.scorecard.title}
  >
    <kept-scorecard .language=${language} .summary=${summary} .rows=${rows}></kept-scorecard>
  </kept-figure>`;
}
