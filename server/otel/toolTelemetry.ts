import type { ToolFigure, ToolRequest } from "../../core/tools/toolRecords.ts";
import { agents } from "../agents/registry.ts";
import type { TelemetryRecord, Wanted } from "./telemetryRecord.ts";

/** Takes what a tool's telemetry says. */
export interface TelemetrySink {
  /** Without an id where the tool's own records do not call it by what telemetry calls it. */
  request(request: ToolRequest): void;
  /** When a request began, where the tool says so before it says what came of it. */
  began(session: string, at: number): void;
  figure(figure: ToolFigure): void;
  /** What is not understood: counted, never passed over in silence. */
  problem(reason: string): void;
}

/** How the telemetry of one tool is read. */
export interface ToolTelemetry {
  /** As `core/tools/toolName.ts` calls it. */
  readonly tool: string;
  readonly wanted: Wanted;
  /** `now` is when it came, for what has no time. */
  readonly read: (record: TelemetryRecord, now: number, sink: TelemetrySink) => void;
}

/** Every tool whose telemetry is understood. */
export const toolTelemetry: readonly ToolTelemetry[] = agents.flatMap(({ telemetry }) => telemetry ?? []);
