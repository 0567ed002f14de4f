import { isDeepStrictEqual } from "node:util";
import { parse, type JSONPath } from "jsonc-parser";
import { goneWith, valueAt, whyNotPut, whyUnusable, withEntry, without } from "./jsonText.ts";

/** What is put into a list of hooks, so that a tool calls Kept. */
export interface HookEntry {
  /** The list, such as `["hooks", "PreToolUse"]`. */
  readonly list: JSONPath;
  readonly value: object;
}

export type Changed = { readonly text: string } | { readonly reason: string };

/** Puts entries at the end of their lists, beside whatever is there, comments and all. What is there already stays once. */
export function addHooks(
  before: string | undefined,
  entries: readonly HookEntry[],
  command: string,
  kept: readonly JSONPath[],
): Changed {
  const text = before === undefined || before.trim() === "" ? "{}\n" : before;
  const reason = whyNotPut(text);
  if (reason !== undefined) return { reason };
  let after = removeOwn(text, entries, command, kept);
  for (const { list, value } of entries) {
    const next = withEntry(after, list, value);
    if (next === undefined) return { reason: `${list.join(".")} is no list` };
    after = next;
  }
  return { text: after };
}

/** Takes Kept's entries out again, and the lists that are empty without them, but for `kept` ones. Undefined where nothing of it was there. */
export function removeHooks(
  text: string,
  entries: readonly HookEntry[],
  command: string,
  kept: readonly JSONPath[],
): Changed | undefined {
  const reason = whyUnusable(text);
  if (reason !== undefined) return { reason };
  const after = removeOwn(text, entries, command, kept);
  return after === text ? undefined : { text: after };
}

/** Whether anything there calls Kept. */
export function hasHooks(text: string, entries: readonly HookEntry[], command: string): boolean {
  return (
    whyUnusable(text) === undefined &&
    entries.some(({ list }) => indexOfOwn(valueAt(parse(text), list), command) !== -1)
  );
}

/** Whether it does so as it would be put in now. */
export function hasAllHooks(text: string, entries: readonly HookEntry[]): boolean {
  const isThere = ({ list, value }: HookEntry) => {
    const found = valueAt(parse(text), list);
    return Array.isArray(found) && found.some((each) => isDeepStrictEqual(each, value));
  };
  return whyUnusable(text) === undefined && entries.every(isThere);
}

function removeOwn(
  text: string,
  entries: readonly HookEntry[],
  command: string,
  kept: readonly JSONPath[],
): string {
  let after = text;
  for (const { list } of entries) {
    const index = indexOfOwn(valueAt(parse(after), list), command);
    if (index === -1) continue;
    after = without(after, goneWith(after, [...list, index], kept));
  }
  return after;
}

function indexOfOwn(list: unknown, command: string): number {
  const escaped = JSON.stringify(command).slice(1, -1);
  return Array.isArray(list) ? list.findIndex((entry) => JSON.stringify(entry).includes(escaped)) : -1;
}
