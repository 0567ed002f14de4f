/**
 * Runs measurements by name: `npm run bench -- spans changes`, or all of them. Each prints ratios measured in one run;
 * none is a test.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && name !== "main.ts")
  .map((name) => path.basename(name, ".ts"));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length > 0 ? wanted : known) {
    const { status } = spawnSync(process.execPath, [path.join(folder, `${name}.ts`)], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
