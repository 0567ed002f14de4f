import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { FakeHost } from "./fakeHost.ts";
import { changeTheme, openPanel } from "./page.ts";
import { takePicture } from "./picture.ts";
import { readPage } from "./reading.ts";
import type { Scene } from "./scene.ts";
import { scenes } from "./scenes.ts";
import { themes, type ThemeName } from "./themes.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

suite("The panel's look", function () {
  this.timeout(120_000);
  let browser: Browser;
  let bundle: PanelBundle;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());

  for (const [name, scene] of Object.entries(scenes)) {
    test(`${name}: keeps to the policy and can be read by everybody, in every theme and width`, async () => {
      const host = new FakeHost(scene.summary);
      scene.prepare?.(host);
      const panel = await openPanel(browser, bundle, host, {
        theme: "light",
        width: 300,
        stored: scene.stored,
      });
      try {
        await panel.page.getByText(scene.waitFor).filter({ visible: true }).first().waitFor();
        await scene.act?.(panel.page);
        for (const look of looks) await checkLook(panel.page, name, scene, look);
        assert.deepEqual(await panel.violations(), []);
        assert.deepEqual(panel.complaints, []);
        assert.doesNotMatch(await readPage(panel.page), /NaN|undefined|Infinity|\[object/);
      } finally {
        await panel.page.close();
      }
    });
  }
});

interface Look {
  readonly theme: ThemeName;
  readonly width: number;
}

const looks: readonly Look[] = [
  ...[300, 1000].flatMap((width) => (Object.keys(themes) as ThemeName[]).map((theme) => ({ theme, width }))),
  // Between one column and three: what breaks there breaks in every theme.
  { theme: "dark", width: 600 },
];

async function checkLook(page: Page, name: string, scene: Scene, { theme, width }: Look): Promise<void> {
  const where = `${name}-${theme}-${width}`;
  await page.setViewportSize({ width, height: 900 });
  await changeTheme(page, theme);
  await takePicture(page, where);
  if (width === 300 || !scene.oneColumn) assert.deepEqual(await findBarriers(page), [], where);
  assert.equal(await overflow(page), 0, `${where}: something is wider than the page`);
}

/** Everything axe objects to, however little it matters. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** By how many pixels the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
