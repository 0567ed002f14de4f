import { parse } from "smol-toml";
import { reasonOf } from "../../protocol/errors.ts";
import type { Changed } from "./jsonHooks.ts";

const begin = "# Kept: begin";
const end = "# Kept: end";

/** Puts a section at the end of a file of TOML, unless the file has a table of that name. */
export function addSection(before: string | undefined, table: string, section: string): Changed {
  const text = withoutSection(before ?? "");
  const found = tablesIn(text);
  if (typeof found === "string") return { reason: found };
  if (Object.hasOwn(found, table)) return { reason: `${table} is set there already` };
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const own = [begin, ...section.trim().split("\n"), end, ""].join(eol);
  // What joins it to the text before belongs to it, so that it goes with it.
  return { text: text === "" ? own : `${text}${eol}${own}` };
}

/** Undefined where none of it is there. */
export function removeSection(text: string): Changed | undefined {
  const after = withoutSection(text);
  if (after === text) return undefined;
  const found = tablesIn(after);
  return typeof found === "string" ? { reason: found } : { text: after };
}

export function hasSection(text: string, section: string): boolean {
  return text.replaceAll("\r\n", "\n").includes(`${begin}\n${section.trim()}\n${end}`);
}

function withoutSection(text: string): string {
  const start = text.indexOf(begin);
  const stop = text.indexOf(end, start);
  if (start === -1 || stop === -1) return text;
  const joint = /\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const rest = text.slice(stop + end.length).replace(/^\r?\n/, "");
  return text.slice(0, start - joint) + rest;
}

/** What its own tool would not understand is not touched: then this says why. */
function tablesIn(text: string): object | string {
  try {
    return parse(text);
  } catch (thrown) {
    return `it is no sound TOML: ${reasonOf(thrown).split("\n")[0]}`;
  }
}
