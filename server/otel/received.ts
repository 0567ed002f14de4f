import * as z from "zod";
import { parsed } from "../agents/fields.ts";
import type { Store } from "../store/store.ts";
import type { TelemetryRead } from "./telemetryIntake.ts";

const receivedSchema = z.object({
  /** Of the last message: milliseconds since 1970. */
  at: z.number(),
  requests: z.number(),
  figures: z.number(),
});
/** What came of a tool's telemetry so far, for whoever wants to know whether it works. */
export type Received = z.infer<typeof receivedSchema>;

type Notes = Pick<Store, "readNote" | "writeNote">;

export function readReceived(store: Pick<Notes, "readNote">, tool: string): Received | undefined {
  return receivedSchema.safeParse(parsed(store.readNote(noteOf(tool)) ?? "")).data;
}

export function addReceived(store: Notes, { tool, at, requests, figures }: TelemetryRead): void {
  const before = readReceived(store, tool) ?? { requests: 0, figures: 0 };
  const now: Received = {
    at,
    requests: before.requests + requests.length,
    figures: before.figures + figures.length,
  };
  store.writeNote(noteOf(tool), JSON.stringify(now));
}

function noteOf(tool: string): string {
  return `telemetry of ${tool}`;
}
