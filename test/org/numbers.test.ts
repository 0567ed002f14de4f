import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { makeApp, type AppForTest } from "./support/app.ts";
import { bundleConsoleScript } from "./support/consoleScript.ts";
import { examine, launchBrowser, looks, open, picture } from "./support/looking.ts";
import { signInAs, type Visitor } from "./support/visitor.ts";
import { publishMadeWeeks } from "./support/weeks.ts";

const pages = {
  ...{ scorecard: "/", adoption: "/adoption", outcomes: "/outcomes", cost: "/cost" },
  ...{ effect: "/coaching/effect" },
};

suite("The console's numbers where no team is tiny, in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let service: AppForTest;
  let address: string;
  let lead: Visitor;

  suiteSetup(async () => {
    browser = await launchBrowser();
    service = await makeApp(undefined, { script: await bundleConsoleScript() });
    await publishMadeWeeks(
      service.store,
      [
        { team: "Payments", people: 14, tools: ["claude-code", "codex"], kept: 0.9 },
        { team: "Search", people: 12, tools: ["github-copilot"], kept: 0.6 },
        { team: "Platform", people: 16, tools: ["codex", "github-copilot"], kept: 0.82 },
      ],
      9,
    );
    lead = await signInAs(service, "coeLead", { name: "Ada Lovelace" });
    const finance = await signInAs(service, "finance");
    await finance.post("/settings/budgets", { currency: "USD", monthly: "300" });
    address = await service.app.listen({ host: "127.0.0.1", port: 0 });
  });

  suiteTeardown(async () => {
    await browser.close();
    await service.close();
  });

  for (const [name, look] of Object.entries(looks)) {
    for (const [page, at] of Object.entries(pages)) {
      test(`${at} is readable, ${name}`, () =>
        open(browser, look, `${address}${at}?weeks=4`, lead, async (opened) => {
          await picture(opened, `org-filled-${page}-${name}`);
          await examine(opened);
        }));
    }
  }

  test("where a window is narrow, rows are blocks and nothing but a map is moved sideways to be read", async () => {
    for (const at of [...Object.values(pages), "/settings", "/audit", "/coaching"]) {
      await open(browser, looks.narrow, `${address}${at}`, lead, async (page) => {
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll(".scroll:not(:has(.heat))")]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map((each) => each.getAttribute("aria-labelledby")),
        );
        assert.deepEqual(wide, [], at);
      });
    }
  });

  test("the map is filled with shares, of one kind for all of it, and every picture is drawn", async () => {
    for (const [by, kinds] of [
      ["", "td[class*=heat-]"],
      ["&by=people", "td[class*=heat-], td.masked"],
    ] as const)
      await open(browser, looks.light, `${address}/adoption?weeks=4${by}`, lead, async (page) => {
        assert.ok((await page.locator(kinds).count()) > 4, by);
        if (by === "") assert.equal(await page.locator("td.masked").count(), 0);
      });
    for (const at of ["/outcomes", "/cost", "/coaching/effect"]) {
      await open(browser, looks.light, `${address}${at}?weeks=4`, lead, async (page) => {
        const told = (await page.getByRole("main").textContent()) ?? "";
        assert.doesNotMatch(told, /It is drawn |is published of it yet|typescript/);
        if (at.endsWith("effect")) assert.match(told, /TypeScript/);
      });
    }
  });
});
