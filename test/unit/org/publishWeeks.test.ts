import assert from "node:assert/strict";
import { teamAnswerSchema, type Membership } from "../../../protocol/enrolment.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { hashOf } from "../../../org/identity/secrets.ts";
import { publishWeeks } from "../../../org/publishWeeks.ts";
import { isoWeekOf, mondayOf } from "../../../org/ingest/isoWeek.ts";
import { makeApp, testPromises, type AppForTest } from "../../org/support/app.ts";
import { recordOf, requestOf, today } from "../../org/support/batches.ts";
import { secretOf } from "../../org/support/devices.ts";
import { exampleOf, tallyRecordOf } from "../../org/support/tallyRecords.ts";
import type { LogRecord } from "../../../protocol/collector.ts";

/** A week of which everything could still arrive. */
const week = isoWeekOf(today - 7);
const monday = mondayOf(week);

const noOthers: (person: string) => LogRecord[] = () => [];
/** The sum by which a table is recognised below. */
const firstOf: Readonly<Record<string, string>> = {
  "kept.requests": "requests",
  "kept.tip": "shown",
  "kept.funnel": "accepted",
};

suite("What a team is shown", () => {
  let service: AppForTest;

  setup(async () => {
    service = await makeApp();
  });

  teardown(() => service.close());

  async function work(team: string, names: readonly string[], days = 4, others = noOthers): Promise<void> {
    for (const name of names) {
      const header = await service.join(name, team);
      const records = Array.from({ length: days }, (_, day) =>
        recordOf({ name: `${name} ${day}`, day: monday + day, person: name }),
      );
      const answer = await service.post(requestOf(name, [...records, ...others(name)]), header);
      assert.equal(answer.statusCode, 200, answer.body);
    }
  }

  const people = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix} ${index}`);
  const publishOn = (day: number) => publishWeeks(service.store, day, testPromises);

  async function shownTo(name: string, team: string): Promise<ReturnType<typeof teamAnswerSchema.parse>> {
    const answer = await service.app.inject({
      url: "/v1/team",
      headers: await service.join(name, team),
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return teamAnswerSchema.parse(answer.json());
  }

  test("is the newest thirteen weeks, however many are kept", async () => {
    const all = { state: "shown", people: null, edits: 9, insertedChars: 9, keptChars: 9 } as const;
    const line = { all, cells: [all] };
    const kept = Array.from({ length: 20 }, (_, back) => isoWeekOf(today - 7 * back));
    for (const each of kept) {
      const teams = [{ team: "Payments", line }];
      const table = { week: each, floor: 5, columns: ["human"], total: line, leftOut: [], teams };
      await service.store.addPublication({ table, members: [], tallies: [] });
    }
    const { weeks } = await shownTo("late", "Payments");
    assert.deepEqual(
      weeks.map((each) => each.week),
      kept.slice(0, 13),
    );
  });

  test("is its own complete weeks, and why something is hidden", async () => {
    await work("Payments", people("a", 6));
    await work("Search", people("b", 7));
    await work("Two", people("c", 2));
    await publishOn(monday + 9);
    assert.deepEqual((await shownTo("late", "Payments")).weeks, []);
    await publishOn(monday + 10);
    const { team, weeks } = await shownTo("later", "Search");
    assert.deepEqual(
      [team, weeks.length, weeks[0]?.week, weeks[0]?.columns],
      [...["Search", 1, week, ["claude-code"]]],
    );
    assert.deepEqual(weeks[0]?.team.all, {
      ...{ state: "shown", people: 7 },
      ...{ edits: 7 * 4 * 12, insertedChars: 7 * 4 * 1200, keptChars: 7 * 4 * 950 },
    });
    // The two people of the third team are not in it, or they would be what is left of it without the others.
    assert.deepEqual(weeks[0]?.everybody.all, {
      ...{ state: "shown", people: 13 },
      ...{ edits: 13 * 4 * 12, insertedChars: 13 * 4 * 1200, keptChars: 13 * 4 * 950 },
    });
    assert.equal((await shownTo("another", "Payments")).weeks[0]?.team.all.state, "shown");
    assert.deepEqual((await shownTo("a third", "Two")).weeks[0]?.team.all, {
      ...{ state: "hidden", why: "fewPeople" },
    });
  });

  test("P1: says how many joined once a week is published, and nothing of one who joins or leaves then", async () => {
    await service.store.setTeam("Payments", 20);
    await work("Payments", people("a", 8));
    await work("everyone", people("b", 8));
    const header = { authorization: `Bearer ${secretOf("kept_device_", "a 0")}` };
    const told = async () => {
      const answers = await Promise.all(
        ["/v1/device", "/v1/team"].map((url) => service.app.inject({ url, headers: header })),
      );
      const [device, team] = answers.map((answer) => answer.json<Membership>());
      assert.deepEqual(device?.participation, team?.participation);
      return [device?.devices, device?.participation];
    };
    assert.deepEqual(await told(), [null, { state: "hidden" }]);
    await publishOn(monday + 10);
    const first = [17, { state: "shown", joined: 8, of: 20 }];
    assert.deepEqual(await told(), first);
    for (const name of ["late 1", "late 2"]) {
      await service.join(name, "Payments");
      assert.deepEqual(await told(), first, name);
    }
    // A week later only this is told: that the team is another one by fewer than five.
    const next = recordOf({ name: "next", day: monday + 7, person: "a 0" });
    assert.equal((await service.post(requestOf("next", [next]), header)).statusCode, 200);
    await publishOn(monday + 17);
    assert.equal((await service.store.shownWeeks()).length, 2);
    assert.deepEqual(await told(), [17, { state: "hidden" }]);
  });

  test("P1: is nothing more where a member of a small team invents devices", async () => {
    await work("Payments", people("a", 6));
    await work("Small", people("b", 4));
    const member = { authorization: `Bearer ${secretOf("kept_device_", "b 0")}` };
    const statuses: number[] = [];
    for (const name of people("invented", 10)) {
      const { method, path: url } = endpoints.companion;
      const asked = await service.app.inject({ method, url, headers: member });
      const credential = secretOf("kept_device_", name);
      const authorization = `Bearer ${credential}`;
      const joined = await service.app.inject({
        ...{ method: "POST", url: endpoints.enrolment.path, headers: { authorization } },
        payload: { token: asked.json<{ token?: string }>().token ?? "", credentialHash: hashOf(credential) },
      });
      const records = Array.from({ length: 4 }, (_, day) =>
        recordOf({ name: `${name} ${day}`, day: monday + day, person: name }),
      );
      const sent = await service.post(requestOf(name, records), { authorization });
      statuses.push(asked.statusCode, joined.statusCode, sent.statusCode);
    }
    // Two more devices come in, by the pseudonym of the first alone.
    assert.deepEqual(statuses, [
      200,
      200,
      403,
      200,
      200,
      403,
      ...Array.from({ length: 8 }, () => [403, 400, 401]).flat(),
    ]);
    await publishOn(monday + 10);
    const { team, everybody } = (await shownTo("late", "Small")).weeks[0]!;
    assert.deepEqual(team.all, { state: "hidden", why: "fewPeople" });
    assert.deepEqual(everybody.all.state === "shown" && everybody.all.people, 6);
  });

  test("tells of requests and advice what five people or more did, and of others together", async () => {
    const others = (person: string) =>
      (["kept.requests", "kept.tip", "kept.funnel"] as const).map((table) =>
        tallyRecordOf({ name: `${person} ${table}`, day: monday, person, table, ...exampleOf(table) }),
      );
    await work("Payments", people("a", 6), 4, others);
    await work("Search", people("b", 4), 4, others);
    await work("Two", people("c", 2), 4, others);
    await work("Two", people("hardly", 9), 1, others);
    await publishOn(monday + 10);
    const { weeks } = await shownTo("later", "Payments");
    const told = weeks[0]!.tallies.map(({ table, cells, sums }) => [
      table,
      cells.map(({ team, sums: numbers }) => [team, numbers[sums.indexOf(firstOf[table]!)]]),
    ]);
    assert.deepEqual(told, [
      ["kept.funnel", []],
      [
        "kept.requests",
        [
          ["Payments", 6 * 40],
          [null, 6 * 40],
        ],
      ],
      [
        "kept.tip",
        [
          ["Payments", 6],
          [null, 6],
        ],
      ],
      // AI wrote on each of their days: that would be told of each.
      ["kept.days", []],
    ]);
    const ofSearch = (await shownTo("another", "Search")).weeks[0]!.tallies;
    assert.ok(ofSearch.every(({ cells }) => cells.every(({ team }) => team === null)));
  });

  test("tells on how many of the days people wrote on AI wrote, each person's day once", async () => {
    const write = async (name: string, days: Readonly<Record<number, readonly string[]>>) => {
      const header = await service.join(name, "Payments");
      const records = Object.entries(days).flatMap(([day, origins]) =>
        origins.map((origin) =>
          recordOf({
            ...{ name: `${name} ${day} ${origin}`, day: monday + Number(day), person: name },
            ...(origin === "human" || origin === "external"
              ? { originKind: origin, tool: undefined, mode: undefined }
              : { tool: origin }),
          }),
        ),
      );
      const answer = await service.post(requestOf(name, records), header);
      assert.equal(answer.statusCode, 200, answer.body);
    };
    for (const name of people("a", 6)) {
      await write(name, {
        0: ["codex", "claude-code", "human"],
        1: ["human"],
        2: ["human", "codex"],
        3: ["external"],
      });
    }
    await publishOn(monday + 10);
    const [shown] = (await service.store.shownWeeks()).map(({ tallies }) => tallies);
    const days = shown?.find(({ table }) => table === "kept.days");
    // Two of three days of each; on the fourth a file changed by itself.
    assert.deepEqual(days?.cells, [{ team: "Payments", keys: [], sums: [12, 6] }]);
    assert.deepEqual([days?.sums, days?.hidden], [["ai", "without"], []]);
  });

  test("never changes, whatever arrives or is deleted later", async () => {
    await work("Payments", people("a", 8));
    await publishOn(monday + 10);
    const before = await service.store.publications();
    await work("Payments", people("late", 8));
    await publishOn(monday + 11);
    assert.deepEqual(await service.store.publications(), before);
  });

  test("has nothing of whoever deleted the week before it was published", async () => {
    await work("Payments", people("a", 5));
    const [first] = await service.store.contributions(week);
    await service.store.deleteWeek(week, first?.pseudonym ?? "");
    await publishOn(monday + 10);
    assert.deepEqual((await shownTo("late", "Payments")).weeks[0]?.team.all, {
      ...{ state: "hidden", why: "fewPeople" },
    });
  });

  test("counts nobody who was there on two days", async () => {
    await work("Payments", people("a", 4));
    await work("Payments", people("b", 4), 2);
    await publishOn(monday + 10);
    assert.equal((await shownTo("late", "Payments")).weeks[0]?.team.all.state, "hidden");
  });
});
