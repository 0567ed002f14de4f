import { css, html, nothing, svg } from "lit";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Language } from "../language.ts";
import { layOutWhisker, shareAxis } from "./whisker.ts";

const dotRadius = 4.5;
const lineHeight = 16;
const headHeight = 14;

/** A share as a dot on its whisker, from 0 to 1. What it says is written beside it. */
export const shareLineStyles = css`
  svg {
    display: block;
  }
  text {
    font-size: 11px;
    fill: var(--vscode-descriptionForeground);
  }
  .guide {
    stroke: var(--kept-guide);
  }
  .compared {
    fill: var(--kept-guide);
    stroke: none;
  }
  .whisker {
    stroke: var(--vscode-foreground);
    stroke-width: 2px;
  }
  .dot {
    fill: var(--vscode-charts-blue);
    stroke: var(--vscode-contrastBorder, none);
  }
  .dot.human {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-width: 1.5px;
  }
  .missing {
    fill: none;
    stroke: var(--vscode-descriptionForeground);
    stroke-dasharray: 3 3;
  }
`;

/** `compared` lies behind as a band. */
export function shareLine(
  share: MeasuredShare,
  { width, kind = "ai", compared }: { width: number; kind?: "ai" | "human"; compared?: MeasuredShare },
) {
  const { at, ticks } = shareAxis(width, dotRadius);
  const { dot, from, to } = layOutWhisker(share, at);
  const band = compared && layOutWhisker(compared, at);
  const middle = lineHeight / 2;
  return html`<svg width=${width} height=${lineHeight} aria-hidden="true">
    ${
      band?.from === undefined || band.to === undefined
        ? nothing
        : svg`<rect class="compared" x=${band.from} width=${Math.max(1, band.to - band.from)} height=${lineHeight}></rect>`
    }
    ${ticks.map((tick) => svg`<path class="guide" d=${`M${Math.round(tick.at) + 0.5} 0V${lineHeight}`}></path>`)}
    ${
      dot === undefined
        ? svg`<rect class="missing" x="0.5" y="2.5" width=${Math.max(0, width - 1)} height="11" rx="2"></rect>`
        : nothing
    }
    ${
      from === undefined || to === undefined
        ? nothing
        : svg`<path class="whisker" d=${`M${from} ${middle}H${to}`}></path>`
    }
    ${
      dot === undefined
        ? nothing
        : svg`<circle class=${`dot ${kind}`} cx=${dot} cy=${middle} r=${dotRadius}></circle>`
    }
  </svg>`;
}

/** The ends and the middle of the axis, in words. */
export function shareLineHead(language: Language, width: number) {
  const { ticks } = shareAxis(width, dotRadius);
  const anchors = ["start", "middle", "end"];
  return html`<svg width=${width} height=${headHeight} aria-hidden="true">
    ${ticks.map(
      ({ at, value }, index) =>
        svg`<text x=${at} y="11" text-anchor=${anchors[index]!}>${language.percent(value)}</text>`,
    )}
  </svg>`;
}
