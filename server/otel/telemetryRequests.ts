import type { ToolRequest } from "../../core/tools/toolRecords.ts";
import { requestRow, type RowOptions } from "../agents/requestRows.ts";
import type { RequestRow, RequestStore } from "../store/requests.ts";
import { toldKey } from "../store/toldRequests.ts";
import type { TelemetryRead } from "./telemetryReader.ts";

/** What waits while the database is held by another. */
const mostWaiting = 5000;

/** Stores the requests that telemetry tells of. What a tool's own record says of the same one goes before it. */
export class TelemetryRequests {
  readonly #store: Pick<RequestStore, "write">;
  readonly #rowOptions: () => RowOptions;
  #waiting: RequestRow[] = [];

  constructor(store: Pick<RequestStore, "write">, rowOptions: () => RowOptions) {
    this.#store = store;
    this.#rowOptions = rowOptions;
  }

  /** Says how many were given up. */
  take({ requests }: Pick<TelemetryRead, "requests">): number {
    const options = this.#rowOptions();
    this.#waiting.push(...requests.map((request) => toldRow(request, options)));
    const { outcome } = this.#store.write({ requests: this.#waiting, edits: [] });
    if (outcome !== "retry") this.#waiting = [];
    const lost = Math.max(0, this.#waiting.length - mostWaiting);
    this.#waiting.splice(0, lost);
    return lost;
  }
}

/** One without a name goes by all that is said of it, so that it is the same when it is sent again. */
function toldRow(request: ToolRequest, options: RowOptions): RequestRow {
  const { id, session, at, model, tokens } = request;
  const name = id !== "" ? id : JSON.stringify([session, at, model, tokens]);
  const row = requestRow({ ...request, id: name }, options);
  return { ...row, key: toldKey(row.key) };
}
