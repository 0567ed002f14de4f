import { readdirSync, realpathSync } from "node:fs";
import path from "node:path";

/**
 * The database's binary beside a bundled script: a package holds exactly one, for its own platform. Undefined where
 * there is none, as when the sources run; then the database package finds its own.
 */
export function findNativeBinding(scriptFile: string): string | undefined {
  const folder = path.join(path.dirname(realpathSync(scriptFile)), "native");
  const binaries = listOf(folder).filter((name) => name.endsWith(".node"));
  return binaries.length === 1 ? path.join(folder, binaries[0]!) : undefined;
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
