import assert from "node:assert/strict";
import { sessionMs } from "../../../../org/access/session.ts";
import { makeApp, testHost, type AppForTest } from "../../../org/support/app.ts";
import { formHeaders, formTokenIn, keyOf, signInAs, textOf } from "../../../org/support/visitor.ts";

suite("Signing in to the console", () => {
  let service: AppForTest;
  let now = Date.parse("2026-11-21T10:00:00Z");

  setup(async () => {
    now = Date.parse("2026-11-21T10:00:00Z");
    service = await makeApp(undefined, { host: { ...testHost, now: () => now } });
  });

  teardown(() => service.close());

  const signIn = (key: string, headers: Record<string, string> = {}) =>
    service.app.inject({
      ...{ method: "POST", url: "/sign-in", headers: { ...formHeaders, ...headers } },
      payload: new URLSearchParams({ key }).toString(),
    });

  test("every page leads to the sign-in page, which says how the first key is made", async () => {
    for (const path of ["/", "/audit", "/accounts", "/service"]) {
      const answer = await service.app.inject(path);
      assert.deepEqual([answer.statusCode, answer.headers["location"]], [303, "/sign-in"], path);
    }
    assert.match(textOf((await service.app.inject("/sign-in")).body), /kept-org access --name NAME/);
    await keyOf(service, { name: "Ada", role: "admin" });
    assert.doesNotMatch((await service.app.inject("/sign-in")).body, /kept-org access/);
  });

  test("a key opens the console, and only the right one does", async () => {
    const key = await keyOf(service, { name: "Ada", role: "admin" });
    for (const wrong of ["", "kept_console_", key.slice(0, -1), `${key}x`, `${key}\0`]) {
      const refused = await signIn(wrong);
      assert.equal(refused.statusCode, 403, wrong);
      assert.equal(refused.headers["set-cookie"], undefined);
    }
    const cookie = String((await signIn(key)).headers["set-cookie"]);
    assert.match(cookie, /^kept=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/);
    const log = textOf((await service.app.inject({ url: "/audit", headers: { cookie } })).body);
    assert.match(log, /Ada signed in Administrator/);
    assert.match(log, /Somebody could not sign in The key is no account/);
  });

  test("whoever guesses keys fills no log and holds up nobody who has one", async () => {
    const key = await keyOf(service, { name: "Ada", role: "admin" });
    const refused = async () =>
      (await service.store.auditEntries({ before: now + 1, limit: 9 }))
        .filter(({ act }) => act === "signInRefused")
        .map(({ subject }) => subject);
    const statuses = new Set<number>();
    for (let guess = 0; guess < 700; guess++) statuses.add((await signIn(`guess ${guess}`)).statusCode);
    assert.deepEqual([...statuses], [403, 429]);
    assert.deepEqual(await refused(), ["The key is no account's."]);
    assert.equal((await signIn(key)).statusCode, 303);
    now += 3_600_000;
    await signIn("one more");
    assert.match((await refused())[0] ?? "", /^The key is no account's\. 599 more were refused/);
  });

  test("neither keys nor sessions are in the store or in a log", async () => {
    const { cookie, key } = await signInAs(service, "admin");
    const rows: string[] = [];
    for await (const { rows: some } of service.store.rows.read()) rows.push(JSON.stringify(some));
    const held = rows.join("") + service.logged.join("");
    assert.ok(!held.includes(key));
    assert.ok(!held.includes(cookie.slice("kept=".length)));
  });

  test("signing in twice gives two sessions, and signing out ends one", async () => {
    const ada = await signInAs(service, "admin", { name: "Ada" });
    const [other] = String((await signIn(ada.key)).headers["set-cookie"]).split(";");
    assert.notEqual(other, ada.cookie);
    const left = await ada.post("/sign-out");
    assert.equal(left.headers["location"], "/sign-in");
    assert.match(String(left.headers["set-cookie"]), /^kept=; .*Max-Age=0/);
    assert.equal((await ada.get("/audit")).statusCode, 303);
    assert.equal((await service.app.inject({ url: "/audit", headers: { cookie: other } })).statusCode, 200);
  });

  test("a session ends after its time", async () => {
    const ada = await signInAs(service, "admin");
    now += sessionMs - 1;
    assert.equal((await ada.get("/audit")).statusCode, 200);
    now += 1;
    assert.equal((await ada.get("/audit")).statusCode, 303);
  });

  test("ending an account ends its sessions at once, and the last administrator stays", async () => {
    const ada = await signInAs(service, "admin", { name: "Ada" });
    const bo = await signInAs(service, "coeLead", { name: "Bo" });
    const idOf = async (name: string) =>
      (await service.store.accounts()).find((account) => account.name === name)?.account ?? "";
    assert.equal((await ada.post("/accounts/end", { account: await idOf("Bo") })).statusCode, 303);
    assert.equal((await bo.get("/audit")).statusCode, 303);
    assert.equal((await signIn(bo.key)).statusCode, 403);
    const refused = await ada.post("/accounts/end", { account: await idOf("Ada") });
    assert.deepEqual([refused.statusCode, (await ada.get("/audit")).statusCode], [400, 200]);
    assert.match(textOf(refused.body), /last administrator stays/);
  });

  test("a new key is shown once, to the administrator who made it", async () => {
    const ada = await signInAs(service, "admin", { name: "Ada" });
    const made = await ada.post("/accounts", { name: "Cy", role: "teamLead", team: "everyone" });
    const key = /kept_console_[\w-]{43}/.exec(made.body)?.[0] ?? "";
    assert.equal((await signIn(key)).statusCode, 303);
    assert.doesNotMatch((await ada.get("/accounts")).body, /kept_console_/);
    assert.match(textOf((await ada.get("/audit")).body), /Ada let somebody in Cy, Team lead of everyone/);
    const again = await ada.post("/accounts", { name: "Cy", role: "admin", team: "" });
    assert.equal(again.statusCode, 400);
    for (const wrong of [
      { name: "D", role: "teamLead", team: "" },
      { name: "D", role: "teamLead", team: "no such team" },
      { name: "D", role: "admin", team: "everyone" },
      { name: "", role: "admin", team: "" },
      { name: "D", role: "king", team: "" },
    ]) {
      assert.equal((await ada.post("/accounts", wrong)).statusCode, 400, JSON.stringify(wrong));
    }
  });

  suite("a form is taken", () => {
    const end = async (
      cookie: string,
      form: string | undefined,
      headers: Record<string, string>,
    ): Promise<number> =>
      (
        await service.app.inject({
          ...{ method: "POST", url: "/sign-out", headers: { ...formHeaders, cookie, ...headers } },
          payload: new URLSearchParams(form === undefined ? {} : { form }).toString(),
        })
      ).statusCode;

    test("only with what the session's own pages hold", async () => {
      const ada = await signInAs(service, "admin", { name: "Ada" });
      const bo = await signInAs(service, "admin", { name: "Bo" });
      const own = formTokenIn((await ada.get("/audit")).body);
      const others = formTokenIn((await bo.get("/audit")).body);
      for (const form of [undefined, "", others, own.slice(1), own.toUpperCase()]) {
        assert.equal(await end(ada.cookie, form, {}), 403, form);
      }
      assert.equal((await ada.get("/audit")).statusCode, 200);
      assert.equal(await end(ada.cookie, own, {}), 303);
      assert.equal(await end("kept=nothing", own, {}), 401);
    });

    test("only from a page of this service, as far as the browser tells", async () => {
      const ada = await signInAs(service, "admin");
      const own = formTokenIn((await ada.get("/audit")).body);
      const foreign: Record<string, string>[] = [
        { origin: "https://elsewhere.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ];
      for (const headers of foreign) {
        assert.equal(await end(ada.cookie, own, headers), 403, JSON.stringify(headers));
        assert.equal((await signIn(ada.key, headers)).statusCode, 403, JSON.stringify(headers));
      }
      assert.equal(
        await end(ada.cookie, own, {
          origin: "http://localhost:80",
          host: "localhost:80",
          "sec-fetch-site": "same-origin",
        }),
        303,
      );
    });

    test("only once the same cookie comes once", async () => {
      const ada = await signInAs(service, "admin");
      const planted = `kept=${"x".repeat(43)}; ${ada.cookie}`;
      assert.equal(
        (await service.app.inject({ url: "/audit", headers: { cookie: planted } })).statusCode,
        303,
      );
    });
  });

  test("behind TLS the cookie is bound to TLS and to the host", async () => {
    const behind = await makeApp(undefined, {
      console: { publicUrl: "https://kept.example.org", provider: undefined, bundleKeys: () => [] },
    });
    const key = await keyOf(behind, { name: "Ada", role: "admin" });
    const answer = await behind.app.inject({
      ...{ method: "POST", url: "/sign-in", headers: { ...formHeaders, origin: "https://kept.example.org" } },
      payload: new URLSearchParams({ key }).toString(),
    });
    assert.match(String(answer.headers["set-cookie"]), /^__Host-kept=[\w-]{43}; Path=\/; .*; Secure$/);
    await behind.close();
  });

  test("an address for devices takes no form", async () => {
    const answer = await service.app.inject({
      ...{ method: "POST", url: "/v1/enrolment", headers: formHeaders, payload: "token=1" },
    });
    assert.equal(answer.statusCode, 415);
  });
});
