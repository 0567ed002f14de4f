import type { EvidenceRow } from "./store.ts";

/** The same evidence twice is one, as it is in a database. */
export function withoutRepeats(evidence: readonly EvidenceRow[]): EvidenceRow[] {
  const texts = evidence.map(({ source, strength, origin, at }) =>
    JSON.stringify([source, strength, origin, at]),
  );
  return evidence.filter((_, index) => texts.indexOf(texts[index]!) === index);
}
