import * as z from "zod";
import { ownRules } from "../../core/coaching/catalogue.ts";
import { guards } from "../../core/coaching/guards.ts";
import { reserve } from "../../core/coaching/reserve.ts";
import { variables } from "../../core/coaching/variables.ts";
import { measures, ruleFileSchema, ruleLimits, tipActions } from "../../protocol/coaching.ts";

/** What the editor checks and completes files in `.kept/rules` by. */
export function rulesSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(ruleFileSchema, { io: "input", target: "draft-7" }) as unknown as {
    properties: { rules: { items: { properties: Record<string, Record<string, unknown>> } } };
  };
  const { properties } = schema.properties.rules.items;
  const names = [...variables].map(([name, { words }]) => `- \`${name}\`: ${words}`).join("\n");
  const described = (field: string, more: Record<string, unknown>) => Object.assign(properties[field]!, more);
  const numbers = [...variables].filter(([, { unit }]) => unit !== "text");
  described("when", {
    markdownDescription: `${String(properties["when"]!["description"])}\n\n${names}`,
    defaultSnippets: numbers.map(([name, { words }]) => ({
      label: `${name} > …`,
      description: words,
      body: `${name} > \${1:1}`,
    })),
  });
  const { of } = properties["minSample"]!["properties"] as Record<string, Record<string, unknown>>;
  Object.assign(of!, {
    enum: numbers.map(([name]) => name),
    markdownEnumDescriptions: numbers.map(([, { words }]) => words),
  });
  described("actions", {
    markdownDescription: Object.entries(tipActions)
      .map(([name, { does }]) => `- \`${name}\`: ${does}`)
      .join("\n"),
  });
  return schema;
}

const promptsOfOrganisations = [
  "## Prompts of your organisation",
  "",
  "Whoever joined an organisation whose invitation named keys may be shown what somebody there wrote. A prompt **is** a text for",
  "people, signed, with whom to ask, and perhaps a suggested prompt to copy. It says whose it is wherever it is shown. It **is not**",
  "an instruction to an agent, and no code: it is never inserted, never run and never handed to a tool; the one button copies.",
  "",
  "- **How it comes.** The editor asks about once an hour, while sharing is allowed by everything that sharing needs. A bundle is",
  "  believed if enough keys of your invitation signed it, if it is your organisation's, not older than one seen before, and not",
  "  expired. One that is not is refused with its reason, in the log and in the Team view; the last good one stays until it ends.",
  "- **Who sees it.** Everyone, a team, users of a tool or a language, or by practice: *starting* up to 4 days with AI edits in the last",
  "  30, *regular* up to 12, *daily* beyond. It is decided on your machine, and nobody learns how.",
  "- **When.** Once, from its first to its last day, within the limits above and held out as often. A prompt with a condition is a",
  "  rule: it is said only while the condition holds for your own numbers, which stay here.",
  "- **What you can do.** *Helped*, *Not for me*, *Later*, mute the sender, or mute all tips. What you answered leaves only if you share",
  "  and agreed to that field, as a count of a day under the week's pseudonym, and is shown for groups of five or more.",
  "- **When it ends.** With its last day, with the bundle, with the next bundle without it, and when you leave.",
  "",
];

/** docs/coaching.md */
export function coachingDocument(): string {
  const lines = [
    "<!-- Generated from core/coaching/ by `npm run generate`. Do not edit. -->",
    "",
    "# Tips",
    "",
    "A tip is said when a rule holds for your own numbers. It quotes them and offers one action. Nobody else",
    "learns of it, unless you share with an organisation: then counts of a day leave, and are shown for groups of five or more.",
    "",
    `At most ${guards.nudgesInDay} comes by itself in a day and ${guards.nudgesInWeek} in a week: never while you type, debug or say that you present,`,
    "never in a window without focus. *Kept: Show Tip* and the Coach view show what holds whenever you ask. A rule whose evidence",
    "is weak, a benchmark or practice speaks in the Coach view alone, until its own comparison here says that it helped.",
    "",
    `One in ${Math.round(1 / guards.heldOut)} opportunities is held out by chance. After its time each tip says *helped*, *no change* or *cannot tell*: the`,
    "share that it was meant to change, before and after, with intervals that have nothing in common. A rule's own effect is the",
    `comparison with what was held out. ${guards.dismissals} dismissals retire a rule for ${guards.retiredDays} days.`,
    "",
    "## Rules that speak",
    "",
    "| rule | speaks when | evidence | what should change |",
    "|---|---|---|---|",
    ...ownRules().map(({ rule }) => {
      const evidence = rule.evidence.map(({ strength, reference }) => `${strength}: ${reference}`).join("; ");
      const { metric, direction, windowDays } = rule.expects;
      return `| ${rule.id} ${rule.title} | \`${rule.when}\` | ${evidence} | ${measures[metric]}: ${direction} in ${windowDays} days |`;
    }),
    "",
    "A rule that has nothing to go by on this machine says so in the Coach view: no tool's records tell of it, no editor shows",
    "errors, or a switch such as `kept.reviewTips` is off.",
    "",
    "## Rules that do not speak",
    "",
    "| rule | because |",
    "|---|---|",
    ...reserve.map(({ id, title, because }) => `| ${id} ${title} | ${because} |`),
    "",
    ...promptsOfOrganisations,
    "## Rules of your own",
    "",
    'Files `.kept/rules/*.json` at the root of a trusted workspace folder add rules: `{ "rules": [ … ] }`. The editor checks and',
    `completes them. At most ${ruleLimits.files} files of ${ruleLimits.fileBytes / 1024} KiB and ${ruleLimits.rulesInFile} rules each are read. A rule that is wrong is refused with`,
    "its line and reason, in the editor and in the Coach view; the others are used.",
    "",
    "A condition has numbers, texts in `'…'`, the names below, `+ - * /`, `min(a, b)`, `max(a, b)`, `< <= > >= == !=`, `and`, `or`,",
    `\`not\`, \`known(name)\` and brackets. It has no calls, no loops and no patterns, at most ${ruleLimits.conditionChars} characters and ${ruleLimits.conditionSteps} steps. What is not known`,
    "is neither yes nor no: a condition that rests on it does not hold. A message quotes a number as `{name}`, or with its noun as `{name|line|lines}`.",
    "",
    "| name | is |",
    "|---|---|",
    ...[...variables].map(([name, { words }]) => `| \`${name}\` | ${words} |`),
    "",
    "| action | does |",
    "|---|---|",
    ...Object.entries(tipActions).map(([name, { does }]) => `| \`${name}\` | ${does} |`),
  ];
  return `${lines.join("\n")}\n`;
}
