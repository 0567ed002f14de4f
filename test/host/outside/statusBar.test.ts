import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator } from "playwright-core";
import { isolation, type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

/** The one item in the status bar, over a made-up history of which today and this month are a part. */
suite(`The status bar item (${flavour} package)`, function () {
  this.timeout(180_000);
  let session: Session;
  let workbench: Workbench;
  let item: Locator;

  suiteSetup(async () => {
    session = await startSession({ vsix });
    const extensions = path.join(session.folder, "ext");
    const installed = readdirSync(extensions).find((name) => name.startsWith("kept.kept-"))!;
    const cli = path.join(extensions, installed, "dist", "cli.js");
    execFileSync(process.execPath, [cli, "demo", "--workspace", pathToFileURL(session.workspace).href], {
      env: { ...process.env, ...isolation(session) },
    });
    setBudget(0);
    workbench = await Workbench.open(session);
    item = workbench.page.locator(".part.statusbar .statusbar-item[id='kept.kept.kept.status']");
    await item.waitFor({ timeout: 60_000 });
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** A setting of this machine, which no workspace can change. */
  function setBudget(dollars: number): void {
    const folder = path.join(session.folder, "user", "Machine");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "settings.json"), JSON.stringify({ "kept.budget.monthUsd": dollars }));
  }

  async function hover(): Promise<Locator> {
    await workbench.page.mouse.move(400, 300);
    await item.hover();
    const shown = workbench.page.locator(".workbench-hover-container .monaco-hover").last();
    await shown.waitFor();
    return shown;
  }

  /** What the editor calls the colour, and which it is. */
  const colours = async () => {
    const kind = /\b(error|warning)-kind\b/.exec((await item.getAttribute("class")) ?? "")?.[1] ?? "none";
    const background = await item.evaluate((element) => getComputedStyle(element).backgroundColor);
    return { kind, background };
  };

  const waitForKind = async (kind: string) => {
    for (const until = Date.now() + 30_000; (await colours()).kind !== kind;) {
      assert.ok(Date.now() < until, `the colour is that of ${(await colours()).kind}, not of ${kind}`);
      await workbench.page.waitForTimeout(100);
    }
  };

  test("shows today's share, what today cost, or nothing, as is chosen", async () => {
    await workbench.statusBarEntry(/\d+\s%\skept/).waitFor({ timeout: 60_000 });
    await session.changeSettings({ "kept.statusBar": "cost" });
    await workbench.statusBarEntry(/\$\d+\.\d\d today/).waitFor();
    await session.changeSettings({ "kept.statusBar": "nothing" });
    await item.waitFor({ state: "hidden" });
    await session.changeSettings({ "kept.statusBar": "keptShare" });
    await workbench.statusBarEntry(/\d+\s%\skept/).waitFor();
  });

  const budgets = [
    { is: "within", dollars: 900_000, kind: "none" },
    { is: "near", dollars: undefined, kind: "warning" },
    { is: "over", dollars: 0.01, kind: "error" },
  ] as const;
  for (const { is, dollars, kind } of budgets) {
    test(`says of what, since when and how sure, and has the colour of a budget that is ${is}`, async () => {
      let budget = dollars;
      if (budget === undefined) {
        // Nine tenths of it are spent, whatever the day of the month.
        setBudget(900_000);
        const words = await spentWords();
        budget = Number(words) / 0.9;
      }
      setBudget(budget);
      await waitForKind(kind);
      const seen = new Set<string>();
      const mark = { none: "pass", warning: "warning", error: "error" }[kind];
      for (const theme of Object.keys(themes) as Theme[]) {
        await workbench.setTheme(theme);
        await waitForKind(kind);
        await item.locator(`.codicon-${mark}`).waitFor();
        const shown = await hover();
        const words = await shown.innerText();
        assert.match(words, /\d+\s% of what AI wrote today is still there \(\d+\s% to \d+\s%, \d+ edits\)/);
        assert.match(words, /Origin known for >?\d+\s% of what was inserted/);
        assert.match(words, /\d+ requests today: \$\d+\.\d\d by list price/);
        assert.match(words, /This month: (< )?\$[\d.,]+ of \$[\d.,]+, [<>]?\d+\s% of the budget/);
        assert.match(words, /Open Panel.*Open Weekly Digest/s);
        assert.doesNotMatch(words, /NaN|undefined|Stop Reading/);
        await workbench.screenshot(`${flavour}/status-${is}-${theme}`);
        seen.add((await colours()).background);
      }
      assert.ok(kind === "none" || seen.size > 1, `the same colour in every theme: ${[...seen].join()}`);
    });
  }

  async function spentWords(): Promise<string> {
    for (let tries = 0; tries < 50; tries++) {
      const words = await (await hover()).innerText();
      const spent = /This month: \$([\d.]+) of \$900/.exec(words)?.[1];
      if (spent !== undefined) return spent;
      await workbench.page.waitForTimeout(400);
    }
    throw new Error("What was spent this month is not said.");
  }

  test("opens the panel, and the week as a page", async () => {
    await session.changeSettings({ "kept.statusBar": "keptShare" });
    await (await hover()).getByRole("link", { name: "Open Weekly Digest" }).click();
    await workbench.page.locator(".tab", { hasText: "Your week" }).first().waitFor();
    await workbench.screenshot(`${flavour}/digest`);
    await workbench.closeWhateverIsOpen();
    await (await hover()).getByRole("link", { name: "Open Panel" }).click();
    await workbench.webview("view").getByText("Demonstration data").waitFor({ timeout: 60_000 });
  });
});
