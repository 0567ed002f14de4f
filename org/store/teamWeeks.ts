import type { ProtectedLine, PublishedTable } from "../../protocol/protection.ts";
import type { PublishedTally } from "../../protocol/tallies.ts";
import { ask, type RunWork, type Work } from "./statements.ts";

/** What a team is shown of one week: of itself, and of everybody. */
export interface TeamWeek extends Pick<PublishedTable, "week" | "floor" | "columns"> {
  readonly team: ProtectedLine;
  readonly everybody: ProtectedLine;
  /** With the cells of the team, and then those of everybody. */
  readonly tallies: PublishedTally[];
}

export interface TeamWeeks {
  /** Newest first. What other teams are shown is not read, however many there are. */
  teamWeeks(team: string, most: number): Promise<TeamWeek[]>;
  /** Divides by team what is not yet: what an earlier version published, or a backup brought. */
  divideByTeam(): Promise<void>;
}

interface Shown {
  readonly table: PublishedTable;
  readonly tallies: readonly PublishedTally[];
}

type Cells = PublishedTally["cells"];

interface OwnWeek {
  readonly line: ProtectedLine;
  /** In the order of the tables. */
  readonly cells: readonly Cells[];
}

export function createTeamWeeks(run: RunWork): TeamWeeks {
  return {
    teamWeeks: (team, most) =>
      run(function* () {
        const rows = yield* ask<{ everybody: string; own: string }>(
          "SELECT shown_week.shown AS everybody, shown_team.shown AS own FROM shown_team " +
            "JOIN shown_week ON shown_week.week = shown_team.week " +
            "WHERE shown_team.team = $1 ORDER BY shown_team.week DESC LIMIT $2",
          ...[team, most],
        );
        return rows.map(({ everybody, own }) => {
          const { tallies, ...week } = JSON.parse(everybody) as Omit<TeamWeek, "team">;
          const { line, cells } = JSON.parse(own) as OwnWeek;
          return {
            ...week,
            team: line,
            tallies: tallies.map((tally, at) => ({
              ...tally,
              cells: [...(cells[at] ?? []), ...tally.cells],
            })),
          };
        });
      }),

    divideByTeam: () =>
      run(function* () {
        const weeks = yield* ask<{ week: string }>(
          "SELECT week FROM publication WHERE week NOT IN (SELECT week FROM shown_week) ORDER BY week",
        );
        for (const { week } of weeks) {
          const [row] = yield* ask<{ published: string; tallies: string }>(
            "SELECT published, tallies FROM publication WHERE week = $1",
            week,
          );
          if (row === undefined) continue;
          const table = JSON.parse(row.published) as PublishedTable;
          yield* addTeamWeeks({ table, tallies: JSON.parse(row.tallies) as PublishedTally[] });
        }
      }),
  };
}

/** In the transaction of what was published. */
export function* addTeamWeeks({ table, tallies }: Shown): Work<void> {
  const { week, floor, columns, total, teams } = table;
  const byTeam = tallies.map(({ cells }) => cellsByTeam(cells));
  const everybody: Omit<TeamWeek, "team"> = {
    ...{ week, floor, columns, everybody: total },
    tallies: tallies.map((tally, at) => {
      const told = { ...tally, cells: byTeam[at]?.get(null) ?? [] };
      // Which other teams are in no cell is nothing a team is told.
      delete told.leftOut;
      return told;
    }),
  };
  yield* ask(
    "INSERT INTO shown_week (week, shown) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    ...[week, JSON.stringify(everybody)],
  );
  for (const { team, line } of teams) {
    const own: OwnWeek = { line, cells: byTeam.map((cells) => cells.get(team) ?? []) };
    yield* ask(
      "INSERT INTO shown_team (team, week, shown) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      ...[team, week, JSON.stringify(own)],
    );
  }
}

function cellsByTeam(cells: Cells): Map<string | null, Cells> {
  const byTeam = new Map<string | null, Cells>();
  for (const cell of cells) {
    const known = byTeam.get(cell.team);
    if (known === undefined) byTeam.set(cell.team, [cell]);
    else known.push(cell);
  }
  return byTeam;
}
