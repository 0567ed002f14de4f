import type { PublishedTable } from "../../protocol/protection.ts";
import type { PublishedName } from "../../protocol/tallies.ts";
import type { AppParts } from "../app.ts";
import type { ShownWeek } from "../store/publications.ts";
import { readTally, type TallyReading } from "./tallyReading.ts";
import { html, type Html } from "./html.ts";
import { coverageOf, periods, suppressedShare, viewOf, type Period, type View } from "./period.ts";
import { percent } from "../../core/percent.ts";
import type { Visit } from "./site.ts";
import { lastDayOf } from "./weekDays.ts";

export interface Numbers {
  /** What the visit asks for, as far as its role may see it. */
  look(visit: Visit): Promise<Look>;
}

export interface Look {
  readonly view: View;
  /** Teams that may be chosen. */
  readonly teams: readonly string[];
  /** Every published week, for pages that compare teams; only teams the visit may see. */
  readonly published: readonly PublishedTable[];
  /** Teams that are in no sum of the view's weeks, because they are too small: those the visit may see by name. */
  readonly leftOut: { readonly named: readonly string[]; readonly others: number };
  /** Of the view's tables besides that of edits, in how many something is held back. */
  readonly holdingBack: { readonly some: number; readonly of: number };
  /** What the weeks of the view, or as many before them, show of one table besides edits. */
  readonly tally: (name: PublishedName, when?: "now" | "before") => TallyReading;
}

export function createNumbers({ store }: Pick<AppParts, "store">): Numbers {
  let read: { readonly mark: string; readonly weeks: Promise<readonly ShownWeek[]> } | undefined;
  /** What was published never changes: it is read again only where a week was added or forgotten. */
  const shownWeeks = async () => {
    const mark = await store.publishedMark();
    if (read?.mark !== mark) {
      const weeks = store.shownWeeks();
      read = { mark, weeks };
      // A failure is not remembered: the next page asks the store again.
      weeks.then(undefined, () => (read = undefined));
    }
    return await read.weeks;
  };
  return {
    async look(visit) {
      const shown = await shownWeeks();
      const isSeen = (team: string) =>
        visit.allows("readTeams") || (visit.allows("readOwnTeam") && team === visit.account.team);
      const published = shown.map(({ table }) => ({
        ...table,
        teams: table.teams.filter(({ team }) => isSeen(team)),
      }));
      const teams = [...new Set(published.flatMap(({ teams: some }) => some.map(({ team }) => team)))].sort();
      const asked = visit.query.get("team");
      const team = asked !== null && teams.includes(asked) ? asked : null;
      const period = periods.find((weeks) => String(weeks) === visit.query.get("weeks")) ?? 13;
      const inView = shown.slice(0, period);
      const leftOut = [...new Set(inView.flatMap(({ table }) => table.leftOut ?? []))].sort();
      const named = leftOut.filter(isSeen);
      const others = inView.flatMap(({ tallies }) => tallies);
      return {
        leftOut: { named, others: leftOut.length - named.length },
        holdingBack: { some: others.filter(({ hidden }) => hidden.length > 0).length, of: others.length },
        view: viewOf(published, period, team),
        teams,
        published,
        tally(name, when = "now") {
          const from = when === "now" ? 0 : period;
          const weeks = shown.slice(from, from + period).flatMap(({ tallies }) => tallies);
          return readTally(weeks, name, team);
        },
      };
    },
  };
}

/** Whom and when a page is about, how fresh, how well known and how much of it is hidden. */
export function lookHeader(
  path: string,
  { view, teams, leftOut, holdingBack }: Look,
  organisation: string,
): Html {
  const newest = view.weeks[0]?.week;
  const coverage = coverageOf(view.weeks);
  const suppressed = suppressedShare(view.tables);
  const link = (period: Period, team: string | null) => {
    const query = new URLSearchParams({ weeks: String(period), ...(team === null ? {} : { team }) });
    return `${path}?${query.toString()}`;
  };
  const choice = (href: string, words: string, isChosen: boolean) =>
    html`<li><a href="${href}" ${isChosen ? html`aria-current="true"` : html``}>${words}</a></li>`;
  return html`<section class="about" aria-label="What this is about">
    <p class="of">${view.team ?? organisation}</p>
    <dl>
      <div>
        <dt>Fresh</dt>
        <dd>${newest === undefined ? "no complete week yet" : `complete weeks to ${lastDayOf(newest)}`}</dd>
      </div>
      <div>
        <dt>Coverage</dt>
        <dd>${coverage === null ? "not known" : `${percent(coverage)} of edits have a known origin`}</dd>
      </div>
      <div>
        <dt>Hidden</dt>
        <dd>${hiddenShareWords(suppressed, holdingBack)}</dd>
      </div>
    </dl>
    ${leftOutWords(leftOut)}
    <ul class="choices" aria-label="Period">
      ${periods.map((weeks) => choice(link(weeks, view.team), `${weeks} weeks`, weeks === view.period))}
    </ul>
    ${
      teams.length === 0
        ? html``
        : html`<ul class="choices" aria-label="Group">
            ${choice(link(view.period, null), "Everybody", view.team === null)}
            ${teams.map((team) => choice(link(view.period, team), team, team === view.team))}
          </ul>`
    }
  </section>`;
}

/** Of all tables: cells of edits are counted, of the others it is told whether everything is in a cell. */
export function hiddenShareWords(suppressed: number | null, { some, of }: Look["holdingBack"]): string {
  if (suppressed === null) return "nothing yet";
  const edits = `${percent(suppressed)} of the numbers of edits`;
  const others = of === 0 ? "" : `, and something in ${some} of ${of} other tables`;
  return `${edits}${others}, to protect small groups`;
}

/** Sums of everybody are without them. */
function leftOutWords({ named, others }: Look["leftOut"]): Html {
  if (named.length + others === 0) return html``;
  const more =
    others === 0
      ? []
      : [`${others} ${named.length === 0 ? "" : "other "}small ${others === 1 ? "team" : "teams"}`];
  const all = [...named, ...more];
  const isOne = named.length + others === 1;
  const names = all.length === 1 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  return html`<p class="quiet">
    ${names} ${isOne ? "is" : "are"} in no sum: fewer people than a number can be
    about${isOne ? "" : ", and together still too few"}. Invite them under the name of the group they belong
    to.
  </p>`;
}
