import { Spans } from "./spans.ts";

/** The same text with only those owners that are known: what belonged to others belongs to nobody. */
export function disown(spans: Spans, isKnown: (owner: string) => boolean): Spans {
  return Spans.ofRuns(
    spans.runs().map((run) => {
      const { owner, length, restored } = run;
      return owner !== undefined && isKnown(owner)
        ? { owner, length, restored }
        : { owner: undefined, length, restored: false };
    }),
  );
}
