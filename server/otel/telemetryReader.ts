import type { ToolFigure, ToolRequest } from "../../core/tools/toolRecords.ts";
import type { Admitted } from "./guard.ts";
import { Increments } from "./increments.ts";
import { readOtlp } from "./otlp.ts";
import { toolTelemetry } from "./toolTelemetry.ts";

/** What one message of a tool's held. */
export interface TelemetryRead {
  readonly tool: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly requests: readonly ToolRequest[];
  readonly figures: readonly ToolFigure[];
  /** How many records were not understood. */
  readonly problems: number;
}

/** Requests that began and did not end may not fill the memory. */
const mostBegun = 500;

/** Reads what tools send, message by message. Throws `Malformed`. */
export class TelemetryReader {
  readonly #increments: Increments;
  /** When the last request of a session began that is not known to have ended. */
  readonly #begun = new Map<string, number>();

  /** `since` is when one began to listen. */
  constructor(since: number) {
    this.#increments = new Increments(since);
  }

  read({ tool, signal, isJson }: Omit<Admitted, "isZipped">, body: Uint8Array, at: number): TelemetryRead {
    const { wanted, read } = toolTelemetry.find((each) => each.tool === tool)!;
    const requests: ToolRequest[] = [];
    const figures: ToolFigure[] = [];
    let problems = 0;
    for (const record of readOtlp(body, { signal, isJson, wanted })) {
      const measured = record.measured && this.#increments.of(record, record.measured);
      read(measured ? { ...record, measured } : record, at, {
        request: (request) => requests.push(this.#timed(request)),
        began: (session, beganAt) => this.#begin(`${tool} ${session}`, beganAt),
        figure: (figure) => figures.push(figure),
        problem: () => problems++,
      });
    }
    return { tool, at, requests, figures, problems };
  }

  #begin(key: string, at: number): void {
    this.#begun.delete(key);
    this.#begun.set(key, at);
    if (this.#begun.size > mostBegun) this.#begun.delete(this.#begun.keys().next().value!);
  }

  #timed(request: ToolRequest): ToolRequest {
    const key = `${request.tool} ${request.session}`;
    const beganAt = this.#begun.get(key);
    this.#begun.delete(key);
    if (request.latencyMs !== undefined || beganAt === undefined || beganAt > request.at) return request;
    return { ...request, latencyMs: request.at - beganAt };
  }
}
