import { observationSchema, type Observation } from "../protocol/observation.ts";

interface ReadObservation {
  /** Undefined where it does not have the agreed form. */
  readonly observation: Observation | undefined;
  /** Of one that cannot be used, where it says so. */
  readonly sequence: number | undefined;
}

/** Each by itself; undefined where the message holds no observations at all. */
export function readObservations(params: unknown): ReadObservation[] | undefined {
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
