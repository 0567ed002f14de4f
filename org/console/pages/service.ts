import { contractVersion } from "../../../protocol/collector.ts";
import type { AppParts } from "../../app.ts";
import { epochDayOf, isoWeekOf } from "../../ingest/isoWeek.ts";
import type { WeekTotal } from "../../store/store.ts";
import { html, type Html } from "../html.ts";
import type { Site } from "../site.ts";
import { daysOf } from "../weekDays.ts";

interface ServiceState {
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

/** What this service is, whether it works, and what arrived. */
export function addServicePage(
  site: Site,
  { store, host, version }: Pick<AppParts, "store" | "host" | "version">,
): void {
  site.page("/service", "readService", async () => {
    const whyNotReady = await store.whyNotReady();
    return {
      title: "Service",
      body: serviceBody({
        version,
        engine: store.engine,
        whyNotReady,
        weeks: whyNotReady === undefined ? await store.weekTotals() : [],
        thisWeek: isoWeekOf(epochDayOf(host.now())),
      }),
    };
  });
}

export function serviceBody(state: ServiceState): Html {
  return html`${readiness(state)} ${held(state)} ${weeks(state)}
    <div class="columns two">${never} ${about(state)}</div>`;
}

function readiness({ whyNotReady }: ServiceState): Html {
  return whyNotReady === undefined
    ? html`<p class="state ready"><span aria-hidden="true">●</span> ready</p>`
    : html`<p class="state waiting"><span aria-hidden="true">▲</span> not ready</p>`;
}

function held({ weeks, whyNotReady }: ServiceState): Html {
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

function weeks({ weeks, thisWeek }: ServiceState): Html {
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

function about({ version, engine }: ServiceState): Html {
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

function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
