import { percent } from "../../core/percent.ts";
import { hiddenSentences, type ProtectedCell } from "../../protocol/protection.ts";
import { cellOf, isTool, type WeekLine } from "./period.ts";

/** What a shade is a share of: of the people who wrote anything, or of what all of them edited. */
export const measures = ["people", "edits"] as const;
export type Measure = (typeof measures)[number];

/** What a cell of a map says: in a word, whole where somebody points at it, and why it says no number. */
export interface HeatCell {
  readonly kind: string;
  readonly word: string;
  readonly whole: string | undefined;
  readonly why: string | undefined;
}

type ShownCell = Extract<ProtectedCell, { state: "shown" }>;

const count = (amount: number) => amount.toLocaleString("en");

export function heatOf(line: WeekLine | undefined, tool: string, by: Measure): HeatCell {
  const silent = { kind: "", word: "·", whole: undefined, why: undefined };
  if (line === undefined) return { ...silent, word: "", why: "This week was not published for this group." };
  const cell = isTool(tool) ? cellOf(line, tool) : undefined;
  if (cell === undefined) return silent;
  if (cell.state === "hidden")
    return { ...silent, kind: "hatched", word: "", why: hiddenSentences[cell.why] };
  if (cell.people === 0 || cell.edits === 0) return silent;
  const [own, all] = [amountOf(cell, by), amountOf(line.line.all, by)];
  if (own === null || !all)
    return {
      ...{ kind: "masked", word: "used", whole: undefined },
      why:
        by === "people"
          ? "How many people used it is not told: it would say something of each of them."
          : "How much everybody edited is not shown in this week.",
    };
  const share = own / all;
  return {
    kind: `heat-${Math.min(5, 1 + Math.floor(share * 5))}`,
    word: percent(share),
    whole: `${count(own)} of ${count(all)} ${by}`,
    why: undefined,
  };
}

/** People, if they are told wherever a tool is shown to be used; else edits, which always are: a map is of one kind. */
export function tellingMeasure(lines: readonly WeekLine[], tools: readonly string[]): Measure {
  const used = lines
    .flatMap((line) => tools.map((tool) => cellOf(line, tool)))
    .filter((cell): cell is ShownCell => cell?.state === "shown" && cell.people !== 0 && cell.edits > 0);
  return used.every(({ people }) => people !== null) ? "people" : "edits";
}

function amountOf(cell: ProtectedCell, by: Measure): number | null {
  return cell.state === "shown" ? cell[by] : null;
}
