import type { Observation } from "../../protocol/observation.ts";
import type { Mode, Origin } from "../../protocol/origin.ts";
import { toolOfExtension, toolOfHarness } from "../tools/toolName.ts";

export type DetailedReason = NonNullable<Observation["detailedReason"]>;

/** What the editor's own account of a change amounts to. */
export type EditorAccount =
  /** It says who. */
  | { readonly kind: "origin"; readonly origin: Origin }
  /** Text was pasted, whoever wrote it. */
  | { readonly kind: "paste" }
  /** Text came back that belongs to whoever wrote it first. */
  | { readonly kind: "returned" }
  /** It says nothing of use, though it does say that nobody typed. */
  | { readonly kind: "silent" };

const human: EditorAccount = { kind: "origin", origin: { kind: "human" } };
const tooling: EditorAccount = { kind: "origin", origin: { kind: "tooling" } };
const external: EditorAccount = { kind: "origin", origin: { kind: "external" } };
const returned: EditorAccount = { kind: "returned" };
const silent: EditorAccount = { kind: "silent" };

/** Reads VS Code's account. Fields come with the `$` signs by which VS Code grades them. */
export function readEditorAccount({ source, metadata }: DetailedReason): EditorAccount {
  switch (source) {
    case "cursor":
      return metadata["kind"] === "paste" ? { kind: "paste" } : human;
    case "inlineCompletionAccept":
    case "inlineCompletionPartialAccept":
      return readCompletion(metadata);
    case "inlineChat.applyEdits":
      return ai(metadata, "inlineChat");
    case "Chat.applyEdits":
      return ai(metadata, modeOfChat(metadata));
    case "Chat.undoEdits":
    case "Chat.reset":
      return returned;
    case "suggest":
    case "codeAction":
    case "rename":
    case "snippet":
      return tooling;
    case "reloadFromDisk":
      return external;
    case "unknown":
      if (metadata["name"] === "formatEditsCommand") return tooling;
      return metadata["name"] === "editSessionUndoRedo" ? returned : silent;
    default:
      return silent;
  }
}

/** Whether the person discarded what a conversation had written. */
export function isRejection(account: DetailedReason | undefined): boolean {
  return account?.source === "Chat.undoEdits" || account?.source === "Chat.reset";
}

type Metadata = DetailedReason["metadata"];

/** The editor shows its own word list as ghost text too; only an extension's completion is AI. */
function readCompletion(metadata: Metadata): EditorAccount {
  if (read(metadata, "extensionId") === undefined) return tooling;
  const isNextEdit = metadata["$nes"] === true || read(metadata, "providerId") === "nes";
  return ai(metadata, isNextEdit ? "nextEdit" : "completion");
}

function modeOfChat(metadata: Metadata): Mode {
  const mode = read(metadata, "mode");
  // A mode the user made for themselves is an agent with other instructions.
  return read(metadata, "origin") === "agentHost" || mode === "agent" || mode === "custom" ? "agent" : "chat";
}

function ai(metadata: Metadata, mode: Mode): EditorAccount {
  const extensionId = read(metadata, "extensionId");
  const harness = read(metadata, "harness");
  const tool = harness
    ? toolOfHarness(harness)
    : extensionId === undefined
      ? undefined
      : toolOfExtension(extensionId);
  // VS Code writes model ids with `|`, so that its telemetry does not take them for paths.
  const model = read(metadata, "modelId")?.replaceAll("|", "/");
  return { kind: "origin", origin: { kind: "ai", ...(tool && { tool }), ...(model && { model }), mode } };
}

function read(metadata: Metadata, name: string): string | undefined {
  for (const key of [`$${name}`, `$$${name}`, name]) {
    const value = metadata[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return undefined;
}
