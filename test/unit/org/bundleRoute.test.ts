import assert from "node:assert/strict";
import { endpoints } from "../../../protocol/endpoints.ts";
import { entryOf } from "./store/console.suite.ts";
import { makeApp } from "../../org/support/app.ts";

suite("The bundle in force", () => {
  test("is given once to whoever shows what they have, and anew when another is published", async () => {
    const made = await makeApp();
    const { app, store } = made;
    try {
      const add = (sequence: number, envelope: string) =>
        store.addBundle({ sequence, envelope, prompts: [] }, entryOf(envelope));
      const headers = await made.join("Ada");
      const get = (tag?: string) =>
        app.inject({
          ...{ method: endpoints.bundle.method, url: endpoints.bundle.path },
          headers: { ...headers, ...(tag === undefined ? {} : { "if-none-match": tag }) },
        });
      assert.equal((await get()).statusCode, 204);
      await add(1, '{"payload":"MQ==","signatures":[]}');
      const first = await get();
      const tag = first.headers.etag;
      assert.ok(typeof tag === "string" && /^"[0-9a-f]{32}"$/.test(tag));
      assert.deepEqual([first.statusCode, first.json().payload], [200, "MQ=="]);
      const again = await get(tag);
      assert.deepEqual([again.statusCode, again.body], [304, ""]);
      await add(2, '{"payload":"Mg==","signatures":[]}');
      const next = await get(tag);
      assert.deepEqual([next.statusCode, next.json().payload], [200, "Mg=="]);
      assert.notEqual(next.headers.etag, tag);
    } finally {
      await made.close();
    }
  });
});
