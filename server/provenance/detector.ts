import { detectorQuality } from "../../core/provenance/provenanceDetector.ts";
import type { DetectorQuality } from "../../protocol/provenance.ts";
import type { Store } from "../store/store.ts";
import { evidenceOf } from "./knownEdit.ts";

/** How often the evidence says what the person says. */
export function readDetector(store: Pick<Store, "readLabelledEdits">): DetectorQuality {
  const judged = store
    .readLabelledEdits()
    .map(({ at, evidence }) => ({ at, evidence: evidenceOf(evidence) }));
  return detectorQuality(judged);
}
