import assert from "node:assert/strict";
import { Keeper } from "../../../../server/edits/keeper.ts";
import { copilot, Desk, uri } from "../desk.ts";

/** Time that passes only when it is told to. */
class Clock {
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get timers(): number {
    return this.#timers.size;
  }

  readonly startTimer = (afterMs: number, run: () => void) => {
    const timer = { at: this.#desk.now + afterMs, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  pass(until: number): void {
    for (;;) {
      const next = [...this.#timers].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > until) break;
      this.#timers.delete(next);
      this.#desk.now = next.at;
      next.run();
    }
    this.#desk.now = until;
  }
}

suite("The keeper", () => {
  let desk: Desk;
  let clock: Clock;
  let keeper: Keeper;
  let said: (string | undefined)[];
  setup(() => {
    said = [];
    desk = new Desk("");
    clock = new Clock(desk);
    keeper = new Keeper({
      host: {
        now: () => desk.now,
        elapsedMs: () => desk.now,
        utcOffsetMinutes: () => 0,
        uuid: () => "no one's",
        startTimer: clock.startTimer,
        log: { info: () => {}, warn: () => {} },
      },
      store: desk.store,
      ledger: desk.ledger,
      settings: {
        editDays: 90,
        budgetUsd: 0,
        targets: {},
        baselineBefore: "",
        agents: true,
        agentHomes: [],
        gitNotes: false,
        sumMonths: 25,
        hover: true,
        codeLens: false,
        prices: [],
        ownFolder: "",
        coaching: "quiet",
        seen: true,
        trusted: true,
      },
      onWritten: () => {},
      onChanged: () => {},
      onStatus: (problem) => said.push(problem?.code),
    });
  });

  test("has every sample taken in time, with nothing else going on", () => {
    desk.edit(0, 0, "abcd", copilot);
    const at = desk.now;
    keeper.wake();
    clock.pass(at + 25 * 60 * 60_000);
    assert.deepEqual(
      desk.store.readSamples("one-1").map(({ dueMs, takenAt, late }) => [dueMs, takenAt - at, late]),
      [0, 5, 30, 60, 120, 300, 600, 900, 3_600, 86_400].map((seconds) => [
        seconds * 1000,
        seconds * 1000,
        false,
      ]),
    );
    assert.equal(clock.timers, 0);
  });

  test("tells nobody of a file that others hold for seconds, and says so of one that stays held", () => {
    const write = desk.store.write.bind(desk.store);
    desk.store.write = () => ({ outcome: "retry", problem: { code: "store.full", details: {} } });
    desk.edit(0, 0, "abcd", copilot);
    const at = desk.now;
    keeper.flush();
    clock.pass(at + 4_900);
    assert.deepEqual(said, [undefined]);
    clock.pass(at + 60_000);
    assert.deepEqual(said, [undefined, "store.full"]);
    desk.store.write = write;
    clock.pass(at + 70_000);
    assert.deepEqual(said, [undefined, "store.full", undefined]);
    assert.ok(desk.store.readSamples("one-1").length > 0, "nothing is lost");
  });

  test("starts no timer that is not needed, and leaves none behind", () => {
    keeper.wake();
    assert.equal(clock.timers, 0);
    desk.edit(0, 0, "abcd", copilot);
    keeper.wake();
    keeper.wake();
    assert.equal(clock.timers, 2);
    desk.ledger.close(uri);
    keeper.flush();
    assert.equal(clock.timers, 0);
    keeper.start();
    keeper.stop();
    assert.equal(clock.timers, 0);
  });
});
