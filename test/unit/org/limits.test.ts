import assert from "node:assert/strict";
import { createOpenRequests } from "../../../org/limits/openRequests.ts";
import { createLimits } from "../../../org/limits/limits.ts";
import { createTokenBuckets } from "../../../org/limits/tokenBuckets.ts";
import { problemDocumentSchema } from "../../../protocol/collector.ts";
import { makeApp, testHost } from "../../org/support/app.ts";
import { requestWith } from "../../org/support/batches.ts";

suite("Token buckets", () => {
  test("let a burst through and then one after the other", () => {
    const buckets = createTokenBuckets({ perMinute: 30, burst: 3 });
    const waits = [0, 0, 0, 0, 1000, 2000, 2000].map((now) => buckets.secondsToWait("a", now));
    assert.deepEqual(waits, [undefined, undefined, undefined, 2, 1, undefined, 2]);
    assert.equal(buckets.secondsToWait("b", 2000), undefined);
  });

  test("are full again after a pause, and not fuller; a clock set back takes nothing", () => {
    const buckets = createTokenBuckets({ perMinute: 30, burst: 2 });
    const hour = 3_600_000;
    const waits = [0, 0, 0, hour, hour, hour, 0].map((now) => buckets.secondsToWait("a", now) === undefined);
    assert.deepEqual(waits, [true, true, false, true, true, false, false]);
  });
});

suite("Open requests", () => {
  test("are bounded for each and for all, and given back once", () => {
    const open = createOpenRequests({ each: 2, all: 3 });
    const [first, second] = [open.enter("a"), open.enter("a")];
    assert.equal(open.enter("a"), undefined);
    assert.ok(open.enter("b"));
    assert.equal(open.enter("c"), undefined);
    first?.();
    first?.();
    assert.equal(open.count, 2);
    assert.ok(open.enter("c"));
    second?.();
    assert.equal(open.count, 2);
  });
});

suite("Guesses at credentials", () => {
  test("H4: are not looked up for ever, and hold up no device that is known", async () => {
    let looked = 0;
    let now = Date.now();
    const service = await makeApp(
      (store) => ({
        ...store,
        findDevice: (hash, today) => {
          looked += 1;
          return store.findDevice(hash, today);
        },
      }),
      { limits: createLimits(100_000), host: { ...testHost, now: () => now } },
    );
    assert.equal((await service.post(requestWith("first", 1))).statusCode, 200);
    const statuses: Record<number, number> = {};
    for (let index = 0; index < 700; index++) {
      const { statusCode } = await service.post(requestWith("guess", 1), {
        authorization: `Bearer guess-${index}`,
      });
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    }
    assert.deepEqual(statuses, { 401: 600, 503: 100 });
    assert.equal(looked, 601);
    assert.equal((await service.post(requestWith("second", 1))).statusCode, 200);
    now += 2000;
    assert.equal((await service.post(requestWith("x", 1), { authorization: "Bearer x" })).statusCode, 401);
    await service.close();
  });
});

suite("All devices together", () => {
  test("H4: have places for 64 requests, an eighth of them each, and a rate", () => {
    const { open, everybody, openEach } = createLimits(30);
    const inside = Array.from({ length: 100 }, (_, index) => open.enter(`device ${index % 9}`));
    assert.deepEqual([inside.filter(Boolean).length, open.count, openEach], [64, 64, 8]);
    const waits = Array.from({ length: 60_001 }, () => everybody.secondsToWait("", 0));
    assert.deepEqual([waits.at(-2), waits.at(-1)], [undefined, 1]);
  });

  test("H4: are told when to come back where they ask too often, and not each at the same time", async () => {
    const asked = createTokenBuckets({ perMinute: 1, burst: 2 });
    const service = await makeApp(undefined, {
      limits: { ...createLimits(100), everybody: asked },
      host: { ...testHost, fraction: () => 0.5 },
    });
    const answers = [];
    for (const name of ["a", "b", "c"]) {
      const sender = await service.join(`device of ${name}`);
      answers.push(await service.post(requestWith(name, 1, { person: name }), sender));
    }
    assert.deepEqual(
      answers.map(({ statusCode, headers }) => [statusCode, headers["retry-after"]]),
      [
        [200, undefined],
        [200, undefined],
        [503, "90"],
      ],
    );
    await service.close();
  });
});

suite("A device that sends too much", () => {
  test("H3, H4: is told when to come back, and others are not held up", async () => {
    // How many are open is told in steps of eight: as many are let in before the rate is used up.
    const service = await makeApp(undefined, { limits: createLimits(4) });
    const statuses = [];
    for (let index = 0; index < 10; index++) {
      statuses.push((await service.post(requestWith(`batch ${index}`, 1))).statusCode);
    }
    assert.deepEqual(statuses, [...Array.from({ length: 8 }, () => 200), 429, 429]);
    const refused = await service.post(requestWith("more", 1));
    assert.equal(problemDocumentSchema.parse(refused.json()).type, "urn:kept:problem:too-many-requests");
    const seconds = Number(refused.headers["retry-after"]);
    assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
    const other = await service.post(requestWith("other", 1, { person: "b" }), await service.join("other"));
    assert.equal(other.statusCode, 200);
    assert.match((await service.app.inject("/metrics")).body, /^kept_org_requests_open 0$/m);
    await service.close();
  });
});
