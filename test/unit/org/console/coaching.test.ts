import assert from "node:assert/strict";
import { createProvider, type Provider } from "../../../../org/access/provider/provider.ts";
import { cookieName } from "../../../../org/access/session.ts";
import { openSession } from "../../../../org/access/signIn.ts";
import { digestOf } from "../../../../org/console/coaching/approval.ts";
import { addBundleKey, readBundleKeys, readTrustedKeys } from "../../../../org/bundles/bundleKeys.ts";
import { signPayload } from "../../../../org/bundles/signBundle.ts";
import { readPublished } from "../../../../org/bundles/takeBundle.ts";
import { bundleSchema } from "../../../../protocol/bundle.ts";
import { endpoints } from "../../../../protocol/endpoints.ts";
import { makeApp, testHost, testPromises, type AppForTest } from "../../../org/support/app.ts";
import { makeFolder } from "../../../org/support/folder.ts";
import { signInAs, textOf, visitorWith, type Visitor } from "../../../org/support/visitor.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const consoleOf = (provider: Provider) => ({ publicUrl: undefined, provider, bundleKeys: () => [] });

const fields = {
  prompt: "",
  ...{ audience: "everyone", contact: "coaching@example.org", from: "2026-11-21", until: "2026-12-19" },
  ...{ locale: ["en", "de"], text: ["Name one example file first.", "Nenne zuerst eine Beispieldatei."] },
};

suite("Prompts in the console", () => {
  let service: AppForTest;
  let writer: Visitor;
  let second: Visitor;
  let admin: Visitor;
  let keyFolder: string;
  let remove: () => void;
  let time: number;
  let signsHere: boolean;

  setup(async () => {
    ({ folder: keyFolder, remove } = makeFolder());
    addBundleKey(keyFolder);
    time = now;
    signsHere = true;
    service = await makeApp(undefined, {
      host: { ...testHost, now: () => time },
      promises: { ...testPromises, keys: () => readTrustedKeys(keyFolder) },
      console: {
        ...{ publicUrl: undefined, provider: undefined },
        bundleKeys: () => (signsHere ? readBundleKeys(keyFolder) : []),
      },
    });
    await signIn("");
    admin = await signInAs(service, "admin", { name: "Cy" });
  });

  teardown(async () => {
    await service.close();
    remove();
  });

  /** A session ends after hours. */
  async function signIn(when: string) {
    writer = await signInAs(service, "coeLead", { name: `Ada${when}` });
    second = await signInAs(service, "security", { name: `Bo${when}` });
  }

  /** Written, with what a test changes; its id and what is seen of it. */
  async function write(changes: Partial<typeof fields> & Record<string, unknown> = {}) {
    const answer = await writer.post("/coaching/save", { ...fields, ...changes });
    assert.equal(answer.statusCode, 303, textOf(answer.body));
    const prompt = /prompt=([0-9a-f-]{36})$/.exec(String(answer.headers.location))?.[1] ?? "";
    return { prompt, seen: await seenOf(prompt) };
  }

  async function seenOf(prompt: string): Promise<string> {
    const stored = await service.store.prompt(prompt);
    assert.ok(stored);
    return digestOf(stored);
  }

  async function approved(changes: Partial<typeof fields> & Record<string, unknown> = {}) {
    const written = await write(changes);
    assert.equal((await writer.post("/coaching/propose", written)).statusCode, 303);
    assert.equal((await second.post("/coaching/approve", written)).statusCode, 303);
    return written;
  }

  const inForce = async () => readPublished(await service.store.currentBundle());
  const log = async () =>
    (await service.store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 100 })).map(
      ({ who, act }) => `${who} ${act}`,
    );

  test("are written, proposed, approved by another person, published, and reach a device", async () => {
    const { prompt } = await approved({ suggestion: "Write tests like FILE." });
    assert.equal((await writer.post("/coaching/publish", { days: "7" })).statusCode, 303);
    const bundle = await inForce();
    assert.equal(bundle?.expiresAt, now + 7 * 86_400_000);
    assert.deepEqual(bundle?.items, [
      {
        ...{
          id: prompt,
          audience: { kind: "everyone" },
          contact: "coaching@example.org",
          defaultLocale: "en",
        },
        texts: { en: "Name one example file first.", de: "Nenne zuerst eine Beispieldatei." },
        ...{ suggestion: "Write tests like FILE.", from: "2026-11-21", until: "2026-12-19" },
      },
    ]);
    const { method, path: url } = endpoints.bundle;
    const answer = await service.app.inject({ method, url, headers: await service.join("a device") });
    assert.equal(answer.body, await service.store.currentBundle());
    assert.equal((await service.store.prompt(prompt))?.publishedIn, 1);
    const acts = (await log()).sort().filter((line) => line.includes(" prompt"));
    assert.deepEqual(acts, [
      ...["Ada promptProposed", "Ada promptSaved", "Ada promptsPublished", "Bo promptApproved"],
    ]);
  });

  test("cannot be approved by whoever wrote them, until the rule says otherwise", async () => {
    const written = await write();
    await writer.post("/coaching/propose", written);
    const own = await writer.post("/coaching/approve", written);
    assert.equal(own.statusCode, 400);
    assert.match(textOf(own.body), /second person/);
    assert.equal((await service.store.prompt(written.prompt))?.state, "proposed");
    await admin.post("/settings/coaching", { secondPerson: "no" });
    assert.equal((await writer.post("/coaching/approve", written)).statusCode, 303);
    await writer.post("/coaching/publish", { days: "7" });
    assert.equal((await inForce())?.items.length, 1);
    // What was approved alone is not enough any more.
    await admin.post("/settings/coaching", { secondPerson: "yes" });
    await writer.post("/coaching/publish", { days: "7" });
    assert.deepEqual((await inForce())?.items, []);
  });

  test("are approved between people the identity provider knows, where there is one", async () => {
    const provider = createProvider(
      {
        ...{ issuer: "http://localhost:1", client: "kept", secretFile: undefined, claim: "groups" },
        ...{ scopes: "openid", roles: [] },
      },
      "http://localhost:2",
      () => time,
    );
    const other = await makeApp(undefined, {
      host: { ...testHost, now: () => time },
      console: consoleOf(provider),
    });
    const vouched = async (name: string, role: "coeLead" | "security") => {
      const account = await other.store.accountOfVouched(
        {
          account: testHost.id(),
          subject: `subject of ${name}`,
          name,
          role,
          team: null,
          createdOn: "2026-11-21",
        },
        (act, { name: subject }) => ({ entry: testHost.id(), at: time, who: name, act, subject }),
      );
      const parts = {
        store: other.store,
        host: { ...testHost, now: () => time },
        console: consoleOf(provider),
      };
      return visitorWith(other, `${cookieName(false)}=${await openSession(parts, account)}`, "");
    };
    const ada = await vouched("Ada", "coeLead");
    const bo = await vouched("Bo", "security");
    const adasKey = await signInAs(other, "coeLead", { name: "Ada's key" });
    const written = async (by: Visitor, text: string) => {
      const saved = await by.post("/coaching/save", { ...fields, text: [text, ""] });
      assert.equal(saved.statusCode, 303, saved.body);
      const all = await other.store.prompts();
      const prompt = all.find(({ item }) => item.includes(text))!;
      const stamp = { prompt: prompt.prompt, seen: digestOf(prompt) };
      assert.equal((await by.post("/coaching/propose", stamp)).statusCode, 303);
      return stamp;
    };
    const first = await written(ada, "One");
    const byKey = await adasKey.post("/coaching/approve", first);
    assert.match(textOf(byKey.body), /both have to sign in by the identity provider/);
    assert.match(
      textOf((await adasKey.get(`/coaching/prompt?prompt=${first.prompt}`)).body),
      /both have to sign in/,
    );
    assert.equal((await bo.post("/coaching/approve", first)).statusCode, 303);
    const later = await written(adasKey, "Two");
    assert.match(textOf((await bo.post("/coaching/approve", later)).body), /both have to sign in/);
    await other.close();
  });

  test("that were changed are drafts again, and nobody approves a text they did not read", async () => {
    const written = await approved();
    const text = ["Another text.", "Ein anderer Text."];
    const changed = await writer.post("/coaching/save", { ...fields, ...written, text });
    assert.equal(changed.statusCode, 303);
    assert.equal((await service.store.prompt(written.prompt))?.state, "draft");
    await writer.post("/coaching/propose", { ...written, seen: await seenOf(written.prompt) });
    const blind = await second.post("/coaching/approve", written);
    assert.equal(blind.statusCode, 400);
    assert.match(textOf(blind.body), /meanwhile/);
    const late = await writer.post("/coaching/save", { ...fields, ...written });
    assert.equal(late.statusCode, 400);
    await writer.post("/coaching/publish", { days: "1" });
    assert.deepEqual((await inForce())?.items, []);
  });

  test("that are retired are not in the next bundle, which is signed at once and later in the row", async () => {
    const first = await approved();
    const other = await approved({ text: ["Other.", ""] });
    await writer.post("/coaching/publish", { days: "14" });
    time += 3 * 86_400_000;
    await signIn(", later");
    const third = await approved({ text: ["Not published yet.", ""] });
    assert.equal((await writer.post("/coaching/retire", first)).statusCode, 303);
    const bundle = await inForce();
    assert.equal(bundle?.sequence, 2);
    assert.deepEqual(
      bundle?.items.map(({ id }) => id),
      [other.prompt],
    );
    assert.equal(bundle?.expiresAt, now + 14 * 86_400_000);
    assert.equal((await service.store.prompt(third.prompt))?.publishedIn, null);
    assert.equal((await service.store.prompt(first.prompt))?.state, "retired");
  });

  test("that are over are not published again", async () => {
    await approved({ until: "2026-11-25" });
    time += 5 * 86_400_000;
    await signIn(", later");
    await writer.post("/coaching/publish", { days: "1" });
    assert.deepEqual((await inForce())?.items, []);
  });

  test("are signed elsewhere where the service has no key, and only as they were approved", async () => {
    await approved();
    signsHere = false;
    assert.match(textOf((await writer.get("/coaching")).body), /not kept with this service/);
    const refused = await writer.post("/coaching/publish", { days: "7" });
    assert.equal(refused.statusCode, 400);
    const saved = await writer.post("/coaching/export", { days: "7" });
    assert.match(String(saved.headers["content-disposition"]), /kept-bundle-1\.json/);
    const bundle = bundleSchema.parse(JSON.parse(saved.body));
    const keys = readBundleKeys(keyFolder);
    const signed = (content: unknown) =>
      signPayload(Buffer.from(JSON.stringify(content)), keys, []).toString();
    const otherText = { ...bundle.items[0], texts: { en: "Nobody approved this." } };
    const strangers = makeFolder();
    const strange = signPayload(Buffer.from(saved.body), [addBundleKey(strangers.folder)], []).toString();
    strangers.remove();
    for (const [envelope, why] of [
      ["{}", /kept-org keys --sign/],
      [strange, /1 trusted keys have to sign it, and 0 did/],
      [signed({ ...bundle, items: [otherText] }), /not approved here/],
      [signed({ ...bundle, org: "11111111-1111-4111-8111-111111111111" }), /other organisation/],
      [signed({ ...bundle, sequence: 0 }), /agreed form/],
    ] as const) {
      const answer = await writer.post("/coaching/signed", { envelope });
      assert.equal(answer.statusCode, 400);
      assert.match(textOf(answer.body), why);
    }
    assert.equal(await inForce(), undefined);
    assert.equal((await writer.post("/coaching/signed", { envelope: signed(bundle) })).statusCode, 303);
    assert.deepEqual(await inForce(), bundle);
    const again = await writer.post("/coaching/signed", { envelope: signed(bundle) });
    assert.match(textOf(again.body), /newer one/);
    assert.ok((await log()).includes("Ada bundleExported"));
  });

  test("are for a language by its name or the editor's, and shown with its name", async () => {
    for (const language of ["TypeScript", "typescript"])
      await writer.post("/coaching/save", { ...fields, audience: "language", language });
    const prompts = await service.store.prompts();
    const audience = { kind: "language", languageId: "typescript" };
    assert.deepEqual(
      prompts.map(({ item }) => (JSON.parse(item) as { audience: unknown }).audience),
      [audience, audience],
    );
    assert.match(textOf((await writer.get("/coaching")).body), /who writes TypeScript/);
    const form = await writer.get(`/coaching/write?prompt=${prompts[0]?.prompt}`);
    assert.match(form.body, /name="language"\s+value="TypeScript"/);
  });

  test("say beside each field what is wrong with it, and keep what was typed", async () => {
    const wrong: readonly (readonly [Record<string, unknown>, string, RegExp])[] = [
      [{ text: ["", ""] }, "texts", /first text is needed/],
      [{ locale: ["english", "de"] }, "texts", /expected a language/],
      [{ locale: ["en", "en"] }, "texts", /twice/],
      [{ contact: "" }, "contact", /is needed/],
      [{ text: ["Write \u202Etests", ""] }, "texts", /cannot be seen/],
      [{ suggestion: "Write tests.\u{E0041}" }, "suggestion", /cannot be seen/],
      [{ contact: "coaching@example.org\0" }, "contact", /cannot be seen/],
      [{ until: "2026-11-20" }, "until", /not before the first/],
      [{ from: "soon" }, "from", /./],
      [{ audience: "nobody" }, "audience", /./],
      [{ audience: "team", team: "Nobody's" }, "audience", /no such team/],
      [{ audience: "language", language: "no such thing!" }, "audience", /./],
      [{ when: "moon.phase > 1" }, "when", /moon/],
      [{ when: "A3 > 0.5", text: ["You have {moon.phase}", ""] }, "texts", /moon\.phase/],
      [{ when: "A3 > 0.5", sampleOf: "A3.n", sampleLeast: "none" }, "sample", /./],
      [{ metric: "kept", windowDays: "1000" }, "expects", /at most 90/],
      [
        { text: ["x".repeat(1000), ""], suggestion: "y".repeat(1000), contact: "z".repeat(110) },
        "texts",
        /2048/,
      ],
    ];
    for (const [changes, field, why] of wrong) {
      const answer = await writer.post("/coaching/save", { ...fields, ...changes });
      const named = JSON.stringify(changes).slice(0, 80);
      assert.equal(answer.statusCode, 400, named);
      const beside = new RegExp(`id="wrong-${field}"[^>]*>([^<]*)<`).exec(answer.body)?.[1] ?? "";
      assert.match(beside, why, named);
      if (field !== "contact") assert.match(answer.body, /value="coaching@example\.org"|zzz/, named);
    }
    assert.deepEqual(await service.store.prompts(), []);
  });

  test("are shown as editors show them, in every language and both themes, and never as markup", async () => {
    const text = ["Look <b>here</b>: {uncommitted.lines|line|lines}", "Schau hin"];
    const answer = await writer.post("/coaching/preview", { ...fields, text, when: "uncommitted.lines > 4" });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.body.match(/class="preview light"/g)?.length, 2);
    assert.equal(answer.body.match(/class="preview dark"/g)?.length, 2);
    assert.match(answer.body, /Look &lt;b&gt;here/);
    assert.match(answer.body, /Look &lt;b&gt;here&lt;\/b&gt;: ‹uncommitted\.lines›<\/p>/);
    assert.match(String(answer.headers["content-security-policy"]), /frame-ancestors 'self'/);
    assert.deepEqual(await service.store.prompts(), []);
    const page = await writer.get("/coaching/write");
    assert.match(String(page.headers["content-security-policy"]), /frame-src 'self'.*frame-ancestors 'none'/);
  });

  test("keep their rule when they are opened again", async () => {
    const rule = {
      ...{ audience: "level", level: "starting", when: "uncommitted.lines > 400" },
      ...{ sampleOf: "A3.n", sampleLeast: "5", metric: "tested", direction: "higher", windowDays: "21" },
    };
    const { prompt } = await write(rule);
    const { body } = await writer.get(`/coaching/write?prompt=${prompt}`);
    assert.match(body, /value="uncommitted\.lines &gt; 400"/);
    assert.match(body, /<option value="starting" selected>/);
    assert.match(body, /<option value="tested" selected>/);
    assert.match(body, /<details open>/);
    const stored = await service.store.prompt(prompt);
    const again = { ...fields, ...rule, prompt, seen: await seenOf(prompt) };
    assert.equal((await writer.post("/coaching/save", again as typeof fields)).statusCode, 303);
    assert.equal((await service.store.prompt(prompt))?.item, stored?.item);
  });

  test("cannot be made to outgrow a bundle", async () => {
    await admin.post("/settings/coaching", { secondPerson: "no" });
    for (let index = 0; index <= 50; index++) {
      const written = await write({ text: [`Prompt ${index}.`, ""] });
      await writer.post("/coaching/approve", written);
    }
    const answer = await writer.post("/coaching/publish", { days: "7" });
    assert.equal(answer.statusCode, 400);
    assert.match(textOf(answer.body), /items: expected at most 50/);
  });
});
