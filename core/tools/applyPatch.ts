import type { ToolText } from "./toolRecords.ts";

/** One file of a patch in the form that starts with `*** Begin Patch`. */
export interface PatchedFile {
  readonly path: string;
  readonly text: ToolText;
}

const fileMarks = {
  "*** Update File: ": "update",
  "*** Add File: ": "add",
  "*** Delete File: ": "delete",
} as const;

interface OpenFile {
  path: string;
  readonly action: "update" | "add" | "delete";
  /** The lines of each hunk, with the sign that each begins with. */
  readonly hunks: string[][];
}

/** The files a patch changes. Lines that it should not have are passed over: what follows is still read. */
export function readApplyPatch(patch: string): PatchedFile[] {
  const files: OpenFile[] = [];
  // What stands behind its end, the last end of a line for example, is in no file.
  let isOver = false;
  for (const line of patch.split(/\r?\n/)) {
    const opened = openedBy(line);
    const file = isOver ? undefined : files.at(-1);
    if (line === "*** End Patch") isOver = true;
    else if (opened) {
      isOver = false;
      files.push(opened);
    } else if (!file || line === "*** End of File") continue;
    else if (line.startsWith("*** Move to: ")) file.path = line.slice("*** Move to: ".length).trim();
    else if (line.startsWith("@@")) file.hunks.push([]);
    else if (/^[ +-]/.test(line) || line === "") {
      if (file.hunks.length === 0) file.hunks.push([]);
      file.hunks.at(-1)!.push(line);
    }
  }
  return files.map(({ path, action, hunks }) => ({ path, text: textOf(action, hunks) }));
}

function openedBy(line: string): OpenFile | undefined {
  if (!line.startsWith("***")) return undefined;
  for (const [mark, action] of Object.entries(fileMarks)) {
    if (line.startsWith(mark)) return { path: line.slice(mark.length).trim(), action, hunks: [] };
  }
  return undefined;
}

function textOf(action: OpenFile["action"], hunks: readonly string[][]): ToolText {
  if (action === "delete") return { kind: "deleted" };
  if (action === "add") {
    const added = linesOf(hunks.flat(), "+");
    return { kind: "whole", before: "", after: added.map((line) => `${line}\n`).join("") };
  }
  const pieces = hunks.map((hunk) => {
    // An empty line at the end belongs to the patch, not to the file.
    const lines = hunk.at(-1) === "" ? hunk.slice(0, -1) : hunk;
    const before = linesOf(lines, "-").join("\n");
    const after = linesOf(lines, "+").join("\n");
    return before === "" ? { after } : { before, after };
  });
  return { kind: "pieces", pieces: pieces.filter(({ before, after }) => before !== after) };
}

/** The lines that a side has: those with its sign, and those that stay. */
function linesOf(lines: readonly string[], sign: "+" | "-"): string[] {
  return lines
    .filter((line) => line === "" || line.startsWith(" ") || line.startsWith(sign))
    .map((line) => line.slice(1));
}
