import type { TipRecord } from "../../protocol/coaching.ts";
import type { OutboxTally } from "../../protocol/sync.ts";
import type { TallySums } from "../../protocol/tallies.ts";

/** What the way of an edit is counted as, by what is stored of it. */
export const funnelCounts = {
  accepted: {
    accepted: "accepted",
    partly: "partly",
    auto: "unasked",
    rejected: "undone",
    notTold: "untold",
  },
  keptAt15: { kept: "kept", gone: "gone" },
  committed: { committed: "committed" },
} as const satisfies Record<string, Record<string, keyof TallySums<"kept.funnel">>>;

type TipCount = keyof TallySums<"kept.tip">;

/** What a tip that was written counts as, beside what was known of it: each only once. */
export function tipCounts(before: TipRecord | undefined, after: TipRecord): TipCount[] {
  const counts: TipCount[] = [];
  if (after.isHeldOut) {
    if (!before) counts.push("held.out");
  } else {
    if (isShown(after) && !(before && isShown(before))) counts.push("shown");
    const answer = answerOf(after);
    if (answer !== undefined && (before === undefined || answerOf(before) === undefined)) counts.push(answer);
  }
  if (after.effect !== null && before?.effect == null) counts.push(effectOf(after.effect, after.isHeldOut));
  return counts;
}

function isShown({ isHeldOut, state, nudgedAt }: TipRecord): boolean {
  return !isHeldOut && (state !== "new" || nudgedAt !== null);
}

function answerOf({ state }: TipRecord): "helped" | "not.for.me" | undefined {
  if (state === "helped") return "helped";
  return state === "notForMe" || state === "dismissed" || state === "muted" ? "not.for.me" : undefined;
}

function effectOf(effect: NonNullable<TipRecord["effect"]>, isHeldOut: boolean): TipCount {
  const name = ({ helped: "improved", noChange: "unchanged", cannotTell: "unclear" } as const)[effect];
  return isHeldOut ? `${name}.held.out` : name;
}

/** Whether a tip can be counted: it came after the person agreed, in a window of nothing but work folders. */
export function isTipOfWork(
  { at }: TipRecord,
  windowFolders: readonly string[],
  work: readonly { readonly workspace: string; readonly since: number }[],
): boolean {
  const since = new Map(work.map((folder) => [folder.workspace, folder.since]));
  return (
    windowFolders.length > 0 && windowFolders.every((folder) => (since.get(folder) ?? Number.MAX_VALUE) <= at)
  );
}

/** One order for all stores. */
export function inOrder(tallies: readonly OutboxTally[]): OutboxTally[] {
  const placeOf = ({ table, day, keys }: OutboxTally) => JSON.stringify([table, day, Object.values(keys)]);
  return [...tallies].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}
