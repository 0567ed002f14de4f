import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Role } from "../../../org/access/roles.ts";
import { problemDocumentSchema } from "../../../protocol/collector.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import type { Answer, AppForTest } from "../../org/support/app.ts";
import { idOf } from "../../org/support/batches.ts";
import { formHeaders, formTokenIn, signInAs, type Visitor } from "../../org/support/visitor.ts";

const json = "application/json";

/** Who asks for a further device says nothing besides. */
const asksNothing: ReadonlySet<string> = new Set([endpoints.companion.path]);
const isNothing: ReadonlySet<string> = new Set(["nothing", "nothing, called JSON", "an empty object"]);

/** What no address takes that is told something, with its kind. */
const nonsense: readonly (readonly [what: string, type: string | undefined, body: string | Buffer])[] = [
  ["nothing", undefined, ""],
  ["nothing, called JSON", json, ""],
  ["half of JSON", json, '{"token":"'],
  ["a list", json, "[]"],
  ["null", json, "null"],
  ["a number", json, "1e999"],
  ["an empty object", json, "{}"],
  ["a prototype", json, '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'],
  ["what nests deeply", json, `${"[".repeat(1000)}${"]".repeat(1000)}`],
  ["no UTF-8", json, Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  [
    "a text that no database takes",
    json,
    JSON.stringify({ token: "\u0000", team: "\u0000", week: "\ud800" }),
  ],
  ["a list in the place of each text", json, JSON.stringify({ token: [], credentialHash: [{}], week: {} })],
  ["one large text", json, JSON.stringify({ token: "x".repeat(900_000) })],
  [
    "many names",
    json,
    JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`n${at}`, at]))),
  ],
  ["more than is taken", json, Buffer.alloc(1024 * 1024 + 1, 0x20)],
  ["every name wrong", json, JSON.stringify({ week: 7, key: {}, token: [], credential: true, proof: "x" })],
  ["a form where JSON belongs", "application/x-www-form-urlencoded", "token=a&week=b"],
  ["a form with odd names", "application/x-www-form-urlencoded", "%00=%ff&__proto__=1&a[b]=c&=&&%"],
  ["a form of many fields", "application/x-www-form-urlencoded", "a=1&".repeat(5000)],
  ["XML", "text/xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ["several parts", "multipart/form-data; boundary=x", "--x\r\n\r\n--x--"],
  ["a kind that is none", "\u007f/", "a"],
];

/** Bodies that are no honest gzip. */
const packages: readonly (readonly [what: string, body: Buffer])[] = [
  ["a bomb", gzipSync(Buffer.alloc(64 * 1024 * 1024))],
  ["a small bomb", gzipSync(Buffer.alloc(2 * 1024 * 1024))],
  ["a bomb in a parcel", gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024)))],
  ["half of a parcel", gzipSync(Buffer.from('{"token":"a"}')).subarray(0, 12)],
  ["a parcel and more", Buffer.concat([gzipSync(Buffer.from("{}")), Buffer.from("more")])],
  ["only a beginning", Buffer.from([0x1f, 0x8b])],
];

/** Header fields that a stranger chooses. */
const hostileHeaders: readonly Readonly<Record<string, string>>[] = [
  { authorization: `Bearer ${"a".repeat(5000)}` },
  { authorization: "Bearer ' OR 1=1 --" },
  { authorization: "Basic AAAA" },
  { authorization: "Bearer \u00ff\u00fe" },
  { "content-encoding": "gzip, gzip, gzip" },
  { "content-encoding": "\u00e4" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": `application/${"x".repeat(4000)}` },
  { "idempotency-key": "x".repeat(4000) },
  { "content-length": "-1" },
  { "x-forwarded-for": "'; DROP TABLE device; --", host: "\u0001", origin: "null", referer: "%" },
  { cookie: `kept=${"a".repeat(4000)}; kept=%00; __proto__=1` },
  { accept: "\u0000, application/problem+json;q=NaN", "accept-encoding": "*;q=x" },
];

interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
}

/** All there are, read from the framework's own list, in which a step inwards is four characters. */
function routesOf({ app }: AppForTest): Route[] {
  const parents: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", part = "", methods = ""] = /^([│├└─ ]*)(\S+) \(([A-Z, ]+)\)$/u.exec(line) ?? [];
      if (part === "") return [];
      const depth = indent.length / 4 - 1;
      parents.splice(depth, Infinity, part);
      const path = parents.slice(0, depth + 1).join("");
      const kept = methods.split(", ").filter((method): method is Route["method"] => method !== "HEAD");
      return kept.map((method) => ({ method, path }));
    });
}

/** What holds of every address, whatever the store is. */
export function badInputSuite(engine: string, makeApp: () => Promise<AppForTest>): void {
  suite(`What nobody agreed to, at every address, over ${engine}`, function () {
    this.timeout(300_000);
    let service: AppForTest;
    let device: { authorization: string };
    let visitors: Visitor[];
    let routes: Route[];
    const declared = Object.values(endpoints);
    const isForDevices = ({ method, path }: Route) =>
      declared.some((endpoint) => endpoint.path === path && endpoint.method === method);

    const takesBody = ({ method, path }: Route) =>
      declared.some((endpoint) => endpoint.path === path && endpoint.method === method && "body" in endpoint);

    suiteSetup(async () => {
      service = await makeApp();
      device = await service.join("a device");
      const everyRole: readonly Role[] = ["coeLead", "finance", "security", "admin"];
      visitors = await Promise.all(everyRole.map((role) => signInAs(service, role)));
      routes = routesOf(service);
    });

    suiteTeardown(() => service.close());

    const send = ({ method, path }: Route, headers: Record<string, string>, payload: string | Buffer) =>
      service.app.inject({
        ...{ method, url: path, payload },
        headers: {
          ...(path === endpoints.ingest.path ? { "idempotency-key": idOf("no batch") } : {}),
          ...headers,
        },
      });

    function checkProblem(what: string, answer: Answer): void {
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/, what);
      const problem = problemDocumentSchema.parse(answer.json());
      assert.equal(problem.status, answer.statusCode, what);
    }

    test("the list of addresses is whole", () => {
      for (const { method, path } of declared) {
        assert.ok(
          routes.some((route) => route.path === path && route.method === method),
          `${method} ${path}`,
        );
      }
      assert.ok(routes.filter((route) => !isForDevices(route)).length > 20);
      for (const { method, path } of routes) assert.ok(service.app.hasRoute({ method, url: path }), path);
    });

    test("H1: is refused from devices with a problem, which names the field where there is one", async () => {
      for (const route of routes.filter(isForDevices)) {
        const isRead = takesBody(route);
        for (const [kind, type, body] of nonsense) {
          const what = `${route.method} ${route.path}: ${kind}`;
          // Whoever leaves is not known the next time.
          const sender = route.method === "DELETE" ? await service.join(what) : device;
          const headers = { ...sender, ...(type === undefined ? {} : { "content-type": type }) };
          const answer = await send(route, headers, body);
          assert.ok(answer.statusCode < 500, `${what}: ${answer.statusCode} ${answer.body}`);
          if (!isRead || (isNothing.has(kind) && asksNothing.has(route.path))) continue;
          assert.ok(answer.statusCode >= 400, `${what}: ${answer.statusCode}`);
          checkProblem(what, answer);
          if (kind === "an empty object" || kind === "every name wrong") {
            const { errors = [] } = problemDocumentSchema.parse(answer.json());
            assert.ok(errors.length > 0, what);
            for (const { field, pointer } of errors) assert.ok(field !== "" && pointer.startsWith("#"), what);
          }
          if (type !== json) continue;
          const packed = await send(route, { ...headers, "content-encoding": "gzip" }, gzipSync(body));
          assert.ok(packed.statusCode >= 400 && packed.statusCode < 500, `${what}, packed`);
          const notPacked = await send(route, { ...headers, "content-encoding": "gzip" }, body);
          assert.ok(notPacked.statusCode >= 400 && notPacked.statusCode < 500, `${what}, not packed`);
          const packedOtherwise = await send(route, { ...headers, "content-encoding": "br, gzip" }, body);
          assert.ok(packedOtherwise.statusCode >= 400 && packedOtherwise.statusCode < 500, `${what}, br`);
        }
      }
    });

    test("H2: is refused in every parcel", async () => {
      for (const route of routes.filter(({ method }) => method !== "GET")) {
        for (const [what, body] of packages) {
          for (const sender of [device, { cookie: visitors[0]?.cookie ?? "" }, {}]) {
            // Leaving takes no body, and whoever leaves is not known the next time.
            if (route.method === "DELETE" && "authorization" in sender) continue;
            const headers = { ...sender, "content-type": json, "content-encoding": "gzip" };
            const answer = await send(route, headers, body);
            const said = `${route.method} ${route.path}: ${what}: ${answer.statusCode}`;
            if (isForDevices(route) && !takesBody(route)) assert.ok(answer.statusCode < 500, said);
            else assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, said);
          }
        }
      }
    });

    test("H1: is refused with whatever header fields", async () => {
      for (const route of routes.filter(({ method }) => method !== "DELETE")) {
        for (const hostile of hostileHeaders) {
          for (const sender of isForDevices(route)
            ? [device, {}]
            : [{ cookie: visitors[0]?.cookie ?? "" }, {}]) {
            const headers = { "content-type": json, ...sender, ...hostile };
            const answer = await send(route, headers, route.method === "GET" ? "" : "{}");
            const said = `${route.method} ${route.path} ${JSON.stringify(hostile).slice(0, 60)}: ${answer.statusCode}`;
            assert.ok(answer.statusCode < 500, said);
            if (isForDevices(route) && answer.statusCode >= 400) checkProblem(said, answer);
          }
        }
      }
    });

    test("H1: is refused from people and strangers, in every role", async () => {
      for (const visitor of visitors) {
        const { cookie } = visitor;
        const form = formTokenIn((await visitor.get("/audit")).body);
        assert.notEqual(form, "");
        for (const route of routes.filter((each) => !isForDevices(each) && each.method === "POST")) {
          for (const [kind, type, body] of nonsense) {
            const what = `${route.path}: ${kind}`;
            const headers: Record<string, string> =
              type === undefined ? { cookie } : { cookie, "content-type": type };
            const without = await send(route, headers, body);
            assert.ok(
              without.statusCode >= 400 && without.statusCode < 500,
              `${what}: ${without.statusCode}`,
            );
          }
          if (route.path === "/sign-out") continue;
          for (const fields of [
            "",
            "&a=b",
            `&name=${"x".repeat(10_000)}&role=king&prompt=1&account=1&value=-1`,
          ]) {
            const answer = await send(route, { ...formHeaders, cookie }, `form=${form}${fields}`);
            assert.ok(answer.statusCode < 500, `${route.path} ${fields.slice(0, 10)}: ${answer.body}`);
          }
        }
      }
      for (const route of routes.filter((each) => !isForDevices(each) && each.method === "POST")) {
        for (const [kind, type, body] of nonsense) {
          const answer = await send(route, type === undefined ? {} : { "content-type": type }, body);
          const what = `${route.path}: ${kind} from a stranger: ${answer.statusCode}`;
          assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, what);
        }
      }
    });

    test("is told as a problem to a program that fills in the console's forms", async () => {
      const [lead] = visitors as [Visitor];
      const form = formTokenIn((await lead.get("/audit")).body);
      const headers = { ...formHeaders, cookie: lead.cookie, accept: "application/problem+json" };
      const answer = await send({ method: "POST", path: "/settings/targets" }, headers, `form=${form}`);
      assert.equal(answer.statusCode, 400);
      checkProblem("/settings/targets", answer);
      assert.ok((problemDocumentSchema.parse(answer.json()).errors ?? []).length > 0, answer.body);
      const signedOut = await send(
        { method: "POST", path: "/settings/targets" },
        { ...headers, cookie: "" },
        "a=b",
      );
      assert.equal(signedOut.statusCode, 401);
      checkProblem("signed out", signedOut);
      const elsewhere = await send({ method: "POST", path: "/settings/targets" }, headers, "form=forged");
      assert.equal(elsewhere.statusCode, 403);
      checkProblem("forged", elsewhere);
    });

    test("in the address is read as nothing, or refused", async () => {
      const queries = [
        "?week=x&team=%00",
        "?a=%ff",
        "?before=1e999",
        "?prompt=..%2f..",
        `?${"a=b&".repeat(2000)}`,
      ];
      for (const route of routes.filter(({ method }) => method === "GET")) {
        for (const query of queries) {
          for (const { cookie } of visitors) {
            const headers = isForDevices(route) ? device : { cookie };
            const answer = await service.app.inject({ url: `${route.path}${query}`, headers });
            assert.ok(answer.statusCode < 500, `${route.path}${query.slice(0, 30)}: ${answer.statusCode}`);
          }
        }
      }
    });

    test("names what is wrong of an address that is none, and of a form that is none", async () => {
      const [lead] = visitors as [Visitor];
      const asked = [
        [await service.app.inject({ url: "/%" }), "address"],
        [
          await service.app.inject({
            ...{ method: "POST", url: "/settings/targets", payload: "{}" },
            headers: { cookie: lead.cookie, "content-type": json },
          }),
          "content-type",
        ],
      ] as const;
      for (const [answer, field] of asked) {
        checkProblem(field, answer);
        assert.deepEqual(
          problemDocumentSchema.parse(answer.json()).errors?.map((each) => each.field),
          [field],
        );
      }
    });

    test("H1: costs nobody else anything", async () => {
      const answer = await service.app.inject({ url: endpoints.device.path, headers: device });
      assert.equal(answer.statusCode, 200);
      const failures = service.logged.filter((line) => line.includes("request failed"));
      assert.deepEqual(failures, []);
    });
  });
}
