import fc from "fast-check";
import type { TextReplacement } from "../../../core/text/textReplacement.ts";
import type { Origin } from "../../../protocol/origin.ts";
import type { ReplayFile } from "../../../protocol/replay.ts";

/** How many random sequences each property tries. The full form is 100,000. */
export const sequences = Number(process.env["KEPT_SEQUENCES"] ?? 5_000);

/** Set it to see a failure again. */
export const seed = Number(process.env["KEPT_SEED"] ?? Date.now() % 1_000_000_000);

/** Few letters, so that texts are alike by chance; both halves of surrogate pairs; every kind of line break. */
const snippet = fc.constantFrom(
  "a",
  "b",
  "ab",
  "aab",
  " ",
  "\n",
  "\r\n",
  "\r",
  "\u{1F600}",
  "\ud83d",
  "\ude00",
  "x = 1;\n",
);

export const anyText = fc.array(snippet, { maxLength: 8 }).map((parts) => parts.join(""));

/** Cursors from left to right: how far each is from the last, how much it takes out and what it puts in. */
export const anyCursors = fc.array(
  fc.record({
    gap: fc.nat(12),
    deletes: fc.oneof(fc.constant(0), fc.nat(9)),
    text: fc.oneof(fc.constant(""), anyText),
    /** Puts some of what it takes out in again. */
    repeats: fc.boolean(),
  }),
  { maxLength: 3 },
);
export type Cursors = typeof anyCursors extends fc.Arbitrary<infer Value> ? Value : never;

/** An edit of this very text: sorted and disjoint, often touching. */
export function placeCursors(text: string, cursors: Cursors): TextReplacement[] {
  let position = 0;
  return cursors.map(({ gap, deletes, text: inserted, repeats }) => {
    const start = Math.min(position + gap, text.length);
    const end = Math.min(start + deletes, text.length);
    position = end;
    return { start, end, text: repeats ? text.slice(start, end) + inserted : inserted };
  });
}

const anyOrigin: fc.Arbitrary<Origin> = fc.constantFrom<Origin>(
  { kind: "ai", tool: "one", mode: "chat", model: "m" },
  { kind: "ai", tool: "two", mode: "completion" },
  { kind: "human" },
  { kind: "human" },
  { kind: "tooling" },
  { kind: "external" },
);

const anyStep = fc.record({
  later: fc.constantFrom(0, 0, 500, 1_000, 30_000),
  origin: anyOrigin,
  cursors: anyCursors,
});

export const anyRecording: fc.Arbitrary<ReplayFile> = fc
  .record({ initial: anyText, steps: fc.array(anyStep, { maxLength: 10 }) })
  .map(({ initial, steps }) => {
    let text = initial;
    let at = 0;
    return {
      initial,
      sampleAt: [0, 1_000, 30_000, 100_000],
      steps: steps.map(({ later, origin, cursors }, index) => {
        at += later;
        const edits = placeCursors(text, cursors);
        text = edits.reduceRight(
          (result, { start, end, text: inserted }) => result.slice(0, start) + inserted + result.slice(end),
          text,
        );
        return { at, id: `step ${index}`, origin, edits };
      }),
    };
  });
