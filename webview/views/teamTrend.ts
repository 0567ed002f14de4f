import { html, svg } from "lit";
import type { TeamShare } from "../../core/organisation/teamNumbers.ts";
import type { Language } from "../language.ts";
import { shareText, weekName } from "./teamWords.ts";

export interface TrendWeek {
  readonly week: string;
  readonly team: TeamShare;
  readonly own: TeamShare;
  readonly ai: TeamShare;
}

const height = 104;
const margin = 6;
/** Room for what the axes say, at the left and below. */
const gutter = 44;
const footer = 20;

/** How much of the text is kept, week by week: the team's line with gaps where it is hidden, one's own dashed. */
export function trendPicture(language: Language, width: number, weeks: readonly TrendWeek[]) {
  const left = gutter + margin;
  const inner = Math.max(1, width - left - margin);
  const x = (index: number) => left + (weeks.length < 2 ? inner / 2 : (index / (weeks.length - 1)) * inner);
  const y = (share: number) => margin + (1 - share) * (height - footer - 2 * margin);
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
  const { percent, text } = language;
  const { trendHead } = text.team;
  const said = (share: TeamShare) => (share.state === "shown" ? percent(share.share) : text.team.hidden);
  const words = weeks.map(
    ({ week, team: shared, own }) =>
      `${language.week(week)}: ${trendHead.team} ${said(shared)}, ${trendHead.own} ${said(own)}`,
  );
  return html`<svg width=${width} height=${height} role="img" aria-label=${words.join(". ")}>
    ${[0, 0.5, 1].map(
      (share) =>
        svg`<path class="frame" d=${`M${gutter} ${y(share)}H${width}`}></path>
          <text x=${gutter - 6} y=${y(share) + 4} text-anchor="end">${percent(share)}</text>`,
    )}
    ${[...new Set([0, weeks.length - 1])].map(
      (index) =>
        svg`<text x=${index === 0 ? gutter : width} y=${height - 4}
          text-anchor=${index === 0 ? "start" : "end"}>${language.week(weeks[index]!.week)}</text>`,
    )}
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
            <th scope="row">${weekName(language, week)}</th>
            ${[shared, own, ai].map((share) => html`<td>${shareText(language, share)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
