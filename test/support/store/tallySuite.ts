import assert from "node:assert/strict";
import { catalogue } from "../../../core/sync/catalogue.ts";
import type { Consent, OutboxTally } from "../../../protocol/sync.ts";
import type { RequestRow } from "../../../server/store/requests.ts";
import { recordOf } from "../coaching/situation.ts";
import { batchOf, copilot, editsBatch, noon, requestOf, taskOf } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";
import { consent as before, frozenOf } from "./syncSuite.ts";

const day = 86_400_000;
const workspace = "file:///project";
const never = "9999-12-31";
const consent: Consent = { ...before, agreed: catalogue("collector").map(({ name }) => name) };

/** How every store lets wait what is counted besides edits. */
export function tallySuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with what is counted besides edits`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const join = (change: Partial<Consent> = {}, since = noon - day) => {
      under.store.sync.join({ ...consent, ...change });
      under.store.sync.setWorkFolder(workspace, since);
    };
    const without = (event: string) => ({
      agreed: consent.agreed.filter((name) => !name.startsWith(`${event}/`)),
    });
    const waiting = (table: OutboxTally["table"], store = under.restart()) =>
      store.sync.readTallies(never).filter((tally) => tally.table === table);
    const ask = (...requests: readonly Partial<RequestRow>[]) =>
      under.store.requests.write({ requests: requests.map((each) => requestOf(each)), edits: [] });
    const written = { folders: [workspace], at: noon, utcOffsetMinutes: 60 };

    test("counts the way of AI edits that wait, as it is known by then", () => {
      join();
      under.store.write(
        editsBatch(
          { id: "one", origin: copilot },
          { id: "two", origin: copilot },
          { id: "three", origin: copilot },
          { id: "human" },
        ),
      );
      under.store.write(
        batchOf({
          stages: [
            { editId: "one", stage: "accepted", outcome: "accepted" },
            { editId: "two", stage: "accepted", outcome: "rejected" },
            { editId: "one", stage: "keptAt15", outcome: "kept" },
            { editId: "one", stage: "committed", outcome: "committed" },
            { editId: "two", stage: "keptAt15", outcome: "gone" },
          ],
        }),
      );
      const [funnel, ...others] = waiting("kept.funnel");
      assert.deepEqual(others, []);
      assert.deepEqual(
        [funnel?.day, funnel?.keys],
        ["2026-01-31", { tool: "github-copilot", mode: "agent" }],
      );
      const { accepted, undone, kept, gone, committed } = funnel!.sums;
      assert.deepEqual(
        { accepted, undone, kept, gone, committed },
        {
          ...{ accepted: 1, undone: 1, kept: 1, gone: 1, committed: 1 },
        },
      );
    });

    test("counts requests of work folders and of folders below, each once", () => {
      join();
      ask({}, { key: "below", task: taskOf({ key: "task-below", place: `${workspace}/part` }) });
      ask({});
      ask({ key: "elsewhere", task: taskOf({ key: "task-elsewhere", place: `${workspace}-other` }) });
      ask({ key: "nowhere", task: taskOf({ key: "task-nowhere", place: null }) });
      ask({ key: "before", at: noon - 2 * day });
      const found = waiting("kept.requests");
      const { input, costNano } = requestOf({});
      assert.deepEqual(
        found.map(({ keys, sums }) => [
          keys,
          sums["requests"],
          sums["input"],
          sums["costNano"],
          sums["unpriced"],
        ]),
        [
          [
            { tool: "claude-code", model: requestOf({}).model, taskType: "unknown" },
            ...[2, 2 * input, 2 * (costNano ?? 0), 0],
          ],
        ],
      );
      under.store.sync.setWorkFolder(workspace, null);
      assert.deepEqual(waiting("kept.requests"), []);
    });

    test("counts what was said and what came of it, each once, in windows of nothing but work", () => {
      join();
      const tip = recordOf({ id: "1", rule: "C01", at: noon, nudgedAt: null, state: "new" });
      const { coaching } = under.store;
      coaching.writeTips([tip], written);
      assert.deepEqual(waiting("kept.tip"), []);
      coaching.writeTips([{ ...tip, state: "seen" }], written);
      coaching.writeTips([{ ...tip, state: "helped" }], written);
      coaching.writeTips([{ ...tip, state: "helped", effect: "noChange" }], written);
      coaching.writeTips([{ ...tip, state: "helped", effect: "noChange" }], written);
      const quiet = recordOf({ id: "2", rule: "C02", at: noon, isHeldOut: true });
      coaching.writeTips([quiet], written);
      coaching.writeTips([{ ...quiet, effect: "helped" }], { ...written, at: noon + day });
      const other = recordOf({ id: "3", rule: "C03", at: noon, state: "seen" });
      coaching.writeTips([other], { ...written, folders: [workspace, "file:///private"] });
      coaching.writeTips([recordOf({ id: "4", rule: "C04", at: noon - 2 * day, state: "seen" })], written);
      coaching.writeTips([recordOf({ id: "5", rule: "C05", at: noon, state: "seen" })]);
      assert.deepEqual(
        waiting("kept.tip").map((tally) => [
          tally.day,
          tally.keys["rule"],
          Object.entries(tally.sums).sort(),
        ]),
        [
          [
            ...["2026-01-31", "C01"],
            [
              ["helped", 1],
              ["shown", 1],
              ["unchanged", 1],
            ],
          ],
          ["2026-01-31", "C02", [["held.out", 1]]],
          ["2026-02-01", "C02", [["improved.held.out", 1]]],
        ],
      );
      under.store.forget({ repository: null, tool: null, from: "2026-02-01", to: null }, { dryRun: false });
      assert.equal(waiting("kept.tip").length, 2);
    });

    test("lets nothing wait that the person did not agree to when it was made", () => {
      for (const event of ["kept.funnel", "kept.requests", "kept.tip"] as const) {
        join(without(event));
        under.store.write(editsBatch({ id: `of ${event}`, version: event.length, origin: copilot }));
        under.store.write(
          batchOf({ stages: [{ editId: `of ${event}`, stage: "accepted", outcome: "auto" }] }),
        );
        ask({ key: `of ${event}` });
        under.store.coaching.writeTips(
          [
            recordOf({
              id: `of ${event}`,
              rule: event.length === 8 ? "C07" : "C08",
              at: noon,
              state: "seen",
            }),
          ],
          written,
        );
        under.store.sync.changeConsent({ agreed: consent.agreed });
        assert.deepEqual(waiting(event), [], event);
      }
      under.store.sync.join({ ...consent, isPaused: true });
      under.store.sync.setWorkFolder(workspace, noon - day);
      ask({ key: "paused" });
      under.store.sync.changeConsent({ isPaused: false });
      under.store.sync.queueWhile(() => false);
      ask({ key: "off", at: noon + 1 });
      under.store.coaching.writeTips(
        [recordOf({ id: "off", rule: "C09", at: noon, state: "seen" })],
        written,
      );
      assert.deepEqual(under.restart().sync.readTallies(never), []);
    });

    test("freezes it with the edits, once, whole days alone, and gives up what is too old", () => {
      join();
      ask({}, { key: "tomorrow", at: noon + day });
      under.store.coaching.writeTips([recordOf({ id: "1", rule: "C01", at: noon, state: "seen" })], written);
      const seen: string[] = [];
      const freeze = (from: string, beforeDay: string) =>
        under.store.sync.freeze({
          ...{ from, before: beforeDay },
          make: (_days, tallies) => {
            seen.push(...tallies.map(({ table, day: on }) => `${table} ${on}`));
            return [frozenOf({ id: `batch-${seen.length}` })];
          },
        });
      freeze("0000-01-01", "2026-02-01");
      freeze("0000-01-01", "2026-02-01");
      assert.deepEqual(seen, ["kept.requests 2026-01-31", "kept.tip 2026-01-31"]);
      freeze("2026-02-05", "2026-02-06");
      assert.equal(seen.length, 2);
      assert.deepEqual(under.restart().readDrops(), [{ name: "sync.tooOld", count: 1 }]);
      assert.deepEqual(under.store.sync.readTallies(never), []);
    });

    test("leaves nothing of it when the person leaves", () => {
      join();
      ask({});
      under.store.coaching.writeTips([recordOf({ id: "1", rule: "C01", at: noon, state: "seen" })], written);
      assert.equal(under.store.sync.readTallies(never).length, 2);
      under.store.sync.leave([]);
      assert.deepEqual(under.restart().sync.readTallies(never), []);
    });
  });
}
