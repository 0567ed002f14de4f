import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { addBundleKey, readBundleKeys, readTrustedKeys } from "../../org/bundles/bundleKeys.ts";
import { readPublished } from "../../org/bundles/takeBundle.ts";
import { makeApp, testPromises, type AppForTest } from "./support/app.ts";
import { bundleConsoleScript } from "./support/consoleScript.ts";
import { makeFolder } from "./support/folder.ts";
import { examine, launchBrowser, looks, open, picture } from "./support/looking.ts";
import { signInAs, type Visitor } from "./support/visitor.ts";

suite("Coaching in the console, in a browser", function () {
  this.timeout(180_000);
  let browser: Browser;
  let service: AppForTest;
  let address: string;
  let lead: Visitor;
  let second: Visitor;
  const { folder, remove } = makeFolder();

  suiteSetup(async () => {
    browser = await launchBrowser();
    addBundleKey(folder);
    service = await makeApp(undefined, {
      script: await bundleConsoleScript(),
      promises: { ...testPromises, keys: () => readTrustedKeys(folder) },
      console: { publicUrl: undefined, provider: undefined, bundleKeys: () => readBundleKeys(folder) },
    });
    lead = await signInAs(service, "coeLead", { name: "Ada Lovelace" });
    second = await signInAs(service, "security", { name: "Mary Somerville" });
    address = await service.app.listen({ host: "127.0.0.1", port: 0 });
  });

  suiteTeardown(async () => {
    await browser.close();
    await service.close();
    remove();
  });

  const as = (visitor: Visitor, at: string, use: Parameters<typeof open>[4]) =>
    open(browser, looks.light, `${address}${at}`, visitor, use);

  test("says beside the field what is wrong, and keeps what was typed", async () => {
    await as(lead, "/coaching/write", async (page) => {
      await page
        .getByLabel("The default text", { exact: true })
        .fill("Name one example file before you ask for a test.");
      await page.getByLabel("Whom to ask").fill("coaching@example.org");
      await page.getByLabel("Last day").fill("2020-01-01");
      await page.getByRole("button", { name: "Save" }).click();
      const field = page.getByLabel("Last day");
      await page.locator("#wrong-until").waitFor();
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      assert.match((await page.locator("#wrong-until").textContent()) ?? "", /not before the first/);
      assert.equal(await page.getByLabel("Whom to ask").inputValue(), "coaching@example.org");
      await picture(page, "org-coaching-wrong");
      await examine(page);
    });
  });

  test("shows a prompt as it is typed, with the panel's own component", async () => {
    await as(lead, "/coaching/write", async (page) => {
      await page.getByText("It is shown here as you type.").waitFor();
      const text = page.getByLabel("The default text", { exact: true });
      await text.pressSequentially("Ask");
      await page.locator("kept-tip").first().getByText("Ask", { exact: true }).waitFor();
      await text.fill("<b>{uncommitted.lines|line|lines}</b>");
      await page.getByText("A rule: only while a condition holds").click();
      await page.getByLabel(/^Condition/).fill("uncommitted.lines > 400");
      await page.locator("kept-tip").first().getByText("<b>‹uncommitted.lines›</b>").waitFor();
      const colours = await page
        .locator("figure.preview")
        .evaluateAll((figures) => figures.map((figure) => getComputedStyle(figure).backgroundColor));
      assert.deepEqual(colours, ["rgb(248, 248, 248)", "rgb(24, 24, 24)"]);
      await text.fill("");
      assert.equal(await page.locator("kept-tip").count(), 0);
    });
  });

  test("shows it by a button where no script runs", async () => {
    const look = { ...looks.light, javaScriptEnabled: false };
    await open(browser, look, `${address}/coaching/write`, lead, async (page) => {
      await page.getByLabel("The default text", { exact: true }).fill("Name one example file.");
      await page.getByLabel("Whom to ask").fill("coaching@example.org");
      await page.getByRole("button", { name: "Show in the editor" }).click();
      const preview = page.frameLocator("iframe");
      await preview.getByText("Name one example file.").first().waitFor();
      assert.equal(await preview.locator(".answers").count(), 2);
    });
  });

  test("a prompt is written, looked at, proposed, approved by another, published and retired", async () => {
    let at = "";
    await as(lead, "/coaching", async (page) => {
      await page.getByRole("link", { name: "Write a prompt" }).click();
      await page
        .getByLabel("The default text", { exact: true })
        .fill("Name one example file before you ask for a test.");
      await page.getByLabel("Language of the text 2").fill("de");
      await page
        .getByLabel("The text 2", { exact: true })
        .fill("Nenne eine Beispieldatei, bevor du um einen Test bittest.");
      await page.getByLabel("Suggested prompt").fill("Write tests for FILE in the style of EXAMPLE.");
      await page.getByLabel("Whom to ask").fill("coaching@example.org");
      await page.getByLabel("Users of a tool").check();
      await page.getByRole("combobox", { name: "Tool" }).selectOption("github-copilot");
      const cards = page.locator("kept-tip");
      assert.equal(await cards.count(), 4);
      await cards.nth(2).getByText("Nenne eine Beispieldatei").waitFor();
      await cards.first().getByText("in the style of EXAMPLE").waitFor();
      assert.equal(await page.locator("iframe").isVisible(), false);
      await cards.first().getByRole("button", { name: "Helped" }).click();
      await page.getByText("here nothing is sent").waitFor();
      await picture(page, "org-coaching-writing");
      await examine(page);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Propose to a second person" }).click();
      await page.getByText("Waits for a second person").waitFor();
      await page.getByText("Whoever wrote it cannot approve it").waitFor();
      at = new URL(page.url()).pathname + new URL(page.url()).search;
    });
    await as(second, at, async (page) => {
      await page.getByRole("button", { name: "Approve" }).click();
      await page.getByText("Mary Somerville").nth(1).waitFor();
    });
    await as(lead, "/coaching", async (page) => {
      await page.getByRole("button", { name: "Sign and publish" }).click();
      await page.getByText("Approved, in force").waitFor();
      await picture(page, "org-coaching-published");
    });
    assert.equal(readPublished(await service.store.currentBundle())?.items.length, 1);
    for (const [name, look] of Object.entries(looks)) {
      for (const [page, path] of Object.entries({
        coaching: "/coaching",
        prompt: at,
        write: "/coaching/write",
      })) {
        await open(browser, look, `${address}${path}`, lead, async (opened) => {
          await picture(opened, `org-coaching-${page}-${name}`);
          await examine(opened);
        });
      }
    }
    await as(lead, at, async (page) => {
      await page.getByRole("button", { name: "Retire" }).click();
      await page.getByText("Retired").waitFor();
    });
    const bundle = readPublished(await service.store.currentBundle());
    assert.deepEqual([bundle?.sequence, bundle?.items], [2, []]);
  });
});
