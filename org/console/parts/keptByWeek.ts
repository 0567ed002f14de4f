import { hiddenSentences, type HiddenReason } from "../../../protocol/protection.ts";
import type { MeasuredShare } from "../../../protocol/share.ts";
import { count, head, numberHead, table } from "../charts.ts";
import { curve } from "../curve.ts";
import { html, type Html } from "../html.ts";
import { cellOf, isTool, sumOf, type WeekLine } from "../period.ts";
import { percent } from "../../../core/percent.ts";
import { daysOf, firstDayOf, weekName } from "../weekDays.ts";

type Who = "ai" | "human";
const wanted: Readonly<Record<Who, (column: string) => boolean>> = {
  ai: isTool,
  human: (column) => column === "human",
};

/** What is kept of AI's and of people's text, week by week, with gaps where it is hidden. */
export function keptByWeek(weeks: readonly WeekLine[]): Html {
  if (weeks.length < 2) return html``;
  const inOrder = weeks.toReversed();
  const last = inOrder.length - 1;
  const series = (kind: Who, name: string) => ({
    ...{ kind, name },
    shares: inOrder.map((week) => shareIn(week, kind)),
  });
  return html`<h3 id="kept-weeks">Week by week</h3>
    ${curve({
      heading: "Text kept, week by week",
      series: [series("ai", "AI"), series("human", "people")],
      moments: inOrder.map(({ week }, index) => ({
        ...{ name: daysOf(week), tick: firstDayOf(week), position: last === 0 ? 0 : index / last },
      })),
      sample: { one: "{n} edit", other: "{n} edits" },
    })}
    <details>
      <summary>The weeks as a table</summary>
      ${table(
        "kept-weeks",
        [head("Week"), ...["AI kept", "AI edits", "People's kept", "People's edits"].map(numberHead)],
        weeks.map(
          (week) =>
            html`<tr>
              <th scope="row">${weekName(week.week)}</th>
              ${(["ai", "human"] as const).map((kind) => cells(week, kind))}
            </tr>`,
        ),
      )}
    </details>`;
}

/** Of one week there is no interval: whether weeks differ by more than chance stands in the table above. */
export function shareIn(week: WeekLine, kind: Who): MeasuredShare | null {
  const { amounts, hidden } = sumOf(week, wanted[kind]);
  if (amounts === undefined || hidden.length > 0 || amounts.inserted === 0) return null;
  const value = Math.min(1, amounts.kept / amounts.inserted);
  return { value, low: null, high: null, n: amounts.edits, needsMore: 0 };
}

function cells(week: WeekLine, kind: Who): Html {
  const share = shareIn(week, kind);
  if (share?.value == null) {
    return html`<td colspan="2" class="number quiet">${whyNot(week, kind)}</td>`;
  }
  return html`<td class="number">${percent(share.value)}</td>
    <td class="number">${count(share.n)}</td>`;
}

function whyNot(week: WeekLine, kind: Who): string {
  const reasons = week.columns.filter(wanted[kind]).flatMap((column): HiddenReason[] => {
    const cell = cellOf(week, column);
    return cell?.state === "hidden" ? [cell.why] : [];
  });
  const [why] = reasons;
  return why === undefined ? "nothing written" : hiddenSentences[why];
}
