import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { StoreOpenError } from "./store.ts";

/** Makes a folder for its owner alone, level by level: asked for several at once, Node tries for ever where none may be made. */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let each = path.resolve(folder); !existsSync(each); each = path.dirname(each)) missing.unshift(each);
  try {
    for (const each of missing) mkdirSync(each, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (existsSync(folder)) return;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new StoreOpenError(`The folder ${folder} cannot be made (${code}). Check KEPT_ORG_DATA.`, {
      cause: error,
    });
  }
}
