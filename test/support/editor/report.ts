import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Report } from "../../../protocol/report.ts";
import { isolation, type Session } from "../../../scripts/editor/session.ts";

/** Inserted characters by origin: what the installed command says of the database that the extension writes. */
export async function insertedChars({ folder, home, keptHome }: Session): Promise<Record<string, number>> {
  const extensions = path.join(folder, "ext");
  const kept = (await readdir(extensions)).find((name) => name.startsWith("kept.kept-"));
  assert.ok(kept, "The package is not installed.");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(extensions, kept, "dist", "cli.js"), "report", "--json"],
    { env: { ...process.env, ...isolation({ home, keptHome }) } },
  );
  const { origins } = JSON.parse(stdout) as Report;
  return Object.fromEntries(origins.map(({ origin, insertedChars }) => [origin, insertedChars]));
}
