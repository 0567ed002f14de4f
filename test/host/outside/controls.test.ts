import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { isolation, type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { controlsIn, locate, looksOf, type Control } from "../../support/editor/panelControls.ts";
import { trafficOf, watchTraffic } from "../../support/editor/panelTraffic.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();
const sample = path.resolve(import.meta.dirname, "../../../scripts/start/sample");
const views = ["Today", "Quality", "Tools", "Cost", "Coach", "Team", "Data"];
const longestMs = 20_000;
/** Of controls that each row of a table has, the first two stand for all. */
const mostAlike = 2;
/** What would end the panel, or change the store: each is tried on its own below. */
const apart = /^(Turn off|Restart|Delete my data)/;

function filesIn(folder: string, within = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(path.join(folder, within), { withFileTypes: true })) {
    const name = path.join(within, entry.name);
    if (entry.isDirectory()) Object.assign(files, filesIn(folder, name));
    else files[name] = readFileSync(path.join(folder, name), "utf8");
  }
  return files;
}

/** With a full history in the store: an empty panel has few controls. */
suite(`Every control of the panel (${flavour} package)`, function () {
  this.timeout(480_000);
  let session: Session;
  let workbench: Workbench;
  let page: Page;
  let panel: FrameLocator;
  const complaints: string[] = [];

  suiteSetup(async () => {
    session = await startSession({ vsix, files: filesIn(sample) });
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: session.workspace,
        stdio: "ignore",
      });
    git("init", "-q", "-b", "main");
    git("add", "--all", "--", ".", ":!src/discounts.ts");
    git("commit", "-qm", "Begin");
    const extensions = path.join(session.folder, "ext");
    const installed = readdirSync(extensions).find((name) => name.startsWith("kept.kept-"))!;
    execFileSync(
      process.execPath,
      [
        path.join(extensions, installed, "dist", "cli.js"),
        ...["demo", "--workspace", pathToFileURL(session.workspace).href],
      ],
      { env: { ...process.env, ...isolation(session) } },
    );
    workbench = await Workbench.open(session, { width: 1400, height: 1600 }, watchTraffic);
    ({ page } = workbench);
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && /panel\.js|kept\.kept/.test(`${url} ${message.text()}`))
        complaints.push(message.text());
    });
    await workbench.openContainer("Kept");
    await workbench.setSideBarWidth(620);
    panel = workbench.webview("view");
    await panel.getByText("Demonstration data").waitFor({ timeout: 60_000 });
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** What a person sees beside the panel. */
  const looksOfWindow = () =>
    page.evaluate(() => {
      const shown = (selector: string) =>
        [...document.querySelectorAll<HTMLElement>(selector)]
          .filter((element) => element.checkVisibility())
          .map((element) => element.textContent);
      return JSON.stringify([
        shown(".tabs-container .tab"),
        shown(".quick-input-widget"),
        shown(".monaco-dialog-box"),
        shown(".monaco-modal-editor-block"),
        shown(".notification-toast"),
        shown(".part.panel .composite.title"),
        shown(".part.sidebar .composite.title"),
      ]);
    });

  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + longestMs;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(what);
      await page.waitForTimeout(60);
    }
  };

  /** Whatever was opened is closed again, without any answer. */
  const putBack = async (view: string) => {
    await workbench.closeWhateverIsOpen();
    const title = page.locator(".part.sidebar .composite.title", { hasText: /kept/i });
    if (!(await title.isVisible())) await workbench.openContainer("Kept");
    await panel.getByRole("tab", { name: view, exact: true }).click();
  };

  const use = async (control: Control) => {
    const found = locate(panel, control);
    if (control.kind !== "select") return found.click({ timeout: 5_000 });
    const values = await found.evaluate((select) =>
      [...(select as HTMLSelectElement).options].map(({ value }) => value),
    );
    const now = await found.inputValue();
    await found.selectOption(values.find((value) => value !== now)!);
  };

  /** Uses a control and says what was wrong with what happened. */
  const faultOf = async (view: string, control: Control): Promise<string | undefined> => {
    const before = await Promise.all([looksOf(panel), looksOfWindow(), trafficOf(panel)]);
    try {
      try {
        await use(control);
      } catch (thrown) {
        // What another one did can be seen by now: a passage that was opened is unread no more.
        if ((await locate(panel, control).count()) === 0) return undefined;
        throw thrown;
      }
      await until("it did nothing", async () => {
        // The editor asks before it leaves for a page.
        if (control.kind === "link") return page.locator(".monaco-dialog-box").isVisible();
        const traffic = await trafficOf(panel);
        if (traffic.asked.length > before[2].asked.length) return true;
        return (await looksOf(panel)) !== before[0] || (await looksOfWindow()) !== before[1];
      });
      await putBack(view);
      await until("it asked and was not answered", async () => {
        const { asked, answered } = await trafficOf(panel);
        return asked.every(({ id }) => answered.includes(id));
      });
      const { errors } = await trafficOf(panel);
      return errors.length > before[2].errors.length ? errors.at(-1) : undefined;
    } catch (thrown) {
      await workbench.screenshot(
        `${flavour}/control-${view}-${control.name.slice(0, 20).replace(/\W/g, "-")}`,
      );
      await putBack(view);
      return thrown instanceof Error ? thrown.message.split("\n")[0] : String(thrown);
    }
  };

  for (const view of views) {
    test(`in ${view} does something, and all that it asks is answered`, async () => {
      await putBack(view);
      await page.waitForTimeout(500);
      await workbench.screenshot(`${flavour}/full-${view}`);
      const tried = new Map<string, string | undefined>();
      for (;;) {
        // What one control opens has controls of its own, and what is used is called another name then.
        const controls = await controlsIn(panel);
        const next = controls.find(
          ({ key, name, nth }) => !tried.has(key) && nth < mostAlike && !apart.test(name),
        );
        if (!next) break;
        const isOwnTab = views.includes(next.name) && next.name === view;
        const fault = isOwnTab ? undefined : await faultOf(view, next);
        if (fault !== undefined) console.log(`      ${view}: ${next.kind} ${next.name}: ${fault}`);
        tried.set(next.key, fault);
        assert.ok(tried.size < 200, "there is no end of controls");
      }
      const faults = [...tried].flatMap(([key, fault]) => (fault === undefined ? [] : `${key}: ${fault}`));
      assert.deepEqual(faults, []);
      const least = views.length + 2;
      assert.ok(tried.size >= least, `${tried.size} controls in ${view}`);
    });
  }

  test("runs into no error on the page, in the policy or in Kept's own log", () => {
    assert.deepEqual(complaints, []);
    assert.deepEqual(workbench.refused, []);
    const logs = readdirSync(session.folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /kept.*\.log$/i.test(path.basename(name)),
    );
    assert.ok(logs.length > 0, "there is a log");
    for (const log of logs) {
      const text = readFileSync(path.join(session.folder, log), "utf8");
      assert.doesNotMatch(text, /\[error\]|\[warning\]/, log);
    }
  });

  const edits = async () => {
    const { asked } = await trafficOf(panel);
    return asked.length;
  };

  test("that is an edit or a commit shows what it changed, and says where it cannot", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: session.workspace,
        encoding: "utf8",
        env: { ...process.env, GIT_COMMITTER_DATE: committedAt },
      });
    let committedAt = new Date(Date.now() - 200 * 86_400_000).toISOString();
    const list = async (view: string, number: Locator, words: string) => {
      await putBack(view);
      await number.click();
      await panel.getByRole("button", { name: words }).filter({ visible: true }).first().click();
    };
    const listEdits = () => list("Today", panel.locator("kept-explained button").first(), "Show these edits");
    const leave = () => panel.getByRole("button", { name: /Back to/ }).click();
    const editOf = (name: string) => panel.locator("button.edit", { hasText: name }).first();
    const tab = (words: string) =>
      page.locator(".tabs-container .tab", { hasText: words }).first().waitFor({ timeout: longestMs });
    const inDifference = (words: string) =>
      page.locator(".monaco-diff-editor").getByText(words).first().waitFor({ timeout: longestMs });
    const orders = path.join(session.workspace, "src", "orders.ts");

    // Older than all edits, so that none was committed since.
    git("commit", "-q", "--amend", "--no-edit");
    appendFileSync(orders, "\nexport const changedSince = 1;\n");
    await listEdits();
    await editOf("orders.ts").click();
    await tab("orders.ts, beside the last commit");
    await inDifference("changedSince");
    await workbench.screenshot(`${flavour}/edit-beside-commit`);

    committedAt = new Date().toISOString();
    git("commit", "-qam", "Change");
    const hash = git("rev-parse", "HEAD").slice(0, 7);
    await listEdits();
    await editOf("orders.ts").click();
    await tab(`orders.ts in commit ${hash}`);
    await inDifference("changedSince");

    await leave();

    const ofCommits = panel.getByRole("button", { name: /: P1 Batch size/ }).first();
    const listCommits = () => list("Coach", ofCommits, "Show these commits");
    const showChanges = () =>
      panel
        .getByRole("button", { name: /^Show what changed/ })
        .first()
        .click();
    await listCommits();
    await showChanges();
    await page
      .locator(".notification-toast", { hasText: "not in its repository" })
      .waitFor({ timeout: longestMs });
    await leave();
    // The demonstration's newest commit becomes one that is there.
    const fates = path.join(session.keptHome, "fate");
    for (const name of readdirSync(fates).filter((each) => each.endsWith(".json"))) {
      const record = JSON.parse(readFileSync(path.join(fates, name), "utf8")) as { held: { id: string }[] };
      record.held.at(-1)!.id = git("rev-parse", "HEAD").slice(0, 16);
      writeFileSync(path.join(fates, name), JSON.stringify(record));
    }
    await listCommits();
    await showChanges();
    await tab(`Commit ${hash}`);
    await inDifference("changedSince");
    await leave();
  });

  test("that deletes asks first, leaves everything after a no, and nothing after a yes", async () => {
    const begin = async () => {
      await putBack("Data");
      await panel.getByText("Delete my data", { exact: false }).filter({ visible: true }).last().click();
      const all = page.locator(".quick-input-list .monaco-list-row", { hasText: "Everything" });
      await all.first().click();
      await page.locator(".monaco-dialog-box").waitFor();
    };
    await begin();
    await page.locator(".monaco-dialog-box").getByRole("button", { name: "Cancel" }).click();
    await putBack("Today");
    await panel.getByText("Demonstration data").waitFor();
    const before = await edits();
    await begin();
    await page.locator(".monaco-dialog-box").getByRole("button", { name: "Delete", exact: true }).click();
    await page.locator(".notification-toast", { hasText: "Deleted." }).waitFor({ timeout: 60_000 });
    await putBack("Today");
    await panel.getByText("Demonstration data").waitFor({ state: "hidden", timeout: 60_000 });
    assert.ok((await edits()) > before);
  });

  test("that restarts or turns off does so, and what was turned off is turned on again", async () => {
    await putBack("Data");
    const restart = panel.getByText("Restart", { exact: true }).filter({ visible: true });
    if ((await restart.count()) > 0) {
      await restart.last().click();
      await panel.getByText("Kept was started again.").first().waitFor({ timeout: 60_000 });
    }
    await putBack("Data");
    await panel.getByText("Turn off", { exact: true }).filter({ visible: true }).last().click();
    await workbench.statusBarEntry(/kept/i).first().waitFor({ state: "hidden", timeout: 60_000 });
    await workbench.runCommand("Kept: Turn On");
    await panel.getByRole("tab", { name: "Data" }).waitFor({ timeout: 60_000 });
  });
});
