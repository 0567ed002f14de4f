import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { Surroundings } from "../agents/agent.ts";
import { parsed } from "../agents/fields.ts";
import { connectables } from "./connectables.ts";

/** By which tools are told where their configuration is. */
const variables = [...new Set(connectables.flatMap(({ variables: own = [] }) => own))].sort();
const schema = z.array(z.record(z.string(), z.string()));

/** Beside the shim: who disconnects may have other variables than who connected. */
function fileIn(folder: string): string {
  return path.join(folder, "bin", "places.json");
}

export function rememberPlaces(
  folder: string,
  { environment }: Surroundings,
  another: string | undefined,
): void {
  const set = [...variables, ...(another === undefined ? [] : [another])].flatMap((name) => {
    const value = environment[name];
    return value ? [[name, value] as const] : [];
  });
  const known = readPlaces(folder);
  const entry = Object.fromEntries(set);
  if (set.length === 0 || known.some((each) => JSON.stringify(each) === JSON.stringify(entry))) return;
  mkdirSync(path.dirname(fileIn(folder)), { recursive: true, mode: 0o700 });
  writeFileSync(fileIn(folder), JSON.stringify([...known, entry]), { mode: 0o600 });
}

/** The surroundings as they are, and as they were when tools were connected. */
export function rememberedPlaces(folder: string, around: Surroundings): readonly Surroundings[] {
  const others = readPlaces(folder).map((environment) => ({
    ...around,
    environment: { ...around.environment, ...environment },
  }));
  return [around, ...others];
}

function readPlaces(folder: string): readonly Readonly<Record<string, string>>[] {
  const file = fileIn(folder);
  return existsSync(file) ? (schema.safeParse(parsed(readFileSync(file, "utf8"))).data ?? []) : [];
}
