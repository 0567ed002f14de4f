import { html, nothing, svg } from "lit";
import { rangeOf, type TeamShare } from "../../core/organisation/teamNumbers.ts";
import { shareAxis } from "../charts/whisker.ts";

const height = 14;
const dotRadius = 4;

/** The team's number on its band of published weeks, with one's own as a tick. The words beside say the same. */
export function teamBand(width: number, weeks: readonly TeamShare[], own: TeamShare) {
  const axis = shareAxis(width, dotRadius);
  const middle = height / 2;
  const [newest] = weeks;
  const range = rangeOf(weeks);
  if (newest?.state !== "shown") {
    return html`<svg width=${width} height=${height} aria-hidden="true">
      ${svg`<rect class="missing" x="0.5" y="2.5" width=${Math.max(0, width - 1)} height="9" rx="2"></rect>`}
      ${ownTick(axis.at, own)}
    </svg>`;
  }
  return html`<svg width=${width} height=${height} aria-hidden="true">
    ${svg`<path class="axis" d=${`M0 ${middle}H${width}`}></path>`}
    ${range ? svg`<path class="band" d=${`M${axis.at(range.low)} ${middle}H${axis.at(range.high)}`}></path>` : nothing}
    ${svg`<circle class="dot" cx=${axis.at(newest.share)} cy=${middle} r=${dotRadius}></circle>`}
    ${ownTick(axis.at, own)}
  </svg>`;
}

function ownTick(at: (share: number) => number, own: TeamShare) {
  if (own.state !== "shown") return nothing;
  const x = Math.round(at(own.share)) + 0.5;
  return svg`<path class="own" d=${`M${x} 0V${height}`}></path>`;
}
