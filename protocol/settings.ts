import * as z from "zod";
import { ownPriceSchema } from "./prices.ts";
import { baselineBeforeSchema, targetsSchema } from "./targets.ts";

interface Setting<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly fallback: z.infer<Schema>;
  readonly section:
    | "General"
    | "Coaching"
    | "In the editor"
    | "What is recorded"
    | "Cost"
    | "Targets"
    | "Several machines"
    | "How long it is kept";
  /** Where it may be set, in VS Code's words. */
  readonly scope: "application" | "machine" | "machine-overridable" | "window" | "resource";
  /** Markdown, shown in the settings editor and in docs/settings.md. */
  readonly description: string;
  /** One sentence for each value of an enumeration, in its order. */
  readonly valueDescriptions?: readonly string[];
  /** A workspace that is not trusted cannot set it. */
  readonly restricted?: true;
  readonly tags?: readonly string[];
}

/** Keeps which of the optional parts a setting has in its type. */
function setting<Schema extends z.ZodType, Declared extends Setting<Schema>>(
  declared: Declared & { readonly schema: Schema },
): Declared & { readonly schema: Schema } {
  return declared;
}

/** Every setting, declared once. package.json, package.nls.json and docs/settings.md are generated from it. */
export const settings = {
  "kept.enabled": setting({
    schema: z.boolean(),
    fallback: true,
    section: "General",
    scope: "window",
    description:
      "Records which tool made each edit and what becomes of it. All of it stays on this machine, unless you join an " +
      "organisation and share sums. " +
      "Off means off: no listener, no process and no file until it is turned on again, without a reload.",
    tags: ["telemetry", "usesOnlineServices"],
  }),
  "kept.statusBar": setting({
    schema: z.enum(["keptShare", "cost", "nothing"]),
    fallback: "keptShare",
    section: "General",
    scope: "window",
    description:
      "What the status bar item shows. When Kept cannot record, the item says so whatever is chosen here.",
    valueDescriptions: [
      "The share of today's AI text that is still there, once there is enough of it.",
      "What today's requests to models cost by list price, as far as their price is known.",
      "Nothing, as long as all is well.",
    ],
  }),
  "kept.budget.monthUsd": setting({
    schema: z.number().min(0).max(1_000_000),
    fallback: 0,
    section: "General",
    scope: "machine",
    description:
      "What you want to spend on requests to models in a calendar month, in US dollars by list price; 0 is no budget. " +
      "The status bar item takes the colour of a warning from four fifths on, and that of an error once it is spent. " +
      "`kept report` goes by what was last set in an editor, unless `--budget` says otherwise.",
  }),
  "kept.wrapAcceptKeys": setting({
    schema: z.boolean(),
    fallback: true,
    section: "General",
    scope: "window",
    description:
      "Notes when a completion or a suggested edit is accepted with the editor's own keys, Tab and Ctrl+Right (Cmd+Right). " +
      "The editor's own command runs first, under the same conditions as ever. " +
      "Off leaves the keys alone; accepted text then counts as unknown where the editor does not say whose it is.",
  }),
  "kept.coaching": setting({
    schema: z.enum(["messages", "quiet", "off"]),
    fallback: "quiet",
    section: "Coaching",
    scope: "window",
    description:
      "How advice from your own numbers reaches you. At most one tip comes by itself in a day and three in a week, never while " +
      "you type, debug or present. Muting, snoozing and what was tried are in the panel's Coach view.",
    valueDescriptions: [
      "As a message with buttons, and in the status bar and the panel.",
      "In the status bar and the panel alone.",
      "Not at all: nothing is looked at for it.",
    ],
  }),
  "kept.reviewTips": setting({
    schema: z.boolean(),
    fallback: false,
    section: "Coaching",
    scope: "window",
    description:
      "Counts, in this window and nowhere else, for how long differences are open before you without a pause, and says so after " +
      "an hour or 400 lines. Nothing of it is stored.",
  }),
  "kept.hover.enabled": setting({
    schema: z.boolean(),
    fallback: true,
    section: "In the editor",
    scope: "window",
    description:
      "Shows on hover who wrote the text there, how sure that is, when, and how much of it is kept. " +
      "Nothing is shown where the origin is unknown.",
  }),
  "kept.codeLens.enabled": setting({
    schema: z.boolean(),
    fallback: false,
    section: "In the editor",
    scope: "window",
    description:
      "Shows at the top of each file how much of it each origin wrote. It is one line for the whole file: " +
      "Kept's language server does not know functions.",
  }),
  "kept.gutter.enabled": setting({
    schema: z.boolean(),
    fallback: false,
    section: "In the editor",
    scope: "window",
    description:
      "Marks each line beside its number and in the overview ruler by the origin of most of its text, " +
      "with a shape and a place for each origin as well as a colour. The legend is in the language status `{}`.",
  }),
  "kept.seen.enabled": setting({
    schema: z.boolean(),
    fallback: true,
    section: "In the editor",
    scope: "window",
    description:
      "Notes which AI text was on screen in a focused window for two seconds or a fifth of a second a line, and lists the rest " +
      "in the Source Control view until it is committed. What was seen stays on this machine. Tips and `kept describe` tell of " +
      "lines that never were; no metric is made from it.",
  }),
  "kept.exclude": setting({
    schema: z.array(z.string().min(1).max(500)).max(200),
    fallback: [],
    section: "What is recorded",
    scope: "resource",
    description:
      "Globs of files that are never recorded, for example `**/secrets/**`. " +
      "Their text does not reach Kept's language server and their edits are not counted anywhere.",
    restricted: true,
  }),
  "kept.agents.enabled": setting({
    schema: z.boolean(),
    fallback: true,
    section: "What is recorded",
    scope: "machine",
    description:
      "Reads what AI tools record of themselves on this machine, such as Claude Code, Codex, Gemini CLI and Copilot CLI, to find " +
      "which edits are theirs. Prompts and answers are passed over; the text of edits is compared and stored nowhere.",
  }),
  "kept.agents.homes": setting({
    schema: z.array(z.string().min(1).max(4096)).max(20),
    fallback: [],
    section: "What is recorded",
    scope: "machine",
    description:
      "Further home directories, given as absolute paths, in which AI tools keep records of what they edit here: that of WSL, " +
      "for example, or of a container.",
  }),
  "kept.git.notes": setting({
    schema: z.boolean(),
    fallback: false,
    section: "What is recorded",
    scope: "machine",
    description:
      "Writes into git notes (`refs/notes/ai`) which lines of your commits AI tools wrote, as far as that is certain, in the " +
      "form that git-ai and others read. Notes stay in your clone until you push them. They name tools, models and the " +
      "tools' own names of conversations, and nothing that was said.",
  }),
  "kept.prices": setting({
    schema: z.array(ownPriceSchema).max(200),
    fallback: [],
    section: "Cost",
    scope: "machine",
    description:
      "What you or your organisation pay for models in place of the list price, in US dollars for a million tokens: " +
      '`{"model": "claude-sonnet-4*", "from": "2026-01-01", "input": 2.4, "output": 12, "cacheRead": 0.24, "cacheWrite": 3}`. ' +
      "It holds for requests of the day `from` and later, and replaces what was recorded for them by list price. " +
      "A model that neither this nor the list of prices knows stays unpriced, never free.",
  }),
  "kept.targets": setting({
    schema: targetsSchema,
    fallback: {},
    section: "Targets",
    scope: "machine",
    description:
      "What you aim at, by the metric's id, in place of what its source aims at: " +
      '`{"Q4": {"requirement": 0.08, "ceiling": 0.03, "baseline": 0.12}}`. ' +
      "Verdicts are given by the requirement; baseline and ceiling stand beside it. Shares are from 0 to 1, times in the unit " +
      "that docs/kpis.md names (milliseconds for S5, minutes for S7), costs in US dollars. `kept report` goes by what was " +
      "last set in an editor.",
  }),
  "kept.baseline.before": setting({
    schema: baselineBeforeSchema,
    fallback: "",
    section: "Targets",
    scope: "machine",
    description:
      "A day (`2026-01-31`): the baseline is made of the year before it. Empty, it is the year before the first record of AI.",
  }),
  "kept.ownFolder": setting({
    schema: z.string().max(4096),
    fallback: "",
    section: "Several machines",
    scope: "machine",
    description:
      "A folder of your own, given as an absolute path, in which each of your machines and containers writes its daily sums, " +
      "and from which it adds up what the others wrote. The files name no folder, no repository and no document. " +
      "In a container, `${gitDirectory}` is the folder `kept` in the git directory of the first workspace folder: " +
      "it outlives the container.",
  }),
  "kept.retention.editDays": setting({
    schema: z.int().min(1).max(3650),
    fallback: 90,
    section: "How long it is kept",
    scope: "machine",
    description: "Days for which single edits are kept. The daily sums made from them stay longer.",
  }),
  "kept.retention.sumMonths": setting({
    schema: z.int().min(1).max(120),
    fallback: 25,
    section: "How long it is kept",
    scope: "machine",
    description: "Months for which the daily sums are kept.",
  }),
} as const;

export type SettingId = keyof typeof settings;
export type Settings = { [Id in SettingId]: z.infer<(typeof settings)[Id]["schema"]> };

/** What the server needs to know of the settings. */
export const serverSettingsSchema = z.strictObject({
  editDays: settings["kept.retention.editDays"].schema,
  agents: settings["kept.agents.enabled"].schema.default(settings["kept.agents.enabled"].fallback),
  agentHomes: settings["kept.agents.homes"].schema.default([]),
  gitNotes: settings["kept.git.notes"].schema.default(settings["kept.git.notes"].fallback),
  sumMonths: settings["kept.retention.sumMonths"].schema,
  hover: settings["kept.hover.enabled"].schema.default(settings["kept.hover.enabled"].fallback),
  codeLens: settings["kept.codeLens.enabled"].schema.default(settings["kept.codeLens.enabled"].fallback),
  prices: settings["kept.prices"].schema.default([]),
  budgetUsd: settings["kept.budget.monthUsd"].schema.default(settings["kept.budget.monthUsd"].fallback),
  targets: settings["kept.targets"].schema.default({}),
  baselineBefore: settings["kept.baseline.before"].schema.default(settings["kept.baseline.before"].fallback),
  ownFolder: settings["kept.ownFolder"].schema.default(settings["kept.ownFolder"].fallback),
  coaching: settings["kept.coaching"].schema.default(settings["kept.coaching"].fallback),
  /** Whether it is noted what is on screen. */
  seen: settings["kept.seen.enabled"].schema.default(settings["kept.seen.enabled"].fallback),
  /** Whether the user trusts the window's folders. No setting: the editor says it, and other editors know no such thing. */
  trusted: z.boolean().default(true),
});
export type ServerSettings = z.infer<typeof serverSettingsSchema>;
