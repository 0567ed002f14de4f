import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import { fieldsOf, listOf, parsed, textOf, type Fields } from "./fields.ts";

/** The files that a tool of Copilot's changes, in VS Code or on the command line, by how it was called. */
export function copilotFilesOf(name: string, given: unknown): readonly PatchedFile[] {
  if (/apply_patch$/.test(name)) {
    const text = textOf(given) ?? "";
    const input = fieldsOf(text.startsWith("{") ? parsed(text) : given);
    return readApplyPatch(textOf(input["input"] ?? input["patch"]) ?? text);
  }
  const input = fieldsOf(typeof given === "string" ? parsed(given) : given);
  if (/^(bash|run_in_terminal)$/i.test(name)) return shellWrites(textOf(input["command"]) ?? "");
  const replacements = listOf(input["replacements"]).map(fieldsOf);
  if (replacements.length > 0) return replacements.flatMap((each) => fileOf(name, { ...input, ...each }));
  return fileOf(name, input);
}

const creating = /^(create|create_file|write)$/i;
const changing = /edit|insert|str_replace|replace_string/i;

/** Whether a call changes a file whatever it is given. Tools of other makers may have any other name. */
export function isEdit(name: string): boolean {
  return editing.test(name);
}

const editing =
  /^(create|create_file|write|edit|multiedit|apply_patch|str_replace|(multi_)?replace_string_in_file|insert_edit_into_file)$/i;

function fileOf(name: string, input: Fields): PatchedFile[] {
  const file = textOf(input["filePath"] ?? input["path"] ?? input["file_path"]);
  if (file === undefined || file === "") return [];
  if (creating.test(name)) {
    const after = textOf(input["content"] ?? input["file_text"]);
    // Tools of these names make a file that was not there; the one that writes does so over what was. The command line's
    // hooks call `create` so, too.
    const isNew = name !== "Write" || input["file_text"] !== undefined;
    return after === undefined
      ? []
      : [{ path: file, text: { kind: "whole", after, ...(isNew && { before: "" }) } }];
  }
  if (!changing.test(name)) return [];
  const before = textOf(input["oldString"] ?? input["old_str"] ?? input["old_string"]);
  const after = textOf(input["newString"] ?? input["new_str"] ?? input["new_string"]);
  if (before === undefined || after === undefined) return [{ path: file, text: { kind: "unsaid" } }];
  return [{ path: file, text: { kind: "pieces", pieces: [{ before, after }] } }];
}

/** VS Code adds a number of its own to the id that the model gave a call, in some of its records. */
export function callOf(id: string | undefined): string | undefined {
  return id?.replace(/__vscode-\d+$/, "");
}
