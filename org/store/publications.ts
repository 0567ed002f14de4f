import type { PublishedTable } from "../../protocol/protection.ts";
import type { Member } from "./registry.ts";
import { ask, type RunWork } from "./statements.ts";

/** What was shown of a week, and who belonged to which team then: later weeks are compared with both. */
export interface Publication {
  readonly table: PublishedTable;
  readonly members: readonly Member[];
}

/** What was published, once for each week and never changed. */
export interface Publications {
  /** Newest week first. */
  publications(): Promise<Publication[]>;
  newestPublished(): Promise<string | undefined>;
  isPublished(week: string): Promise<boolean>;
  /** The first one of a week stays. */
  addPublication(publication: Publication): Promise<void>;
  /** The signed bundle with the highest sequence, as bytes that are text. */
  currentBundle(): Promise<string | undefined>;
  lastSequence(): Promise<number>;
  addBundle(sequence: number, envelope: string): Promise<void>;
}

export function createPublications(run: RunWork): Publications {
  return {
    publications: () =>
      run(function* () {
        const rows = yield* ask<{ published: string; members: string }>(
          "SELECT published, members FROM publication ORDER BY week DESC",
        );
        return rows.map(({ published, members }) => ({
          table: JSON.parse(published) as PublishedTable,
          members: JSON.parse(members) as Member[],
        }));
      }),

    newestPublished: () =>
      run(function* () {
        const [row] = yield* ask<{ newest: string | null }>("SELECT max(week) AS newest FROM publication");
        return row?.newest ?? undefined;
      }),

    isPublished: (week) =>
      run(function* () {
        return (yield* ask("SELECT 1 AS there FROM publication WHERE week = $1", week)).length > 0;
      }),

    addPublication: ({ table, members }) =>
      run(function* () {
        yield* ask(
          "INSERT INTO publication (week, published, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
          ...[table.week, JSON.stringify(table), JSON.stringify(members)],
        );
      }),

    currentBundle: () =>
      run(function* () {
        const [row] = yield* ask<{ envelope: string }>(
          "SELECT envelope FROM bundle ORDER BY sequence DESC LIMIT 1",
        );
        return row?.envelope;
      }),

    lastSequence: () =>
      run(function* () {
        const [row] = yield* ask<{ last: number | null }>("SELECT max(sequence) AS last FROM bundle");
        return row?.last ?? 0;
      }),

    addBundle: (sequence, envelope) =>
      run(function* () {
        yield* ask("INSERT INTO bundle (sequence, envelope) VALUES ($1, $2)", sequence, envelope);
      }),
  };
}
