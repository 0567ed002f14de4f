import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel } from "./page.ts";
import { findUnexplained, focusedName, focusNumber, isFocusUnseen, numbersWithEdits } from "./reached.ts";
import { focusedControl, markControls, readPage } from "./reading.ts";
import { scenes } from "./scenes.ts";
import { usual } from "./summaries.ts";

suite("Every state of the panel", function () {
  this.timeout(120_000);
  let browser: Browser;
  let bundle: PanelBundle;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());

  for (const [name, scene] of Object.entries(scenes)) {
    test(`${name}: Tab reaches each control and shows where it is; numbers and charts say what they are`, async () => {
      const host = new FakeHost(scene.summary);
      scene.prepare?.(host);
      const { page } = await openPanel(browser, bundle, host, {
        ...{ theme: "dark", width: 1000, stored: scene.stored },
      });
      try {
        await page.getByText(scene.waitFor).filter({ visible: true }).first().waitFor();
        await settle(page);
        assert.deepEqual(await findUnexplained(page), []);
        assert.deepEqual(await walk(page), []);
      } finally {
        await page.close();
      }
    });
  }

  for (const view of ["today", "tools", "cost"] as const) {
    test(`${view}: the edits behind each number are opened by keyboard alone, and Escape goes back to that number`, async () => {
      const { page } = await openPanel(browser, bundle, new FakeHost(usual), {
        ...{ theme: "dark", width: 1000, stored: { view } },
      });
      try {
        await settle(page);
        const numbers = await numbersWithEdits(page);
        assert.ok(numbers.length > 0, `${view} has numbers that open their edits`);
        for (const [index, name] of numbers.entries()) {
          assert.deepEqual(await focusNumber(page, index), name);
          await page.keyboard.press("Enter");
          await page.getByRole("button", { name: /^Show these/ }).waitFor();
          await page.keyboard.press("Tab");
          await page.keyboard.press("Enter");
          await page.getByRole("button", { name: /^← Back to/ }).waitFor();
          assert.match((await focusedName(page)) ?? "nothing", /^← Back to/, `after opening ${name}`);
          await page.keyboard.press("Escape");
          await page.getByRole("button", { name: /^← Back to/ }).waitFor({ state: "detached" });
          await settle(page);
          assert.equal(await focusedName(page), name, "after going back");
        }
      } finally {
        await page.close();
      }
    });
  }
});

/** Waits for answers that come one after the other, each of which may bring controls. */
async function settle(page: Page): Promise<void> {
  for (let before = ""; ;) {
    const now = await readPage(page);
    if (now === before) return;
    before = now;
    await page.waitForTimeout(200);
  }
}

/** Goes through the page by Tab alone, and says what is not reached in order, or not seen to be. */
async function walk(page: Page): Promise<readonly string[]> {
  const controls = await markControls(page);
  const wrong: string[] = [];
  for (const [index, control] of controls.entries()) {
    await page.keyboard.press("Tab");
    const reached = await focusedControl(page);
    if (reached !== index) return [...wrong, `${control} is not reached after ${controls[index - 1]}`];
    if (await isFocusUnseen(page)) wrong.push(`${control} does not look as if it had the focus`);
  }
  return wrong;
}
