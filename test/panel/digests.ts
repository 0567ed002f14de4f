import type { Digest } from "../../protocol/digest.ts";

/** A week of one tool, a person, and a tool with too little. */
export const someDigest: Digest = {
  ...{ from: "2026-11-14", to: "2026-11-20", synthetic: false },
  says: [
    "Kept of what AI wrote: 78 % (74 % to 82 %, 96 edits)",
    "Kept of what was typed: 83 % (79 % to 87 %, 210 edits)",
    "AI inserted 12,400 characters; 9,100 in the week before",
    "The origin is known for 91 % of what was inserted",
    "No request to a model is known of",
  ],
  origins: [
    {
      name: "AI · Claude Code · agent · claude-sonnet-4-5",
      edits: 92,
      kept: { value: 0.78, low: 0.74, high: 0.82, n: 92, needsMore: 0 },
    },
    { name: "human", edits: 210, kept: { value: 0.83, low: 0.79, high: 0.87, n: 210, needsMore: 0 } },
    {
      name: "AI · <img src=x onerror=alert(1)>",
      edits: 4,
      kept: { value: 0.5, low: null, high: null, n: 4, needsMore: 16 },
    },
  ],
  tips: [{ day: null, message: "In no commit yet: 412 AI lines in 3 files.", became: "seen" }],
};

/** Before anything was written. */
export const emptyDigest: Digest = {
  ...{ from: "2026-11-14", to: "2026-11-20", synthetic: false },
  says: [
    "Kept of what AI wrote: not enough data (0 edits, needs about 20 more)",
    "Kept of what was typed: not enough data (0 edits, needs about 20 more)",
    "AI inserted 0 characters; 0 in the week before",
    "Nothing was inserted",
    "No request to a model is known of",
  ],
  origins: [],
  tips: [],
};
