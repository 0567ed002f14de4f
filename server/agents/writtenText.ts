import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import type { ToolText } from "../../core/tools/toolRecords.ts";
import { fieldsOf, listOf, textOf, type Fields } from "./fields.ts";

const pathKeys = [
  "file_path",
  "filePath",
  "filepath",
  "path",
  "target_file",
  "notebook_path",
  "absolute_path",
  "file",
];
const wholeKeys = ["content", "file_text", "fileText", "contents"];
const beforeKeys = ["old_string", "oldString", "old_str", "oldText", "old_text"];
const afterKeys = ["new_string", "newString", "new_str", "newText", "new_text"];

/** The files that a call writes, and what it writes there as far as it says so. */
export function writtenFiles(name: string, given: unknown, response: Fields): readonly PatchedFile[] {
  const input = typeof given === "string" ? {} : fieldsOf(given);
  const patch = textOf(given) ?? first(input, ["patch", "patchText", "input", "diff"]);
  if (patch !== undefined && patch.includes("*** ")) return readApplyPatch(patch);
  const parts = listOf(input["replacements"]).map(fieldsOf);
  if (parts.length > 0 && parts.every((part) => pathOf(part) !== undefined))
    return parts.map((part) => ({ path: pathOf(part)!, text: replaced([part]) }));
  const path = pathOf(input) ?? pathOf(response);
  if (path === undefined) {
    const named = listOf(input["file_paths"]).flatMap((each) => textOf(each) ?? []);
    return named.map((each) => ({ path: each, text: { kind: "unsaid" } }));
  }
  return [{ path, text: /^delete/i.test(name) ? { kind: "deleted" } : writtenText(input, response) }];
}

function writtenText(input: Fields, response: Fields): ToolText {
  const original = textOf(response["originalFile"]);
  const whole = first(response, ["content"]) ?? first(input, wholeKeys);
  if (whole !== undefined && first(input, afterKeys) === undefined) {
    const before = original ?? (response["type"] === "create" ? "" : undefined);
    return { kind: "whole", after: whole, ...(before !== undefined && { before }) };
  }
  const hunks = listOf(response["structuredPatch"]).map(fieldsOf);
  // What was put in at several places, or was changed by the person, stands in the patch alone.
  const isTold = input["replace_all"] === true || response["userModified"] === true;
  if (isTold) return hunks.length > 0 ? patched(hunks) : { kind: "unsaid" };
  const edits = listOf(input["edits"]).map(fieldsOf);
  return replaced(edits.length > 0 ? edits : [input]);
}

function replaced(edits: readonly Fields[]): ToolText {
  const pieces = edits.map((edit) => ({ before: first(edit, beforeKeys), after: first(edit, afterKeys) }));
  const sound = pieces.flatMap(({ before, after }) =>
    after === undefined ? [] : [before === undefined ? { after } : { before, after }],
  );
  if (sound.length !== pieces.length) return { kind: "unsaid" };
  const [only] = sound;
  // To replace nothing is how most make a file.
  if (sound.length === 1 && only!.before === "") return { kind: "whole", before: "", after: only!.after };
  return { kind: "pieces", pieces: sound };
}

function patched(hunks: readonly Fields[]): ToolText {
  const side = (lines: readonly string[], sign: string) =>
    lines.filter((line) => line.startsWith(" ") || line.startsWith(sign)).map((line) => line.slice(1));
  const pieces = hunks.map((hunk) => {
    const lines = listOf(hunk["lines"]).flatMap((line) => textOf(line) ?? []);
    return { before: side(lines, "-").join("\n"), after: side(lines, "+").join("\n") };
  });
  return { kind: "pieces", pieces };
}

function pathOf(fields: Fields): string | undefined {
  const path = first(fields, pathKeys);
  return path === "" ? undefined : path;
}

function first(fields: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(fields[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}
