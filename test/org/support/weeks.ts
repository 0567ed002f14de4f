import type { PublishedTable } from "../../../protocol/protection.ts";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { publishWeeks } from "../../../org/publishWeeks.ts";
import { acceptedWeeks, dateOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import type { Store, StoredTally } from "../../../org/store/store.ts";
import { tallies, type TallyName } from "../../../protocol/tallies.ts";
import { testPromises } from "./app.ts";
import { batchOf, eventOf, idOf, pseudonymOf, today } from "./batches.ts";
import { joinAs } from "./devices.ts";

/** The prompt of the organisation's that made-up people saw. */
export const madePrompt = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** What somebody's week counts besides edits. */
function madeTallies(name: string, tool: string, kept: number, turn: number): StoredTally[] {
  const of = (table: TallyName, keys: readonly string[], sums: Readonly<Record<string, number>>) => ({
    ...{ id: idOf(`${name} ${table} ${keys.join(" ")}`), table, keys },
    sums: Object.fromEntries(Object.keys(tallies[table].sums).map((sum) => [sum, sums[sum] ?? 0])),
  });
  const lasting = Math.round(60 * kept) - (turn % 5);
  const [tier, cents] = (
    [
      ["heavy", 120],
      ["standard", 40],
    ] as const
  )[turn % 2] ?? ["fast", 5];
  const type = (["feature", "fix", "tests"] as const)[turn % 3] ?? "feature";
  const lines = (kind: string, by: string, rate: number) =>
    (["14", "30", "90"] as const).map((age, at) =>
      of("kept.survival", [kind, by, age], {
        ...{ lines: 100, surviving: Math.round(100 * rate) - 6 * at },
        ...{ self: 6 + 2 * at, others: 2 + at, corrective: 3 },
      }),
    );
  return [
    of("kept.funnel", [tool, "agent"], {
      ...{ accepted: 20, partly: 6, unasked: 30, undone: 4, untold: 0 },
      ...{ kept: lasting, gone: 60 - lasting, committed: lasting - 8 },
    }),
    of("kept.requests", [tool, tier, type], {
      ...{ requests: 40, input: 90_000, output: 20_000, "cache.read": 210_000, "cache.write": 30_000 },
      ...{ "cost.cents": cents, unpriced: turn % 4 },
    }),
    ...lines("ai", tool, kept),
    ...lines("human", "none", 0.9),
    ...["C01", madePrompt].map((tip, at) =>
      of("kept.tip", [tip, tool, "typescript"], {
        ...{ shown: 3, "held.out": 1, helped: turn % 2, "not.for.me": turn % 5 === 0 ? 1 : 0 },
        ...{ improved: 3 - at, unchanged: at, "improved.held.out": turn % 3 === 0 ? 1 : 0 },
        "unchanged.held.out": turn % 3 === 0 ? 0 : 1,
      }),
    ),
  ];
}

/** A made-up team: how many people, what they write with, and what share of the AI's text they keep. */
export interface MadeTeam {
  readonly team: string;
  readonly people: number;
  readonly tools: readonly string[];
  readonly kept: number;
}

/** Weeks of made-up work that arrived and were published the way real ones are, oldest first. */
export async function publishMadeWeeks(
  store: Store,
  teams: readonly MadeTeam[],
  weeks: number,
): Promise<PublishedTable[]> {
  for (const { team, people } of teams) {
    for (let person = 0; person < people; person++) await joinAs(store, `${team} ${person}`, team);
  }
  for (let back = weeks; back >= 1; back--) {
    const week = isoWeekOf(today - 3 - 7 * back);
    const monday = mondayOf(week);
    for (const { team, people, tools, kept } of teams) {
      for (let person = 0; person < people; person++) {
        const name = `${team} ${person} ${week}`;
        const events = Array.from({ length: 4 }, (_, day) => {
          const inserted = 1000 + 100 * ((person * 7 + day * 3 + back * 5) % 9);
          const usual = { day: dateOf(monday + day), edits: 20, insertedChars: inserted };
          const tool = tools[(person + day) % tools.length];
          return [
            eventOf(`${name} ${day} ai`, {
              ...usual,
              ...(tool === undefined ? {} : { tool }),
              keptChars: Math.round(inserted * Math.min(1, kept + ((person + back) % 5) / 50)),
            }),
            eventOf(`${name} ${day} human`, {
              ...{ ...usual, originKind: "human", tool: null, mode: null },
              keptChars: Math.round(inserted * 0.82),
            }),
          ];
        }).flat();
        await store.ingest(
          batchOf(name, events, {
            week,
            team,
            pseudonym: pseudonymOf(name),
            tag: pseudonymOf(`tag ${name}`),
            tallies: madeTallies(name, tools[person % tools.length] ?? "codex", kept, person + back),
          }),
        );
      }
    }
  }
  await store.prepare(acceptedWeeks(today));
  await publishWeeks(store, today, testPromises);
  return (await store.publications()).map(({ table }) => table).reverse();
}
