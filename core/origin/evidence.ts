import type { Observation } from "../../protocol/observation.ts";
import type { Evidence, Mode, Origin, Strength } from "../../protocol/origin.ts";
import { readEditorAccount } from "./editorAccount.ts";
import { toolOfExtension } from "../tools/toolName.ts";
import { hasKeyboardShape, type ChangedText } from "./keyboardShape.ts";

export interface ObservedChange {
  /** What each of the observation's changes took out and put in, in the same order. */
  readonly texts: readonly ChangedText[];
  /** Whose the pasted text is, where it is known: pasting alone says nothing about who wrote it. */
  readonly pastedFrom?: Origin;
}

/** What the editor's observation of a change says about its origin. Nothing is said where nothing is known. */
export function evidenceFromObservation(observation: Observation, change: ObservedChange): Evidence[] {
  // The text that undo and redo bring back belongs to whoever wrote it.
  if (observation.reason !== undefined) return [];
  const say = (source: string, strength: Strength, origin: Origin): Evidence[] => [
    { source, strength, origin, at: observation.at },
  ];
  const { detailedReason, reloaded, pending } = observation;
  const account = detailedReason && readEditorAccount(detailedReason);
  if (account?.kind === "origin") {
    const isPart = detailedReason?.source === "inlineCompletionPartialAccept" && account.origin.kind === "ai";
    return say(isPart ? "detailedReason.part" : "detailedReason", "exact", account.origin);
  }
  if (account?.kind === "returned") return [];
  // The first change after a save looks like a reload too; where there is an account, it knows better.
  if (reloaded && !account) return say("reload", "exact", { kind: "external" });
  if (account?.kind === "paste" || pending.includes("paste")) {
    return change.pastedFrom ? say("paste", "matched", change.pastedFrom) : [];
  }
  const mode = acceptedMode(pending);
  if (mode) {
    const isPart = pending.includes("acceptWord") || pending.includes("acceptLine");
    const tools = new Set(observation.completers?.map(toolOfExtension));
    const [tool] = tools;
    return [
      ...say(isPart ? "acceptPart" : "acceptCommand", "exact", { kind: "ai", mode }),
      // Whose it is can only be told where there is no choice.
      ...(tools.size === 1 && tool ? say("onlyCompleter", "matched", { kind: "ai", tool, mode }) : []),
    ];
  }
  if (pending.includes("save")) return say("save", "inferred", { kind: "tooling" });
  // An account that does not name the keyboard speaks against it.
  if (!account && isTyped(observation, change)) return say("keyboard", "inferred", { kind: "human" });
  // The editor does not say that it pastes; that the text stood elsewhere does.
  return change.pastedFrom ? say("paste", "matched", change.pastedFrom) : [];
}

function acceptedMode(pending: Observation["pending"]): Mode | undefined {
  for (const command of pending) {
    if (command === "acceptNextEdit") return "nextEdit";
    if (command === "acceptCompletion" || command === "acceptWord" || command === "acceptLine") {
      return "completion";
    }
  }
  return undefined;
}

function isTyped({ focused, active, carets }: Observation, { texts }: ObservedChange): boolean {
  return focused && active && carets === 1 && texts.length === 1 && hasKeyboardShape(texts[0]!);
}
