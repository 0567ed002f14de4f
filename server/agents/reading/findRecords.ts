import { readdirSync } from "node:fs";
import path from "node:path";
import type { Agent, Surroundings } from "../agent.ts";

/** Tools nest their records by project, date and subagent, and Windows' store another five folders down. */
const deepest = 14;

/** A home of another system may be seen from this one, as that of Windows is from WSL. */
const platforms = ["linux", "darwin", "win32"];

/** The files in which a tool keeps records, in the order of their names. Links are not followed. */
export function findRecords(agent: Agent, around: Surroundings): string[] {
  const others = (around.otherHomes ?? []).filter((home) => path.isAbsolute(home));
  const elsewhere = others.flatMap((userHome) =>
    platforms.map((platform) => ({ ...around, platform, userHome, environment: {} })),
  );
  const all = [around, ...elsewhere];
  const homes = new Set(all.flatMap((each) => agent.homes(each)));
  return [...homes].flatMap((home) => filesBelow(agent, home, "", 0));
}

function filesBelow(agent: Agent, home: string, below: string, depth: number): string[] {
  if (depth > deepest) return [];
  const found: string[] = [];
  for (const entry of entriesOf(path.join(home, below))) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && isLookedInto(agent, name))
      found.push(...filesBelow(agent, home, name, depth + 1));
    else if (entry.isFile() && agent.isRecord(name)) found.push(path.join(home, name));
  }
  return found;
}

/** Whether a folder is one of those that are named, lies in one, or leads to one. */
function isLookedInto({ within }: Agent, folder: string): boolean {
  if (!within) return true;
  const names = folder.split("/");
  return within.some((named) => {
    const wanted = named.split("/");
    return names.every((name, index) => {
      const want = wanted[index];
      return (
        want === undefined || want === name || (want.endsWith("*") && name.startsWith(want.slice(0, -1)))
      );
    });
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  } catch {
    return [];
  }
}
