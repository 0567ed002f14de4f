import assert from "node:assert/strict";
import {
  afterAnswer,
  delayMs,
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
  test("D2: is found by everybody within two hours, and never by more at once than before", () => {
    const machines = 1000;
    const minute = 60_000;
    let state = 7;
    const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const back = now + 7 * 24 * hour;
    const perMinute = new Map<number, number>();
    let drained = 0;
    for (let machine = 0; machine < machines; machine++) {
      let at = now + chance() * hour;
      let failures = noFailures;
      for (;;) {
        perMinute.set(Math.floor(at / minute), (perMinute.get(Math.floor(at / minute)) ?? 0) + 1);
        if (at >= back) break;
        const step = afterAnswer({ status: "none", reason: "" }, failures, { now: at, chance: chance() });
        assert.ok(step.step === "wait");
        at = step.dueAt;
        ({ failures } = step);
      }
      drained = Math.max(drained, at - back);
    }
    const rates = (from: number, to: number) =>
      Array.from({ length: (to - from) / minute }, (_, index) => perMinute.get(from / minute + index) ?? 0);
    const before = rates(back - 24 * hour, back);
    const steady = before.reduce((sum, rate) => sum + rate, 0) / before.length;
    // A quarter of an hour at a time: a single minute of sixteen requests is chance.
    const after = rates(back, back + 2 * hour);
    const peak = Math.max(
      ...after.flatMap((_, index) =>
        index + 15 > after.length
          ? []
          : after.slice(index, index + 15).reduce((sum, rate) => sum + rate, 0) / 15,
      ),
    );
    assert.ok(drained <= 2 * hour, `the last came after ${drained / hour} hours`);
    assert.ok(peak <= 2 * steady, `${peak} a minute at most, ${steady} before`);
  });
});
