import * as z from "zod";
import type { AppParts } from "../../app.ts";
import { axisHead, head, numberHead, table, whisker } from "../charts.ts";
import { html, type Html } from "../html.ts";
import { keptShare, leastWeeks, reasonWords, type MeasuredShare } from "../measured.ts";
import { lookHeader, type Numbers } from "../numbers.ts";
import { keptByWeek } from "../parts/keptByWeek.ts";
import { funnelPart } from "../parts/funnel.ts";
import { survivalPart } from "../parts/survival.ts";
import { taskTypePart } from "../parts/taskTypes.ts";
import { periods, toolsIn, type View } from "../period.ts";
import { percent } from "../../../core/percent.ts";
import { rangeWords } from "../card.ts";
import { readOrganisationName } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";
import { toolWords } from "../toolWords.ts";

const exportSchema = z.object({ weeks: z.enum(periods.map(String)), team: z.string() });

/** What became of what was written, tool by tool beside people's own text, and what tools are used for. */
export function addOutcomesPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/outcomes", "readOrganisation", async (visit) => {
    const look = await numbers.look(visit);
    return {
      title: "Outcomes",
      body: html`${lookHeader("/outcomes", look, await readOrganisationName(store))} ${kept(look.view)}
      ${funnelPart(look.tally("kept.funnel"))} ${survivalPart(look.tally("kept.survival"))}
      ${taskTypePart(look.tally("kept.requests"))}
      ${visit.allows("exportNumbers") ? takeOut(visit.formField, look.view) : html``}`,
    };
  });

  site.form("/export", "exportNumbers", { schema: exportSchema }, async (visit, fields) => {
    const { view, teams } = await numbers.look({ ...visit, query: new URLSearchParams(fields) });
    if (fields.team !== "" && !teams.includes(fields.team))
      return {
        complaints: [{ field: "team", words: "is none that you see and of which a week is published" }],
      };
    const subject = `${view.period} weeks of ${view.team ?? "everybody"}`;
    await store.note(visit.entry("numbersExported", subject));
    return { file: { name: "kept.csv", mediaType: "text/csv; charset=utf-8", content: csvOf(view) } };
  });
}

/** What is shown, as rows of text; a name that a spreadsheet would take for a formula is not one. */
export function csvOf({ weeks, team }: View): string {
  const quote = (text: string) => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const rows = weeks.flatMap((week) => {
    const cells = [...week.columns, "all"].map(
      (column, index) => [column, week.line.cells[index] ?? week.line.all] as const,
    );
    return cells.map(([column, cell]) =>
      [
        ...[week.week, quote(team ?? "everybody"), quote(column)],
        ...(cell.state === "shown"
          ? ["shown", cell.people ?? "", cell.edits, cell.insertedChars, cell.keptChars]
          : [`hidden: ${cell.why}`, "", "", "", ""]),
      ].join(","),
    );
  });
  return ["week,group,origin,state,people,edits,inserted_chars,kept_chars", ...rows, ""].join("\r\n");
}

function kept(view: View): Html {
  const names = ["human", ...toolsIn(view.weeks)];
  return html`<section aria-labelledby="kept">
    <h2 id="kept">Text kept, by who wrote it</h2>
    <p class="quiet">
      Of the characters inserted, those never removed when the day was counted; the line is how sure that is,
      over weeks. Tools are used for different work: a difference is a question, not an answer.
    </p>
    ${table(
      "kept",
      [head("Who wrote"), axisHead, numberHead("Kept"), numberHead("Between"), numberHead("Weeks")],
      names.map((name) =>
        keptRow(
          name,
          keptShare(view.weeks, (column) => column === name),
        ),
      ),
      "whiskers",
    )}
    ${keptByWeek(view.weeks)}
  </section>`;
}

function keptRow(name: string, share: MeasuredShare): Html {
  const { value, interval, weeks, hidden } = share;
  const missing = leastWeeks - weeks;
  return html`<tr>
    <th scope="row">${name === "human" ? "people" : toolWords(name)}</th>
    <td class="axis">${whisker(share, name === "human" ? "human" : "ai")}</td>
    ${
      value === undefined || interval === undefined
        ? html`<td colspan="2" class="number quiet">
            ${hidden.length > 0 ? html`${reasonWords(hidden)}<br />` : html``}
            ${missing > 0 ? `Needs ${missing} more ${missing === 1 ? "week" : "weeks"} that may be shown.` : "Nothing written."}
          </td>`
        : html`<td class="number">${percent(value)}</td>
            <td class="number quiet">${rangeWords(interval)}</td>`
    }
    <td class="number">${weeks}</td>
  </tr>`;
}

function takeOut(formField: Html, { period, team }: View): Html {
  return html`<section aria-labelledby="export">
    <h2 id="export">Take out</h2>
    <form method="post" action="/export">
      ${formField}
      <input type="hidden" name="weeks" value="${period}" />
      <input type="hidden" name="team" value="${team ?? ""}" />
      <button>Save these weeks as CSV</button>
    </form>
    <p class="quiet">What is hidden here is hidden there. The export is written into the audit log.</p>
  </section>`;
}
