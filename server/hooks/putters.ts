import type { JSONPath } from "jsonc-parser";
import type { Connectable } from "./connectable.ts";
import { addHooks, hasAllHooks, hasHooks, removeHooks, type Changed } from "./jsonHooks.ts";
import { addSettings, hasSettings, removeSettings } from "./jsonSettings.ts";
import { isOwnFile, ownMark } from "./ownFiles.ts";
import { addSection, hasSection, removeSection } from "./ownSection.ts";
import { startingWith, whyNoStart } from "./shellProgram.ts";
import { whyNoTable, whyNoToml } from "./tomlTables.ts";

/** Puts Kept into the text of a tool's own file, and takes exactly that out again. */
export interface Putter {
  readonly add: (text: string | undefined, empty: readonly JSONPath[]) => Putting;
  /** Undefined where nothing of it is there. Groups and lists in which nothing was before stay. */
  readonly remove: (text: string, empty: readonly JSONPath[]) => Putting | undefined;
  readonly has: (text: string) => boolean;
  /** Whether what is there of it is what would be put in now, and not what an older Kept did. */
  readonly isCurrent: (text: string) => boolean;
}

/** The text then is undefined where the file is to go. */
export type Putting = { readonly text: string | undefined } | { readonly reason: string };

/** What is put in names these. */
export interface PutNames {
  readonly shim: string;
  readonly command: string;
  readonly endpoint: string;
}

export function putterFor({ tool, holds, fresh }: Connectable, names: PutNames): Putter {
  const { shim, command, endpoint } = names;
  if ("file" in holds)
    return {
      add: (text) =>
        text !== undefined && !isOwnFile(text)
          ? { reason: "another program's file is there" }
          : { text: holds.file(shim, tool) },
      remove: (text) => (isOwnFile(text) ? { text: undefined } : undefined),
      has: isOwnFile,
      isCurrent: (text) => text === holds.file(shim, tool),
    };
  const orGone = (changed: Changed | undefined) =>
    changed && "text" in changed && changed.text === (fresh ?? null) ? { text: undefined } : changed;
  if ("entries" in holds) {
    const entries = holds.entries(command);
    return {
      add: (text, empty) => addHooks(text ?? fresh, entries, command, empty),
      remove: (text, empty) => orGone(removeHooks(text, entries, command, empty)),
      has: (text) => hasHooks(text, entries, command),
      isCurrent: (text) => hasAllHooks(text, entries),
    };
  }
  if ("settings" in holds) {
    const settings = holds.settings(endpoint);
    return {
      add: (text, empty) => addSettings(text ?? fresh, settings, isOwnEndpoint, empty),
      remove: (text, empty) => orGone(removeSettings(text, settings, isOwnEndpoint, empty)),
      has: (text) => hasSettings(text, settings),
      isCurrent: (text) => hasSettings(text, settings),
    };
  }
  const [section, whyNotPut, whyNotTaken] =
    "program" in holds
      ? [
          startingWith(holds.program, holds.variables(endpoint), holds.unlessSet),
          (text: string) => whyNoStart(text, holds.program),
          () => undefined,
        ]
      : [holds.section(endpoint), (text: string) => whyNoTable(text, holds.table), whyNoToml];
  return {
    add: (text) => addSection(text, section, whyNotPut),
    remove: (text) => orGone(removeSection(text, whyNotTaken)),
    has: (text) => hasSection(text, section),
    isCurrent: (text) => hasSection(text, section),
  };
}

/** Of whatever port and token: it may be of a Kept whose data were deleted since. */
function isOwnEndpoint(value: unknown): boolean {
  return typeof value === "string" && /^http:\/\/127\.0\.0\.1:\d{1,5}\/kept-[\w-]+$/.test(value);
}

/** Whether anything in a file may be Kept's, also in one that cannot be understood. */
export function hasTrace(text: string): boolean {
  return /kept-hook|# Kept: begin|http:\/\/127\.0\.0\.1:\d{1,5}\/kept-/.test(text) || text.includes(ownMark);
}
