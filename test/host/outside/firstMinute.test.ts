import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { writeGeminiSession, writeMadeHome } from "../../support/agents/madeHome.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { type Theme, themes, Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();
const dayMs = 24 * 60 * 60_000;
/** What is promised: so long after the window opened the month before is there. */
const minuteMs = 60_000;

/** A fresh profile of somebody who has worked with tools for a while, in a repository with a history. */
suite(`The first minute (${flavour} package)`, function () {
  this.timeout(180_000);
  let session: Session;
  let workbench: Workbench;
  let opened: number;

  suiteSetup(async () => {
    session = await startSession({ vsix });
    writeMadeHome(session.home, 7, 6, Date.now() - 12 * dayMs);
    writeGeminiSession(session.home, Date.now() - 5 * dayMs);
    writeHistory(session.workspace);
    opened = Date.now();
    workbench = await Workbench.open(session);
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** Thirty commits of the year before anything of AI. */
  function writeHistory(folder: string): void {
    const git = (at: number, ...args: string[]) => {
      const date = new Date(at).toISOString();
      execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
        cwd: folder,
        stdio: "ignore",
        env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      });
    };
    const start = Date.now() - 300 * dayMs;
    git(start, "init", "-q", "-b", "main");
    const lines: string[] = [];
    for (let commit = 0; commit < 30; commit++) {
      lines.push(
        ...Array.from({ length: 4 }, (_, line) => `export const value${commit}x${line} = ${commit};`),
      );
      writeFileSync(path.join(folder, "values.ts"), `${lines.join("\n")}\n`);
      git(start + commit * 5 * dayMs, "add", "values.ts");
      git(start + commit * 5 * dayMs, "commit", "-qm", `Add values ${commit}`);
    }
  }

  test("opens nothing by itself: no editor, no message, no question, no view", async () => {
    const { page } = workbench;
    await workbench.statusBarEntry("Kept").waitFor({ timeout: minuteMs });
    await page.waitForTimeout(6_000);
    const shown = async (selector: string) => page.locator(selector).filter({ visible: true }).count();
    for (const selector of [".tab", ".notification-toast", ".monaco-dialog-box", ".quick-input-widget"])
      assert.equal(await shown(selector), 0, selector);
    const title = page.locator(".part.sidebar .composite.title");
    assert.match((await title.innerText()).toLowerCase(), /explorer/);
  });

  test("shows within a minute the month before, what connecting adds, and the baseline", async () => {
    await workbench.openContainer("Kept");
    await workbench.setSideBarWidth(300);
    const panel = workbench.webview("view");
    await panel.getByRole("heading", { name: "Before Kept watched" }).waitFor({ timeout: minuteMs });
    for (const tool of ["Claude Code", "Codex", "Gemini CLI"])
      await panel.getByRole("row").filter({ hasText: tool }).first().waitFor({ timeout: minuteMs });
    await panel.getByText(/30 commits on 30 days, 4 lines each in the middle/).waitFor({ timeout: minuteMs });
    const took = Date.now() - opened;
    console.log(`      the month before and the baseline were there after ${Math.round(took / 1000)} s`);
    await panel.getByText(/Connected tools say which edits are theirs/).waitFor();
    await panel.getByRole("button", { name: "Connect a tool" }).first().waitFor();
    const words = await panel.locator("body").innerText();
    assert.doesNotMatch(words, /NaN|undefined|Infinity/);
    for (const theme of Object.keys(themes) as Theme[]) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${flavour}/first-minute-${theme}`);
    }
    assert.deepEqual(workbench.refused, []);
  });

  test("leaves none of it in the numbers of today", async () => {
    const item = workbench.page.locator(".part.statusbar .statusbar-item[id='kept.kept.kept.status']");
    assert.match(await item.innerText(), /^\s*Kept\s*$/);
    await item.hover();
    const hover = workbench.page.locator(".workbench-hover-container .monaco-hover").last();
    await hover.getByText("No AI edits today.").waitFor();
    await hover.getByText("No request to a model is known of today.").waitFor();
  });
});
