import path from "node:path";
import type { Mode } from "../../protocol/origin.ts";
import type { HookMoment, ReadHook } from "./agent.ts";
import { fieldsOf, nameOf, placeOf, textOf, type Fields } from "./fields.ts";
import { placedEdits } from "./placedEdits.ts";
import { filesOfShell, folderOfShell, isShell } from "./shellCall.ts";
import { writtenFiles } from "./writtenText.ts";

/** One call of a tool, in the words that all of them have in common. */
export interface HookCall {
  readonly name: string;
  readonly input: unknown;
  readonly response?: Fields;
  readonly session: string | undefined;
  readonly id: string | undefined;
  readonly model: string | undefined;
  readonly cwd: unknown;
  readonly mode?: Mode;
  readonly isFailed?: boolean;
}

/** Names of tools that change files, in lower case. */
const editing: ReadonlySet<string> = new Set(
  "apply_patch applypatch create create_file delete edit edit_file editor multiedit patch replace_in_file strreplace write write_to_file".split(
    " ",
  ),
);
/** More than one call has ever changed. */
const mostFiles = 1000;

/** As most tools lay out a call. */
export function hookCallOf(payload: Fields, known: Partial<HookCall>): HookCall | undefined {
  const name = nameOf(payload["tool_name"] ?? payload["toolName"]);
  if (name === undefined) return undefined;
  return {
    name,
    input: payload["tool_input"] ?? payload["toolInput"],
    response: fieldsOf(payload["tool_response"] ?? payload["toolResponse"]),
    session: nameOf(payload["session_id"] ?? payload["sessionId"]),
    id: nameOf(payload["tool_use_id"] ?? payload["toolUseId"]),
    model: nameOf(payload["model"]),
    cwd: payload["cwd"],
    ...known,
  };
}

export function readingHook(tool: string, callIn: (payload: Fields) => HookCall | undefined): ReadHook {
  return (payload, { at, outcome }: HookMoment) => {
    const call = callIn(payload);
    if (call?.session === undefined) return undefined;
    const { session, id, model, mode = "agent" } = call;
    const ended = call.isFailed === true ? "failed" : outcome;
    const known = { tool, mode, model, session, call: id, at, outcome: ended };
    const folder = textOf(call.cwd);
    if (isShell(call.name))
      return placedEdits(filesOfShell(call.input), folderOfShell(call.input, folder), known);
    if (!editing.has(call.name.toLowerCase())) return [];
    const files = writtenFiles(call.name, call.input, call.response ?? {}).slice(0, mostFiles);
    const edits = files.flatMap((file) => {
      const place = saidPlace(folder, file.path);
      return place === undefined ? [] : [{ ...known, path: place, text: file.text }];
    });
    // It says that it edits, and not what.
    return edits.length > 0 ? edits : undefined;
  };
}

function saidPlace(folder: string | undefined, file: string): string | undefined {
  if (file.length > 4096 || file.includes("\0")) return undefined;
  return placeOf(folder === undefined ? undefined : withoutSlash(folder), withoutSlash(file));
}

/** Cursor on Windows: /c:/… */
function withoutSlash(file: string): string {
  return path.sep === "\\" ? file.replace(/^\/([A-Za-z]:)/, "$1") : file;
}
