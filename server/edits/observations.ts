import { observationSchema, type Observation } from "../../protocol/observation.ts";
import type { Ledger } from "./ledger.ts";

interface ReadObservation {
  /** Undefined where it does not have the agreed form. */
  readonly observation: Observation | undefined;
  /** Of one that cannot be used, where it says so. */
  readonly sequence: number | undefined;
}

/** Each by itself; undefined where the message holds no observations at all. */
function readObservations(params: unknown): ReadObservation[] | undefined {
  const observations = (params as { observations?: unknown } | undefined)?.observations;
  if (!Array.isArray(observations)) return undefined;
  return (observations as unknown[]).map((given) => ({
    observation: observationSchema.safeParse(given).data,
    sequence: sequenceOf(given),
  }));
}

function sequenceOf(given: unknown): number | undefined {
  const sequence = (given as { sequence?: unknown } | null)?.sequence;
  return Number.isInteger(sequence) ? (sequence as number) : undefined;
}

/** One observation of the wrong form is dropped and counted; the others are taken in. */
export function takeObservations(ledger: Ledger, params: unknown): void {
  const read = readObservations(params);
  if (!read) ledger.drop("observation.malformed", 1);
  for (const { observation, sequence } of read ?? []) {
    if (observation) ledger.observe(observation);
    else ledger.skip(sequence);
  }
  if (read) ledger.recoverGaps();
}
