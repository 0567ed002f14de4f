import type { PublishedTable } from "../../../protocol/protection.ts";
import { isoWeekOf } from "../../../org/ingest/isoWeek.ts";
import { publishWeeks } from "../../../org/publishWeeks.ts";
import { acceptedWeeks, dateOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import type { Store } from "../../../org/store/store.ts";
import { testPromises } from "./app.ts";
import { batchOf, eventOf, pseudonymOf, today } from "./batches.ts";
import { joinAs } from "./devices.ts";

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
          }),
        );
      }
    }
  }
  await store.prepare(acceptedWeeks(today));
  await publishWeeks(store, today, testPromises);
  return (await store.publications()).map(({ table }) => table).reverse();
}
