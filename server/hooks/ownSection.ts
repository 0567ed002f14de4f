import type { Changed } from "./jsonHooks.ts";

const begin = "# Kept: begin";
const end = "# Kept: end";

/** Puts a section at the end of a file, unless something says why not. */
export function addSection(
  before: string | undefined,
  section: string,
  whyNot: (text: string) => string | undefined,
): Changed {
  const text = withoutSection(before ?? "");
  const reason = whyNot(text);
  if (reason !== undefined) return { reason };
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const own = [begin, ...section.trim().split("\n"), end, ""].join(eol);
  // What joins it to the text before belongs to it, so that it goes with it.
  return { text: text === "" ? own : `${text}${eol}${own}` };
}

/** Undefined where none of it is there. */
export function removeSection(
  text: string,
  whyNot: (text: string) => string | undefined,
): Changed | undefined {
  const after = withoutSection(text);
  if (after === text) return undefined;
  const reason = whyNot(after);
  return reason === undefined ? { text: after } : { reason };
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
