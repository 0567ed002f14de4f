import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { daysOf } from "../../org/console/weekDays.ts";
import { publishWeeks } from "../../org/publishWeeks.ts";
import { requestWith, today } from "./support/batches.ts";
import { publishMadeWeeks } from "./support/weeks.ts";
import { signInAs, type Visitor } from "./support/visitor.ts";
import { makeApp, testPromises, type AppForTest } from "./support/app.ts";
import { bundleConsoleScript } from "./support/consoleScript.ts";
import { examine, launchBrowser, looks, open as openPage, picture } from "./support/looking.ts";

suite("The console in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let service: AppForTest;
  let address: string;
  let admin: Visitor;

  suiteSetup(async () => {
    browser = await launchBrowser();
    service = await makeApp(undefined, { script: await bundleConsoleScript() });
    admin = await signInAs(service, "admin");
    address = await service.app.listen({ host: "127.0.0.1", port: 0 });
  });

  suiteTeardown(async () => {
    await browser.close();
    await service.close();
  });

  const open = (
    look: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
    at = "/service",
    visitor: Visitor | undefined = admin,
  ) => openPage(browser, look, `${address}${at}`, visitor, use);

  test("says when something will be told", async () => {
    await open({ colorScheme: "light", viewport: { width: 1280, height: 900 } }, async (page) => {
      assert.equal(await page.getByRole("table").count(), 0);
      assert.match((await page.getByRole("main").textContent()) ?? "", /Nothing is told yet of what arrived/);
      await picture(page, "org-empty");
      await examine(page);
    });
  });

  suite("with five weeks", () => {
    suiteSetup(async () => {
      for (let person = 0; person < 7; person++) {
        const header = await service.join(`person ${person}`);
        for (const [week, events] of [120, 410, 380, 290, 460].entries()) {
          const fields = { day: today - 7 * week, person: `person ${person}` };
          const request = requestWith(`week ${week} person ${person}`, Math.round(events / 7), fields);
          const response = await service.post(request, header);
          assert.equal(response.statusCode, 200, response.body);
        }
      }
      await publishWeeks(service.store, today + 14, testPromises);
    });

    for (const [name, look] of Object.entries(looks)) {
      test(`is readable, ${name}`, async () => {
        await open(look, async (page) => {
          await picture(page, `org-${name}`);
          assert.equal(await page.getByRole("row").count(), 6);
          await examine(page);
        });
      });
    }

    test("shows in the browser what the service held when it published", async () => {
      await open({}, async (page) => {
        const totals = await service.store.weekTotals();
        const rows = await page.getByRole("row").allTextContents();
        const shown = rows.slice(1).map((row) => row.replace(/\s+/g, " ").trim());
        for (const [index, { week, events, batches }] of totals.entries()) {
          assert.match(shown[index] ?? "", new RegExp(`^${daysOf(week)} ${events} ${batches}$`));
        }
        const sum = totals.reduce((total, { events }) => total + events, 0);
        assert.match(
          (await page.getByRole("heading", { level: 2 }).first().textContent()) ?? "",
          new RegExp(`${sum.toLocaleString("en")}\\s+events arrived`),
        );
      });
    });

    test("leads to what a supervisor reads", async () => {
      await open({}, async (page) => {
        for (const name of ["OpenAPI", "health", "readiness", "metrics"]) {
          const href = await page.getByRole("link", { name }).getAttribute("href");
          assert.equal((await page.request.get(`${address}${href}`)).status(), 200, name);
        }
      });
    });
  });

  suite("with published weeks", () => {
    let lead: Visitor;

    suiteSetup(async () => {
      await publishMadeWeeks(
        service.store,
        [
          { team: "Payments", people: 14, tools: ["claude-code", "codex"], kept: 0.9 },
          { team: "Search", people: 8, tools: ["github-copilot"], kept: 0.6 },
          { team: "Platform", people: 11, tools: ["codex", "github-copilot"], kept: 0.82 },
          { team: "Labs", people: 3, tools: ["cursor"], kept: 0.7 },
        ],
        9,
      );
      lead = await signInAs(service, "coeLead", { name: "Ada Lovelace" });
    });

    for (const [name, look] of Object.entries(looks)) {
      for (const [page, at] of Object.entries({
        ...{ scorecard: "/", adoption: "/adoption", outcomes: "/outcomes" },
        ...{ settings: "/settings", audit: "/audit" },
      })) {
        test(`${at} is readable, ${name}`, () =>
          open(
            look,
            async (opened) => {
              await picture(opened, `org-${page}-${name}`);
              await examine(opened);
            },
            at,
            lead,
          ));
      }

      test(`/accounts is readable, ${name}`, () =>
        open(
          look,
          async (opened) => {
            await picture(opened, `org-accounts-${name}`);
            await examine(opened);
          },
          "/accounts",
        ));

      test(`/sign-in is readable, ${name}`, () =>
        openPage(browser, look, `${address}/sign-in`, undefined, async (opened) => {
          await picture(opened, `org-sign-in-${name}`);
          await examine(opened);
        }));
    }

    test("a person signs in, goes through the pages by keyboard, and signs out", async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(address);
      await page.getByLabel("Key").fill(lead.key);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Adoption", level: 2 }).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.match(page.url(), /#main$/);
      await page.getByRole("link", { name: "Adoption", exact: true }).focus();
      await page.keyboard.press("Enter");
      const hidden = page.locator("td.hatched").first();
      await hidden.focus();
      assert.match((await hidden.textContent()) ?? "", /Hidden/);
      assert.ok(((await hidden.locator(".why").boundingBox())?.width ?? 0) > 100);
      await picture(page, "org-adoption-why");
      await page.getByRole("button", { name: "Sign out" }).focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Key").waitFor();
      await page.goto(`${address}/adoption`);
      assert.match(page.url(), /sign-in$/);
      await context.close();
    });
  });
});
