import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { admit, type RequestHead } from "../../../../server/otel/guard.ts";

const port = 21_234;
const tokens = new Map([
  ["codex", "kept-token-of-codex"],
  ["claude-code", "kept-token-of-claude"],
]);
const file = path.resolve(import.meta.dirname, "../../../../server/otel/guard.ts");

/** What a tool sends, with some of it changed; a header that is undefined is not sent. */
function head(
  changed: Partial<RequestHead> & { readonly with?: Readonly<Record<string, string | undefined>> } = {},
): RequestHead {
  const headers = { host: `127.0.0.1:${port}`, "content-type": "application/json", ...changed.with };
  const sent = Object.entries(headers).filter(([, value]) => value !== undefined);
  return {
    method: "POST",
    url: "/kept-token-of-codex/v1/logs",
    headers: Object.fromEntries(sent),
    rawHeaders: sent.flatMap(([name, value]) => [name, value]),
    remoteAddress: "127.0.0.1",
    ...changed,
  };
}

/** Each differs from what a tool sends in one thing; the guard against it is the line that is found by its pattern. */
const refused: readonly {
  readonly name: string;
  readonly head: RequestHead;
  readonly status: number;
  readonly guard: readonly [string, string];
}[] = [
  {
    name: "another machine",
    head: head({ remoteAddress: "192.168.1.20" }),
    status: 403,
    guard: ["!isLoopback(remoteAddress)", "false"],
  },
  {
    name: "a name that was made to point here",
    head: head({ with: { host: `evil.example:${port}` } }),
    status: 403,
    guard: ["|| !isOwnHost(headers.host, port)", ""],
  },
  {
    name: "another port, as a page forwards it",
    head: head({ with: { host: "127.0.0.1:80" } }),
    status: 403,
    guard: ["=== `${name}:${port}`", ".startsWith(name)"],
  },
  {
    name: "a name that begins as loopback does",
    head: head({ with: { host: `127.0.0.1:${port}.evil.example` } }),
    status: 403,
    guard: ["=== `${name}:${port}`", ".startsWith(`${name}:${port}`)"],
  },
  {
    name: "two hosts",
    head: head({
      rawHeaders: ["host", `127.0.0.1:${port}`, "content-type", "application/json", "Host", "evil.example"],
    }),
    status: 403,
    guard: ["hosts.length !== 1 ||", ""],
  },
  {
    name: "a page in a browser",
    head: head({ with: { origin: "https://evil.example" } }),
    status: 403,
    guard: ["headers.origin !== undefined ||", ""],
  },
  {
    name: "a page without an origin of its own",
    head: head({ with: { origin: "null" } }),
    status: 403,
    guard: ["headers.origin !== undefined ||", ""],
  },
  {
    name: "a page that an extension took the origin from",
    head: head({ with: { "sec-fetch-site": "cross-site" } }),
    status: 403,
    guard: ['|| headers["sec-fetch-site"] !== undefined', ""],
  },
  {
    name: "a token that nobody was given",
    head: head({ url: "/kept-token-of-nobody/v1/logs" }),
    status: 401,
    guard: ["one.length === other.length && timingSafeEqual(one, other)", "true"],
  },
  {
    name: "a token that is the beginning of one",
    head: head({ url: "/kept-token/v1/logs" }),
    status: 401,
    guard: ["one.length === other.length && timingSafeEqual(one, other)", "token.startsWith(given)"],
  },
  {
    name: "no token",
    head: head({ url: "/v1/logs" }),
    status: 401,
    guard: [
      "if (tool === undefined) return { status: 401 };",
      'if (tool === undefined) return admit({ ...head, url: "/kept-token-of-codex/v1/logs" }, { port, tokens });',
    ],
  },
  {
    name: "a path that holds more",
    head: head({ url: "/kept-token-of-codex/v1/logs/../traces" }),
    status: 401,
    guard: ["([a-z]{1,20})$/", "([a-z]{1,20})/"],
  },
  {
    name: "something else than telemetry",
    head: head({ url: "/kept-token-of-codex/v1/secrets" }),
    status: 404,
    guard: ["if (signal === undefined) return { status: 404 };", ""],
  },
  {
    name: "a question before a request",
    head: head({ method: "OPTIONS" }),
    status: 405,
    guard: ['head.method !== "POST"', "false"],
  },
  {
    name: "what a form in a page can send",
    head: head({ with: { "content-type": "text/plain" } }),
    status: 415,
    guard: ['type !== "application/json" && type !== "application/x-protobuf"', "false"],
  },
  {
    name: "a packing that nobody agreed on",
    head: head({ with: { "content-encoding": "br" } }),
    status: 415,
    guard: ['coding !== "identity" && coding !== "gzip"', "false"],
  },
];

suite("What the receiver of telemetry lets in", () => {
  test("a tool with its token, in the path or as a bearer, in both forms, packed or not", () => {
    const admitted = { tool: "codex", signal: "logs", isJson: true, isZipped: false };
    assert.deepEqual(admit(head(), { port, tokens }), admitted);
    for (const host of [`localhost:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`])
      assert.deepEqual(admit(head({ with: { host } }), { port, tokens }), admitted);
    const bearer = { with: { authorization: "Bearer kept-token-of-claude" }, url: "/v1/metrics" };
    assert.deepEqual(admit(head(bearer), { port, tokens }), {
      ...admitted,
      tool: "claude-code",
      signal: "metrics",
    });
    const packed = { with: { "content-type": "application/x-protobuf", "content-encoding": "gzip" } };
    assert.deepEqual(admit(head(packed), { port, tokens }), { ...admitted, isJson: false, isZipped: true });
  });

  for (const { name, head: given, status } of refused)
    test(`not ${name}`, () => assert.deepEqual(admit(given, { port, tokens }), { status }));

  suite("Without one of its guards", () => {
    let folder: string;
    setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-guard-"))));
    teardown(() => rmSync(folder, { recursive: true, force: true }));

    for (const [index, { name, head: given, status, guard }] of refused.entries())
      test(`it would let in ${name}`, async () => {
        const source = readFileSync(file, "utf8");
        assert.equal(source.split(guard[0]).length, 2, "the guard is there once");
        const changed = path.join(folder, `guard${index}.ts`);
        writeFileSync(
          changed,
          source.replace(guard[0], () => guard[1]),
        );
        const without = (await import(pathToFileURL(changed).href)) as { admit: typeof admit };
        assert.notDeepEqual(without.admit(given, { port, tokens }), { status });
      });
  });
});
