import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel } from "./page.ts";
import {
  findUnexplained,
  findWithoutRows,
  focusedName,
  focusNumber,
  isFocusUnseen,
  numbersWithEdits,
} from "./reached.ts";
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

/** What is of no edits, requests, tasks or commits that could be listed, and why. */
const ofNoRows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  today: {
    Measured: "a card: each number in it opens its own",
    "Unread AI text": "its rows are the card: places to open",
    "What changed": "a card: each number in it opens its own",
  },
  quality: { Measured: "a card: each number in it opens its own" },
  tools: {
    "Claude Code, claude-opus-4-5: Before": "of before the period, which lists do not go back to",
    "Codex, gpt-5-codex: Before": "of before the period, which lists do not go back to",
    "GitHub Copilot, gpt-5-mini: Before": "of before the period, which lists do not go back to",
    Measured: "a card: each number in it opens its own",
    "R8 Quality of attribution": "of what the person said",
  },
  cost: {
    "C11 Credits": "of what a plan says",
    Measured: "a card: each number in it opens its own",
    "numbers in Budget and plans": "of what plans say, beside the budget, which opens its requests",
  },
  coach: {
    Measured: "a card: each number in it opens its own",
    Rules: "of tips",
    "numbers in Rules": "of tips",
  },
  team: {},
  data: {
    "How often Kept is right": "of what the person said",
    "Tools that tell Kept of themselves": "its rows are the card: tools",
    "What tools say of their own edits": "of what tools count themselves",
    "What was dropped": "of what is on record nowhere",
    "numbers in How often Kept is right": "of what the person said",
    "numbers in What tools say of their own edits": "of what tools count themselves",
    "numbers in What was dropped": "of what is on record nowhere",
  },
};

suite("Every number of a view", function () {
  this.timeout(120_000);
  let browser: Browser;
  let bundle: PanelBundle;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());

  for (const view of ["today", "quality", "tools", "cost", "coach", "team", "data"] as const) {
    test(`of ${view} opens the edits, requests, tasks or commits behind it, unless it is of none`, async () => {
      const host = new FakeHost(usual);
      const stored = { view, question: { days: 90, scope: "all" } };
      const { page } = await openPanel(browser, bundle, host, { theme: "dark", width: 1000, stored });
      try {
        await page.locator("kept-panel").first().waitFor();
        await settle(page);
        assert.deepEqual(await findWithoutRows(page), Object.keys(ofNoRows[view]!));
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
