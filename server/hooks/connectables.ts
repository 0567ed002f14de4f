import { agents } from "../agents/registry.ts";
import type { Connectable } from "./connectable.ts";

const all = agents.flatMap(({ connections = [] }) => connections);

/** Hooks before telemetry. */
export const connectables: readonly Connectable[] = [
  ...all.filter(({ telemetryOf }) => telemetryOf === undefined),
  ...all.filter(({ telemetryOf }) => telemetryOf !== undefined),
];
