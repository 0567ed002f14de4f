import * as z from "zod";
import { daySchema } from "./day.ts";
import { originSchema } from "./origin.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A share with the bounds of its 95 % interval. */
const estimateSchema = z.strictObject({ value: share, low: share, high: share });

/** Lines of one age, of those that were watched for so long. */
const reworkSchema = z.strictObject({
  /** The age in days. */
  days: z.int().positive(),
  /** Lines that were watched for so long, and the commits they came with. */
  observed: count,
  commits: count,
  /** Of these lines, those that their own author or somebody else took away until then. */
  self: count,
  others: count,
  /** Of both together, those that a fix or a revert took away. */
  corrective: count,
  /** The share of the observed lines that was taken away; null where none was watched for so long. */
  share: estimateSchema.nullable(),
});

const survivalSchema = z.strictObject({
  days: count,
  ...estimateSchema.shape,
  /** Lines still watched at that age. */
  atRisk: count,
});

/** What became of the lines of one origin. */
const fateOfOriginSchema = z.strictObject({
  /** The kind alone, or a tool and a model of AI. */
  origin: originSchema,
  lines: count,
  /** Commits that brought them. */
  commits: count,
  rework: z.array(reworkSchema),
  /** Kaplan–Meier, at no more than a point a day, as far as lines were watched. */
  survival: z.array(survivalSchema),
  /** Of the commits that were watched so long: how many were reverted, and not taken back. */
  reverts: z.array(z.strictObject({ days: z.int().positive(), reverted: count, of: count })),
});
export type FateOfOrigin = z.infer<typeof fateOfOriginSchema>;

const ageSchema = count.nullable();

/** How long lines live, as one number: those of AI, and those of people. */
const livesSchema = z.strictObject({
  /** The days after which half of them is gone, with the bounds of the 95 % interval; null for what was not reached. */
  halfLives: z.array(
    z.strictObject({
      kind: z.enum(["ai", "human"]),
      /** Commits that brought them. */
      commits: count,
      days: ageSchema,
      low: ageSchema,
      high: ageSchema,
    }),
  ),
  /** How much sooner AI's lines are taken away than people's: above 1 sooner. Null where it cannot be said. */
  hazardRatio: z
    .strictObject({
      value: z.number().positive(),
      low: z.number().nonnegative(),
      high: z.number().positive(),
    })
    .nullable(),
});

/** Why nothing can be said of a repository. */
const fateUnknownSchema = z.enum([
  "shallow",
  "partial",
  "noCommit",
  "noGit",
  "notTrusted",
  "tooLong",
  "failed",
]);

/** What became of committed lines, by who wrote them: from the history of the repositories asked about. */
export const fatesSchema = z.strictObject({
  /** The oldest look among the repositories, in milliseconds since 1970. */
  at: z.number(),
  /** How many repositories are in the numbers, and why others are not. */
  repositories: count,
  unknown: z.array(z.strictObject({ reason: fateUnknownSchema, count })),
  /** The lines that are counted were committed in these days. */
  from: daySchema,
  to: daySchema,
  /** The share of lines whose origin is known; null where there are none. */
  coverage: share.nullable(),
  /** Lines of files that nobody writes by hand. They are in no other number. */
  linesSetApart: count,
  /** By kind of origin, AI first. */
  kinds: z.array(fateOfOriginSchema),
  /** AI lines by tool and model, most lines first. */
  tools: z.array(fateOfOriginSchema),
  lives: livesSchema,
  /** AI lines that were taken away within 90 days of their commit, by the week (its Monday) in which they were. */
  weeks: z.array(
    z.strictObject({
      week: daySchema,
      self: count,
      others: count,
      /** Of both, those that a fix or a revert took away; and of these, those by the person who committed them. */
      corrective: count,
      correctiveSelf: count,
    }),
  ),
});
export type Fates = z.infer<typeof fatesSchema>;

/** What became of lines of one commit and one origin that went the same way. */
const fateGroupSchema = z.tuple([
  /** Places in the lists of origins and of commits. */
  count,
  count,
  count.describe("lines"),
  count.describe("days from their commit to their end, or to the look"),
  z.enum(["alive", "lost", "self", "others"]),
  z.boolean().describe("whether a fix or a revert took them away"),
]);

/** What a commit's message says it is: a conventional type, or what fixes and reverts call themselves. */
export const subjectKindSchema = z.enum([
  "feature",
  "fix",
  "refactor",
  "tests",
  "docs",
  "config",
  "revert",
  "unknown",
]);
export type SubjectKind = z.infer<typeof subjectKindSchema>;

/** What a commit of the last 25 months holds. Nothing of its text, its paths or its author. */
const heldCommitSchema = z.strictObject({
  /** The beginning of its id: a second working tree of the same repository has the same commits. */
  id: z.string(),
  at: z.number(),
  /** Whether its author is whoever commits here; null where git does not know who that is. */
  isMine: z.boolean().nullable(),
  /** Of merges only lines that they resolved are told. */
  isMerge: z.boolean(),
  subject: subjectKindSchema,
  hasBody: z.boolean(),
  /** Whether its author or a trailer says that AI had a part in it. */
  namesAi: z.boolean(),
  /** A fix or a revert. */
  isCorrective: z.boolean(),
  /** Days until it was taken back for good; null where it was not. */
  revertedAfter: count.nullable(),
  /** Files, and lines as git counts them. What nobody writes by hand is in none of these but `filesApart`. */
  files: count,
  filesApart: count,
  added: count,
  removed: count,
  sourceFiles: count,
  testFiles: count,
  /** Of the source files. */
  languages: z.array(z.string()),
  /** Lines that it brought: neither moved nor changed in white space alone. And those of which the origin is known. */
  lines: count,
  known: count,
  /** Of these lines those of AI, by tool; `unknown` where no tool is named. */
  ai: z.record(z.string(), count),
});
export type HeldCommit = z.infer<typeof heldCommitSchema>;

/** What a look at one repository's history found, as it is stored. It is made anew from git at any time. */
export const fateRecordSchema = z.strictObject({
  format: z.literal(1),
  /** Address of the folder that holds the working tree. */
  repository: z.string(),
  at: z.number(),
  /** Why there is nothing. */
  unknown: fateUnknownSchema.nullable(),
  linesSetApart: count,
  origins: z.array(originSchema),
  /** Of each when it was made, and after how many days it was reverted. */
  commits: z.array(z.tuple([z.number(), count.nullable()])),
  groups: z.array(fateGroupSchema),
  /** Oldest first. Absent in what an earlier version left. */
  held: z.array(heldCommitSchema).optional(),
});
export type FateRecord = z.infer<typeof fateRecordSchema>;
