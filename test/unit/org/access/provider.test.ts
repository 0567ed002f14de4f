import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createProvider } from "../../../../org/access/provider/provider.ts";
import type { ProviderSettings } from "../../../../org/access/provider/providerSettings.ts";
import { makeApp, testHost, type Answer, type AppForTest } from "../../../org/support/app.ts";
import { makeFolder } from "../../../org/support/folder.ts";
import {
  clientId,
  clientSecret,
  startIdentityProvider,
  type IdentityProviderForTest,
  type Tampering,
} from "../../../org/support/identityProvider.ts";
import { formHeaders, formTokenIn, keyOf, textOf } from "../../../org/support/visitor.ts";

const publicUrl = "http://127.0.0.1:9";

suite("Signing in to the console by an identity provider", function () {
  this.timeout(20_000);
  const { folder, remove } = makeFolder();
  const secretFile = path.join(folder, "client-secret");
  let identity: IdentityProviderForTest;
  let service: AppForTest;
  let now: number;

  const settings = (): ProviderSettings => ({
    issuer: identity.issuer,
    client: clientId,
    secretFile,
    claim: "groups",
    scopes: "openid profile groups",
    roles: [
      { group: "kept-admins", role: "admin", team: null },
      { group: "kept-leads", role: "coeLead", team: null },
      { group: "payments-leads", role: "teamLead", team: "Payments" },
    ],
  });

  async function serve(change: Partial<ProviderSettings> = {}): Promise<void> {
    const provider = createProvider({ ...settings(), ...change }, publicUrl, () => now);
    const bundleKeys = () => [];
    service = await makeApp(undefined, {
      host: { ...testHost, now: () => now },
      console: { publicUrl, provider, bundleKeys },
    });
  }

  suiteSetup(async () => {
    writeFileSync(secretFile, `${clientSecret}\n`, { mode: 0o600 });
    identity = await startIdentityProvider(publicUrl);
    Object.assign(identity.people, {
      ada: { name: "Ada", groups: ["everyone", "kept-leads", "kept-admins"] },
      bo: { name: "Bo", groups: ["payments-leads"] },
      cy: { name: "Cy", groups: ["everyone", "kept-admins-of-others"] },
      di: { name: "Ada", groups: ["kept-leads"] },
    });
  });

  suiteTeardown(async () => {
    await identity.close();
    remove();
  });

  setup(async () => {
    now = Date.now();
    Object.assign(identity, { who: undefined, tampering: undefined, isDown: false });
    await serve();
  });

  teardown(() => service.close());

  /** What a browser keeps, and sends again. */
  const cookiesOf = (answer: { readonly "set-cookie"?: string | string[] | undefined }) =>
    [answer["set-cookie"] ?? []].flat().map((cookie) => cookie.split(";")[0] ?? "");

  const ask = (at: string, cookies: readonly string[] = []) =>
    service.app.inject({ url: at, headers: cookies.length === 0 ? {} : { cookie: cookies.join("; ") } });

  interface Begun {
    /** Where the provider sends the browser back to. */
    readonly back: string;
    readonly attempt: readonly string[];
  }

  /** Signs in at the provider, and stops before the way back. */
  async function begin(who: string | undefined): Promise<Begun> {
    identity.who = who;
    const started = await ask("/sign-in/provider");
    assert.equal(started.statusCode, 303, started.body);
    const jar: string[] = [];
    let address = String(started.headers["location"]);
    while (!address.startsWith(publicUrl)) {
      const answer = await fetch(address, { redirect: "manual", headers: { cookie: jar.join("; ") } });
      const location = answer.headers.get("location");
      assert.ok(location !== null, `${address}: ${answer.status} ${await answer.text()}`);
      jar.push(...answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? ""));
      address = new URL(location, address).href;
    }
    return { back: address.slice(publicUrl.length), attempt: cookiesOf(started.headers) };
  }

  async function signIn(who: string | undefined, cookies: readonly string[] = []): Promise<Answer> {
    const { back, attempt } = await begin(who);
    return ask(back, [...attempt, ...cookies]);
  }

  const sessionIn = (answer: Answer) => cookiesOf(answer.headers).filter((cookie) => /^kept=./.test(cookie));

  async function refused(answer: Answer, says: RegExp, status = 403): Promise<void> {
    assert.equal(answer.statusCode, status, answer.body);
    assert.deepEqual(sessionIn(answer), []);
    assert.match(textOf(answer.body), says);
    assert.deepEqual(await service.store.accounts(), []);
  }

  const log = async () =>
    (await service.store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 50 }))
      .map(({ who, act, subject }) => `${who} ${act} ${subject}`)
      .sort();

  test("the page offers it beside keys, and not where there is none", async () => {
    const page = await ask("/sign-in");
    assert.match(page.body, /href="\/sign-in\/provider"/);
    assert.match(textOf(page.body), new RegExp(`Sign in at ${new URL(identity.issuer).host}`));
    const without = await makeApp();
    assert.doesNotMatch((await without.app.inject("/sign-in")).body, /provider/);
    assert.equal((await without.app.inject("/sign-in/provider")).statusCode, 404);
    assert.equal((await without.app.inject("/sign-in/callback?code=a&state=b")).statusCode, 404);
    await without.close();
  });

  test("asks for a code, with PKCE, a state and a nonce that are new each time", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(async () => {
        const started = await ask("/sign-in/provider");
        return new URL(String(started.headers["location"])).searchParams;
      }),
    );
    assert.equal(first?.get("response_type"), "code");
    assert.equal(first?.get("code_challenge_method"), "S256");
    assert.equal(first?.get("redirect_uri"), `${publicUrl}/sign-in/callback`);
    for (const name of ["state", "nonce", "code_challenge"]) {
      assert.match(first?.get(name) ?? "", /^[\w-]{43}$/, name);
      assert.notEqual(first?.get(name), second?.get(name), name);
    }
  });

  test("the first group in the list that somebody is in gives the role", async () => {
    const answer = await signIn("ada");
    assert.deepEqual([answer.statusCode, answer.headers["location"]], [303, "/"], answer.body);
    assert.match(
      textOf((await ask("/accounts", sessionIn(answer))).body),
      /Ada \(you\) Administrator identity provider/,
    );
    const lead = sessionIn(await signIn("bo"));
    assert.equal((await ask("/accounts", lead)).statusCode, 403);
    assert.equal((await ask("/", lead)).statusCode, 200);
    const accounts = await service.store.accounts();
    assert.deepEqual(
      accounts.map(({ name, role, team }) => [name, role, team]),
      [
        ["Ada", "admin", null],
        ["Bo", "teamLead", "Payments"],
      ],
    );
    const { host } = new URL(identity.issuer);
    assert.deepEqual(
      await log(),
      [
        `${host} accountMade Ada, Administrator`,
        `${host} accountMade Bo, Team lead of Payments`,
        "Ada signedIn Administrator",
        "Bo signedIn Team lead",
      ].sort(),
    );
  });

  test("the provider's own name for somebody is not stored, and two of one name are told apart", async () => {
    await signIn("ada");
    await signIn("di");
    await signIn("ada");
    const accounts = await service.store.accounts();
    assert.deepEqual(accounts.map(({ name }) => name).sort(), ["Ada", "Ada (2)"]);
    for (const { subject } of accounts) assert.match(subject ?? "", /^[0-9a-f]{64}$/);
  });

  test("a role that changed there changes here, and ends what was open", async () => {
    const before = sessionIn(await signIn("bo"));
    identity.people["bo"] = { name: "Bo", groups: ["kept-admins"] };
    const after = sessionIn(await signIn("bo"));
    assert.equal((await ask("/accounts", after)).statusCode, 200);
    assert.equal((await ask("/", before)).statusCode, 303);
    identity.people["bo"] = { name: "Bo", groups: [] };
    await refused(await signIn("bo"), /none of your groups has a role here/);
    assert.equal((await ask("/", after)).statusCode, 303);
    identity.people["bo"] = { name: "Bo", groups: ["payments-leads"] };
  });

  test("groups may come by userinfo alone", async () => {
    const other = await startIdentityProvider(publicUrl, { inUserInfo: true });
    other.people["ada"] = { name: "Ada", groups: ["kept-leads"] };
    await service.close();
    const own = identity;
    identity = other;
    await serve();
    const answer = await signIn("ada");
    assert.equal(answer.statusCode, 303, answer.body);
    assert.equal((await service.store.accounts())[0]?.role, "coeLead");
    identity = own;
    await other.close();
  });

  suite("refuses", () => {
    test("a subject nobody gave a role", async () => {
      await refused(await signIn("cy"), /none of your groups has a role here/);
    });

    test("somebody the provider turned away", async () => {
      await refused(await signIn(undefined), /did not let you in/);
    });

    const tampered: Record<string, Tampering> = {
      "another nonce": { claims: (claims) => ({ ...claims, nonce: "another" }) },
      "no nonce": { claims: (claims) => ({ ...claims, nonce: undefined }) },
      "another issuer": { claims: (claims) => ({ ...claims, iss: "https://elsewhere.example" }) },
      "another audience": { claims: (claims) => ({ ...claims, aud: "another-client" }) },
      "several audiences of which it is not the one meant": {
        claims: (claims) => ({ ...claims, aud: [clientId, "another-client"], azp: "another-client" }),
      },
      "what has expired": { claims: (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }) },
      "what never expires": { claims: (claims) => ({ ...claims, exp: undefined }) },
      "what holds only later": {
        claims: (claims) => ({ ...claims, nbf: Math.floor(Date.now() / 1000) + 60 }),
      },
      "no subject": { claims: (claims) => ({ ...claims, sub: undefined }) },
      "what nobody signed": { header: { alg: "none" }, signedBy: "nobody" },
      "a signature that was taken off": { signedBy: "nobody" },
      "another key": { signedBy: "another key" },
      "another key under another name": { signedBy: "another key", header: { kid: "other" } },
      "a signature by the client's own secret": {
        header: { alg: "HS256", kid: undefined },
        signedBy: "the client's secret",
      },
    };
    for (const [what, tampering] of Object.entries(tampered)) {
      test(what, async () => {
        identity.tampering = tampering;
        await refused(await signIn("ada"), /cannot be believed/);
        assert.match((await log()).join(), /Somebody signInRefused/);
      });
    }

    test("none of them for a reason of the test's", async () => {
      identity.tampering = { claims: (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 }) };
      assert.equal((await signIn("ada")).statusCode, 303, "clocks may differ by half a minute");
    });

    test("a code that was used", async () => {
      const { back, attempt } = await begin("ada");
      const first = await ask(back, attempt);
      assert.equal(first.statusCode, 303);
      const again = await ask(back, attempt);
      assert.equal(again.statusCode, 403);
      assert.deepEqual(sessionIn(again), []);
    });

    test("a code that another browser asked for, and one that nobody here asked for", async () => {
      const theirs = await begin("ada");
      const own = await begin("bo");
      await refused(await ask(theirs.back, own.attempt), /cannot be believed/);
      await refused(await ask(theirs.back), /not begun in this browser/);
      const { searchParams } = new URL(theirs.back, publicUrl);
      searchParams.set("state", new URL(own.back, publicUrl).searchParams.get("state") ?? "");
      await refused(
        await ask(`/sign-in/callback?${searchParams.toString()}`, own.attempt),
        /cannot be believed/,
      );
    });

    test("an answer that another provider claims to have given, and any that is none", async () => {
      const { back, attempt } = await begin("ada");
      const { searchParams } = new URL(back, publicUrl);
      searchParams.set("iss", "https://elsewhere.example");
      for (const query of [
        searchParams.toString(),
        ...["", "code=a", "state=a&state=b", "error=access_denied&error_description=<b>hello</b>", "%00=%ff"],
      ]) {
        const answer = await ask(`/sign-in/callback?${query}`, attempt);
        await refused(answer, /cannot be believed/);
        assert.doesNotMatch(answer.body, /<b>hello/);
      }
    });

    test("everybody while the provider does not answer, but keys go on", async () => {
      const { back, attempt } = await begin("ada");
      identity.isDown = true;
      await refused(await ask(back, attempt), /does not answer/, 503);
      now += 3_600_000;
      await refused(await ask("/sign-in/provider"), /does not answer/, 503);
      const key = await keyOf(service, { name: "Eve", role: "admin" });
      const signedIn = await service.app.inject({
        ...{ method: "POST", url: "/sign-in", headers: formHeaders },
        payload: new URLSearchParams({ key }).toString(),
      });
      assert.equal(signedIn.statusCode, 303);
      identity.isDown = false;
      assert.equal((await signIn("ada")).statusCode, 303, "it is asked again");
    });

    test("a provider that is not the one of the settings", async () => {
      await service.close();
      await serve({ issuer: identity.issuer.replace("127.0.0.1", "localhost") });
      await refused(await ask("/sign-in/provider"), /does not answer/, 503);
    });

    test("a client whose secret is wrong", async () => {
      const wrong = path.join(folder, "wrong-secret");
      writeFileSync(wrong, "wrong", { mode: 0o600 });
      await service.close();
      await serve({ secretFile: wrong });
      await refused(await signIn("ada"), /cannot be believed/);
    });
  });

  suite("a session", () => {
    test("is new, whatever the browser brought along, and the one of before ends", async () => {
      const planted = "kept=planted-by-somebody-else-before-signing-in";
      const first = await signIn("ada", [planted]);
      const [own = ""] = sessionIn(first);
      assert.notEqual(own, planted);
      assert.equal((await ask("/", [planted])).statusCode, 303);
      const [later = ""] = sessionIn(await signIn("ada", [own]));
      assert.notEqual(later, own);
      assert.equal((await ask("/", [own])).statusCode, 303);
      assert.equal((await ask("/", [later])).statusCode, 200);
    });

    test("ends at signing out, which leads to the provider's own", async () => {
      const [cookie = ""] = sessionIn(await signIn("ada"));
      const form = formTokenIn((await ask("/audit", [cookie])).body);
      const left = await service.app.inject({
        ...{ method: "POST", url: "/sign-out", headers: { ...formHeaders, cookie } },
        payload: new URLSearchParams({ form }).toString(),
      });
      assert.equal(left.headers["location"], "/sign-in/ended");
      assert.match(cookiesOf(left.headers).join(), /^kept=$/);
      assert.equal((await ask("/audit", [cookie])).statusCode, 303);
      const page = await ask("/sign-in/ended");
      const there = /href="(http[^"]*session\/end[^"]*)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&");
      assert.equal(new URL(there ?? "").origin, identity.issuer);
      assert.equal((await fetch(there ?? "")).status, 200);
    });

    test("of the attempt goes with it, and says nothing without its secret", async () => {
      const { back, attempt } = await begin("ada");
      const answer = await ask(back, attempt);
      assert.match([answer.headers["set-cookie"]].flat().join(), /kept-sign-in=; [^,]*Max-Age=0/);
      const rows: string[] = [];
      for await (const { rows: some } of service.store.rows.read()) rows.push(JSON.stringify(some));
      const code = new URL(back, publicUrl).searchParams.get("code") ?? "-";
      const held = rows.join("") + service.logged.join("");
      for (const secret of [code, (attempt[0] ?? "").split("=")[1] ?? "-", clientSecret]) {
        assert.ok(!held.includes(secret));
      }
    });
  });

  test("over TLS alone its cookies are bound to TLS and to this host", async () => {
    await service.close();
    const secure = "https://kept.example.org";
    const provider = createProvider(settings(), secure, () => now);
    service = await makeApp(undefined, { console: { publicUrl: secure, provider, bundleKeys: () => [] } });
    const started = await ask("/sign-in/provider");
    assert.match(
      String(started.headers["set-cookie"]),
      /^__Host-kept-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    );
  });
});
