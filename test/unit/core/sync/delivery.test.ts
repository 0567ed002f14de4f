import assert from "node:assert/strict";
import {
  afterAnswer,
  backUntil,
  delayMs,
  followUpMs,
  mostMistakes,
  noFailures,
  type Answer,
} from "../../../../core/sync/delivery.ts";

const now = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const answerOf = (status: number, change: Partial<Extract<Answer, { status: number }>> = {}): Answer => ({
  status,
  isAgreed: true,
  reason: "why",
  ...change,
});
const stepAfter = (answer: Answer, failures = noFailures) =>
  afterAnswer(answer, failures, { now, chance: 0.5 }).step;

suite("D6: What becomes of a batch", () => {
  const decided: Readonly<Record<string, readonly number[]>> = {
    delivered: [200],
    wait: [302, 401, 403, 408, 429, 500, 501, 502, 503, 504],
    rename: [409],
    split: [413],
    refuse: [400, 404, 405, 410, 415, 418, 422, 431],
  };
  for (const [step, statuses] of Object.entries(decided)) {
    test(`is ${step} after ${statuses.join(", ")}`, () => {
      for (const status of statuses) assert.equal(stepAfter(answerOf(status)), step, String(status));
    });
  }

  test("is to wait when nobody answers, or a 200 is not a collector's", () => {
    assert.equal(stepAfter({ status: "none", reason: "reset" }), "wait");
    assert.equal(stepAfter(answerOf(200, { isAgreed: false })), "wait");
  });

  test("is refused after eight mistakes of the collector's, and never for being down", () => {
    const failures = { attempts: 500, mistakes: mostMistakes - 2, since: now - 50 * hour };
    assert.equal(stepAfter(answerOf(500), failures), "wait");
    assert.equal(stepAfter(answerOf(408), { ...failures, mistakes: mostMistakes - 1 }), "refuse");
    assert.equal(stepAfter(answerOf(503), { ...failures, mistakes: mostMistakes - 1 }), "wait");
  });

  test("waits for the person when the machine is not known, and says so", () => {
    for (const status of [401, 403]) {
      const step = afterAnswer(answerOf(status), noFailures, { now, chance: 0 });
      assert.ok(step.step === "wait" && step.isUnauthorized && step.dueAt > now + hour);
    }
    const other = answerOf(403, { problem: "other-pseudonym" });
    assert.deepEqual(afterAnswer(other, noFailures, { now, chance: 0 }), { step: "refuse", reason: "why" });
  });

  test("counts what failed, and when it began", () => {
    const first = afterAnswer(answerOf(503), noFailures, { now, chance: 0 });
    assert.ok(first.step === "wait");
    assert.deepEqual(first.failures, { attempts: 1, mistakes: 0, since: now });
    const second = afterAnswer(answerOf(500), first.failures, { now: now + 9, chance: 0 });
    assert.ok(second.step === "wait");
    assert.deepEqual(second.failures, { attempts: 2, mistakes: 1, since: now });
  });
});

suite("How long a batch waits", () => {
  const longest = (attempts: number, since: number) =>
    delayMs({ attempts, mistakes: 0, since }, { now, chance: 1 });

  test("D2: is a random part of a time that doubles up to a quarter of an hour, and two hours after the first", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempts) => longest(attempts, now)),
      [5_000, 10_000, 20_000, 40_000],
    );
    assert.equal(longest(20, now - hour + 1), hour / 4);
    assert.equal(longest(20, now - hour), 2 * hour);
    assert.equal(longest(100_000, now - 100 * hour), 2 * hour);
    assert.equal(delayMs({ attempts: 3, mistakes: 0, since: now }, { now, chance: 0.25 }), 5_000);
    assert.equal(delayMs({ attempts: 1, mistakes: 0, since: now }, { now, chance: 1 / 3 }), 1_666);
  });

  const asked: readonly [string, number | undefined][] = [
    ["3600", hour],
    [" 0 ", 0],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ["1000000000", 24 * hour],
    ["9".repeat(400), 24 * hour],
    ["soon", undefined],
    ["-5", undefined],
    ["1e3", undefined],
    ["2026", 2026_000],
    ["", undefined],
    ["Fri, 99 Nov 2026 99:00:00 GMT", undefined],
  ];
  for (const [text, expected] of asked) {
    test(`D3: is what the collector asks for, within a day: ${text.slice(0, 40)}`, () => {
      const failures = { attempts: 3, mistakes: 0, since: now };
      const withoutJitter = delayMs(failures, { now, chance: 0 }, text);
      assert.equal(withoutJitter, expected ?? 0);
      const late = delayMs(failures, { now, chance: 0.999 }, text);
      assert.ok(late > withoutJitter, "not everybody comes at once");
    });
  }
});

suite("A collector that comes back after seven days", () => {
  const minute = 60_000;
  const machines = 1000;
  const returns = now + 7 * 24 * hour;
  /** A batch that was frozen when it went away, and one for each of the two weeks that wait in the outbox. */
  const batches = 3;
  const look = (at: number) => Math.ceil(at / minute) * minute;

  function makeChance(): () => number {
    let state = 7;
    return () => (state = (state * 48271) % 2147483647) / 2147483647;
  }

  /** The most in a quarter of an hour: a single minute is chance. */
  function busiest(requests: readonly number[], from: number, to: number): number {
    const perMinute = new Array<number>((to - from) / minute).fill(0);
    for (const at of requests) if (at >= from && at < to) perMinute[Math.floor((at - from) / minute)]! += 1;
    return Math.max(
      ...perMinute.flatMap((_, index) =>
        index + 15 > perMinute.length
          ? []
          : perMinute.slice(index, index + 15).reduce((sum, rate) => sum + rate, 0) / 15,
      ),
    );
  }

  /** Of machines that are switched on within two hours: yesterday's batch, and a look for prompts each hour of eight. */
  function normalDay(chance: () => number): number[] {
    return Array.from({ length: machines }).flatMap(() => {
      const start = chance() * 2 * hour;
      const requests = [start + chance() * 5 * minute];
      for (let at = start + chance() * 5 * minute; at < start + 8 * hour; at += hour * (0.9 + 0.2 * chance()))
        requests.push(at);
      return requests;
    });
  }

  /** Attempts until one is answered, and when the last was that was not. */
  function attempts(chance: () => number, since: number) {
    let failures = noFailures;
    let lastFailedAt = since;
    let at = since;
    while (at < returns) {
      const step = afterAnswer({ status: "none", reason: "" }, failures, { now: at, chance: chance() });
      assert.ok(step.step === "wait");
      lastFailedAt = at;
      ({ failures } = step);
      at = step.dueAt;
    }
    return { at, lastFailedAt, failures };
  }

  test("D2: gets all that waits within two hours, and never twice as much at once as in the busiest time of a normal day", () => {
    const chance = makeChance();
    const usual = busiest(normalDay(chance), 0, 10 * hour);
    const requests: number[] = [];
    let sent = 0;
    let last = 0;
    for (let machine = 0; machine < machines; machine++) {
      const first = attempts(chance, now + chance() * hour);
      requests.push(first.at);
      sent += 1;
      let { at } = first;
      const until = backUntil(first.failures, first.lastFailedAt, at);
      assert.ok(until !== undefined);
      for (let left = batches - 1; left > 0; left--) {
        at = look(at + followUpMs(left, until, { now: at, chance: chance() }));
        requests.push(at);
        sent += 1;
      }
      last = Math.max(last, at);
      // Looks for prompts fail and come back in the same way, and are hourly from then on.
      for (let { at: asked } = attempts(chance, now + chance() * hour); asked < returns + 3 * hour;) {
        requests.push(asked);
        asked += hour * (0.9 + 0.2 * chance());
      }
    }
    const peak = busiest(requests, returns, returns + 3 * hour);
    console.log(
      `      ${peak} a minute at most, ${usual} on a normal day; the last after ${(last - returns) / hour} hours`,
    );
    assert.equal(sent, machines * batches, "all of it");
    assert.ok(last <= returns + 2 * hour, `the last came after ${(last - returns) / hour} hours`);
    assert.ok(peak <= 2 * usual, `${peak} a minute at most, ${usual} on a normal day`);
  });

  test("D2: is not thought to have been away after a single failure", () => {
    assert.equal(backUntil(noFailures, now, now), undefined);
    assert.equal(backUntil({ attempts: 1, mistakes: 0, since: now - hour + 1 }, now, now), undefined);
  });
});
