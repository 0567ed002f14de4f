import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { promptedCoach } from "./coaches.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel, type OpenPanel, type Setting } from "./page.ts";
import { usual } from "./summaries.ts";
import { fullSharing, fullTeam, notSharing } from "./teams.ts";

suite("The panel of somebody who joined an organisation", function () {
  this.timeout(120_000);
  let browser: Browser;
  let bundle: PanelBundle;
  let open: OpenPanel | undefined;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());
  teardown(async () => {
    await open?.page.close();
    open = undefined;
  });

  async function start(host: FakeHost, more: Partial<Setting> = {}): Promise<Page> {
    open = await openPanel(browser, bundle, host, { theme: "dark", width: 300, ...more });
    return open.page;
  }

  async function done(host: FakeHost, did: string): Promise<void> {
    for (let look = 0; look < 100 && host.commands.at(-1) !== did; look++) await pause(20);
    assert.equal(host.commands.at(-1), did);
  }

  test("a prompt of an organisation is copied, answered and its sender muted", async () => {
    const host = new FakeHost(usual);
    host.coach = promptedCoach;
    const page = await start(host, { stored: { view: "coach" } });
    for (const [name, did] of [
      ["Copy the suggested prompt", "take tip-9"],
      ["Helped", "helped tip-9"],
      ["Not for me", "notForMe tip-9"],
      ["Later", "snooze tip-9"],
      ["Mute kept.example.org", "muteSender kept.example.org"],
    ] as const) {
      await page.getByRole("button", { name, exact: true }).first().click();
      await done(host, did);
    }
  });

  test("sharing is paused, read, marked and ended from the Data view", async () => {
    const host = new FakeHost(usual);
    host.sharing = fullSharing;
    const page = await start(host, { stored: { view: "data" } });
    for (const [name, did] of [
      ["Pause sharing", "kept.pauseSharing"],
      ["Show what was sent", "kept.showSent"],
      ["Stop sharing and delete …", "kept.leaveOrganisation"],
      ["Mark shop as private", "mark file:///home/ada/shop private"],
      ["Mark diary as work", "mark file:///home/ada/diary work"],
      [
        "a rather long name of a folder: as listed by the organisation",
        "mark file:///home/ada/a%20rather%20long%20name%20of%20a%20folder asListed",
      ],
    ] as const) {
      await page.getByRole("button", { name, exact: true }).click();
      await done(host, did);
    }
    assert.equal(await page.getByRole("button", { name: /secret/ }).count(), 0);
    host.sharing = notSharing;
    await host.notify("changed", {});
    await page.getByRole("button", { name: "Join an organisation …" }).click();
    await done(host, "kept.joinOrganisation");
  });

  test("the team's numbers stand beside one's own, and what is hidden says why", async () => {
    const host = new FakeHost(usual);
    host.team = fullTeam;
    const page = await start(host, { stored: { view: "team" } });
    await page.getByText("Team Payments <b>&</b> Billing").waitFor();
    const text = await page.locator("kept-team .cards").evaluate((node) => (node as HTMLElement).innerText);
    const words = text.replaceAll(/\s+/g, " ");
    assert.match(words, /9 of 14 people take part/);
    assert.match(words, /Kept, all text 0\s?% 50\s?% 100\s?% team 80\s?% you 90\s?% organisation 82\s?%/);
    assert.match(words, /Kept, GitHub Copilot 0\s?% 50\s?% 100\s?% team hidden ?: Hidden to protect others/);
    assert.match(words, /9 of 24 numbers of these weeks are hidden/);
  });
});
