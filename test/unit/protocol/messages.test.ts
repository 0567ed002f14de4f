import assert from "node:assert/strict";
import * as z from "zod";
import { answer, Asker, type Asked, type Handlers } from "../../../protocol/messages.ts";

const contract = {
  double: { params: z.strictObject({ of: z.number() }), result: z.number() },
  fail: { params: z.strictObject({}), result: z.number() },
} as const;

const handlers: Handlers<typeof contract> = {
  double: ({ of }) => Promise.resolve({ ok: true, value: 2 * of }),
  fail: () => Promise.reject(new Error("no luck")),
};

suite("Asking and answering", () => {
  test("carries the value of a handler", async () => {
    assert.deepEqual(
      await answer(contract, handlers, { type: "ask", id: 7, method: "double", params: { of: 4 } }),
      {
        type: "answer",
        id: 7,
        reply: { ok: true, value: 8 },
      },
    );
  });

  test("carries the failure of a handler that throws", async () => {
    assert.deepEqual(await answer(contract, handlers, { type: "ask", id: 1, method: "fail", params: {} }), {
      type: "answer",
      id: 1,
      reply: { ok: false, problem: { code: "request.failed", details: { reason: "no luck" } } },
    });
  });

  test("refuses unknown methods, wrong parameters and unknown fields, and says why", async () => {
    const asked = [
      { type: "ask", id: 1, method: "triple", params: {} },
      { type: "ask", id: 1, method: "toString", params: {} },
      { type: "ask", id: 1, method: "double", params: { of: "four" } },
      { type: "ask", id: 1, method: "double", params: { of: 4, and: 5 } },
    ];
    for (const message of asked) {
      const answered = await answer(contract, handlers, message);
      assert.ok(answered && !answered.reply.ok);
      assert.equal(answered.reply.problem.code, "request.invalid");
    }
  });

  test("answers nothing to what is no request", async () => {
    for (const message of [
      undefined,
      null,
      1,
      "ask",
      {},
      { type: "ask" },
      { type: "ask", id: -1, method: "double" },
    ]) {
      assert.equal(await answer(contract, handlers, message), undefined);
    }
  });

  test("settles every request: by its answer, or by time", async () => {
    const posted: Asked[] = [];
    const timers: (() => void)[] = [];
    const asker = new Asker(
      (message) => posted.push(message),
      (_, run) => {
        timers.push(run);
        return () => undefined;
      },
      5000,
    );
    const first = asker.ask("double", { of: 1 });
    const second = asker.ask("double", { of: 2 });
    asker.take({ type: "answer", id: posted[1]!.id, reply: { ok: true, value: 4 } });
    for (const run of timers) run();
    asker.take({ type: "answer", id: posted[0]!.id, reply: { ok: true, value: 2 } });
    assert.deepEqual(await second, { ok: true, value: 4 });
    assert.deepEqual(await first, {
      ok: false,
      problem: { code: "request.timedOut", details: { seconds: 5 } },
    });
  });
});
