import path from "node:path";
import type { Mode } from "../../protocol/origin.ts";
import type { HookMoment, ReadHook } from "../agents/agent.ts";
import { fieldsOf, listOf, nameOf, placeOf, textOf, type Fields } from "../agents/fields.ts";
import { placedEdits } from "../agents/placedEdits.ts";
import { filesOfShell, folderOfShell, isShell } from "../agents/shellCall.ts";
import { writtenFiles } from "./writtenText.ts";

/** One call of a tool, in the words that all of them have in common. */
interface Call {
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

export const cursorHook = reading("cursor", (payload) => {
  const event = payload["hook_event_name"];
  const common = {
    session: nameOf(payload["conversation_id"] ?? payload["session_id"]),
    model: nameOf(payload["model"]),
    cwd: payload["cwd"] ?? listOf(payload["workspace_roots"])[0],
  };
  // In which folder its shell was it does not say, unless it names one.
  if (event === "afterShellExecution")
    return { ...common, name: "shell", input: payload, id: undefined, cwd: payload["cwd"] };
  const isTab = event === "afterTabFileEdit";
  if (!isTab && event !== "afterFileEdit") return callOf(payload, common);
  // What it puts in where nothing was is no new file, as it is elsewhere.
  const edits = listOf(payload["edits"]).map((each) => {
    const { old_string: before, ...edit } = fieldsOf(each);
    return before === "" ? edit : { ...edit, old_string: before };
  });
  const input = { file_path: payload["file_path"], edits };
  // One generation edits several times; each is told once.
  return { ...common, name: "edit", input, id: undefined, ...(isTab && { mode: "completion" }) };
});

export const droidHook = reading("droid", (payload) => callOf(payload, {}));

export const openCodeHook = reading("opencode", (payload) => {
  const { file, before, after } = fieldsOf(payload["filediff"]);
  const call = callOf(payload, { isFailed: (payload["exit"] ?? 0) !== 0 });
  if (!call || textOf(file) === undefined || textOf(before) === undefined || textOf(after) === undefined)
    return call;
  return { ...call, input: { path: file, content: after }, response: { originalFile: before } };
});

export const ampHook = reading("amp", (payload) =>
  callOf(payload, { session: nameOf(payload["thread_id"]) }),
);

export const windsurfHook = reading("windsurf", (payload) => {
  const action = nameOf(payload["agent_action_name"]);
  if (action === undefined) return undefined;
  const info = fieldsOf(payload["tool_info"]);
  const model = nameOf(payload["model_name"]);
  return {
    name: action.endsWith("_write_code") ? "edit" : action.endsWith("_run_command") ? "shell" : action,
    input: info,
    session: nameOf(payload["trajectory_id"]),
    id: nameOf(payload["execution_id"]),
    model: model === "Unknown" ? undefined : model,
    cwd: info["cwd"] ?? payload["cwd"],
  };
});

export const clineHook = reading("cline", (payload) => {
  const use = fieldsOf(payload["postToolUse"] ?? payload["preToolUse"]);
  const name = nameOf(use["toolName"] ?? use["tool"]);
  if (name === undefined) return undefined;
  return {
    name,
    input: use["parameters"],
    session: nameOf(payload["taskId"]),
    id: undefined,
    model: nameOf(fieldsOf(payload["model"])["slug"]),
    // In which folder its shell was it does not say.
    cwd: isShell(name) ? undefined : listOf(payload["workspaceRoots"])[0],
    isFailed: use["success"] === false,
  };
});

function callOf(payload: Fields, known: Partial<Call>): Call | undefined {
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

function reading(tool: string, callIn: (payload: Fields) => Call | undefined): ReadHook {
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
