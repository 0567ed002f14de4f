import { agents } from "../agents/registry.ts";
import { anyTool } from "./anyTool.ts";
import type { Connectable } from "./connectable.ts";

const all = agents.flatMap(({ connections = [] }) => connections);

/** Hooks before telemetry, and any other tool between them. */
export const connectables: readonly Connectable[] = [
  ...all.filter(({ telemetryOf }) => telemetryOf === undefined),
  anyTool,
  ...all.filter(({ telemetryOf }) => telemetryOf !== undefined),
];
