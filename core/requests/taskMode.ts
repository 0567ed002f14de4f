import { modeSchema, type Mode } from "../../protocol/origin.ts";
import type { TaskMode } from "../../protocol/toolUse.ts";
import { modeWords } from "../provenance/provenanceWords.ts";

/** Every answer there is, in the order in which they are told. */
export const taskModes: readonly (TaskMode | null)[] = [...modeSchema.options, "several", null];

/** How AI was used in a task: in one mode, or in several of them; null where nothing says. */
export function taskModeOf(modes: readonly Mode[]): TaskMode | null {
  if (modes.length > 1) return "several";
  return modes[0] ?? null;
}

export function taskModeWords(mode: TaskMode | null): string {
  if (mode === null) return "mode not known";
  return mode === "several" ? "several modes" : modeWords[mode];
}
