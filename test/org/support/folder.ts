import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of its own, and how to remove it. */
export function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "kept-org-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
