import { hiddenSentences, type ProtectedCell } from "../../../protocol/protection.ts";
import type { AppParts } from "../../app.ts";
import { html, type Html } from "../html.ts";
import { lookHeader, type Look, type Numbers } from "../numbers.ts";
import { isTool, toolsIn, viewOf, type WeekLine } from "../period.ts";
import { percent } from "../../../core/percent.ts";
import { readOrganisationName } from "../settings/readSettings.ts";
import type { Site } from "../site.ts";
import { daysOf } from "../weekDays.ts";
import { toolWords } from "../toolWords.ts";

/** Weeks side by side; more would not fit on a page. */
const shownWeeks = 13;

/** Active use: people who wrote with a tool ÷ people who wrote at all, by team and week, tool by tool. */
export function addAdoptionPage(site: Site, { store }: Pick<AppParts, "store">, numbers: Numbers): void {
  site.page("/adoption", "readOrganisation", async (visit) => {
    const look = await numbers.look(visit);
    const tools = toolsIn(look.view.weeks);
    const asked = visit.query.get("tool") ?? "";
    const tool = tools.includes(asked) ? asked : tools[0];
    return {
      title: "Adoption",
      body: html`${lookHeader("/adoption", look, await readOrganisationName(store))}
      ${tool === undefined ? nothing : html`${byWeek(look, tool, tools)} ${byTool(look, tools)}`}`,
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

function rowsOf({ view, teams, published }: Look): Row[] {
  const rowFor = (team: string | null): Row => ({
    name: team ?? "Everybody",
    weeks: viewOf(published, view.period, team).weeks,
  });
  return view.team === null ? [rowFor(null), ...teams.map(rowFor)] : [rowFor(view.team)];
}

function byWeek(look: Look, tool: string, tools: readonly string[]): Html {
  const weeks = look.view.tables
    .slice(0, shownWeeks)
    .map(({ week }) => week)
    .reverse();
  const { period, team } = look.view;
  const linkTo = (other: string) =>
    `/adoption?${new URLSearchParams({ weeks: String(period), ...(team === null ? {} : { team }), tool: other }).toString()}`;
  return html`<section aria-labelledby="by-week">
    <h2 id="by-week">Active use of ${toolWords(tool)}, by team and week</h2>
    <p class="quiet">
      Of the people who wrote anything in a week, those with edits by the tool. Who was away is in neither
      number. How many they are is told, and a cell has a shade, only where enough used the tool and enough
      did not: in teams below about twenty that is seldom so.
    </p>
    <ul class="choices" aria-label="Tool">
      ${tools.map(
        (each) =>
          html`<li>
            <a href="${linkTo(each)}" ${each === tool ? html`aria-current="true"` : html``}
              >${toolWords(each)}</a
            >
          </li>`,
      )}
    </ul>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="by-week">
      <table class="heat">
        <thead>
          <tr>
            <th scope="col">Team</th>
            ${weeks.map(
              (week) =>
                html`<th scope="col" title="${daysOf(week)}">
                  <abbr title="${week}, ${daysOf(week)}">${week.slice(5)}</abbr>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rowsOf(look).map(
            ({ name, weeks: lines }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${weeks.map((week) =>
                  heatCell(
                    lines.find((line) => line.week === week),
                    tool,
                  ),
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${legend}
  </section>`;
}

function byTool(look: Look, tools: readonly string[]): Html {
  const newest = look.view.tables[0]?.week;
  if (newest === undefined) return html``;
  return html`<section aria-labelledby="by-tool">
    <h2 id="by-tool">Active use of each tool in the week of ${daysOf(newest)}</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="by-tool">
      <table class="heat">
        <thead>
          <tr>
            <th scope="col">Team</th>
            ${tools.map((tool) => html`<th scope="col">${toolWords(tool)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rowsOf(look).map(
            ({ name, weeks }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${tools.map((tool) =>
                  heatCell(
                    weeks.find(({ week }) => week === newest),
                    tool,
                  ),
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const legend = html`<ul class="legend" aria-label="What the cells say">
  <li><span class="swatch heat-1" aria-hidden="true"></span> few</li>
  <li><span class="swatch heat-5" aria-hidden="true"></span> nearly all who wrote</li>
  <li><span class="swatch masked" aria-hidden="true"></span> shown, but not how many people</li>
  <li><span class="swatch hatched" aria-hidden="true"></span> hidden, and why when you go to it</li>
  <li><span class="swatch" aria-hidden="true"></span> not used</li>
</ul>`;

/** What a cell of the map says, in a word and in a sentence. */
export function heatOf(
  line: WeekLine | undefined,
  tool: string,
): { readonly kind: string; readonly word: string; readonly sentence: string | undefined } {
  const index = line?.columns.filter(isTool).includes(tool) === true ? line.columns.indexOf(tool) : -1;
  const cell: ProtectedCell | undefined = line?.line.cells[index];
  const all = line?.line.all;
  if (line === undefined)
    return { kind: "", word: "", sentence: "This week was not published for this group." };
  if (cell === undefined) return { kind: "", word: "·", sentence: undefined };
  if (cell.state === "hidden") return { kind: "hatched", word: "", sentence: hiddenSentences[cell.why] };
  if (cell.people === 0 || cell.edits === 0) return { kind: "", word: "·", sentence: undefined };
  if (cell.people === null || all?.state !== "shown" || !all.people) {
    return {
      kind: "masked",
      word: "used",
      sentence: "How many people used it is not told: it would say something of each of them.",
    };
  }
  const share = cell.people / all.people;
  return {
    kind: `heat-${Math.min(5, 1 + Math.floor(share * 5))}`,
    word: percent(share),
    sentence: undefined,
  };
}

function heatCell(line: WeekLine | undefined, tool: string): Html {
  const { kind, word, sentence } = heatOf(line, tool);
  if (sentence === undefined) return html`<td class="${kind}">${word}</td>`;
  return html`<td class="${kind} told" tabindex="0">
    ${word}<span class="why ${word === "" ? "alone" : ""}">${sentence}</span>
  </td>`;
}
