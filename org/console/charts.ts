import type { MeasuredShare as PanelShare } from "../../protocol/share.ts";
import { withBlocks } from "./blocks.ts";
import { html, type Html } from "./html.ts";
import { leastWeeks, type MeasuredShare } from "./measured.ts";
import { percent } from "../../core/percent.ts";

/** As the panel has its shares: weeks are what is counted. */
export function panelShare({
  value,
  interval,
  weeks,
}: Pick<MeasuredShare, "value" | "interval"> & Partial<Pick<MeasuredShare, "weeks">>): PanelShare {
  const isSure = value !== undefined && interval !== undefined;
  const bound = (share: number) => Math.min(1, Math.max(0, share));
  return {
    value: isSure ? bound(value) : null,
    low: isSure ? bound(interval.low) : null,
    high: isSure ? bound(interval.high) : null,
    ...{ n: weeks ?? 0, needsMore: isSure ? 0 : Math.max(1, leastWeeks - (weeks ?? 0)) },
  };
}

/** The panel's dot on its whisker; without scripts a plainer one, or a dashed line where there is not enough data. */
export function whisker(
  share: Pick<MeasuredShare, "value" | "interval"> & Partial<Pick<MeasuredShare, "weeks">>,
  kind: "ai" | "human" = "ai",
): Html {
  return html`<kept-share kind="${kind}" data-of="${JSON.stringify(panelShare(share))}"
    >${plainWhisker(share)}</kept-share
  >`;
}

/** On an axis of 100. */
function plainWhisker({ value, interval }: Pick<MeasuredShare, "value" | "interval">): Html {
  const at = (share: number) => (2 + 96 * Math.min(1, Math.max(0, share))).toFixed(1);
  return html`<svg class="whisker" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    <line class="grid" x1="50" x2="50" y1="0" y2="12" />
    ${
      value === undefined || interval === undefined
        ? html`<line class="unsure" x1="2" x2="98" y1="6" y2="6" />`
        : html`<line class="span" x1="${at(interval.low)}" x2="${at(interval.high)}" y1="6" y2="6" />
            <line class="dot" x1="${at(value)}" x2="${at(value)}" y1="6" y2="6" />`
    }
  </svg>`;
}

/** A share as people read it, with how sure it is, or with what is missing. */
export function shareWords({ value, interval, weeks }: MeasuredShare): string {
  if (value !== undefined && interval !== undefined) {
    const [low, high] = [percent(interval.low), percent(interval.high)];
    return low === high ? percent(value) : `${percent(value)}, between ${low} and ${high}`;
  }
  const missing = leastWeeks - weeks;
  return missing > 0
    ? `◌ needs ${missing} more ${missing === 1 ? "week" : "weeks"} that may be shown`
    : "◌ nothing was counted";
}

/** The part of a whole that a bar stands for. */
export function partBar(part: number, whole: number): Html {
  const width = whole > 0 ? Math.min(100, (100 * part) / whole) : 0;
  return html`<svg class="part" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    <rect class="whole" x="0" y="0" width="100" height="12" />
    <rect class="filled" x="0" y="0" width="${width.toFixed(2)}" height="12" />
  </svg>`;
}

/** Parts beside each other; each is told apart by its place, its texture and its word. */
export function stackBar(parts: readonly number[], most: number): Html {
  let from = 0;
  return html`<svg class="part" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    ${parts.map((part, index) => {
      const width = most > 0 ? (100 * part) / most : 0;
      const rect = html`<rect
        class="layer-${index + 1}"
        x="${from.toFixed(2)}"
        y="0"
        width="${width.toFixed(2)}"
        height="12"
      />`;
      from += width;
      return rect;
    })}
  </svg>`;
}

export function legendOf(words: readonly string[]): Html {
  return html`<ul class="legend" aria-label="What the parts are">
    ${words.map((word, index) => html`<li><span class="swatch layer-${index + 1}" aria-hidden="true"></span> ${word}</li>`)}
  </ul>`;
}

/** A table that can be scrolled by keyboard where it is wide, and is blocks where the window is narrow. */
export function table(
  labelledBy: string,
  heads: readonly Html[],
  rows: readonly Html[],
  look: "tight" | "whiskers" | "grid" | "" = "",
): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${labelledBy}">
    ${withBlocks(
      html`<table class="${look === "grid" ? look : `blocks ${look}`}">
        <thead role="rowgroup">
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}
  </div>`;
}

export const head = (words: string) => html`<th scope="col">${words}</th>`;
export const numberHead = (words: string) => html`<th scope="col" class="number">${words}</th>`;
export const axisHead = html`<th scope="col" class="axis">
  <span>0 %</span><span>50 %</span><span>100 %</span>
</th>`;

export const count = (value: number) => Math.round(value).toLocaleString("en");

/** List prices come in US cents. */
export const dollars = (cents: number) =>
  `$${(cents / 100).toLocaleString("en", { minimumFractionDigits: cents < 100_000 ? 2 : 0, maximumFractionDigits: cents < 100_000 ? 2 : 0 })}`;

/** That there is more than what is shown, and why; nothing where all of it is shown. */
export function moreThanShown(sentences: readonly string[]): Html {
  return sentences.length === 0
    ? html``
    : html`<details>
        <summary>There is more than what is shown here</summary>
        ${sentences.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
      </details>`;
}

/** A picture whose data did not come yet, and what it waits for. */
export function waiting(id: string, title: string, needs: string): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p>◌ Not enough data. ${needs}</p>
  </section>`;
}
