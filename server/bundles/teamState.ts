import { mondayOfWeek } from "../../core/isoWeek.ts";
import { addDays, localDay } from "../../core/day.ts";
import { ownWeeks } from "../../core/organisation/ownWeeks.ts";
import { survivalTallies } from "../../core/sync/survival.ts";
import { bundleRefusals } from "../../protocol/bundle.ts";
import type { FateRecord } from "../../protocol/fates.ts";
import type { HeldAudit, HeldTeam, TeamState } from "../../protocol/heeding.ts";
import type { Consent } from "../../protocol/sync.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { recordedTallies } from "../sync/recordedTallies.ts";
import { isWithin } from "../sync/survival.ts";
import { bundleInForce, readHeldBundle } from "./heldBundle.ts";

interface TeamSources {
  readonly held: HeldTeam | undefined;
  readonly audit: HeldAudit | undefined;
  /** What looks at histories left. */
  readonly fates: () => readonly FateRecord[];
}

/** What is shown of the team, and beside it this person's own. Nothing of theirs is asked for or sent by it. */
export function readTeamState(
  store: Store,
  host: Host,
  { held, audit, fates }: TeamSources,
  stoppedBy: (consent: Consent) => NonNullable<TeamState["membership"]>["stoppedBy"],
): TeamState {
  const consent = store.sync.readConsent();
  if (!consent) return notJoined;
  const weeks = (held?.answer?.weeks ?? []).map(({ week }) => week);
  return {
    membership: {
      sender: new URL(consent.endpoint).host,
      mode: consent.mode,
      team: consent.membership?.team ?? null,
      stoppedBy: stoppedBy(consent),
    },
    answer: held?.answer ?? null,
    checkedAt: held?.checkedAt ?? null,
    failure: held?.failure ?? null,
    own: ownWeeks(readOwn(store, weeks), weeks),
    ownTallies: ownTallies(store, host, weeks[0], fates),
    audit: audit ? { answer: audit.answer, checkedAt: audit.checkedAt, failure: audit.failure } : null,
    prompts: promptsOf(store, host, consent),
  };
}

const notJoined: TeamState = {
  ...{ membership: null, answer: null, checkedAt: null, failure: null, own: [], ownTallies: [] },
  ...{ audit: null, prompts: null },
};

/** Of work folders alone, because a team's numbers are about work. */
function readOwn(store: Store, weeks: readonly string[]) {
  const [newest] = weeks;
  const oldest = weeks.at(-1);
  const workspaces = store.sync.readWorkFolders().map(({ workspace }) => workspace);
  if (newest === undefined || oldest === undefined || workspaces.length === 0) return [];
  return store.readSums({ from: mondayOfWeek(oldest), to: addDays(mondayOfWeek(newest), 6), workspaces });
}

/** As an organisation would be told of them, but neither rounded nor sent. */
function ownTallies(
  store: Store,
  host: Host,
  week: string | undefined,
  fates: TeamSources["fates"],
): TeamState["ownTallies"] {
  const workspaces = store.sync.readWorkFolders().map(({ workspace }) => workspace);
  if (week === undefined || workspaces.length === 0) return [];
  const from = mondayOfWeek(week);
  const recorded = recordedTallies(store, { from, to: addDays(from, 6), workspaces });
  const dayOf = (at: number) => localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
  const since = (repository: string) => (isWithin(repository, workspaces) ? 0 : undefined);
  const survived = survivalTallies(fates(), { week, since, dayOf });
  return [...recorded.funnel, ...recorded.requests, ...recorded.tips, ...survived].map(
    ({ table, keys, sums }) => ({
      ...{ table, sums },
      keys: Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, value ?? "unknown"])),
    }),
  );
}

function promptsOf(store: Store, host: Host, { keys, membership }: Consent): TeamState["prompts"] {
  if (membership === null) return null;
  const { sequence, checkedAt, refused, failure } = readHeldBundle(store, membership.org);
  const inForce = bundleInForce(store, host.now());
  return {
    arePinned: keys.length > 0,
    inForce: inForce?.bundle.items.length ?? 0,
    sequence,
    expiresAt: inForce?.bundle.expiresAt ?? null,
    checkedAt,
    refused: refused === null ? null : bundleRefusals[refused],
    failure,
  };
}
