import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Sink } from "./agent.ts";
import { placeOf } from "./fields.ts";

/** Tells of each file that a call changes; `folder` is the one that relative paths begin at. */
export function tellFiles(
  files: readonly PatchedFile[],
  folder: string | undefined,
  known: Omit<ToolEdit, "mode" | "path" | "text">,
  sink: Sink,
): void {
  for (const { path: file, text } of files) {
    const place = placeOf(folder, file);
    if (place === undefined) sink.problem("a relative path without its folder");
    else sink.edit({ ...known, mode: "agent", path: place, text });
  }
}
