import * as z from "zod";

/**
 * `reached`: the edit got there. `left`: it will not. `unseen`: nobody here can know, and the words say why. An edit
 * without an outcome is not there yet.
 */
export type Standing = "reached" | "left" | "unseen";

interface Outcome {
  readonly standing: Standing;
  /** For people: a phrase that goes on after a number of edits. */
  readonly words: string;
}

/** What can become of an AI edit at each stage of its way, and how that is said. */
export const funnelOutcomes = {
  accepted: {
    accepted: { standing: "reached", words: "accepted whole" },
    partly: { standing: "reached", words: "accepted in part" },
    auto: { standing: "reached", words: "applied without being asked for one by one" },
    rejected: { standing: "left", words: "rejected afterwards" },
    notTold: { standing: "unseen", words: "of which nobody says how they were accepted" },
  },
  keptAt15: {
    kept: { standing: "reached", words: "of which something was left" },
    gone: { standing: "left", words: "of which nothing was left" },
    late: { standing: "unseen", words: "looked at too late" },
    notRead: { standing: "unseen", words: "whose document was closed and not read" },
  },
  saved: {
    saved: { standing: "reached", words: "saved" },
    noFile: { standing: "unseen", words: "in a document that is no file" },
  },
  committed: {
    committed: { standing: "reached", words: "of which something is in a commit" },
    noFile: { standing: "unseen", words: "in a document that is no file" },
    noRepository: { standing: "unseen", words: "in no git repository" },
    noGit: { standing: "unseen", words: "on a machine without git" },
    notTrusted: { standing: "unseen", words: "in a folder that is not trusted, where git is not asked" },
  },
  // Thirty days after the commits that brought its lines.
  aliveAt30: {
    alive: { standing: "reached", words: "of which lines are still there" },
    gone: { standing: "left", words: "of which no line is there any more" },
    lost: { standing: "unseen", words: "whose lines are in no history that could be followed" },
  },
  // What is found five minutes after an edit in an open document: no steps of its way.
  problems: {
    more: { standing: "reached", words: "with errors in their lines that were not there before" },
    none: { standing: "left", words: "without new errors in their lines" },
  },
  repeated: {
    some: { standing: "reached", words: "of which five lines in a row stand in another file" },
    none: { standing: "left", words: "that stand in no other file" },
  },
} as const satisfies Record<string, Record<string, Outcome>>;

export type Stage = keyof typeof funnelOutcomes;
export type OutcomeOf<S extends Stage> = Extract<keyof (typeof funnelOutcomes)[S], string>;
export const stages = Object.keys(funnelOutcomes) as readonly Stage[];
/** Those that an edit goes through on its way, in their order. */
export const steps = [
  "accepted",
  "keptAt15",
  "saved",
  "committed",
  "aliveAt30",
] as const satisfies readonly Stage[];
export type Step = (typeof steps)[number];
/** As what all of an edit's steps together are counted. */
export const wayStage = "way";
/** Why it is not known of an edit at a step: an earlier one is not known, or its steps were not counted together, which says the same of all of its steps. */
export const wayUnseen = {
  earlier: "not known since an earlier step",
  apart: "from before steps were counted together",
} as const;

/** Why no number of proposals is shown. */
export const proposedUnseen = "The editor does not say what is proposed and not accepted.";

const count = z.int().nonnegative();

const funnelStageSchema = z.strictObject({
  stage: z.enum(steps),
  /** Edits that got there. */
  reached: count,
  /** Edits that will not. */
  left: count,
  /** Edits that are not there yet. */
  pending: count,
  /** Edits of which it cannot be known, by outcome, most first. */
  unseen: z.array(z.strictObject({ outcome: z.string(), edits: count })),
  /** The reached and the left, by outcome. */
  outcomes: z.array(z.strictObject({ outcome: z.string(), edits: count })),
});

/** The way of AI edits from proposal to what is left in the history. */
export const funnelSchema = z.strictObject({
  /** AI edits that inserted something. */
  edits: count,
  /** Null: no editor says it. */
  proposed: count.nullable(),
  /** The funnel: of each step only the edits that got through the one before. */
  way: z.array(funnelStageSchema),
  /** Each step by itself, of all edits. */
  stages: z.array(funnelStageSchema),
});
export type Funnel = z.infer<typeof funnelSchema>;
export type FunnelStage = Funnel["stages"][number];
