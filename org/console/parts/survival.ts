import { survivalAges } from "../../../protocol/tallies.ts";
import {
  head,
  legendOf,
  moreThanShown,
  panelShare,
  numberHead,
  shareWords,
  stackBar,
  table,
  waiting,
  whisker,
} from "../charts.ts";
import { curve } from "../curve.ts";
import { html, type Html } from "../html.ts";
import { percent } from "../../../core/percent.ts";
import {
  byKey,
  hiddenWords,
  shareOf,
  telling,
  total,
  totalWords,
  type TallyReading,
  type TallyRow,
} from "../tallyReading.ts";
import { toolWords } from "../toolWords.ts";

const reworked = ["self", "others", "corrective"] as const;
const reworkWords = ["by the same person", "by somebody else", "by a fix or a revert"];

/** How long committed lines live, and who takes them away. */
export function survivalPart(reading: TallyReading): Html {
  const { rows } = reading;
  if (rows.length === 0) {
    return waiting(
      "survival",
      "How long committed lines live",
      "It is drawn when lines that five people or more committed are 14 days old, and that is shared.",
    );
  }
  const groups = groupsOf(rows);
  return html`<section aria-labelledby="survival">
    <h2 id="survival">How long committed lines live</h2>
    <p class="quiet">
      Of the lines that reached an age in these weeks, those still there. Each age is of other lines, so that
      a later one can be higher.
    </p>
    ${curve({
      heading: "Committed lines that are still there",
      series: [seriesOf(rows, "ai", "AI"), seriesOf(rows, "human", "people")],
      moments: survivalAges.map((age) => ({
        ...{ name: `after ${age} days`, tick: `${age} days`, position: Number(age) / oldest },
      })),
      sample: { one: "{n} week", other: "{n} weeks" },
    })}
    ${table(
      "survival",
      [head("Who wrote"), ...survivalAges.map((age) => head(`after ${age} days`))],
      groups.map(
        ({ name, rows: own }) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${survivalAges.map((age) => {
              const aged = own.filter(({ keys }) => keys["age"] === age);
              const share = shareOf(aged, ["surviving"], ["lines"]);
              const kind = name === "people" ? "human" : "ai";
              return html`<td class="measured">${whisker(share, kind)} ${shareWords(share)}</td>`;
            })}
          </tr>`,
      ),
    )}
    <h3 id="rework">Taken away or rewritten within 30 days</h3>
    ${table(
      "rework",
      [head("Who wrote"), head("Parts"), ...reworkWords.map(numberHead), numberHead("Lines")],
      groups.map(({ name, rows: own }) =>
        reworkRow(
          name,
          own.filter(({ keys }) => keys["age"] === "30"),
        ),
      ),
    )}
    ${legendOf(reworkWords)} ${moreThanShown(hiddenWords(reading))}
  </section>`;
}

const oldest = Math.max(...survivalAges.map(Number));

function seriesOf(rows: readonly TallyRow[], kind: "ai" | "human", name: string) {
  const own = rows.filter(({ keys }) => keys["origin.kind"] === kind);
  return {
    ...{ kind, name },
    shares: survivalAges.map((age) =>
      panelShare(
        shareOf(
          own.filter(({ keys }) => keys["age"] === age),
          ["surviving"],
          ["lines"],
        ),
      ),
    ),
  };
}

/** AI by tool, then everybody else by what they are. A tool that was given up is a tool that is not told. */
function groupsOf(
  rows: readonly TallyRow[],
): { readonly name: string; readonly rows: readonly TallyRow[] }[] {
  const ai = rows.filter(({ keys }) => keys["origin.kind"] === "ai");
  const tools = byKey(ai, "tool", "lines").map(({ value, rows: own }) => ({
    name: value === "*" ? "AI, tool not told" : toolWords(value),
    rows: own,
  }));
  const others = byKey(
    rows.filter(({ keys }) => keys["origin.kind"] !== "ai"),
    "origin.kind",
    "lines",
  ).map(({ value, rows: own }) => ({ name: value === "human" ? "people" : value, rows: own }));
  return [...(tools.length > 1 ? [{ name: "AI, all of it", rows: ai }] : []), ...tools, ...others];
}

function reworkRow(name: string, rows: readonly TallyRow[]): Html {
  const shares = reworked.map((part) => {
    const told = telling(rows, "lines", part);
    const lines = total(told, "lines");
    return lines === 0 ? undefined : total(told, part) / lines;
  });
  const none = rows.length === 0 ? "–" : "hidden";
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="axis">
      ${stackBar(
        shares.map((share) => share ?? 0),
        1,
      )}
    </td>
    ${shares.map((share) => html`<td class="number">${share === undefined ? none : percent(share)}</td>`)}
    <td class="number">${totalWords(rows, "lines")}</td>
  </tr>`;
}
