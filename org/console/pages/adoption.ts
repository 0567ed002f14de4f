import type { AppParts } from "../../app.ts";
import { heatOf, measures, tellingMeasure, type Measure } from "../heat.ts";
import { html, type Html } from "../html.ts";
import { lookHeader, type Look, type Numbers } from "../numbers.ts";
import { toolsIn, viewOf, type WeekLine } from "../period.ts";
import { readOrganisationName } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";
import { daysOf, weekName } from "../weekDays.ts";
import { toolWords } from "../toolWords.ts";

/** Weeks side by side; more would not fit on a page. */
const shownWeeks = 13;

/** How much a tool is used, of the people who wrote at all or of all that was edited, by team and week, tool by tool. */
export function addAdoptionPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/adoption", "readOrganisation", async (visit) => {
    const look = await numbers.look(visit);
    const tools = toolsIn(look.view.weeks);
    const asked = visit.query.get("tool") ?? "";
    const tool = tools.includes(asked) ? asked : tools[0];
    const rows = rowsOf(look);
    const by =
      measures.find((measure) => measure === visit.query.get("by")) ??
      tellingMeasure(
        rows.flatMap(({ weeks }) => weeks),
        tools,
      );
    return {
      title: "Adoption",
      body: html`${lookHeader("/adoption", look, await readOrganisationName(store))}
      ${tool === undefined ? nothing : html`${byWeek({ look, rows, by, tools }, tool)} ${byTool({ look, rows, by, tools })}`}`,
    };
  });
}

const nothing = html`<section>
  <h2>No tool is shown yet</h2>
  <p>A week is published from the third day after its end on, for groups of five people or more.</p>
</section>`;

interface Row {
  readonly name: string;
  readonly weeks: readonly WeekLine[];
}

interface Map {
  readonly look: Look;
  readonly rows: readonly Row[];
  readonly by: Measure;
  readonly tools: readonly string[];
}

const words: Record<
  Measure,
  {
    readonly name: string;
    readonly title: string;
    readonly meaning: string;
    readonly least: string;
    readonly most: string;
  }
> = {
  people: {
    name: "Share of people",
    title: "Active use of",
    meaning: `Of the people who wrote anything in a week, those with edits by the tool. Who was away is in neither
      number. How many they are is told only where enough used the tool and enough did not: in teams below
      about twenty that is seldom so.`,
    least: "few",
    most: "nearly all who wrote",
  },
  edits: {
    name: "Share of edits",
    title: "Edits by",
    meaning: `Of all edits of a week, by whomever and whatever, those by the tool. It says how much the tool writes
      and not by how many people it is used.`,
    least: "few edits",
    most: "nearly all edits",
  },
};

function rowsOf({ view, teams, published }: Look): Row[] {
  const rowFor = (team: string | null): Row => ({
    name: team ?? "Everybody",
    weeks: viewOf(published, view.period, team).weeks,
  });
  return view.team === null ? [rowFor(null), ...teams.map(rowFor)] : [rowFor(view.team)];
}

function byWeek({ look, rows, by, tools }: Map, tool: string): Html {
  const weeks = look.view.tables
    .slice(0, shownWeeks)
    .map(({ week }) => week)
    .reverse();
  const { period, team } = look.view;
  const linkTo = (change: { readonly tool?: string; readonly by?: Measure }) => {
    const asked = { weeks: String(period), ...(team === null ? {} : { team }), tool, by, ...change };
    return `/adoption?${new URLSearchParams(asked).toString()}`;
  };
  return html`<section aria-labelledby="by-week">
    <h2 id="by-week">${words[by].title} ${toolWords(tool)}, by team and week</h2>
    <p class="quiet">${words[by].meaning}</p>
    ${choices(
      "Tool",
      tools.map((each) => ({ name: toolWords(each), at: linkTo({ tool: each }), isChosen: each === tool })),
    )}
    ${choices(
      "What is told",
      measures.map((each) => ({ name: words[each].name, at: linkTo({ by: each }), isChosen: each === by })),
    )}
    <div class="scroll" tabindex="0" role="group" aria-labelledby="by-week">
      <table class="heat">
        <thead>
          <tr>
            <th scope="col">Team</th>
            ${weeks.map((week) => html`<th scope="col">${weekName(week)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, weeks: lines }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${weeks.map((week) =>
                  heatCell(
                    lines.find((line) => line.week === week),
                    tool,
                    by,
                  ),
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${legend(by)}
  </section>`;
}

function choices(
  label: string,
  each: readonly { readonly name: string; readonly at: string; readonly isChosen: boolean }[],
): Html {
  return html`<ul class="choices" aria-label="${label}">
    ${each.map(
      ({ name, at, isChosen }) =>
        html`<li><a href="${at}" ${isChosen ? html`aria-current="true"` : html``}>${name}</a></li>`,
    )}
  </ul>`;
}

function byTool({ look, rows, by, tools }: Map): Html {
  const newest = look.view.tables[0]?.week;
  if (newest === undefined) return html``;
  return html`<section aria-labelledby="by-tool">
    <h2 id="by-tool">${words[by].title} each tool in the week of ${daysOf(newest)}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="by-tool">
      <table class="heat">
        <thead>
          <tr>
            <th scope="col">Team</th>
            ${tools.map((tool) => html`<th scope="col">${toolWords(tool)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, weeks }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${tools.map((tool) =>
                  heatCell(
                    weeks.find(({ week }) => week === newest),
                    tool,
                    by,
                  ),
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const legend = (by: Measure) =>
  html`<ul class="legend" aria-label="What the cells say">
    <li><span class="swatch heat-1" aria-hidden="true"></span> ${words[by].least}</li>
    <li><span class="swatch heat-5" aria-hidden="true"></span> ${words[by].most}</li>
    ${by === "people" ? html`<li><span class="swatch masked" aria-hidden="true"></span> used, but not by how many people</li>` : html``}
    <li><span class="swatch hatched" aria-hidden="true"></span> hidden, and why when you go to it</li>
    <li><span class="swatch" aria-hidden="true"></span> not used</li>
  </ul>`;

function heatCell(line: WeekLine | undefined, tool: string, by: Measure): Html {
  const { kind, word, whole, why } = heatOf(line, tool, by);
  if (why === undefined)
    return html`<td class="${kind}" ${whole === undefined ? html`` : html`title="${whole}"`}>${word}</td>`;
  return html`<td class="${kind} told" tabindex="0">
    ${word}<span class="why ${word === "" ? "alone" : ""}">${why}</span>
  </td>`;
}
