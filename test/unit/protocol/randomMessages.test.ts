import assert from "node:assert/strict";
import { seededRandom } from "../../../core/seededRandom.ts";
import { answer, answeredSchema, type Handlers } from "../../../protocol/messages.ts";
import { notificationsToPanel, requestsFromPanel, type RequestFromPanel } from "../../../protocol/panel.ts";
import { Bridge } from "../../../webview/bridge.ts";
import { randomMessage } from "../../support/protocol/randomMessages.ts";

const messages = 10_000;

suite("Ten thousand random messages", function () {
  this.timeout(60_000);

  test("S7: reach the extension as requests of the agreed form or not at all", async () => {
    const methods = Object.keys(requestsFromPanel) as RequestFromPanel[];
    const reached = new Set<string>();
    const handlers = Object.fromEntries(
      methods.map((method) => [
        method,
        (params: unknown) => {
          requestsFromPanel[method].params.parse(params);
          assert.ok(JSON.stringify(params).length < 65_536, method);
          reached.add(method);
          return Promise.resolve({ ok: true, value: {} });
        },
      ]),
    ) as unknown as Handlers<typeof requestsFromPanel>;
    const random = seededRandom(7);
    const counts = { unanswered: 0, refused: 0, taken: 0 };
    for (let index = 0; index < messages; index++) {
      const answered = await answer(requestsFromPanel, handlers, randomMessage(random, methods));
      if (answered === undefined) {
        counts.unanswered++;
        continue;
      }
      assert.deepEqual(answeredSchema.parse(answered), answered);
      if (!answered.reply.ok) assert.equal(answered.reply.problem.code, "request.invalid");
      counts[answered.reply.ok ? "taken" : "refused"]++;
    }
    assert.ok(
      Object.values(counts).every((count) => count > 500),
      JSON.stringify(counts),
    );
    assert.ok(reached.size > 10, [...reached].join(", "));
  });

  test("S7: reach the panel as notices and answers of the agreed form, and all others are counted", async () => {
    const methods = Object.keys(notificationsToPanel);
    const posted: unknown[] = [];
    const bridge = new Bridge({ post: (message) => posted.push(message), startTimer: () => () => undefined });
    let told = 0;
    for (const method of ["state", "changed"] as const) {
      bridge.on(method, (params) => {
        notificationsToPanel[method].parse(params);
        told++;
      });
    }
    const settled: boolean[] = [];
    const asking = Array.from({ length: 3 }, async () => {
      const reply = await bridge.ask("coach", {});
      settled.push(reply.ok);
    });
    const random = seededRandom(8);
    for (let index = 0; index < messages; index++) bridge.receive(randomMessage(random, methods));
    await Promise.all(asking);
    assert.deepEqual(settled, [false, false, false], "nothing random is what the coach has");
    assert.equal(posted.length, 3, "nothing is asked again");
    assert.ok(told > 100 && bridge.dropped > 5000, `${told} told, ${bridge.dropped} dropped`);
  });
});
