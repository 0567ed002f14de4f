import * as z from "zod";
import { field } from "./field.ts";
import { modeSchema, originKindSchema } from "./origin.ts";
import { hiddenReasonSchema } from "./protection.ts";
import { tierSchema } from "./requestSummary.ts";
import { coarseCountSchema, inSums, ofEveryRecord } from "./sentFields.ts";
import { toolSchema } from "./tool.ts";
import { weekSchema } from "./week.ts";

/** What kind of work a task was, as far as the files it changed tell. */
export const taskTypeSchema = z.enum(["feature", "fix", "refactor", "tests", "docs", "config", "unknown"]);

/** VS Code's names of the languages that are told apart outside this machine. */
export const sentLanguageSchema = z.enum([
  "c",
  "cpp",
  "csharp",
  "css",
  "dart",
  "go",
  "html",
  "java",
  "javascript",
  "kotlin",
  "markdown",
  "php",
  "powershell",
  "python",
  "ruby",
  "rust",
  "scala",
  "shellscript",
  "sql",
  "swift",
  "typescript",
  "yaml",
  /** A language that is not in this list. */
  "other",
  /** Not about one language. */
  "any",
]);

/** A rule that Kept comes with, or the id of a prompt of the organisation's. Rules of a workspace are neither. */
export const tipNameSchema = z.union([z.string().regex(/^C\d{2}$/), z.uuidv4()], {
  error: "expected a rule of Kept's or the id of a prompt",
});

/** Days after their commit at which committed lines are looked at. */
export const survivalAges = ["14", "30", "90"] as const;

/** A part of what a tally is counted by: where two are told apart. */
const key = <Schema extends z.ZodType<string>>(schema: Schema, meaning: string) =>
  field(schema, { meaning, sensitivity: "none", retention: inSums });

/** Something that is counted, and rounded before it leaves. */
const sum = (meaning: string) =>
  field(coarseCountSchema, {
    meaning: `${meaning} Rounded to two significant digits.`,
    sensitivity: "personal",
    retention: inSums,
  });

const sentModeSchema = z.enum([...modeSchema.options, "unknown"]);

/**
 * What is counted besides edits. A table is its declaration: `keys` tell its counts apart, `sums` are the counts. Of
 * `sizes`, each a list of sums that are added, nobody may have made most where it is shown. `breakdowns` say of what each
 * sum is a part: a part that would tell of a few, or of everybody, is withheld. Where too few people have the
 * same keys, `joins` are given up, in this order; `keepsTeam` says whether that comes before teams are given up.
 */
export const tallies = {
  "kept.funnel": {
    about: "AI edits of one day, by how they were accepted and what became of them",
    keys: {
      tool: key(toolSchema, "The AI tool, from a fixed list."),
      mode: key(sentModeSchema, "How AI was used."),
    },
    sums: {
      accepted: sum("AI edits that were accepted whole."),
      partly: sum("AI edits that were accepted in part."),
      unasked: sum("AI edits that were applied without being asked for one by one."),
      undone: sum("AI edits that were rejected afterwards."),
      untold: sum("AI edits of which nobody says how they were accepted."),
      kept: sum("AI edits of which something was left after 15 minutes."),
      gone: sum("AI edits of which nothing was left after 15 minutes."),
      committed: sum("AI edits of which something was in a commit when the day was added up."),
    },
    sizes: [["accepted", "partly", "unasked", "undone", "untold"]],
    breakdowns: [
      {
        whole: ["accepted", "partly", "unasked", "undone", "untold"],
        parts: ["accepted", "partly", "unasked", "undone", "untold"],
      },
      { whole: ["accepted", "partly", "unasked", "undone", "untold"], parts: ["kept", "gone"] },
      { whole: ["accepted", "partly", "unasked", "undone", "untold"], parts: ["committed"] },
    ],
    joins: [],
    keepsTeam: true,
    /** A part of a number of edits that the table of edits hides would be told by its modes. */
    hides: ["mode"],
  },
  "kept.requests": {
    about: "Requests to models on one day, as the tools' own records have them",
    keys: {
      tool: key(toolSchema, "The AI tool, from a fixed list."),
      tier: key(tierSchema, "Whether the model is a fast, a standard or a heavy one; never its name."),
      "task.type": key(
        taskTypeSchema,
        "What kind of work the task was, by its commits' types or the files it changed.",
      ),
    },
    sums: {
      requests: sum("Requests to models."),
      input: sum("Tokens that went in and were in no cache."),
      output: sum("Tokens that came out."),
      "cache.read": sum("Tokens that were read from a cache."),
      "cache.write": sum("Tokens that were written to a cache."),
      "cost.cents": sum("What these requests cost by list price, in US cents."),
      unpriced: sum("Requests for whose model no price is known; they are not in the cost."),
    },
    sizes: [["requests"], ["input", "output", "cache.read", "cache.write"], ["cost.cents"]],
    breakdowns: [
      { whole: ["requests"], parts: ["unpriced"] },
      {
        whole: ["input", "output", "cache.read", "cache.write"],
        parts: ["input", "output", "cache.read", "cache.write"],
      },
      { whole: ["cost.cents"], parts: [] },
    ],
    joins: ["task.type", "tier"],
    keepsTeam: false,
    hides: [],
  },
  "kept.survival": {
    about: "Committed lines that became 14, 30 or 90 days old in one week",
    keys: {
      "origin.kind": key(originKindSchema, "Who wrote the lines: AI, human, tooling, external or unknown."),
      tool: key(
        z.enum([...toolSchema.options, "none"]),
        "The AI tool, from a fixed list; `none` where the origin is not AI.",
      ),
      age: key(z.enum(survivalAges), "Days since the commit."),
    },
    sums: {
      lines: sum("Lines that became so old in the week, and were watched for so long."),
      surviving: sum("Lines among them that were still there."),
      self: sum("Lines among them that the person took away or rewrote."),
      others: sum("Lines among them that somebody else took away or rewrote."),
      corrective: sum("Lines among them that a fix or a revert took away."),
    },
    sizes: [["lines"]],
    breakdowns: [
      { whole: ["lines"], parts: ["surviving", "self", "others"] },
      { whole: ["self", "others"], parts: ["corrective"] },
    ],
    joins: ["tool"],
    keepsTeam: true,
    hides: [],
  },
  "kept.tip": {
    about: "Advice of one day: what was said, and what came of it",
    keys: {
      tip: key(tipNameSchema, "Which built-in rule spoke, or which prompt of the organisation's."),
      tool: key(
        z.enum([...toolSchema.options, "any"]),
        "The AI tool it was about, from a fixed list; `any` where it was about none.",
      ),
      language: key(
        sentLanguageSchema,
        "The language it was about, from a fixed list; `any` where it was about none.",
      ),
    },
    sums: {
      shown: sum("How often it was shown."),
      "held.out": sum("How often chance decided to say nothing, so that there is something to compare with."),
      helped: sum("How often the person answered that it helped."),
      "not.for.me": sum("How often the person answered that it was not for them, or dismissed it."),
      improved: sum("How often what it was meant to change became better after it was shown."),
      unchanged: sum("How often that did not change."),
      unclear: sum("How often there was too little data to tell."),
      "improved.held.out": sum("How often it became better where nothing was said."),
      "unchanged.held.out": sum("How often it did not change where nothing was said."),
      "unclear.held.out": sum("How often there was too little data to tell where nothing was said."),
    },
    sizes: [["shown", "held.out"]],
    breakdowns: [
      { whole: ["shown"], parts: ["helped", "not.for.me"] },
      { whole: ["shown"], parts: ["improved", "unchanged", "unclear"] },
      {
        whole: ["held.out"],
        parts: ["improved.held.out", "unchanged.held.out", "unclear.held.out"],
      },
    ],
    joins: ["language", "tool"],
    keepsTeam: false,
    hides: [],
  },
} as const satisfies Record<string, TallyTable>;

export interface TallyTable {
  readonly about: string;
  readonly keys: Readonly<Record<string, z.ZodType<string>>>;
  readonly sums: Readonly<Record<string, z.ZodType<number>>>;
  readonly sizes: readonly (readonly string[])[];
  readonly breakdowns: readonly Breakdown[];
  readonly joins: readonly string[];
  readonly keepsTeam: boolean;
  /** Keys that are never shown apart. */
  readonly hides: readonly string[];
  /** Sums that are told only where enough people have some of each of them. */
  readonly eachOfEnough?: readonly string[];
  /** Whether nobody can have more than a little of it, so that everything is counted. */
  readonly isBounded?: boolean;
}

/** A whole, of sums that are added, and what of it is told apart: all of it, or some. */
export interface Breakdown {
  readonly whole: readonly string[];
  readonly parts: readonly string[];
}

export type TallyName = keyof typeof tallies;
export const tallyNames = Object.keys(tallies) as [TallyName, ...TallyName[]];

const days = z.int().nonnegative();

/** What is published besides: the last is counted by the service, out of the days of records of edits, and sent by nobody. */
export const publishedTables = {
  ...tallies,
  "kept.days": {
    about: "Days of one week on which people wrote something, by whether AI wrote some of it",
    keys: {},
    sums: { ai: days, without: days },
    sizes: [["ai", "without"], ["ai"], ["without"]],
    breakdowns: [],
    joins: [],
    keepsTeam: false,
    hides: [],
    eachOfEnough: ["ai", "without"],
    isBounded: true,
  },
} as const satisfies Record<string, TallyTable>;

export type PublishedName = keyof typeof publishedTables;
export const publishedNames = Object.keys(publishedTables) as [PublishedName, ...PublishedName[]];

/** What is counted, by the names of the declaration. */
export type TallySums<Name extends TallyName> = Readonly<
  Record<Extract<keyof (typeof tallies)[Name]["sums"], string>, number>
>;

/** What stands in the place of a key that was given up so that enough people have the same. */
export const joinedKey = "*";

const eventOf = <Keys extends z.ZodRawShape, Sums extends z.ZodRawShape>(table: { keys: Keys; sums: Sums }) =>
  z.strictObject({ ...ofEveryRecord, ...table.keys, ...table.sums });

export const tallyEventSchemas = {
  "kept.funnel": eventOf(tallies["kept.funnel"]),
  "kept.requests": eventOf(tallies["kept.requests"]),
  "kept.survival": eventOf(tallies["kept.survival"]).check(({ value, issues }) => {
    const refuse = (path: string, message: string) =>
      void issues.push({ code: "custom", message, path: [path], input: undefined });
    if ((value["origin.kind"] === "ai") === (value.tool === "none"))
      refuse("tool", "expected none where origin.kind is not ai, and a tool where it is");
    if (value.surviving > value.lines) refuse("surviving", "expected no more than lines");
  }),
  "kept.tip": eventOf(tallies["kept.tip"]),
} as const;

const cellSchema = z.strictObject({
  /** Null: everybody whose share is in no cell of their team. */
  team: z.string().nullable(),
  /** In the order of `keys`; `*` where it was given up. */
  keys: z.array(z.string()),
  /** In the order of `sums`; null where it is withheld, because it would tell of a few, or of everybody. */
  sums: z.array(z.int().nonnegative().nullable()),
});

/**
 * What is shown of one table in one week. Nobody's share is in two cells, and each cell is about at least `floor`
 * people: cells can be added up, and no sum beyond them is shown.
 */
export const publishedTallySchema = z.strictObject({
  table: z.enum(publishedNames),
  week: weekSchema,
  floor: z.int().min(5),
  keys: z.array(z.string()),
  sums: z.array(z.string()),
  cells: z.array(cellSchema),
  /** Why something is in no cell, or a sum of one is withheld; empty where nothing is. */
  hidden: z.array(hiddenReasonSchema),
  /** Teams that are in no cell, because they changed by too few people. Nothing published before this was has it. */
  leftOut: z.array(z.string()).optional(),
});
export type PublishedTally = z.infer<typeof publishedTallySchema>;
