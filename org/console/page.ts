import { contractVersion } from "../../protocol/collector.ts";
import { mondayOf } from "../ingest/isoWeek.ts";
import type { WeekTotal } from "../store/store.ts";
import { html, type Html } from "./html.ts";

export interface ConsoleState {
  readonly version: string;
  readonly engine: string;
  /** Undefined when the service is ready. */
  readonly whyNotReady: string | undefined;
  /** Newest first. */
  readonly weeks: readonly WeekTotal[];
  readonly thisWeek: string;
}

/** Weeks shown; older ones are in the sums but not on this page. */
const shownWeeks = 12;

/** The console's first page: what this service is, whether it works, what it holds, and what it does not do. */
export function consolePage(state: ConsoleState): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Kept · organisation service</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/console.css" />
      </head>
      <body>
        <header class="top">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <h1>Kept <span class="quiet subtitle">organisation service</span></h1>
          ${readiness(state)}
        </header>
        <main>
          ${held(state)} ${weeks(state)}
          <div class="columns">${notYet} ${never} ${about(state)}</div>
        </main>
        <footer class="quiet">Numbers as of the moment this page was loaded. Weeks are ISO weeks.</footer>
      </body>
    </html>`.text;
}

function readiness({ whyNotReady }: ConsoleState): Html {
  return whyNotReady === undefined
    ? html`<p class="state ready"><span aria-hidden="true">●</span> ready</p>`
    : html`<p class="state waiting"><span aria-hidden="true">▲</span> not ready</p>`;
}

function held({ weeks, whyNotReady }: ConsoleState): Html {
  if (whyNotReady !== undefined) {
    return html`<section class="held" aria-labelledby="held">
      <h2 id="held">Nothing is taken in at the moment</h2>
      <p>${whyNotReady}</p>
      <p class="quiet">
        Editors keep what they have to send and try again by themselves. What was acknowledged before is safe.
      </p>
    </section>`;
  }
  const events = weeks.reduce((sum, week) => sum + week.events, 0);
  const batches = weeks.reduce((sum, week) => sum + week.batches, 0);
  return html`<section class="held" aria-labelledby="held">
    <h2 id="held">
      <span class="figure">${grouped(events)}</span> ${events === 1 ? "event" : "events"} held
    </h2>
    <p>
      ${
        events === 0
          ? html`Nothing has arrived yet. An editor sends only after the person at it has agreed.`
          : html`${plural(batches, "batch", "batches")} over ${plural(weeks.length, "week", "weeks")}. Each
            event is counted once, however often it was sent.`
      }
    </p>
    <p class="quiet">
      An event is an anonymous sum of one day. This counts arrivals, not people and not their work.
    </p>
  </section>`;
}

function weeks({ weeks, thisWeek }: ConsoleState): Html {
  if (weeks.length === 0) {
    return html``;
  }
  const shown = weeks.slice(0, shownWeeks);
  const most = Math.max(1, ...shown.map(({ events }) => events));
  return html`<section aria-labelledby="weeks">
    <h2 id="weeks">What arrived, by week</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Week</th>
          <th scope="col" class="wide"><span class="hidden">Share of the fullest week</span></th>
          <th scope="col" class="number">Events</th>
          <th scope="col" class="number">Batches</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((total) => weekRow(total, most, total.week >= thisWeek))}
      </tbody>
    </table>
    ${
      weeks.length > shown.length
        ? html`<p class="quiet">The newest ${shownWeeks} of ${weeks.length} weeks are shown.</p>`
        : html``
    }
  </section>`;
}

function weekRow({ week, events, batches }: WeekTotal, most: number, running: boolean): Html {
  const width = Math.max(0.5, (100 * events) / most).toFixed(1);
  return html`<tr>
    <th scope="row">
      ${week} <span class="quiet days">${daysOf(week)}${running ? ", still running" : ""}</span>
    </th>
    <td class="wide">
      <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="${running ? "running" : "complete"}" width="${width}" height="8" />
      </svg>
    </td>
    <td class="number">${grouped(events)}</td>
    <td class="number">${grouped(batches)}</td>
  </tr>`;
}

const notYet = html`<section aria-labelledby="not-yet">
  <h2 id="not-yet">What it does not do yet</h2>
  <dl>
    <dt>Team numbers</dt>
    <dd>
      None are shown. A number needs a group of at least five people and a complete week, so that nobody can
      be singled out.
    </dd>
    <dt>Sign-in</dt>
    <dd>Whoever can reach this address sees this page. It holds nothing but the counts above.</dd>
    <dt>Coaching</dt>
    <dd>Prompts cannot be written or sent from here yet.</dd>
  </dl>
</section>`;

const never = html`<section aria-labelledby="never">
  <h2 id="never">What it never has</h2>
  <dl>
    <dt>Code, prompts, paths or names</dt>
    <dd>
      No field could hold them: every value comes from a list, or is a day, a rounded number or a random id.
    </dd>
    <dt>The hour of anybody's work</dt>
    <dd>Events carry a calendar day. Requests are counted, not logged.</dd>
    <dt>One person over time</dt>
    <dd>A person's pseudonym changes every week, and a batch holds one week only.</dd>
  </dl>
</section>`;

function about({ version, engine }: ConsoleState): Html {
  return html`<section aria-labelledby="about">
    <h2 id="about">This service</h2>
    <dl class="pairs">
      <div>
        <dt>Version</dt>
        <dd>${version}</dd>
      </div>
      <div>
        <dt>Store</dt>
        <dd>${engine}</dd>
      </div>
      <div>
        <dt>Contract</dt>
        <dd>version ${contractVersion}, <a href="/openapi.json">OpenAPI</a></dd>
      </div>
      <div>
        <dt>For supervisors</dt>
        <dd>
          <a href="/healthz">health</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a>
        </dd>
      </div>
    </dl>
  </section>`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The days of a week, whose own name has the year: 16–22 Nov, 28 Dec – 3 Jan. */
export function daysOf(week: string): string {
  const monday = mondayOf(week);
  const [first, last] = [monday, monday + 6].map((day) => new Date(day * 86_400_000)) as [Date, Date];
  const month = (date: Date) => months[date.getUTCMonth()] ?? "";
  const end = `${last.getUTCDate()} ${month(last)}`;
  return month(first) === month(last)
    ? `${first.getUTCDate()}–${end}`
    : `${first.getUTCDate()} ${month(first)} – ${end}`;
}

function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
