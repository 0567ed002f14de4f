import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readTally } from "../../../../org/console/tallyReading.ts";
import { viewOf } from "../../../../org/console/period.ts";
import { scorecardOf } from "../../../../org/console/scorecard.ts";
import { dateOf, mondayOf } from "../../../../org/ingest/isoWeek.ts";
import { publishWeeks } from "../../../../org/publishWeeks.ts";
import type { Store } from "../../../../org/store/store.ts";
import { testPromises } from "../../../org/support/app.ts";
import { batchOf, eventOf, pseudonymOf } from "../../../org/support/batches.ts";
import { joinAs } from "../../../org/support/devices.ts";
import type { OpenedForTest } from "./store.suite.ts";

const weeks = ["2026-W42", "2026-W43", "2026-W44", "2026-W45"];
const teams = { Payments: 9, "Ä team, 'quoted'": 7, Two: 2 };

/** Changed only together with what is published. */
const golden = "2f0dc17ef7c7ff7611fd321f8099e52c7092f21205b3bbddf304f3cfd8402860";

/** Of somebody's five days, the last are without AI: of every third person's three, else of one. */
async function work(store: Store, team: string, person: number, week: string): Promise<void> {
  const name = `${team} ${person} ${week}`;
  const without = person % 3 === 0 ? 3 : 1;
  const human = { originKind: "human", tool: null, mode: null };
  const days = Array.from({ length: 5 }, (_, at) => ({ at, day: dateOf(mondayOf(week) + at) }));
  const typed = days.map(({ at, day }) => eventOf(`${name} ${at}`, { day, ...human }));
  const written = days.slice(0, 5 - without).flatMap(({ at, day }) => [
    eventOf(`${name} ${at} agent`, { day }),
    // A second tool on a day makes no second day.
    eventOf(`${name} ${at} inline`, { day, tool: "cursor", mode: "completion" }),
  ]);
  // On a day on which nobody wrote, a program did: it is none of somebody's.
  const reformatted = eventOf(`${name} tool`, {
    ...{ ...human, originKind: "tooling", day: dateOf(mondayOf(week) + 6) },
  });
  const whose = { week, team, pseudonym: pseudonymOf(name), tag: pseudonymOf(`tag ${name}`) };
  await store.ingest(batchOf(`${name} first`, [...typed, reformatted], whose));
  // What comes in another batch, and once more, falls on the same days.
  await store.ingest(batchOf(`${name} second`, [...written, ...typed.slice(2)], whose));
}

async function publishAll(store: Store): Promise<void> {
  for (const [team, people] of Object.entries(teams)) {
    for (let person = 0; person < people; person++) {
      await joinAs(store, `${team} ${person}`, team);
      for (const week of weeks) await work(store, team, person, week);
    }
  }
  await publishWeeks(store, mondayOf("2026-W47"), testPromises);
}

/** Active use as a store answers it, from the days that arrived to the card of the console. */
export function activeUseSuite(engine: string, open: () => Promise<OpenedForTest>): void {
  suite(`Active use on ${engine}`, () => {
    let opened: OpenedForTest;
    let store: Store;

    setup(async () => {
      opened = await open();
      store = opened.store;
      await publishAll(store);
    });

    teardown(() => opened.remove());

    const cardOf = async (team: string | null) => {
      const shown = await store.shownWeeks();
      const view = viewOf(
        shown.map(({ table }) => table),
        4,
        team,
      );
      const tallies = shown.flatMap((week) => week.tallies);
      const cards = scorecardOf(view, {}, (table, when) =>
        readTally(when === "before" ? [] : tallies, table, team),
      );
      const card = cards.find(({ id }) => id === "A1");
      return [card?.now, card?.verdict, card?.evidence];
    };

    test("is each person's days by whether AI wrote on them, for everybody and for one team", async () => {
      const cells = (await store.shownWeeks()).map(({ tallies }) =>
        tallies.filter(({ table }) => table === "kept.days").map((tally) => tally.cells),
      );
      const ofTeam = (team: string, sums: readonly number[]) => ({ team, keys: [], sums });
      const each = [ofTeam("Payments", [30, 15]), ofTeam("Ä team, 'quoted'", [22, 13])];
      assert.deepEqual(
        cells,
        Array.from(weeks, () => [each]),
      );
      const told = "days of people, 4 weeks, sure to the percent; some of it is hidden";
      assert.deepEqual(await cardOf(null), ["65 %", "meets", `320 ${told}`]);
      assert.deepEqual(await cardOf("Payments"), ["67 %", "meets", `180 ${told}`]);
      assert.deepEqual((await cardOf("Two")).slice(0, 2), [undefined, "notEnoughData"]);
    });

    test("is the same to the byte on every engine, for the console, for editors and after opening again", async () => {
      const answers = async () => {
        const own = await Promise.all(Object.keys(teams).map((team) => store.teamWeeks(team, 9)));
        const all = [await store.publications(), await store.shownWeeks(), own];
        return createHash("sha256").update(JSON.stringify(all)).digest("hex");
      };
      assert.equal(await answers(), golden);
      store = await opened.reopen();
      assert.equal(await answers(), golden);
    });
  });
}
