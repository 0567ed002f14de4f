import type { Fates } from "../../protocol/fates.ts";
import type { Sample } from "./sample.ts";

/** The windows in which the catalogue states these metrics, in days. */
const reworkDays = 21;
const survivalDays = 90;
const revertDays = 30;

/** Rework, survival and reverts of AI lines. None where nobody looked at a history. */
export function samplesOfFates(fates: Fates | null): [string, Sample][] {
  if (!fates) return [];
  const ai = fates.kinds.find(({ origin }) => origin.kind === "ai");
  const rework = ai?.rework.find(({ days }) => days === reworkDays);
  const reverts = ai?.reverts.find(({ days }) => days === revertDays);
  return [
    ["Q4", estimate(rework?.share, rework?.commits)],
    [
      "Q5",
      estimate(
        ai?.survival.find(({ days }) => days === survivalDays),
        ai?.commits,
      ),
    ],
    ["Q6", { kind: "cases", cases: reverts?.reverted ?? 0, of: reverts?.of ?? 0 }],
  ];
}

function estimate(
  known: { readonly value: number; readonly low: number; readonly high: number } | null | undefined,
  of = 0,
): Sample {
  if (!known) return { kind: "clusters", clusters: [] };
  const { value, low, high } = known;
  return { kind: "estimate", value, interval: { low, high }, of };
}
