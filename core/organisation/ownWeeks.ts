import type { TeamState } from "../../protocol/heeding.ts";
import type { OriginKind } from "../../protocol/origin.ts";
import { isoWeekOfDay } from "../isoWeek.ts";
import { listedTool } from "../sync/coarse.ts";

interface Sum {
  readonly day: string;
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly edits: number;
  readonly insertedChars: number;
  readonly keptChars: number;
}

type OwnWeek = TeamState["own"][number];
type Amounts = OwnWeek["all"];

const none: Amounts = { edits: 0, insertedChars: 0, keptChars: 0 };

/** A person's own edits by week, in the columns in which an organisation publishes. They are not rounded: they stay here. */
export function ownWeeks(sums: readonly Sum[], weeks: readonly string[]): OwnWeek[] {
  return weeks.map((week) => {
    const columns: Record<string, Amounts> = {};
    let all = none;
    for (const sum of sums) {
      if (isoWeekOfDay(sum.day) !== week) continue;
      const column = sum.kind === "ai" ? listedTool(sum.tool) : sum.kind;
      columns[column] = added(columns[column] ?? none, sum);
      all = added(all, sum);
    }
    return { week, all, columns };
  });
}

function added(before: Amounts, { edits, insertedChars, keptChars }: Amounts): Amounts {
  return {
    edits: before.edits + edits,
    insertedChars: before.insertedChars + insertedChars,
    keptChars: before.keptChars + keptChars,
  };
}
