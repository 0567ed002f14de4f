import * as z from "zod";
import { daySchema } from "./day.ts";
import { measuredShareSchema } from "./share.ts";

/** What a rule may cost. A file of rules comes with a repository: somebody else wrote it. */
export const ruleLimits = {
  fileBytes: 64 * 1024,
  /** Lists and objects in one another. A rule needs five. */
  fileDepth: 20,
  files: 20,
  rulesInFile: 50,
  conditionChars: 500,
  /** Numbers, names and operators of one condition: it is evaluated in as many steps. */
  conditionSteps: 100,
  conditionDepth: 20,
  messageChars: 300,
} as const;

/** What a tip can offer to do, and what its button says. */
export const tipActions = {
  openTodaysEdits: { title: "Open the diff", does: "Opens the diff of files with AI text in no commit." },
  stagePart: { title: "Stage a part", does: "Asks for one folder of the change and stages it." },
  runTests: { title: "Run the tests", does: "Runs the workspace's test task." },
  openUnread: { title: "Read it now", does: "Opens AI text that was never on screen." },
  openFiles: { title: "Open the file", does: "Opens the file that the tip is about." },
  insertPlan: {
    title: "Start from a plan",
    does: "Opens a plan to fill in: goal, files, tests, out of scope.",
  },
  openLighterDefault: {
    title: "Choose a lighter default",
    does: "Opens the settings file of the tool that most such tasks are of, or the editor's setting, and puts in a lighter model that you choose among those you used, for you to save; of a tool without such a file it says where to look.",
  },
  writeDescription: {
    title: "Describe the change",
    does: "Opens a description to fill in: what AI did, and how it was checked.",
  },
  describeFailure: {
    title: "Write down the failure",
    does: "Opens a note to fill in: what fails, what is expected, what was tried.",
  },
  showProblems: { title: "Show the problems", does: "Opens the file and the list of problems." },
  insertContext: {
    title: "Start a context file",
    does: "Opens a short file to fill in that briefs agents: only what the code cannot tell.",
  },
  keepSecrets: {
    title: "Keep it from agents",
    does: "Opens what each tool can be told, so that it reads no file with secrets.",
  },
  askToSplit: {
    title: "Ask for smaller parts",
    does: "Opens a note to the author to fill in: which parts could come first.",
  },
  openPanel: { title: "Show the numbers", does: "Opens the panel." },
} as const satisfies Record<string, { readonly title: string; readonly does: string }>;
export type TipAction = keyof typeof tipActions;
const tipActionSchema = z.enum(Object.keys(tipActions) as [TipAction, ...TipAction[]]);

/** By what it is told whether a tip helped: shares of the person's own edits, days and commits. */
export const measures = {
  kept: "the share of what AI wrote that is still there",
  keptAt15: "the share of AI edits of which something is left after 15 minutes",
  survival: "how much of the text of AI edits is left after 15 minutes",
  undone: "the share of AI edits that were undone within 15 minutes",
  unseenBlocks: "the share of AI blocks of 30 lines or more that were never on screen",
  tested: "the share of days with much AI code on which tests were edited too",
  cached: "the share of all that goes into requests that is read from a cache",
  largeCommits: "the share of commits with more than 400 AI lines",
  heavyLight: "the share of small tasks that used a model of the heavy tier",
  lostTasks: "the share of tasks with edits of which nothing was kept",
  explained: "the share of commits that are mostly AI's whose message says more than its subject",
  approved: "the share of AI edits by a tool that the folder's policy names",
  failedRuns: "the share of test runs that failed",
  planned: "the share of tasks with 4 files or more that planned or looked at something first",
  briefed: "the share of tasks that begin with 1,500 characters or more",
  serverTasks: "the share of tasks that used a tool server",
  secretReads: "the share of agents' looks at files that were at files with secrets",
} as const;
export type Measure = keyof typeof measures;
const measureSchema = z.enum(Object.keys(measures) as [Measure, ...Measure[]]);

const conditionSchema = z.string().min(1).max(ruleLimits.conditionChars);
const nameSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)?$/);

/** When something is said, and what. It is data: nothing in it is run. */
export const ruleSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/)
    .describe("Name of the rule: letters, digits and hyphens."),
  version: z.int().min(1).describe("Rises when the rule becomes another."),
  title: z.string().min(1).max(80).describe("What it is about, in a few words."),
  when: conditionSchema.describe(
    "Condition over named numbers, such as `uncommitted.lines > 400 or uncommitted.files > 15`.",
  ),
  minSample: z
    .strictObject({ of: nameSchema, least: z.int().min(1) })
    .optional()
    .describe("The rule is silent while that number is smaller."),
  cooldownDays: z.int().min(1).max(365).describe("Days until it may speak again."),
  severity: z.enum(["low", "normal", "high"]).describe("Which of several tips comes first."),
  message: z
    .string()
    .min(1)
    .max(ruleLimits.messageChars)
    .describe(
      "What is said. `{name}` stands for a number of that name, `{name|line|lines}` for it with its noun; at least one has to be quoted.",
    ),
  actions: z
    .array(tipActionSchema)
    .min(1)
    .max(3)
    .describe("What can be done about it; the first is offered."),
  evidence: z
    .array(
      z.strictObject({
        strength: z
          .enum(["strong", "weak", "benchmark", "practice"])
          .describe("A rule without strong evidence speaks in the Coach view alone until it helped here."),
        reference: z.string().min(1).max(200),
        url: z.url({ protocol: /^https$/ }).optional(),
      }),
    )
    .min(1)
    .max(5),
  expects: z
    .strictObject({
      metric: measureSchema,
      direction: z.enum(["higher", "lower"]),
      windowDays: z.int().min(1).max(90),
    })
    .describe("What should change if the advice is any good."),
  suppressIf: conditionSchema.optional().describe("Condition under which the advice is already followed."),
  audience: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("everyone") }),
      z.strictObject({ kind: z.literal("tool"), tool: z.string().min(1).max(100) }),
      z.strictObject({ kind: z.literal("language"), languageId: z.string().min(1).max(60) }),
    ])
    .default({ kind: "everyone" }),
});
export type Rule = z.infer<typeof ruleSchema>;

/** A file in `.kept/rules`. */
export const ruleFileSchema = z.strictObject({
  $schema: z.string().optional(),
  rules: z.array(ruleSchema).max(ruleLimits.rulesInFile),
});

/**
 * How a tip stands. `dismissed` counts against its rule, three times retire it; `muted` silences the rule; `helped` and
 * `notForMe` are what somebody says of an organisation's prompt.
 */
const tipStates = ["new", "seen", "snoozed", "done", "dismissed", "muted", "helped", "notForMe"] as const;
const tipStateSchema = z.enum(tipStates);

/** Whether a tip helped. Null while it is too early to ask. */
export const effectSchema = z.enum(["helped", "noChange", "cannotTell"]);
export type Effect = z.infer<typeof effectSchema>;

/** An opportunity to say something, taken or held out. */
export const tipRecordSchema = z.strictObject({
  id: z.string().min(1).max(100),
  rule: ruleSchema.shape.id,
  ruleVersion: ruleSchema.shape.version,
  at: z.int().nonnegative(),
  day: daySchema,
  /** Drawn to be kept quiet about, so that there is something to compare with. */
  isHeldOut: z.boolean(),
  state: tipStateSchema,
  /** When the state became what it is. */
  changedAt: z.int().nonnegative(),
  snoozedUntil: z.int().nonnegative().nullable(),
  /** When it was said unasked; null where it only stood in the panel. */
  nudgedAt: z.int().nonnegative().nullable(),
  /** The message as it was, with its numbers. */
  message: z.string().max(2000),
  before: measuredShareSchema,
  after: measuredShareSchema.nullable(),
  effect: effectSchema.nullable(),
});
export type TipRecord = z.infer<typeof tipRecordSchema>;

/** A tip as it is shown. */
export const tipSchema = z.strictObject({
  id: z.string(),
  rule: ruleSchema.shape.id,
  title: z.string(),
  message: z.string(),
  state: tipStateSchema,
  day: daySchema,
  severity: ruleSchema.shape.severity,
  action: tipActionSchema,
  actionTitle: z.string(),
  /** Why it is said: what the rule rests on. */
  evidence: ruleSchema.shape.evidence,
  /** What should change, in words. */
  expects: z.string(),
  before: measuredShareSchema,
  after: measuredShareSchema.nullable(),
  effect: effectSchema.nullable(),
  /** Null for a tip of Kept's or the workspace's own. */
  prompt: z
    .strictObject({
      /** Host of the organisation's address. */
      sender: z.string(),
      /** Whom to ask. */
      contact: z.string(),
      /** A prompt to copy: nothing else is ever done with it. */
      suggestion: z.string().nullable(),
    })
    .nullable(),
});
export type Tip = z.infer<typeof tipSchema>;

const ruleStandingSchema = z.strictObject({
  id: ruleSchema.shape.id,
  title: z.string(),
  source: z.enum(["kept", "workspace", "org"]),
  /** Whether anything that it speaks of is known here. */
  isFed: z.boolean(),
  isMuted: z.boolean(),
  /** After three dismissals: the day until which it is silent. */
  retiredUntil: daySchema.nullable(),
  /** Whether its evidence lets it speak outside the Coach view. */
  mayNudge: z.boolean(),
  said: z.int().nonnegative(),
  heldOut: z.int().nonnegative(),
  helped: z.int().nonnegative(),
  /** Against what happened where it was held out. */
  effect: effectSchema,
});
export type RuleStanding = z.infer<typeof ruleStandingSchema>;

/** A rule file of the workspace that was refused, or a rule in it. */
export const ruleProblemSchema = z.strictObject({
  file: z.string(),
  /** Counted from 1; null for the whole file. */
  line: z.int().positive().nullable(),
  reason: z.string(),
});
export type RuleProblem = z.infer<typeof ruleProblemSchema>;

/** What an organisation has in force, whomever it is for. */
const orgPromptSchema = z.strictObject({
  id: z.uuidv4(),
  text: z.string(),
  contact: z.string(),
  from: daySchema.nullable(),
  until: daySchema.nullable(),
  isForYou: z.boolean(),
  /** False where it speaks of numbers that this version does not know. */
  isUnderstood: z.boolean(),
});
export type OrgPrompt = z.infer<typeof orgPromptSchema>;

/** Everything the Coach view shows. */
export const coachSchema = z.strictObject({
  /** False where `kept.coaching` is off. */
  isOn: z.boolean(),
  isMuted: z.boolean(),
  /** The one tip there is now. */
  tip: tipSchema.nullable(),
  /** Others that hold now, most urgent first. */
  waiting: z.array(tipSchema),
  /** Those that were tried, latest first. */
  tried: z.array(tipSchema),
  rules: z.array(ruleStandingSchema),
  problems: z.array(ruleProblemSchema),
  /** Null for whoever joined no organisation whose prompts may be shown. */
  org: z
    .strictObject({ sender: z.string(), isMuted: z.boolean(), prompts: z.array(orgPromptSchema) })
    .nullable(),
});
export type Coach = z.infer<typeof coachSchema>;

/** What somebody does with a tip, or with all of them. */
export const tipAnswerSchema = z.discriminatedUnion("answer", [
  z.strictObject({
    answer: z.enum(["seen", "done", "dismiss", "snooze", "mute", "helped", "notForMe"]),
    tip: tipRecordSchema.shape.id,
  }),
  z.strictObject({ answer: z.enum(["muteRule", "unmuteRule"]), rule: ruleSchema.shape.id }),
  z.strictObject({ answer: z.enum(["muteSender", "unmuteSender"]), sender: z.string().min(1).max(300) }),
  z.strictObject({ answer: z.enum(["muteAll", "unmuteAll"]) }),
]);
export type TipAnswer = z.infer<typeof tipAnswerSchema>;

/** Lines with errors, counted from 0, of documents of which they changed. */
export const shownProblemsSchema = z.strictObject({
  documents: z
    .array(z.strictObject({ uri: z.string().max(4096), lines: z.array(z.int().nonnegative()).max(500) }))
    .max(50),
});
export type ShownProblems = z.infer<typeof shownProblemsSchema>;

/** What the window does, so that nobody is disturbed in it. */
export const momentSchema = z.strictObject({
  isFocused: z.boolean(),
  isDebugging: z.boolean(),
  isPresenting: z.boolean(),
  /** When a test task last ended in this window. */
  testedAt: z.int().nonnegative().nullable(),
  /** Whether that passed; null where its task does not say. */
  testPassed: z.boolean().nullable(),
  /** Reading of differences; null where `kept.reviewTips` is off, or nothing is read. */
  review: z.strictObject({ minutes: z.number().nonnegative(), lines: z.int().nonnegative() }).nullable(),
});
export type Moment = z.infer<typeof momentSchema>;
