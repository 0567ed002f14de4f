import { parse, type JSONPath } from "jsonc-parser";
import type { Changed } from "./jsonHooks.ts";
import { goneWith, valueAt, whyNotPut, whyUnusable, withProperty, without } from "./jsonText.ts";

/** What is put into a tool's settings. */
export interface JsonSetting {
  readonly path: JSONPath;
  readonly value: string | boolean;
}

/** Puts settings beside whatever is there. One that is set already is somebody else's, and then nothing is changed. */
export function addSettings(
  before: string | undefined,
  settings: readonly JsonSetting[],
  isOwn: (value: unknown) => boolean,
  kept: readonly JSONPath[],
): Changed {
  const text = before === undefined || before.trim() === "" ? "{}\n" : before;
  const reason = whyNotPut(text);
  if (reason !== undefined) return { reason };
  let after = removeOwn(text, settings, isOwn, kept);
  const root: unknown = parse(after);
  const taken = settings.find(({ path }) => valueAt(root, path) !== undefined);
  if (taken) return { reason: `${taken.path.join(".")} is set there already` };
  for (const { path, value } of settings) {
    const next = withProperty(after, path, value);
    if (next === undefined) return { reason: `${path.slice(0, -1).join(".")} is no group` };
    after = next;
  }
  return { text: after };
}

/** Takes them out again, and the groups that are empty without them, but for `kept` ones. Undefined where nothing of it was there. */
export function removeSettings(
  text: string,
  settings: readonly JsonSetting[],
  isOwn: (value: unknown) => boolean,
  kept: readonly JSONPath[],
): Changed | undefined {
  const reason = whyUnusable(text);
  if (reason !== undefined) return { reason };
  const after = removeOwn(text, settings, isOwn, kept);
  return after === text ? undefined : { text: after };
}

export function hasSettings(text: string, settings: readonly JsonSetting[]): boolean {
  if (whyUnusable(text) !== undefined) return false;
  const root: unknown = parse(text);
  return settings.every(({ path, value }) => valueAt(root, path) === value);
}

/** They are Kept's where one of them has a value that only Kept gives; each goes that still has the value it gave. */
function removeOwn(
  text: string,
  settings: readonly JsonSetting[],
  isOwn: (value: unknown) => boolean,
  kept: readonly JSONPath[],
): string {
  const root: unknown = parse(text);
  if (!settings.some(({ path }) => isOwn(valueAt(root, path)))) return text;
  let after = text;
  for (const { path, value } of [...settings].reverse()) {
    const found = valueAt(parse(after), path);
    if (found !== value && !isOwn(found)) continue;
    after = without(after, goneWith(after, path, kept));
  }
  return after;
}
