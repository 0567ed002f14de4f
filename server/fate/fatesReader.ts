import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fatesOf } from "../../core/fate/fates.ts";
import { commitsOf, type CommitOfDay } from "../../core/fate/heldCommits.ts";
import { watchedCommits } from "../../core/fate/watchedCommits.ts";
import { baselineOf } from "../../core/history/baseline.ts";
import type { FatesAsked } from "../../protocol/editsBehind.ts";
import type { Baseline } from "../../protocol/history.ts";
import { fateRecordSchema, type FateRecord, type Fates } from "../../protocol/fates.ts";
import { fateFolder, recordEnding } from "./passMemory.ts";

interface Held {
  readonly stamp: string;
  readonly record: FateRecord | undefined;
}

/** What became of committed lines, from what looks at histories left. What did not change is not read again. */
export class FatesReader {
  readonly #folder: string;
  readonly #held = new Map<string, Held>();
  /** Of the last questions, by scope. */
  readonly #answers = new Map<string, { readonly stamp: string; readonly fates: Fates | null }>();
  readonly #commits = new Map<
    string,
    { readonly stamp: string; readonly commits: readonly CommitOfDay[] | null }
  >();

  #baseline: { readonly stamp: string; readonly baseline: Baseline | null } | undefined;

  /** The folder of the database. */
  constructor(folder: string) {
    this.#folder = fateFolder(folder);
  }

  /** Of the repositories that some folders are in or hold, or of all. Null where nobody looked. */
  read(workspaces: readonly string[] | undefined, utcOffsetMinutes: number): Fates | null {
    const held = this.#of(workspaces);
    const stamp = JSON.stringify([held.map((one) => one.stamp), utcOffsetMinutes]);
    const scope = workspaces === undefined ? "all" : "workspace";
    const known = this.#answers.get(scope);
    if (known?.stamp === stamp) return known.fates;
    const fates = fatesOf(
      held.map(({ record }) => record),
      utcOffsetMinutes,
    );
    this.#answers.set(scope, { stamp, fates });
    return fates;
  }

  /** What each commit of the last 25 months holds, oldest first. Null where nobody looked. */
  commits(
    workspaces: readonly string[] | undefined,
    utcOffsetMinutes: number,
  ): readonly CommitOfDay[] | null {
    const held = this.#of(workspaces);
    const stamp = JSON.stringify([held.map((one) => one.stamp), utcOffsetMinutes]);
    const scope = workspaces === undefined ? "all" : "workspace";
    const known = this.#commits.get(scope);
    if (known?.stamp === stamp) return known.commits;
    const records = held.map(({ record }) => record);
    const commits = commitsOf(records, utcOffsetMinutes);
    this.#commits.set(scope, { stamp, commits });
    return commits;
  }

  /** The commits that a number of what was read is of, by repository. */
  watched(
    workspaces: readonly string[] | undefined,
    utcOffsetMinutes: number,
    kind: "ai" | "human",
    asked: FatesAsked,
  ): readonly CommitOfDay[] {
    const records = this.#of(workspaces).map(({ record }) => record);
    return watchedCommits(records, utcOffsetMinutes, kind, asked);
  }

  /** What looks left, of every repository. */
  records(): readonly FateRecord[] {
    return this.#refresh().map(({ record }) => record);
  }

  /** How people worked before AI wrote anything, or before a day that somebody chose, in all repositories. */
  baseline(before: number, utcOffsetMinutes: number, chosen = ""): Baseline | null {
    const held = this.#refresh();
    const stamp = JSON.stringify([held.map((one) => one.stamp), before, utcOffsetMinutes, chosen]);
    if (this.#baseline?.stamp !== stamp) {
      const records = held.map(({ record }) => record);
      this.#baseline = { stamp, baseline: baselineOf(records, { before, utcOffsetMinutes, chosen }) };
    }
    return this.#baseline.baseline;
  }

  #of(workspaces: readonly string[] | undefined): (Held & { readonly record: FateRecord })[] {
    return this.#refresh().filter(
      ({ record }) => workspaces === undefined || workspaces.some((one) => isBeside(one, record.repository)),
    );
  }

  #refresh(): (Held & { readonly record: FateRecord })[] {
    const names = namesIn(this.#folder);
    for (const name of this.#held.keys()) if (!names.includes(name)) this.#held.delete(name);
    for (const name of names) {
      const file = path.join(this.#folder, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      const stamp = `${name} ${stat?.mtimeMs} ${stat?.size}`;
      if (this.#held.get(name)?.stamp !== stamp) this.#held.set(name, { stamp, record: readRecord(file) });
    }
    return [...this.#held.values()].flatMap(({ stamp, record }) => (record ? [{ stamp, record }] : []));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(`.${recordEnding}`))
      .sort();
  } catch {
    return [];
  }
}

/** Undefined for what another version wrote, or what is gone again: the next look writes it anew. */
function readRecord(file: string): FateRecord | undefined {
  try {
    return fateRecordSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

function isBeside(folder: string, repository: string): boolean {
  const [one, other] = [`${folder.replace(/\/$/, "")}/`, `${repository}/`];
  return one.startsWith(other) || other.startsWith(one);
}
