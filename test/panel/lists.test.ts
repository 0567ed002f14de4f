import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { FakeHost, someEdits } from "./fakeHost.ts";
import { openPanel } from "./page.ts";
import { usual } from "./summaries.ts";

suite("The lists behind the panel's numbers", function () {
  this.timeout(60_000);
  let browser: Browser;
  let bundle: PanelBundle;
  let page: Page | undefined;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());
  teardown(async () => {
    await page?.close();
    page = undefined;
  });

  async function start(host: FakeHost, setting: Partial<Parameters<typeof openPanel>[3]>): Promise<Page> {
    ({ page } = await openPanel(browser, bundle, host, { theme: "dark", width: 1000, ...setting }));
    return page;
  }

  test("a list goes on by keyboard where it ended, and says when it is at its end", async () => {
    const host = new FakeHost(usual);
    const edits = Array.from({ length: 100 }, (_, index) => ({ ...someEdits[0]!, id: `first-${index}` }));
    const next = { at: 5, id: "first-99", insertedChars: 120, keptChars: 0 };
    host.edits = { edits, next };
    host.moreEdits = { edits: [{ ...someEdits[1]!, id: "last" }] };
    const behind = { origin: { kind: "ai" }, of: "kind", order: "newest" } as const;
    const panel = await start(host, { stored: { view: "today", behind } });
    await panel.getByText("The first 100.").waitFor();
    const told = panel
      .locator("li", { hasText: "Claude Code" })
      .filter({ hasText: "said by the editor or the tool" });
    await told.first().waitFor();
    await panel.getByRole("button", { name: "Show more" }).press("Enter");
    await panel.getByText("All 101.").waitFor();
    assert.deepEqual(host.listed.at(-1)!.after, next);
    assert.equal(await panel.getByRole("button", { name: "Show more" }).count(), 0);
    // The focus is on the first that came.
    await panel.keyboard.press("Enter");
    assert.deepEqual(host.commands, ["file:///projects/shop/src/orders.ts 3"]);
  });

  test("a step of the way, a tier, a model and a day open what they are of", async () => {
    const host = new FakeHost(usual);
    const panel = await start(host, { stored: { view: "today" } });
    const open = async (name: RegExp, show: string) => {
      await panel.getByRole("button", { name }).first().click();
      await panel.getByRole("button", { name: show }).click();
      const back = panel.getByRole("button", { name: /^← Back to/ });
      await back.waitFor();
      await back.click();
      await back.waitFor({ state: "detached" });
      return host.listed.at(-1)!;
    };
    const rejected = await open(/rejected afterwards: Accepted/, "Show these edits");
    assert.deepEqual(rejected.found, { stage: "accepted", outcomes: ["rejected"], isOnWay: true });
    const human = await open(/: Who wrote today's lines: Human$/, "Show these edits");
    assert.deepEqual([human.origin.kind, human.within], ["human", { from: "2026-11-20", to: "2026-11-20" }]);
    await panel.getByRole("slider", { name: "Who wrote each day" }).press("Enter");
    await panel.getByRole("heading", { name: /^Edits: AI · Nov\s20$/ }).waitFor();
    await panel.keyboard.press("Escape");
    await panel.getByRole("slider", { name: "Who wrote each day" }).waitFor();
    await panel.getByRole("tab", { name: "Cost" }).click();
    const heavy = await open(/: Requests by tier: Heavy$/, "Show these requests");
    assert.deepEqual([heavy.of, heavy.tier], ["requests", "heavy"]);
    const model = await open(/: Codex, gpt-5-codex: Cost$/, "Show these requests");
    assert.deepEqual(model.origin, { kind: "ai", tool: "codex", model: "gpt-5-codex" });
    const lost = await open(/: What tasks came to: Kept nothing$/, "Show these tasks");
    assert.equal(lost.outcome, "nothing");
  });
});
