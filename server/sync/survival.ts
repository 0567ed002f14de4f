import { addDays, localDay } from "../../core/day.ts";
import { mondayOfWeek } from "../../core/isoWeek.ts";
import { survivalTallies, survivalWeeks } from "../../core/sync/survival.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import type { Consent, OutboxTally } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";

export interface Survival {
  readonly tallies: readonly OutboxTally[];
  /** The last week that is told; undefined where nothing is new. */
  readonly through: string | undefined;
}

export const noSurvival: Survival = { tallies: [], through: undefined };

/** What became of the person's own commits in work folders, in weeks that are over and were not told yet. */
export function survivalDue(
  { sync }: Store,
  host: Host,
  consent: Consent,
  readRecords: () => readonly FateRecord[],
): Survival {
  const dayOf = (at: number) => localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const today = dayOf(host.now());
  const due = { through: consent.survivalThrough, givenOn: dayOf(consent.givenAt), today };
  // The histories are read only where a week is over.
  if (survivalWeeks({ ...due, lookedOn: [] }).length === 0) return noSurvival;
  const folders = sync.readWorkFolders();
  const since = (repository: string) => sinceOf(repository, folders);
  const records = readRecords().filter(({ repository }) => since(repository) !== undefined);
  const weeks = survivalWeeks({ ...due, lookedOn: records.map(({ at }) => dayOf(at)) });
  const tallies = weeks.flatMap((week) => {
    const over = addDays(mondayOfWeek(week), 7);
    const looked = records.filter(({ at }) => dayOf(at) >= over);
    return survivalTallies(looked, { week, since, dayOf });
  });
  return { tallies, through: weeks.at(-1) };
}

/** A repository counts from when on the folder that is it, or holds it, is work; one of which only a part is does not. */
function sinceOf(
  repository: string,
  folders: readonly { readonly workspace: string; readonly since: number }[],
): number | undefined {
  const above = folders.filter(({ workspace }) => isWithin(repository, [workspace]));
  return above.length === 0 ? undefined : Math.min(...above.map(({ since }) => since));
}

/** Whether a repository is one of the folders or lies in one. */
export function isWithin(repository: string, folders: readonly string[]): boolean {
  return folders.some((each) => {
    const folder = each.replace(/\/$/, "");
    return repository === folder || repository.startsWith(`${folder}/`);
  });
}
