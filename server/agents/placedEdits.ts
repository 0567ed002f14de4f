import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { placeOf } from "./fields.ts";

/**
 * An edit of each file that a call changes; what is relative to a folder that is not known is left out. `folder` is the one
 * that relative paths begin at.
 */
export function placedEdits(
  files: readonly PatchedFile[],
  folder: string | undefined,
  known: Omit<ToolEdit, "path" | "text">,
): ToolEdit[] {
  return files.flatMap(({ path: file, text }) => {
    const place = placeOf(folder, file);
    return place === undefined ? [] : [{ ...known, path: place, text }];
  });
}
