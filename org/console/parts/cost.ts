import { metrics } from "../../../core/metrics/metrics.ts";
import { tierSchema } from "../../../protocol/requestSummary.ts";
import {
  count,
  dollars,
  head,
  legendOf,
  moreThanShown,
  numberHead,
  shareWords,
  stackBar,
  table,
  waiting,
  whisker,
} from "../charts.ts";
import { html, type Html } from "../html.ts";
import { percent } from "../../../core/percent.ts";
import type { SettingValue } from "../settings/settings.ts";
import {
  byKey,
  byWeek,
  hiddenWords,
  shareOf,
  telling,
  total,
  type TallyReading,
  type TallyRow,
} from "../tallyReading.ts";
import { weekName } from "../weekDays.ts";
import { perHundred } from "./taskTypes.ts";
import { toolWords } from "../toolWords.ts";

/** In the order in which they are drawn; what was given up is last. */
const tiers = [...tierSchema.options, "*"] as const;
const tierWords = [
  "fast models",
  "standard models",
  "heavy models",
  "model not known",
  "tier not told apart",
];

const weeksAMonth = 365.25 / 12 / 7;
const paceWeeks = 4;

export function costParts(reading: TallyReading, budget: SettingValue<"budgets">): Html {
  const { rows } = reading;
  if (total(rows, "requests") === 0) {
    return waiting(
      "cost",
      "Cost",
      "It is drawn from the first published week in which five people or more share what tools' own records say of requests.",
    );
  }
  return html`${budgetPart(reading, budget)} ${weeksPart(reading)} ${toolsPart(rows)} ${definitions}`;
}

const meanings: readonly (readonly [string, string])[] = [
  [
    "Cost",
    "What requests would cost at the list price of their model on their day, in US dollars. What a plan includes is in it, too, as if it were paid for.",
  ],
  [
    "Tier",
    "Fast, standard or heavy, by the model's price. The model itself is not told to the organisation.",
  ],
  ["Read from a cache", metrics.find(({ id }) => id === "C6")?.definition ?? ""],
  ["Heavy models", "Of a tool's requests, those to models of the heavy tier."],
  ["100 requests", "The cost of those requests that have a price, for a hundred of them."],
  ["Unpriced", "Requests to a model whose price is not known. They are counted, and in no cost."],
];

const definitions = html`<section aria-labelledby="cost-words">
  <h2 id="cost-words">What the words mean</h2>
  <dl class="facts">
    ${meanings.map(
      ([word, meaning]) =>
        html`<div>
          <dt>${word}</dt>
          <dd>${meaning}</dd>
        </div>`,
    )}
  </dl>
</section>`;

export interface Pace {
  /** In cents, for a month as long as they are on average. */
  readonly monthly: number;
  readonly weeks: number;
}

/** What the newest weeks come to in a month. Undefined before there are four. */
export function paceOf(rows: readonly TallyRow[]): Pace | undefined {
  const newest = byWeek(rows).slice(0, paceWeeks);
  if (newest.length < paceWeeks) return undefined;
  const cents = newest.reduce((sum, week) => sum + total(week.rows, "cost.cents"), 0);
  return { monthly: (cents / paceWeeks) * weeksAMonth, weeks: paceWeeks };
}

/** The budget used at the pace of the newest weeks, in words. */
export function budgetWords(
  pace: Pace | undefined,
  { currency, monthly }: SettingValue<"budgets">,
): { readonly words: string; readonly share: number | undefined } {
  if (pace === undefined)
    return { words: `◌ needs ${paceWeeks} published weeks with cost.`, share: undefined };
  const spent = `${dollars(pace.monthly)} a month at the pace of the last ${pace.weeks} published weeks`;
  if (monthly === null) return { words: `${spent}. No budget is set.`, share: undefined };
  if (currency !== "USD") {
    return {
      words: `${spent}. The budget is ${count(monthly)} ${currency}: list prices are in US dollars, and the two are not compared.`,
      share: undefined,
    };
  }
  const share = monthly === 0 ? Number.POSITIVE_INFINITY : pace.monthly / (100 * monthly);
  const of = Number.isFinite(share) ? `${Math.round(100 * share)} % of` : "beyond";
  const mark = share > 1 ? "▲" : "●";
  return { words: `${mark} ${spent}: ${of} the budget of ${dollars(100 * monthly)}.`, share };
}

function budgetPart(reading: TallyReading, budget: SettingValue<"budgets">): Html {
  const { rows } = reading;
  const { words, share } = budgetWords(paceOf(rows), budget);
  const cents = total(rows, "cost.cents");
  const unpriced = total(rows, "unpriced");
  return html`<section aria-labelledby="cost">
    <h2 id="cost">Cost by list price</h2>
    <p class="now">${dollars(cents)}</p>
    <p>
      ${count(total(rows, "requests"))} requests of ${reading.weeks}
      ${reading.weeks === 1 ? "week" : "weeks"}${unpriced === 0 ? "" : `; ${count(unpriced)} of them have no known price and are not in it`}.
      It is at least that: what is hidden is not in it. What a plan includes is in it, as if it were paid for.
    </p>
    <h3>Budget</h3>
    <p>${words}</p>
    ${share === undefined ? html`` : html`<div class="budget">${stackBar([Math.min(1, share)], 1)}</div>`}
    <p class="quiet">The budget is for everybody together; it is set under Settings.</p>
    ${moreThanShown(hiddenWords(reading))}
  </section>`;
}

function weeksPart({ rows }: TallyReading): Html {
  const weeks = byWeek(rows).map(({ week, rows: own }) => ({
    ...{ week, rows: own, cost: total(own, "cost.cents") },
    costs: tiers.map((tier) =>
      total(
        own.filter(({ keys }) => keys["tier"] === tier),
        "cost.cents",
      ),
    ),
  }));
  const most = Math.max(...weeks.map(({ cost }) => cost), 1);
  const used = tiers.map((tier) => rows.some(({ keys }) => keys["tier"] === tier));
  return html`<section aria-labelledby="cost-weeks">
    <h2 id="cost-weeks">Cost by week and tier</h2>
    ${table(
      "cost-weeks",
      [head("Week"), head("Tiers"), numberHead("Cost"), numberHead("Read from a cache")],
      weeks.map(({ week, rows: own, cost, costs }) => {
        const told = telling(own, "input", "cache.read", "cache.write");
        const went = total(told, "input", "cache.read", "cache.write");
        return html`<tr>
          <th scope="row">${weekName(week)}</th>
          <td class="axis">${stackBar(costs, most)}</td>
          <td class="number">${dollars(cost)}</td>
          <td class="number">${went === 0 ? "–" : percent(total(told, "cache.read") / went)}</td>
        </tr>`;
      }),
    )}
    ${legendOf(tierWords.filter((_, index) => index < 4 || used[index] === true))}
  </section>`;
}

function toolsPart(rows: readonly TallyRow[]): Html {
  const most = Math.max(...byKey(rows, "tool", "requests").map(({ rows: own }) => total(own, "requests")), 1);
  return html`<section aria-labelledby="cost-tools">
    <h2 id="cost-tools">Tier mix and cached share by tool</h2>
    ${table(
      "cost-tools",
      [
        head("Tool"),
        head("Requests by tier"),
        numberHead("Requests"),
        numberHead("Heavy models"),
        numberHead("100 requests"),
        head("Read from a cache"),
      ],
      byKey(rows, "tool", "requests").map(({ value, rows: own }) => {
        const all = total(own, "requests");
        const ofTier = (tier: string) =>
          total(
            own.filter(({ keys }) => keys["tier"] === tier),
            "requests",
          );
        const cached = shareOf(own, ["cache.read"], ["input", "cache.read", "cache.write"]);
        const price = perHundred(own);
        return html`<tr>
          <th scope="row">${toolWords(value)}</th>
          <td class="axis">${stackBar(tiers.map(ofTier), most)}</td>
          <td class="number">${count(all)}</td>
          <td class="number">${all === 0 ? "–" : percent(ofTier("heavy") / all)}</td>
          <td class="number">${price === undefined ? "unpriced" : dollars(price)}</td>
          <td class="measured">${whisker(cached)} ${shareWords(cached)}</td>
        </tr>`;
      }),
    )}
  </section>`;
}
