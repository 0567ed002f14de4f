import * as z from "zod";
import { parseCondition } from "../../../core/coaching/condition.ts";
import { namesInMessage, typeOfVariable } from "../../../core/coaching/variables.ts";
import { languageIdOf } from "../../../core/languageName.ts";
import type { practiceLevels } from "../../../protocol/bundle.ts";
import { bundleItemSchema, type BundleItem } from "../../../protocol/bundle.ts";
import { dateOf } from "../../ingest/isoWeek.ts";
import { inPlainWords } from "../../ingest/explain.ts";
import { languageTyped, languageWords } from "../languageWords.ts";
import { toolWords } from "../toolWords.ts";

/** What the form sends, before anything is believed of it. Lists are of one length: a row for each language. */
export const promptFormSchema = z.object({
  prompt: z.uuidv4().or(z.literal("")),
  /** Of the text that was opened, so that nobody writes over what another saved meanwhile. */
  seen: z.string().max(64).default(""),
  audience: z.string().default("everyone"),
  team: z.string().default(""),
  tool: z.string().default(""),
  language: z.string().trim().default(""),
  level: z.string().default(""),
  contact: z.string().trim().default(""),
  locale: z.array(z.string().trim()),
  text: z.array(z.string().trim()),
  suggestion: z.string().trim().default(""),
  from: z.string().trim().default(""),
  until: z.string().trim().default(""),
  when: z.string().trim().default(""),
  sampleOf: z.string().trim().default(""),
  sampleLeast: z.string().trim().default(""),
  metric: z.string().default(""),
  direction: z.string().default("higher"),
  windowDays: z.string().trim().default("14"),
});
export type PromptForm = z.infer<typeof promptFormSchema>;
export const promptLists = ["locale", "text"];

/** The fields that something can be wrong with. */
export type PromptField =
  "audience" | "texts" | "contact" | "suggestion" | "from" | "until" | "when" | "sample" | "expects";
export type Complaints = Readonly<Partial<Record<PromptField, string>>>;

const usualDays = 28;

export function emptyForm(today: number): PromptForm {
  return promptFormSchema.parse({
    prompt: "",
    locale: ["en"],
    text: [""],
    from: dateOf(today),
    until: dateOf(today + usualDays),
  });
}

export function formOf(item: BundleItem, seen: string): PromptForm {
  const { audience, contact, defaultLocale, texts, suggestion, minSample, expects } = item;
  const locales = [defaultLocale, ...Object.keys(texts).filter((locale) => locale !== defaultLocale)];
  return promptFormSchema.parse({
    ...{ prompt: item.id, seen, audience: audience.kind, contact },
    team: audience.kind === "team" ? audience.team : "",
    tool: audience.kind === "tool" ? audience.tool : "",
    language: audience.kind === "language" ? languageTyped(audience.languageId) : "",
    level: audience.kind === "level" ? audience.level : "",
    locale: locales,
    text: locales.map((locale) => texts[locale] ?? ""),
    ...{ suggestion, from: item.from, until: item.until, when: item.when },
    ...(minSample === undefined ? {} : { sampleOf: minSample.of, sampleLeast: String(minSample.least) }),
    ...(expects === undefined
      ? {}
      : { metric: expects.metric, direction: expects.direction, windowDays: String(expects.windowDays) }),
  });
}

/** The item that a form describes; or what is wrong with which of its fields. */
export function itemFrom(
  form: PromptForm,
  id: string,
):
  { readonly ok: true; readonly item: BundleItem } | { readonly ok: false; readonly complaints: Complaints } {
  const own = ownComplaints(form);
  const rows = form.text.map((text, index) => ({ text, locale: form.locale[index] ?? "" }));
  const parsed = bundleItemSchema.safeParse(
    {
      id,
      audience: audienceIn(form),
      contact: form.contact,
      defaultLocale: rows[0]?.locale ?? "",
      texts: Object.fromEntries(
        rows.filter(({ text }) => text !== "").map(({ locale, text }) => [locale, text]),
      ),
      ...(form.suggestion === "" ? {} : { suggestion: form.suggestion }),
      ...{ from: form.from, until: form.until },
      ...(form.when === "" ? {} : { when: form.when }),
      ...(form.sampleOf === "" ? {} : { minSample: { of: form.sampleOf, least: Number(form.sampleLeast) } }),
      ...(form.metric === ""
        ? {}
        : {
            expects: {
              ...{ metric: form.metric, direction: form.direction },
              windowDays: Number(form.windowDays),
            },
          }),
    },
    { error: inPlainWords },
  );
  const found = parsed.success ? {} : schemaComplaints(parsed.error);
  const complaints: Complaints = { ...found, ...own };
  return parsed.success && Object.keys(complaints).length === 0
    ? { ok: true, item: parsed.data }
    : { ok: false, complaints };
}

function audienceIn(form: PromptForm): unknown {
  switch (form.audience) {
    case "team":
      return { kind: "team", team: form.team };
    case "tool":
      return { kind: "tool", tool: form.tool };
    case "language":
      return { kind: "language", languageId: languageIdOf(form.language) };
    case "level":
      return { kind: "level", level: form.level };
    default:
      return { kind: form.audience };
  }
}

/** What the form asks for beyond what a bundle can hold. */
function ownComplaints(form: PromptForm): Complaints {
  const texts = form.text.filter((text) => text !== "");
  const filled = form.locale.filter((locale, index) => locale !== "" && form.text[index] !== "");
  const condition = form.when === "" ? undefined : parseCondition(form.when, typeOfVariable);
  const unknown =
    form.when === ""
      ? undefined
      : texts.flatMap(namesInMessage).find((name) => typeOfVariable(name) === undefined);
  return {
    ...(form.contact === "" ? { contact: "is needed: whom to ask about it" } : {}),
    ...(new Set(filled).size < filled.length ? { texts: "one language is there twice" } : {}),
    ...((form.text[0] ?? "") === "" ? { texts: "the first text is needed: it is the default" } : {}),
    ...(unknown === undefined ? {} : { texts: `there is no number of the name ${unknown.slice(0, 60)}` }),
    ...(condition?.ok === false ? { when: `${condition.reason} (at character ${condition.at + 1})` } : {}),
    ...(form.sampleOf !== "" && typeOfVariable(form.sampleOf) !== "number"
      ? { sample: "there is no number of this name" }
      : {}),
    ...(form.sampleOf !== "" && form.when === "" ? { sample: "is for rules, which have a condition" } : {}),
  };
}

const fieldOfPath: Readonly<Record<string, PromptField>> = {
  audience: "audience",
  contact: "contact",
  defaultLocale: "texts",
  texts: "texts",
  suggestion: "suggestion",
  from: "from",
  until: "until",
  when: "when",
  minSample: "sample",
  expects: "expects",
};

/** What belongs to no field, such as the whole being too long, is said beside the texts. */
function schemaComplaints(error: z.ZodError): Complaints {
  return Object.fromEntries(
    error.issues.map(({ path, message, code }) => {
      const field = fieldOfPath[String(path[0])] ?? "texts";
      const isLocale = field === "texts" && (path[0] === "defaultLocale" || code === "invalid_key");
      return [field, isLocale ? "expected a language such as en, de or pt-BR before each text" : message];
    }),
  );
}

export const levelWords: Readonly<Record<(typeof practiceLevels)[number], string>> = {
  starting: "starting: AI edits on up to 4 of the last 30 days",
  regular: "regular: on up to 12 days",
  daily: "daily: on more",
};

/** For whom it is, in words. */
export function audienceWords(audience: BundleItem["audience"]): string {
  switch (audience.kind) {
    case "everyone":
      return "everyone";
    case "team":
      return `the team ${audience.team}`;
    case "tool":
      return `users of ${toolWords(audience.tool)}`;
    case "language":
      return `who writes ${languageWords(audience.languageId)}`;
    case "level":
      return `level ${levelWords[audience.level]}`;
  }
}
