import { contributorsNeeded } from "../../../core/protection/floor.ts";
import { contractVersion } from "../../../protocol/collector.ts";
import type { AppParts } from "../../app.ts";
import { readTold, type ToldWeek } from "../../told.ts";
import { html, type Html } from "../html.ts";
import type { Site } from "../site.ts";
import { weekName } from "../weekDays.ts";

interface ServiceState {
  readonly version: string;
  readonly engine: string;
  /** Undefined when the service is ready. */
  readonly whyNotReady: string | undefined;
  /** Those that were published, newest first. */
  readonly weeks: readonly ToldWeek[];
  /** How many devices a week's numbers have to be of. */
  readonly needed: number;
}

/** Weeks shown; older ones are in the sums but not on this page. */
const shownWeeks = 12;

/** What this service is, whether it works, and what arrived. */
export function addServicePage(
  site: Site,
  { store, promises, version }: Pick<AppParts, "store" | "promises" | "version">,
): void {
  site.page("/service", "readService", async () => {
    const whyNotReady = await store.whyNotReady();
    return {
      title: "Service",
      body: serviceBody({
        version,
        engine: store.engine,
        whyNotReady,
        weeks: whyNotReady === undefined ? (await readTold(store)).weeks : [],
        needed: contributorsNeeded(promises.floor, promises.devicesEach),
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
  const told = weeks.flatMap(({ arrived }) => arrived ?? []);
  const events = told.reduce((sum, each) => sum + each.events, 0);
  const batches = told.reduce((sum, each) => sum + each.batches, 0);
  return html`<section class="held" aria-labelledby="held">
    <h2 id="held">
      ${
        told.length === 0
          ? "Nothing is told yet of what arrived"
          : html`<span class="figure">${grouped(events)}</span> ${events === 1 ? "event" : "events"} arrived`
      }
    </h2>
    <p>
      ${
        told.length === 0
          ? html`It is told with the numbers of a week that is over. An editor sends only after the person at
            it has agreed.`
          : html`${plural(batches, "batch", "batches")} over ${plural(told.length, "week", "weeks")} that
            ${told.length === 1 ? "was" : "were"} published. Each event is counted once, however often it was
            sent.`
      }
    </p>
    <p class="quiet">
      An event is an anonymous sum of one day. Of a week that is not published nothing is told, so that nobody
      sees when somebody sends; that the service fails is counted at once among the metrics.
    </p>
  </section>`;
}

function weeks({ weeks, needed }: ServiceState): Html {
  if (weeks.length === 0) {
    return html``;
  }
  const shown = weeks.slice(0, shownWeeks);
  const most = Math.max(1, ...shown.map(({ arrived }) => arrived?.events ?? 0));
  return html`<section aria-labelledby="weeks">
    <h2 id="weeks">What had arrived when a week was published</h2>
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
        ${shown.map((week) => weekRow(week, most, needed))}
      </tbody>
    </table>
    ${
      weeks.length > shown.length
        ? html`<p class="quiet">The newest ${shownWeeks} of ${weeks.length} weeks are shown.</p>`
        : html``
    }
  </section>`;
}

function weekRow({ week, arrived }: ToldWeek, most: number, needed: number): Html {
  const title = html`<th scope="row">${weekName(week)}</th>`;
  if (arrived === null) {
    return html`<tr>
      ${title}
      <td class="quiet" colspan="3">
        not told: of fewer than ${needed} devices, or published before this was
      </td>
    </tr>`;
  }
  const width = Math.max(0.5, (100 * arrived.events) / most).toFixed(1);
  return html`<tr>
    ${title}
    <td class="wide">
      <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="complete" width="${width}" height="8" />
      </svg>
    </td>
    <td class="number">${grouped(arrived.events)}</td>
    <td class="number">${grouped(arrived.batches)}</td>
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
