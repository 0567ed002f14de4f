import { readdirSync } from "node:fs";
import path from "node:path";
import { statOf } from "./gitFiles.ts";
import type { GitFolder } from "./gitFolder.ts";

/** How much of the past a clone holds. What is asked of the rest can have no answer here. */
export type History = "complete" | "shallow" | "partial";

export function historyOf({ shared }: GitFolder): History {
  if (statOf(path.join(shared, "shallow"))?.isFile()) return "shallow";
  // Git marks each pack that came without what it refers to.
  return namesIn(path.join(shared, "objects", "pack")).some((name) => name.endsWith(".promisor"))
    ? "partial"
    : "complete";
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
