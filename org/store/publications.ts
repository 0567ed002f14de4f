import type { PublishedTable } from "../../protocol/protection.ts";
import type { PublishedTally } from "../../protocol/tallies.ts";
import type { Member } from "./registry.ts";
import { noteEntry, type AuditEntry } from "../audit/auditLog.ts";
import { ask, type RunWork } from "./statements.ts";
import { addTeamWeeks } from "./teamWeeks.ts";

/** What was shown of a week, and who belonged to which team then: later weeks are compared with both. */
export interface Publication {
  readonly table: PublishedTable;
  readonly members: readonly Member[];
  /** What is counted besides edits, a table each. */
  readonly tallies: readonly PublishedTally[];
}

export type ShownWeek = Omit<Publication, "members">;

export interface NewBundle {
  readonly sequence: number;
  readonly envelope: string;
  /** Ids of the prompts in it. */
  readonly prompts: readonly string[];
}

/** What was published, once for each week and never changed. */
export interface Publications {
  /** Newest week first. */
  publications(): Promise<Publication[]>;
  /** The same without who belonged to which team: much less to read. */
  shownWeeks(): Promise<ShownWeek[]>;
  newestPublished(): Promise<string | undefined>;
  /** Another one whenever a week was added or forgotten. */
  publishedMark(): Promise<string>;
  isPublished(week: string): Promise<boolean>;
  /** The first one of a week stays. */
  addPublication(publication: Publication): Promise<void>;
  /** The signed bundle with the highest sequence, as bytes that are text. */
  currentBundle(): Promise<string | undefined>;
  lastSequence(): Promise<number>;
  /** Also marks the console's prompts that are in it for the first time. False where one as new is there: nothing changed. */
  addBundle(bundle: NewBundle, entry: AuditEntry): Promise<boolean>;
}

export function createPublications(run: RunWork): Publications {
  return {
    publications: () =>
      run(function* () {
        const rows = yield* ask<{ published: string; members: string; tallies: string }>(
          "SELECT published, members, tallies FROM publication ORDER BY week DESC",
        );
        return rows.map(({ published, members, tallies }) => ({
          table: JSON.parse(published) as PublishedTable,
          members: JSON.parse(members) as Member[],
          tallies: JSON.parse(tallies) as PublishedTally[],
        }));
      }),

    shownWeeks: () =>
      run(function* () {
        const rows = yield* ask<{ published: string; tallies: string }>(
          "SELECT published, tallies FROM publication ORDER BY week DESC",
        );
        return rows.map(({ published, tallies }) => ({
          table: JSON.parse(published) as PublishedTable,
          tallies: JSON.parse(tallies) as PublishedTally[],
        }));
      }),

    newestPublished: () =>
      run(function* () {
        const [row] = yield* ask<{ newest: string | null }>("SELECT max(week) AS newest FROM publication");
        return row?.newest ?? undefined;
      }),

    publishedMark: () =>
      run(function* () {
        const [row] = yield* ask<{ mark: string }>(
          "SELECT CAST(count(*) AS TEXT) || ' ' || coalesce(max(week), '') AS mark FROM publication",
        );
        return row?.mark ?? "";
      }),

    isPublished: (week) =>
      run(function* () {
        return (yield* ask("SELECT 1 AS there FROM publication WHERE week = $1", week)).length > 0;
      }),

    addPublication: ({ table, members, tallies }) =>
      run(function* () {
        const added = yield* ask(
          "INSERT INTO publication (week, published, members, tallies) VALUES ($1, $2, $3, $4) " +
            "ON CONFLICT DO NOTHING RETURNING 1 AS added",
          ...[table.week, JSON.stringify(table), JSON.stringify(members), JSON.stringify(tallies)],
        );
        if (added.length > 0) yield* addTeamWeeks({ table, tallies });
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

    addBundle: ({ sequence, envelope, prompts }, entry) =>
      run(function* () {
        const [row] = yield* ask<{ last: number | null }>("SELECT max(sequence) AS last FROM bundle");
        if ((row?.last ?? 0) >= sequence) return false;
        const added = yield* ask(
          "INSERT INTO bundle (sequence, envelope) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1 AS added",
          ...[sequence, envelope],
        );
        if (added.length === 0) return false;
        for (const prompt of prompts) {
          yield* ask(
            "UPDATE prompt SET published_in = $2 WHERE prompt = $1 AND published_in IS NULL",
            ...[prompt, sequence],
          );
        }
        yield* noteEntry(entry);
        return true;
      }),
  };
}
