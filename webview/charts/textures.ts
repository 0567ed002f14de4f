import { nothing, svg, type SVGTemplateResult } from "lit";
import type { OriginKind } from "../../protocol/origin.ts";

/** The patterns that `paint` refers to. Each drawing that uses them holds them itself: ids end at a shadow root. */
export function patterns(): SVGTemplateResult {
  return svg`<defs>
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch" d="M2.5 0V5"></path>
    </pattern>
    <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">
      <circle class="dots" cx="1.5" cy="1.5" r="0.9"></circle>
    </pattern>
  </defs>`;
}

/** A rectangle in the texture of an origin, on whole pixels. */
export function paint(
  kind: OriginKind,
  x: number,
  y: number,
  width: number,
  height: number,
): SVGTemplateResult {
  const left = Math.round(x);
  const top = Math.round(y);
  const wide = Math.max(1, Math.round(x + width) - left);
  const high = Math.max(1, Math.round(y + height) - top);
  switch (kind) {
    case "ai":
    case "tooling":
      return svg`<rect class=${kind} x=${left} y=${top} width=${wide} height=${high}></rect>`;
    case "human":
      return outline("human", left, top, wide, high);
    case "external":
    case "unknown":
      return svg`<rect fill=${kind === "external" ? "url(#hatch)" : "url(#dots)"}
          x=${left} y=${top} width=${wide} height=${high}></rect>
        ${kind === "external" ? outline("frame", left, top, wide, high) : nothing}`;
  }
}

/** An outline drawn inside its box, so that neighbours do not share a line. Too thin for one, it is a line. */
function outline(name: string, x: number, y: number, width: number, height: number): SVGTemplateResult {
  if (width < 2 || height < 2) {
    const d = height < 2 ? `M${x} ${y + 0.5}h${width}` : `M${x + 0.5} ${y}v${height}`;
    return svg`<path class=${name} d=${d}></path>`;
  }
  return svg`<rect class=${name} x=${x + 0.5} y=${y + 0.5} width=${width - 1} height=${height - 1}></rect>`;
}

const side = 12;

/** The texture alone, before the word it belongs to. */
export function swatch(kind: OriginKind): SVGTemplateResult {
  return svg`<svg class="swatch" width=${side} height=${side} viewBox="0 0 12 12" aria-hidden="true">
    ${swatchOf(kind)}
  </svg>`;
}

function swatchOf(kind: OriginKind): SVGTemplateResult {
  switch (kind) {
    case "external":
      return svg`<path class="hatch" d="M1 6 6 1M1 11 11 1M6 11 11 6"></path>
        <rect class="frame" x="0.5" y="0.5" width="11" height="11"></rect>`;
    case "unknown":
      return svg`${[2, 6, 10].flatMap((cx) =>
        [2, 6, 10].map((cy) => svg`<circle class="dots" cx=${cx} cy=${cy} r="1.1"></circle>`),
      )}`;
    case "ai":
    case "human":
    case "tooling":
      return paint(kind, 0, 0, side, side);
  }
}
