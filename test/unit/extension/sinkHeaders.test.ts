import assert from "node:assert/strict";
import { readHeaders } from "../../../extension/sync/sinkHeaders.ts";

suite("Header fields for a collector", () => {
  test("are read as the environment variable of OpenTelemetry's exporters has them", () => {
    for (const [text, headers] of [
      ["", {}],
      [" , ", {}],
      ["x-key=abc", { "x-key": "abc" }],
      [
        "Authorization=Basic%20YTpi, x-scope = team=a ,",
        { Authorization: "Basic YTpi", "x-scope": "team=a" },
      ],
      ["a=100%", { a: "100%" }],
    ] as const)
      assert.deepEqual(readHeaders(text), { ok: true, headers });
  });

  for (const text of [
    "x-key",
    "=a",
    "x key=1",
    "host=a",
    "Content-Type=text/plain",
    "a=%0d%0ab: c",
    "a=\u00fc",
  ])
    test(`are not ${JSON.stringify(text)}`, () => assert.equal(readHeaders(text).ok, false));
});
