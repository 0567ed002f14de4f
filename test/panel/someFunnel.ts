import { funnelOf } from "../../core/summary/funnel.ts";
import type { SummaryRow } from "../../core/summary/summary.ts";
import { wayStage, type Stage } from "../../protocol/funnel.ts";
import type { Summary } from "../../protocol/summary.ts";

/** Something of everything that can become of an edit. */
export function someFunnel(rows: readonly SummaryRow[]): Summary["funnel"] {
  const edits = rows.filter(({ kind }) => kind === "ai").reduce((sum, row) => sum + row.insertingEdits, 0);
  const share = (stage: Stage | typeof wayStage, outcome: string, of: number) => ({
    stage,
    outcome,
    edits: Math.round(edits * of),
  });
  const way = (outcomes: string, of: number) => share(wayStage, outcomes, of);
  return funnelOf(edits, [
    share("accepted", "auto", 0.6),
    share("accepted", "accepted", 0.2),
    share("accepted", "partly", 0.08),
    share("accepted", "rejected", 0.05),
    share("accepted", "notTold", 0.07),
    share("keptAt15", "kept", 0.62),
    share("keptAt15", "gone", 0.16),
    share("keptAt15", "notRead", 0.2),
    share("saved", "saved", 0.9),
    share("saved", "noFile", 0.03),
    share("committed", "committed", 0.48),
    share("committed", "noRepository", 0.17),
    share("committed", "noFile", 0.03),
    way("rejected/gone/saved//", 0.05),
    way("auto/gone/saved//", 0.11),
    way("notTold/notRead/saved/committed/", 0.07),
    way("auto/notRead/saved/noRepository/", 0.13),
    way("partly/kept/noFile/noFile/", 0.03),
    way("auto/kept/saved/committed/", 0.38),
    way("accepted/kept/saved/committed/alive", 0.02),
    way("accepted/kept/saved/committed/gone", 0.01),
    way("accepted/kept/saved//", 0.1),
    way("auto/kept/saved/noRepository/", 0.04),
    way("auto/kept///", 0.04),
  ]);
}
