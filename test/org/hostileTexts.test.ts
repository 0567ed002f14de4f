import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { payloads } from "../support/hostile/payloads.ts";
import { makeApp, type Answer, type AppForTest } from "./support/app.ts";
import { launchBrowser, looks, open } from "./support/looking.ts";
import { keyOf, signInAs, type Visitor } from "./support/visitor.ts";
import { publishMadeWeeks } from "./support/weeks.ts";

const pages = [
  "/",
  "/adoption",
  "/outcomes",
  "/cost",
  "/coaching/effect",
  "/coaching",
  "/settings",
  "/audit",
];

suite("Two hundred texts that would be scripts, in the console", function () {
  this.timeout(300_000);
  let browser: Browser;
  let service: AppForTest;
  let lead: Visitor;
  let admin: Visitor;

  suiteSetup(async () => {
    browser = await launchBrowser();
    service = await makeApp();
    lead = await signInAs(service, "coeLead", { name: "Ada" });
    admin = await signInAs(service, "admin", { name: "Cy" });
    const teams = payloads.slice(0, 2).map((team) => ({ team, people: 8, tools: ["codex"], kept: 0.8 }));
    await publishMadeWeeks(service.store, teams, 3);
  });
  suiteTeardown(async () => {
    await browser.close();
    await service.close();
  });

  test("S5: are texts in every page and in every answer to a form", async () => {
    const answers: Answer[] = [];
    for (const [index, payload] of payloads.entries()) {
      // An account's name is in its list and in the log.
      await keyOf(service, { name: `${index} ${payload}`.slice(0, 60), role: "finance" });
      const query = new URLSearchParams({ team: payload, weeks: payload, prompt: payload, entry: payload });
      answers.push(await lead.get(`${pages[index % pages.length]}?${query.toString()}`));
      const of = { audience: "everyone", contact: payload, from: "2026-11-21", until: "2026-12-19" };
      answers.push(
        await lead.post("/coaching/save", {
          ...{
            prompt: "",
            ...of,
            locale: ["en", "de"],
            text: [payload, `${payload} {uncommitted.lines|line|lines}`],
          },
        }),
      );
      answers.push(await lead.post("/settings/organisation", { name: payload }));
      answers.push(await lead.post("/settings/targets", { "Q4 requirement": payload, [payload]: payload }));
      answers.push(await admin.post("/accounts", { name: payload, role: "teamLead", team: payload }));
    }
    for (const path of pages) answers.push(await lead.get(path));
    for (const path of ["/accounts", "/service", "/audit"]) answers.push(await admin.get(path));
    const bodies = answers
      .filter(({ headers }) => String(headers["content-type"]).startsWith("text/html"))
      .map(({ body }) => body);
    assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode >= 500))], [false]);
    const shown = bodies.join("\n");
    const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as const;
    const written = (text: string) =>
      text.replace(/[&<>"']/g, (character) => names[character as keyof typeof names]);
    assert.deepEqual(
      payloads.filter((payload) => !shown.includes(written(payload.slice(0, 50)))),
      [],
      "each is shown",
    );

    const address = await service.app.listen({ host: "127.0.0.1", port: 0 });
    await open(browser, looks.light, `${address}/sign-in`, undefined, async (page) => {
      const strangers = await page.evaluate(
        (texts) =>
          texts.flatMap((text) => {
            const parsed = new DOMParser().parseFromString(text, "text/html");
            return [...parsed.querySelectorAll("*")].flatMap((element) => {
              const name = element.localName;
              const isScript =
                name === "script" && !/^\/console\.js\?\w+$/.test(element.getAttribute("src") ?? "");
              // Of a prompt that is refused its form comes again, with the preview that is the service's own.
              const isPreview =
                name === "iframe" &&
                /^\/coaching\/preview\?prompt=\w*$/.test(element.getAttribute("src") ?? "");
              const isForeign = /^(?:iframe|object|embed|video|base|math|template|noscript|kept-panel)$/.test(
                name,
              );
              const acts = [...element.attributes].filter(
                ({ name: attribute, value }) =>
                  attribute.startsWith("on") ||
                  attribute === "style" ||
                  attribute === "autofocus" ||
                  (/^(?:href|src|action)$/.test(attribute) && !/^(?:[/#?](?!\/)|mailto:)/.test(value)),
              );
              return isScript || (isForeign && !isPreview)
                ? [name]
                : acts.map((each) => `${name} ${each.name}=${each.value}`);
            });
          }),
        bodies,
      );
      assert.deepEqual([...new Set(strangers)], []);
    });
    for (const [visitor, path] of [
      ...pages.map((page) => [lead, page] as const),
      ...["/accounts", "/audit"].map((page) => [admin, page] as const),
    ]) {
      // It fails on anything that the policy of the page refuses.
      await open(browser, looks.light, `${address}${path}`, visitor, async (page) => {
        assert.equal(await page.evaluate("window.owned"), undefined, path);
      });
    }
  });
});
