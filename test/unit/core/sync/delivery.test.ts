import assert from "node:assert/strict";
import { addDays } from "../../../../core/day.ts";
import { isoWeekOfDay } from "../../../../core/isoWeek.ts";
import { batchesOf } from "../../../../core/sync/batches.ts";
import {
  afterAnswer,
  delayMs,
  isLongOutage,
  lookAgainMs,
  mostMistakes,
  noFailures,
  restAtOnce,
  restGoesAt,
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

  test("gets another id once, and is refused when that is taken too", () => {
    const renamed = afterAnswer(answerOf(409), noFailures, { now, chance: 0 });
    assert.ok(renamed.step === "rename");
    assert.equal(stepAfter(answerOf(409), renamed.failures), "refuse");
    assert.equal(stepAfter(answerOf(500), renamed.failures), "wait", "and has eight mistakes of its own");
    const many = { ...renamed.failures, mistakes: renamed.failures.mistakes + mostMistakes - 1 };
    assert.equal(stepAfter(answerOf(500), many), "refuse");
    const bad = { attempts: 9, mistakes: mostMistakes - 1, since: now };
    assert.equal(stepAfter(answerOf(409), bad), "rename", "whatever was wrong before");
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

  test("D2: is a random part of a time that doubles up to a quarter of an hour, and six hours after the first", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempts) => longest(attempts, now)),
      [5_000, 10_000, 20_000, 40_000],
    );
    assert.equal(longest(20, now - hour + 1), hour / 4);
    assert.equal(longest(20, now - hour), 6 * hour);
    assert.equal(longest(100_000, now - 100 * hour), 6 * hour);
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

suite("A look whether the collector is there again", () => {
  const after = (since: number, retryAfter?: string) =>
    lookAgainMs({ attempts: 50, mistakes: 0, since }, { now, chance: 1 }, retryAfter);

  test("D2: comes each hour in a long outage, and D3: when it was asked for", () => {
    assert.deepEqual([after(now), after(now - hour)], [hour / 4, hour]);
    assert.equal(after(now - hour, "7200"), 2 * hour + 5000);
  });
});

suite("A collector that comes back after seven days", () => {
  const minute = 60_000;
  const machines = 1000;
  const returns = now + 7 * 24 * hour;
  const look = (at: number) => Math.ceil(at / minute) * minute;

  function makeChance(): () => number {
    let state = 7;
    return () => (state = (state * 48271) % 2147483647) / 2147483647;
  }

  /**
   * What was frozen when it went away, and what seven days leave in the outbox: 20 to 40 records on a working day (tools, modes,
   * ways to a commit, requests, advice), of one machine in ten five times as many, and of one in fifty, which agents work on all day, twenty times.
   */
  function backlog(chance: () => number): number {
    const rank = chance();
    const busy = rank < 0.02 ? 20 : rank < 0.12 ? 5 : 1;
    const records = Array.from({ length: 7 }, (_, index) => {
      const day = addDays("2026-11-20", index);
      const isWorked = ![0, 6].includes(new Date(day).getUTCDay());
      return Array.from({ length: isWorked ? busy * Math.floor(20 + 20 * chance()) : 0 }, () => day);
    }).flat();
    const waiting = records.map((day) => ({
      ...{ day, name: "kept.day" as const },
      event: { "event.id": "", week: isoWeekOfDay(day), pseudonym: "" },
    }));
    return 1 + batchesOf(waiting, () => "").length;
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

  /** When the batch on its way is tried first after the return, and what had failed by then. */
  function firstTry(chance: () => number, since: number) {
    let failures = noFailures;
    let at = since;
    while (at < returns) {
      const step = afterAnswer({ status: "none", reason: "" }, failures, { now: at, chance: chance() });
      assert.ok(step.step === "wait" && !step.isAsked);
      ({ failures } = step);
      at = step.dueAt;
    }
    return { at, failures };
  }

  function firstLook(chance: () => number, since: number): number {
    let at = since;
    for (let attempts = 1; at < returns; attempts++)
      at += Math.max(minute, lookAgainMs({ attempts, mistakes: 0, since }, { now: at, chance: chance() }));
    return at;
  }

  /** All that comes to the collector of machines that find it again. */
  function comingBack(chance: () => number, backlogOf: () => number) {
    const requests: number[] = [];
    const batches: number[] = [];
    let last = 0;
    for (let machine = 0; machine < machines; machine++) {
      const left = backlogOf() - 1;
      const looked = firstLook(chance, now + chance() * hour);
      for (let asked = looked; asked < returns + 3 * hour; asked += hour * (0.9 + 0.2 * chance()))
        requests.push(asked);
      const tried = firstTry(chance, now + chance() * hour);
      const first = Math.min(tried.at, look(looked));
      const restAt = restGoesAt(tried.failures, first);
      assert.ok(restAt !== undefined);
      const atOnce = restAtOnce(left, chance());
      const sent = [first];
      for (let next = 0; next < left; next++)
        sent.push(next < atOnce ? first + (next + 1) * 4000 : look(restAt) + (next - atOnce) * 4000);
      requests.push(...sent);
      batches.push(sent.length);
      last = Math.max(last, ...sent);
    }
    const peak = busiest(requests, returns, returns + 3 * hour);
    return { peak, last: (last - returns) / hour, batches };
  }

  test("D2: gets all that waits within two hours, and never twice as much at once as in the busiest time of a normal day", () => {
    const chance = makeChance();
    const usual = busiest(normalDay(chance), 0, 10 * hour);
    const own = comingBack(chance, () => backlog(chance));
    const four = comingBack(chance, () => 4);
    const many = comingBack(chance, () => 12);
    const each = (batches: readonly number[]) => batches.reduce((sum, count) => sum + count, 0) / machines;
    for (const { peak, last, batches } of [own, four, many])
      console.log(
        `      ${each(batches)} batches each, ${Math.max(...batches)} at most: ${peak.toFixed(0)} a minute, ` +
          `${usual.toFixed(0)} on a normal day; the last after ${last.toFixed(2)} hours`,
      );
    for (const { last } of [own, four, many]) assert.ok(last <= 2, `the last came after ${last} hours`);
    assert.ok(Math.max(...own.batches) > 5 && each(own.batches) > 3, "more than a batch for each week");
    assert.ok(own.peak <= 2 * usual, `${own.peak} a minute at most, ${usual} on a normal day`);
  });

  test("D2: is not thought to have been away after a single failure", () => {
    assert.equal(restGoesAt(noFailures, now), undefined);
    assert.equal(restGoesAt({ attempts: 1, mistakes: 0, since: now - hour + 1 }, now), undefined);
    assert.ok(isLongOutage({ since: now - hour }, now));
  });

  test("D2: half of what waits goes at once, the odd one by chance", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((left) => [restAtOnce(left, 0), restAtOnce(left, 0.99)]),
      [
        [0, 0],
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 2],
        [2, 2],
      ],
    );
  });
});
