import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel } from "./page.ts";
import { findUnexplained, isFocusUnseen } from "./reached.ts";
import { focusedControl, markControls, readPage } from "./reading.ts";
import { scenes } from "./scenes.ts";

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
