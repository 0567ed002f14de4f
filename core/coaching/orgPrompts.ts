import type { Audience, BundleItem, practiceLevels } from "../../protocol/bundle.ts";
import type { OrgPrompt, Rule } from "../../protocol/coaching.ts";
import { parseCondition } from "./condition.ts";
import type { Facts } from "./facts.ts";
import type { CheckedRule } from "./rule.ts";
import { namesInMessage, typeOfVariable } from "./variables.ts";

const prefix = "org-";

/** What an organisation has in force, and for whom it is read. */
export interface PromptsInForce {
  readonly items: readonly BundleItem[];
  /** Host of the organisation's address: who sent it. */
  readonly sender: string;
  /** The person's team. */
  readonly team: string;
  /** A BCP 47 name, as the editor has it. */
  readonly locale: string;
  /** The local day. */
  readonly day: string;
}

/** A rule of a prompt's own, so that it is said through the same guards as every tip, and held out as often. */
export function promptRules(inForce: PromptsInForce, facts: Facts): CheckedRule[] {
  return inSchedule(inForce.items)
    .filter((item) => isDue(item, inForce.day) && isFor(item.audience, inForce, facts))
    .flatMap((item) => promptRule(item, inForce) ?? []);
}

/** All that is in force, also what is for others. */
export function promptsShown(inForce: PromptsInForce, facts: Facts): OrgPrompt[] {
  return inSchedule(inForce.items)
    .filter(({ until }) => until === undefined || until >= inForce.day)
    .map((item) => ({
      id: item.id,
      text: textIn(item, inForce.locale),
      contact: item.contact,
      from: item.from ?? null,
      until: item.until ?? null,
      isForYou: isFor(item.audience, inForce, facts),
      isUnderstood: promptRule(item, inForce) !== undefined,
    }));
}

/** The id of an organisation's prompt in a tip's rule; undefined for every other rule. */
export function promptIdOf(rule: string): string | undefined {
  return rule.startsWith(prefix) ? rule.slice(prefix.length) : undefined;
}

/** The text in the editor's language, else in its language without the region, else in the prompt's own. */
export function textIn(
  { texts, defaultLocale }: Pick<BundleItem, "texts" | "defaultLocale">,
  locale: string,
) {
  const wanted = [locale, locale.split("-")[0]!].map((each) => each.toLowerCase());
  const found = wanted.flatMap((each) =>
    Object.keys(texts).filter(
      (name) => name.toLowerCase() === each || name.toLowerCase().split("-")[0] === each,
    ),
  );
  return texts[found[0] ?? defaultLocale] ?? texts[defaultLocale]!;
}

/** Up to four days with AI edits among the last thirty, up to twelve, or more. */
export function practiceLevel(daysWithAi: number): (typeof practiceLevels)[number] {
  if (daysWithAi <= 4) return "starting";
  return daysWithAi <= 12 ? "regular" : "daily";
}

/** What begins first comes first; of those that begin together, what ends first. */
function inSchedule(items: readonly BundleItem[]): BundleItem[] {
  const placeOf = ({ from = "", until = "9999-12-31" }: BundleItem) => `${from} ${until}`;
  return items.toSorted((one, other) =>
    placeOf(one) < placeOf(other) ? -1 : placeOf(one) > placeOf(other) ? 1 : 0,
  );
}

function isDue({ from, until }: BundleItem, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

function isFor(audience: Audience, { team }: PromptsInForce, facts: Facts): boolean {
  switch (audience.kind) {
    case "everyone":
      return true;
    case "team":
      return audience.team === team;
    case "tool":
      return facts.tools.has(audience.tool);
    case "language":
      return facts.languages.has(audience.languageId);
    case "level":
      return audience.level === practiceLevel(facts.daysWithAi);
  }
}

const always = "1 == 1";
const usualExpectation: Rule["expects"] = { metric: "kept", direction: "higher", windowDays: 14 };
/** Once in a year: it is a word of somebody's, not an alarm. */
const cooldownDays = 365;
const longestTitle = 80;

/** Undefined where it speaks of numbers that this version does not know. */
function promptRule(item: BundleItem, { sender, locale }: PromptsInForce): CheckedRule | undefined {
  const { id, contact, suggestion, when: condition, minSample, expects } = item;
  const when = parseCondition(condition ?? always, typeOfVariable);
  if (!when.ok) return undefined;
  const message = textIn(item, locale);
  const quoted = condition === undefined ? [] : namesInMessage(message);
  if (quoted.some((name) => typeOfVariable(name) === undefined)) return undefined;
  if (minSample && typeOfVariable(minSample.of) !== "number") return undefined;
  const title = message.length <= longestTitle ? message : `${message.slice(0, longestTitle - 1)}…`;
  return {
    rule: {
      ...{ id: `${prefix}${id}`, version: 1, title, message, cooldownDays, severity: "normal" },
      when: condition ?? always,
      ...(minSample ? { minSample } : {}),
      actions: ["openPanel"],
      evidence: [{ strength: "practice", reference: sender }],
      expects: expects ?? usualExpectation,
      // Already decided.
      audience: { kind: "everyone" },
    },
    source: "org",
    when: when.condition,
    suppressIf: undefined,
    prompt: { sender, contact, suggestion: suggestion ?? null, quotesNumbers: condition !== undefined },
  };
}
