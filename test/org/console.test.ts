import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { requestWith, today } from "./support/batches.ts";
import { publishMadeWeeks } from "./support/weeks.ts";
import { signInAs, type Visitor } from "./support/visitor.ts";
import { makeApp, type AppForTest } from "./support/app.ts";

const artifacts = path.resolve("test/artifacts");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  medium: { colorScheme: "light", viewport: { width: 720, height: 900 } },
  narrow: { colorScheme: "dark", viewport: { width: 300, height: 800 } },
  contrast: { colorScheme: "dark", forcedColors: "active", viewport: { width: 720, height: 900 } },
};

suite("The console in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let service: AppForTest;
  let address: string;
  let admin: Visitor;

  suiteSetup(async () => {
    mkdirSync(artifacts, { recursive: true });
    browser = await chromium.launch({
      executablePath: process.env["KEPT_CHROMIUM"] ?? "/usr/bin/chromium",
      args: flags,
    });
    service = await makeApp();
    admin = await signInAs(service, "admin");
    address = await service.app.listen({ host: "127.0.0.1", port: 0 });
  });

  suiteTeardown(async () => {
    await browser.close();
    await service.close();
  });

  /** Opens the page, and fails on anything the browser complains about. */
  async function open(
    look: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
    at = "/service",
    visitor = admin,
  ): Promise<void> {
    const context = await browser.newContext(look);
    const [name = "", value = ""] = visitor.cookie.split("=");
    await context.addCookies([{ name, value, url: address }]);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
    page.on("response", (response) => {
      if (response.status() >= 400) {
        complaints.push(`${response.url()} ${response.status()}`);
      }
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        console.error(`violation of ${event.violatedDirective} by ${event.blockedURI}`),
      );
    });
    await page.goto(`${address}${at}`, { waitUntil: "networkidle" });
    assert.deepEqual(complaints, []);
    await use(page);
    await context.close();
  }

  async function examine(page: Page): Promise<void> {
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        where: nodes.map(({ html }) => html),
      }));
    });
    assert.deepEqual(violations, []);
  }

  test("says that nothing has arrived", async () => {
    await open({ colorScheme: "light", viewport: { width: 1280, height: 900 } }, async (page) => {
      assert.equal(await page.getByRole("table").count(), 0);
      assert.match((await page.getByRole("main").textContent()) ?? "", /Nothing has arrived yet/);
      await page.screenshot({ path: path.join(artifacts, "org-empty.png"), fullPage: true });
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
    });

    for (const [name, look] of Object.entries(looks)) {
      test(`is readable, ${name}`, async () => {
        await open(look, async (page) => {
          await page.screenshot({ path: path.join(artifacts, `org-${name}.png`), fullPage: true });
          const width = look.viewport?.width ?? 0;
          const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(scrollWidth <= width, `the page is ${scrollWidth} wide in a window of ${width}`);
          assert.equal(await page.getByRole("row").count(), 6);
          await examine(page);
        });
      });
    }

    test("shows in the browser what the service holds", async () => {
      await open({}, async (page) => {
        const totals = await service.store.weekTotals();
        const rows = await page.getByRole("row").allTextContents();
        const shown = rows.slice(1).map((row) => row.replace(/\s+/g, " ").trim());
        for (const [index, { week, events, batches }] of totals.entries()) {
          assert.match(shown[index] ?? "", new RegExp(`^${week} .* ${events} ${batches}$`));
        }
        const sum = totals.reduce((total, { events }) => total + events, 0);
        assert.match(
          (await page.getByRole("heading", { level: 2 }).first().textContent()) ?? "",
          new RegExp(`${sum.toLocaleString("en")}\\s+events held`),
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

    const pages = {
      ...{ "": "/", adoption: "/adoption", outcomes: "/outcomes", settings: "/settings", audit: "/audit" },
      ...{ coaching: "/coaching", "coaching-write": "/coaching/write" },
    };
    for (const [name, look] of Object.entries(looks)) {
      for (const [page, at] of Object.entries(pages)) {
        test(`${at} is readable, ${name}`, async () => {
          await open(
            look,
            async (opened) => {
              const file = `org-${page === "" ? "scorecard" : page}-${name}.png`;
              await opened.screenshot({ path: path.join(artifacts, file), fullPage: true });
              const width = look.viewport?.width ?? 0;
              const wide = await opened.evaluate(() => document.documentElement.scrollWidth);
              assert.ok(wide <= width, `the page is ${wide} wide in a window of ${width}`);
              await examine(opened);
            },
            at,
            lead,
          );
        });
      }
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
      await page.screenshot({ path: path.join(artifacts, "org-adoption-why.png") });
      await page.getByRole("button", { name: "Sign out" }).focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Key").waitFor();
      await page.goto(`${address}/adoption`);
      assert.match(page.url(), /sign-in$/);
      await context.close();
    });
  });
});
