import type { SettingName } from "./settings.ts";

/** What a setting was set to, as the log says it: every value with where it stands. */
export function settingWords(name: SettingName, value: unknown): string {
  const parts = partsOf([], value);
  return `${name}: ${parts.length === 0 ? "nothing" : parts.join("; ")}`;
}

function partsOf(at: readonly string[], value: unknown): string[] {
  if (Array.isArray(value))
    return [[...at, value.length === 0 ? "none" : value.map(entryOf).join(", ")].join(" ")];
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) => partsOf([...at, key], each));
  return value === null ? [] : [[...at, wordOf(value)].join(" ")];
}

/** Of a list: of an object its values say enough. */
function entryOf(value: unknown): string {
  return typeof value === "object" && value !== null
    ? Object.values(value).map(wordOf).join(" ")
    : wordOf(value);
}

const wordOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
