import { languageIdOf, languageName } from "../../core/languageName.ts";
import { joinedKey, sentLanguageSchema } from "../../protocol/tallies.ts";

/** A language as people call it, of those that a device may name. */
export function languageWords(id: string): string {
  if (id === joinedKey) return "not told";
  if (id === "other") return "another language";
  return id === "any" ? "any" : languageName(id);
}

/** As a form shows a language, so that what comes back is the same one: two have one name. */
export function languageTyped(id: string): string {
  const name = languageName(id);
  return languageIdOf(name) === id ? name : id;
}

/** What a form offers; any other can be typed. */
export const offeredLanguages = sentLanguageSchema.options
  .filter((id) => id !== "any" && id !== "other")
  .map(languageName)
  .sort((a, b) => a.localeCompare(b, "en"));
