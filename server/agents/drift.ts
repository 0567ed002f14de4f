import { fieldsOf, isCount, textOf, type Fields } from "./fields.ts";
import type { Sink } from "./agent.ts";

/**
 * Tools change how they write without saying so. What a reader takes for nothing then would be a silent zero: these say what
 * looks as if it had been something.
 */

const placeNames = ["file_path", "filePath", "path", "absolute_path", "target_file", "notebook_path", "file"];
const textNames = [
  ...["old_string", "oldString", "old_str", "new_string", "newString", "new_str", "content", "contents"],
  ...["file_text", "new_source", "code_edit", "patch", "patchText", "edits", "replacements"],
];
const patchStart = "*** Begin Patch";

/** Whether a call of a tool of an unknown name is given what only a change of a file is given. */
export function seemsToEdit(name: string, given: unknown): boolean {
  // What servers of the Model Context Protocol offer has names of its own, and is told as theirs.
  if (/^mcp[_.-]/.test(name)) return false;
  if (textOf(given)?.startsWith(patchStart) === true) return true;
  const input = fieldsOf(given);
  const hasPlace = placeNames.some((key) => typeof input[key] === "string");
  return (
    (hasPlace && textNames.some((key) => input[key] !== undefined)) ||
    Object.values(input).some((value) => textOf(value)?.startsWith(patchStart) === true)
  );
}

/** Whether a part of an answer is a call, though it does not say so by the type that calls have. */
export function seemsToCall(part: Fields): boolean {
  return typeof part["name"] === "string" && typeof part["input"] === "object" && part["input"] !== null;
}

export interface CountNames {
  /** Every request has these. */
  readonly always: readonly string[];
  readonly sometimes?: readonly string[];
}

/**
 * Whether a request's tokens are counted as they are known to be. A count that is missing is unknown, and must not be taken
 * for none; one of a new name is counted as not understood, and the rest is told.
 */
export function areCounted(
  usage: Fields,
  { always, sometimes = [] }: CountNames,
  sink: Pick<Sink, "problem">,
): boolean {
  const isSound = (name: string) => (usage[name] ?? null) === null || isCount(usage[name]);
  if (!always.every((name) => isCount(usage[name])) || !sometimes.every(isSound)) {
    sink.problem("tokens of an unknown form");
    return false;
  }
  for (const name in usage) {
    if (always.includes(name) || sometimes.includes(name)) continue;
    const value = usage[name];
    if (typeof value !== "number" || value <= 0 || !/tokens?$/i.test(name)) continue;
    sink.problem("a kind of tokens that is not known");
    break;
  }
  return true;
}
