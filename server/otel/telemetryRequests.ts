import { requestRow, type RowOptions } from "../agents/requestRows.ts";
import type { RequestRow, RequestStore } from "../store/requests.ts";
import type { TelemetryRead } from "./telemetryIntake.ts";
import { toolTelemetry } from "./toolTelemetry.ts";

/** What waits while the database is held by another. */
const mostWaiting = 5000;

/** Stores the requests that telemetry tells of by the names that the tools' own records have for them. */
export class TelemetryRequests {
  readonly #store: RequestStore;
  readonly #rowOptions: () => RowOptions;
  #waiting: RequestRow[] = [];

  constructor(store: RequestStore, rowOptions: () => RowOptions) {
    this.#store = store;
    this.#rowOptions = rowOptions;
  }

  /** Of a tool that gives no name, its own record tells of the same request. Says how many were given up. */
  take({ tool, requests }: TelemetryRead): number {
    const isNamed = toolTelemetry.some((each) => each.tool === tool && each.namesRequests);
    if (!isNamed) return 0;
    const options = this.#rowOptions();
    this.#waiting.push(...requests.map((request) => requestRow(request, options)));
    const { outcome } = this.#store.write({ requests: this.#waiting, edits: [] });
    if (outcome !== "retry") this.#waiting = [];
    const lost = Math.max(0, this.#waiting.length - mostWaiting);
    this.#waiting.splice(0, lost);
    return lost;
  }
}
