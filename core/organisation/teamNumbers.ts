import type { TeamAnswer } from "../../protocol/enrolment.ts";
import type { TeamState } from "../../protocol/heeding.ts";
import type { HiddenReason, ProtectedCell, ProtectedLine } from "../../protocol/protection.ts";
import { originKindSchema } from "../../protocol/origin.ts";

type Week = Pick<TeamAnswer["weeks"][number], "columns" | "team" | "everybody">;
type OwnWeek = TeamState["own"][number];

/** A share of a group: shown, hidden with its reason, or of nothing at all. */
export type TeamShare =
  | { readonly state: "shown"; readonly share: number; readonly of: number }
  | { readonly state: "hidden"; readonly why: HiddenReason }
  | { readonly state: "nothing" };

/** One number of one week: the team's, everybody's, and one's own, which is not protected because it stays here. */
export interface TeamRow {
  /** A tool or another origin; null for all text. */
  readonly column: string | null;
  readonly measure: "kept" | "aiShare";
  readonly team: TeamShare;
  readonly everybody: TeamShare;
  readonly own: TeamShare;
}

/** What can be told of a week: how much of the text is AI's, how much of it is kept, and that by tool and origin. */
export function teamRows({ columns, team, everybody }: Week, own: OwnWeek | undefined): TeamRow[] {
  const ownLine = ownLineOf(own, columns);
  return [
    {
      ...{ column: null, measure: "aiShare" },
      team: aiShare(team, columns),
      everybody: aiShare(everybody, columns),
      own: aiShare(ownLine, columns),
    },
    ...[null, ...columns].map((column): TeamRow => {
      const cellOf = (line: ProtectedLine) =>
        column === null ? line.all : line.cells[columns.indexOf(column)]!;
      return {
        ...{ column, measure: "kept" },
        team: keptShare(cellOf(team)),
        everybody: keptShare(cellOf(everybody)),
        own: keptShare(cellOf(ownLine)),
      };
    }),
  ];
}

/** The least and the most that a team's number was in the weeks before and the newest; hidden weeks are left out. */
export function rangeOf(
  shares: readonly TeamShare[],
): { readonly low: number; readonly high: number } | undefined {
  const known = shares.flatMap((each) => (each.state === "shown" ? [each.share] : []));
  return known.length < 2 ? undefined : { low: Math.min(...known), high: Math.max(...known) };
}

/** Cells of the weeks' own lines that are hidden, of all there are. */
export function hiddenCells(weeks: readonly Week[]): { readonly hidden: number; readonly of: number } {
  const cells = weeks.flatMap(({ team }) => [team.all, ...team.cells]);
  return { hidden: cells.filter(({ state }) => state === "hidden").length, of: cells.length };
}

function keptShare(cell: ProtectedCell): TeamShare {
  if (cell.state === "hidden") return cell;
  return shareOf(cell.keptChars, cell.insertedChars);
}

const others: ReadonlySet<string> = new Set(originKindSchema.options.filter((kind) => kind !== "ai"));

/** Of AI text and typed text together, the AI's. One hidden column hides it: it could be worked out from the rest. */
function aiShare(line: ProtectedLine, columns: readonly string[]): TeamShare {
  let ai = 0;
  let human = 0;
  for (const [index, column] of columns.entries()) {
    const cell = line.cells[index]!;
    if (others.has(column) && column !== "human") continue;
    if (cell.state === "hidden") return cell;
    if (column === "human") human += cell.insertedChars;
    else ai += cell.insertedChars;
  }
  return shareOf(ai, ai + human);
}

function shareOf(part: number, of: number): TeamShare {
  return of === 0 ? { state: "nothing" } : { state: "shown", share: Math.min(1, part / of), of };
}

function ownLineOf(own: OwnWeek | undefined, columns: readonly string[]): ProtectedLine {
  const cellOf = (amounts: OwnWeek["all"] | undefined): ProtectedCell => ({
    ...{ state: "shown", people: null },
    ...(amounts ?? { edits: 0, insertedChars: 0, keptChars: 0 }),
  });
  return { all: cellOf(own?.all), cells: columns.map((column) => cellOf(own?.columns[column])) };
}
