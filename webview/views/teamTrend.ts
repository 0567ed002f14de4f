import { html, svg } from "lit";
import type { TeamShare } from "../../core/organisation/teamNumbers.ts";
import type { Language } from "../language.ts";
import { shareText } from "./teamWords.ts";

export interface TrendWeek {
  readonly week: string;
  readonly team: TeamShare;
  readonly own: TeamShare;
  readonly ai: TeamShare;
}

const height = 72;
const margin = 6;

/** How much of the text is kept, week by week: the team's line with gaps where it is hidden, one's own dashed. */
export function trendPicture(width: number, weeks: readonly TrendWeek[]) {
  const inner = Math.max(1, width - 2 * margin);
  const x = (index: number) => margin + (weeks.length < 2 ? inner / 2 : (index / (weeks.length - 1)) * inner);
  const y = (share: number) => margin + (1 - share) * (height - 2 * margin);
  const dots = (of: (week: TrendWeek) => TeamShare) =>
    weeks.flatMap((week, index) => {
      const share = of(week);
      return share.state === "shown" ? [{ x: x(index), y: y(share.share), index }] : [];
    });
  const path = (points: readonly { x: number; y: number; index: number }[]) =>
    points
      .map((point, at) => `${points[at - 1]?.index === point.index - 1 ? "L" : "M"}${point.x} ${point.y}`)
      .join("");
  const team = dots((week) => week.team);
  return html`<svg width=${width} height=${height} aria-hidden="true">
    ${svg`<path class="frame" d=${`M0 ${y(0)}H${width}M0 ${y(1)}H${width}`}></path>`}
    ${svg`<path class="team" d=${path(team)}></path>`}
    ${team.map((point) => svg`<circle class="dot" cx=${point.x} cy=${point.y} r="3"></circle>`)}
    ${svg`<path class="yours" d=${path(dots((week) => week.own))}></path>`}
  </svg>`;
}

export function trendTable(language: Language, weeks: readonly TrendWeek[]) {
  const { team } = language.text;
  const { trendHead } = team;
  return html`<table>
    <caption class="unseen">
      ${team.trend}
    </caption>
    <thead>
      <tr>
        ${[trendHead.week, trendHead.team, trendHead.own, trendHead.ai].map(
          (name) => html`<th scope="col">${name}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${weeks.toReversed().map(
        ({ week, team: shared, own, ai }) =>
          html`<tr>
            <th scope="row">${week}</th>
            ${[shared, own, ai].map((share) => html`<td>${shareText(language, share)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
