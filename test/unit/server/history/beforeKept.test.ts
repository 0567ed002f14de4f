import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeKeptSchema } from "../../../../protocol/history.ts";
import { BeforeKeptReading, readBeforeKept, type StartMonth } from "../../../../server/history/beforeKept.ts";
import { readMonth, type MonthOrder } from "../../../../server/history/readMonth.ts";
import { syntheticNote } from "../../../../server/numbers/syntheticNote.ts";
import { writeMadeHome } from "../../../support/agents/madeHome.ts";
import { Desk } from "../desk.ts";

const dayMs = 24 * 60 * 60_000;
const installedAt = Date.UTC(2026, 0, 20);

suite("What tools recorded before Kept watched", () => {
  let home: string;
  let desk: Desk;
  let orders: MonthOrder[];
  let changes: number;

  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-before-"));
    writeMadeHome(home, 7, 3);
    desk = new Desk("");
    [orders, changes] = [[], 0];
  });
  teardown(() => rmSync(home, { recursive: true }));

  /** Reads as the worker does, one message at a time. */
  const beside: StartMonth = (order, take, failed) => {
    orders.push(order);
    let stopped = false;
    let elapsed = 0;
    void (async () => {
      for (const read of readMonth(order, () => (elapsed += 10_000))) {
        await wait(1);
        if (stopped) return;
        take(read);
      }
    })().catch((thrown: unknown) => failed(String(thrown)));
    return () => (stopped = true);
  };

  function reading(startMonth = beside): BeforeKeptReading {
    return new BeforeKeptReading({
      host: {
        now: () => installedAt,
        elapsedMs: () => 0,
        utcOffsetMinutes: () => 0,
        uuid: () => "none",
        startTimer: () => () => undefined,
        log: { info: () => undefined, warn: () => undefined },
      },
      store: desk.store,
      around: { platform: "linux", userHome: home, environment: {} },
      startMonth,
      onChanged: () => changes++,
    });
  }

  const told = () => {
    const before = readBeforeKept(desk.store, 0, () => null);
    return before && beforeKeptSchema.parse(before);
  };
  async function until(state: string): Promise<void> {
    while (told()?.state !== state) await wait(1);
  }

  test("is read once, of thirty days, with progress, and stands in no other number", async () => {
    assert.equal(told(), null);
    const one = reading();
    one.start([]);
    assert.equal(told()!.state, "reading");
    await until("done");
    const { from, to, read, all, tools } = told()!;
    assert.deepEqual([from, to, read > 0, read], ["2025-12-21", "2026-01-20", true, all]);
    assert.deepEqual(
      tools.map(({ tool, tasks }) => [tool, tasks]),
      [
        ["claude-code", 3],
        ["codex", 3],
      ],
    );
    for (const { requests, days, costUsd } of tools) {
      assert.ok(requests > 0 && days === 1 && costUsd! > 0);
    }
    let baselineUntil = 0;
    readBeforeKept(desk.store, 0, (at) => {
      baselineUntil = at;
      return null;
    });
    const firsts = tools.map(({ first }) => first!).sort();
    assert.equal(baselineUntil, Date.parse(`${firsts[0]}T00:00:00Z`), "before any tool's first record");
    assert.ok(baselineUntil < installedAt);
    assert.ok(changes > 3, "it is told as it goes on");
    reading().start([]);
    assert.equal(orders.length, 1);
    assert.deepEqual(
      desk.store.readSums({ from: "0000-01-01", to: "9999-12-31", workspaces: undefined }),
      [],
    );
  });

  test("has nothing of another time, and does not open what was not written to since", () => {
    const past = new Date(installedAt - 60 * dayMs);
    const order = {
      month: { from: installedAt - 5 * dayMs, to: installedAt, utcOffsetMinutes: 0 },
      around: { platform: "linux" as const, userHome: home, environment: {} },
    };
    const [whole] = [...readMonth(order, () => 0)];
    assert.ok(whole!.isDone && whole!.all > 0);
    assert.deepEqual(whole!.tools, []);
    utimesSync(
      path.join(home, ".claude/projects/-work/00000000-aaaa-4bbb-8ccc-000000000000.jsonl"),
      past,
      past,
    );
    assert.equal([...readMonth(order, () => 0)].at(-1)!.all, whole!.all - 1);
  });

  test("is ended by the person for good, with what was read until then", async () => {
    const one = reading();
    one.start([]);
    while (told()!.read === 0) await wait(1);
    one.cancel();
    const { state, read, all } = told()!;
    assert.deepEqual([state, read < all], ["stopped", true]);
    await wait(20);
    assert.equal(told()!.state, "stopped");
    reading().start([]);
    assert.equal(orders.length, 1);
  });

  test("is read anew where the process ended on the way, and of the same days", async () => {
    const one = reading();
    one.start([]);
    one.stop();
    const other = reading();
    other.start([]);
    await until("done");
    assert.deepEqual(orders[1]!.month, orders[0]!.month);
  });

  test("says so where it failed, and is not read beside a history that was made up", async () => {
    reading((_order, _take, failed) => {
      setImmediate(() => failed("no thread"));
      return () => undefined;
    }).start([]);
    await until("failed");
    const demo = new Desk("");
    demo.store.writeNote(syntheticNote, "demonstration");
    desk = demo;
    reading().start([]);
    assert.equal(told(), null);
  });
});
