import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { ruleLimits, tipActions, type TipAction } from "../../../protocol/coaching.ts";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { claudeAnswer, claudeCall, claudeResult } from "../../support/agents/logLines.ts";
import { ruleOf } from "../../support/coaching/situation.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();
const longestMs = 60_000;
const aiLines = 40;
const files = ["src/big.ts", "docs/notes.md"];
const kinds = Object.keys(tipActions) as TipAction[];

/** Chance holds one tip in ten out; that it does so with all four of an action is one time in ten thousand. */
const rules = kinds.flatMap((action) =>
  [1, 2, 3, 4].map((number) =>
    ruleOf({
      id: `TRY-${action}-${number}`,
      title: `Try ${action}`,
      when: `uncommitted.lines >= ${aiLines}`,
      message: "{uncommitted.lines} lines of AI wait here.",
      actions: [action],
    }),
  ),
);
/** A file has no more of them than it may. */
const ruleFiles = Object.fromEntries(
  kinds.map((action) => [
    `.kept/rules/${action}.json`,
    JSON.stringify({ rules: rules.filter(({ actions }) => actions[0] === action) }, undefined, 2),
  ]),
);
const slow = ruleOf({ id: "SLOW", when: Array<string>(101).fill("1").join("+") + " > 0" });
const testTask = {
  version: "2.0.0",
  tasks: [{ label: "try it", type: "shell", command: "echo ran > ran.txt", group: "test" }],
};

suite(`What tips offer (${flavour} package)`, function () {
  this.timeout(240_000);
  let session: Session;
  let workbench: Workbench;
  let panel: FrameLocator;

  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: session.workspace,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      files: {
        ...Object.fromEntries([...files, "src/small.ts"].map((file) => [file, "first\n"])),
        ...ruleFiles,
        ".kept/rules/slow.json": JSON.stringify({ rules: [slow] }, undefined, 2),
        ".kept/rules/huge.json": " ".repeat(ruleLimits.fileBytes + 1),
        ".vscode/tasks.json": JSON.stringify(testTask),
        ".gitignore": "ran.txt\n",
      },
    });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "Begin");
    workbench = await Workbench.open(session, { width: 1400, height: 1000 });
    await workbench.statusBarEntry("Kept").waitFor();
    for (const file of files) await workbench.openFile(file);
    await workbench.openContainer("Kept");
    await workbench.setSideBarWidth(560);
    // Once it was hidden, the frame of a view says no more that it is one.
    panel = workbench.webview("editor");
    await panel.getByRole("tab", { name: "Coach" }).click({ timeout: longestMs });
    await panel.getByText("slow.json, line").first().waitFor({ timeout: longestMs });
    for (const file of files) write(file);
    // A small task with a heavy model, and the file in which its tool has the model that it begins with.
    write("src/small.ts", { session: "session-2", count: 2 });
    const quick = { id: "msg_quick", model: "claude-haiku-4-5", content: [] };
    note("session-3", claudeAnswer({ session: "session-3", at: Date.now(), cwd: session.workspace }, quick));
    writeFileSync(path.join(session.home, ".claude", "settings.json"), '{ "model": "opus" }\n');
    await panel.getByRole("tab", { name: "Today" }).click();
    await panel.getByRole("row").filter({ hasText: "Claude Code" }).first().waitFor({ timeout: longestMs });
    await workbench.runCommand("View: Close All Editors");
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  const note = (task: string, ...lines: string[]) => {
    const log = path.join(session.home, ".claude", "projects", "work", `${task}.jsonl`);
    mkdirSync(path.dirname(log), { recursive: true });
    appendFileSync(log, `${lines.join("\n")}\n`);
  };

  /** A tool writes many lines and notes it, as it does when it works in a terminal. */
  const write = (name: string, { session: task = "session-1", count = aiLines } = {}) => {
    const file = path.join(session.workspace, name);
    const place = { session: task, at: Date.now(), cwd: session.workspace };
    const lines = Array.from({ length: count }, (_, index) => `export const value${index} = ${index};`);
    const [before, after] = ["first\n", `first\n${lines.join("\n")}\n`];
    writeFileSync(file, after);
    const call = `toolu_${name.replace(/\W/g, "")}`;
    const content = [claudeCall(call, "Edit", { file_path: file, old_string: before, new_string: after })];
    const result = { filePath: file, oldString: before, newString: after };
    note(
      task,
      claudeAnswer(place, { id: `msg_${call}`, model: "claude-opus-4-5", content }),
      claudeResult(place, { call, result }),
    );
  };

  /** Takes the first tip there is of an action, looks at what it did, and closes that again. */
  const take = async (action: TipAction, did: () => Promise<void>) => {
    const { page } = workbench;
    const title = page.locator(".part.sidebar .composite.title", { hasText: /kept/i });
    if (!(await title.isVisible())) await workbench.openContainer("Kept");
    await panel.getByRole("tab", { name: "Today" }).click();
    await panel.getByRole("tab", { name: "Coach" }).click();
    const tips = panel.getByRole("region", { name: `Tip: Try ${action}` });
    await tips.first().waitFor({ timeout: longestMs });
    const before = await tips.count();
    await tips.first().getByText(tipActions[action].title, { exact: true }).click();
    await did().finally(() => workbench.screenshot(`${flavour}/action-${action}`));
    await workbench.closeWhateverIsOpen();
    if (!(await title.isVisible())) await workbench.openContainer("Kept");
    await panel.getByRole("tab", { name: "Today" }).click();
    await panel.getByRole("tab", { name: "Coach" }).click();
    const deadline = Date.now() + longestMs;
    while ((await tips.count()) >= before) {
      assert.ok(Date.now() < deadline, "a tip that was followed is over");
      await page.waitForTimeout(100);
    }
  };
  const tab = (name: string) => workbench.page.locator(".tab", { hasText: name }).first().waitFor();
  const sourceControl = () =>
    workbench.page.locator(".part.sidebar .composite.title", { hasText: /source control/i }).waitFor();
  const text = (words: string) => workbench.editor.getByText(words).first().waitFor();

  const effects: Readonly<Record<TipAction, () => Promise<void>>> = {
    openTodaysEdits: async () => {
      await tab("AI text in no commit");
      await workbench.page.getByText("export const value3 = 3").first().waitFor({ timeout: longestMs });
    },
    stagePart: async () => {
      const entry = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "docs" });
      await entry.click();
      const deadline = Date.now() + longestMs;
      while (git("diff", "--cached", "--name-only").trim() !== "docs/notes.md") {
        assert.ok(Date.now() < deadline, "the chosen folder alone is staged");
        await workbench.page.waitForTimeout(100);
      }
      await sourceControl();
    },
    runTests: async () => {
      const deadline = Date.now() + longestMs;
      while (!existsSync(path.join(session.workspace, "ran.txt"))) {
        assert.ok(Date.now() < deadline, "the test task has run");
        await workbench.page.waitForTimeout(100);
      }
    },
    openUnread: async () => {
      await tab("big.ts");
      await sourceControl();
    },
    openFiles: async () => {
      await tab("big.ts");
      await tab("notes.md");
    },
    insertPlan: () => text("Out of scope:"),
    writeDescription: () => text("How it was checked"),
    describeFailure: () => text("What is expected instead:"),
    showProblems: async () => {
      await tab("big.ts");
      await workbench.page.locator(".markers-panel").waitFor();
    },
    insertContext: () => text("Decisions that surprise:"),
    keepSecrets: () => text(".cursorignore"),
    askToSplit: () => text("What could come first by itself:"),
    openLighterDefault: async () => {
      await tab("settings.json");
      await text('"model": "opus"');
      await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "haiku" }).click();
      await text('"model": "claude-haiku-4-5"');
      await workbench.screenshot(`${flavour}/lighter-default`);
      const file = path.join(session.home, ".claude", "settings.json");
      // An editor that saves by itself may have done so.
      await workbench.runCommand("File: Save");
      const deadline = Date.now() + longestMs;
      while (readFileSync(file, "utf8") !== '{ "model": "claude-haiku-4-5" }\n') {
        assert.ok(Date.now() < deadline, "the chosen model is in the file");
        await workbench.page.waitForTimeout(100);
      }
    },
    openPanel: () => panel.getByRole("tab", { name: "Coach" }).waitFor(),
  };

  for (const action of kinds) {
    test(`${action}: ${tipActions[action].does}`, () => take(action, effects[action]));
  }

  test("is refused with line and reason where a rule is wrong, slow or huge", async () => {
    await panel
      .getByText(/slow\.json, line \d+: .*steps/)
      .first()
      .waitFor({ timeout: longestMs });
    await panel
      .getByText(/huge\.json: .*65536 is the most/)
      .first()
      .waitFor();
    await workbench.openFile(".kept/rules/slow.json");
    await workbench.page.locator(".squiggly-error").first().waitFor({ timeout: longestMs });
    await workbench.page.keyboard.press("F8");
    await workbench.page.getByText("This rule is not used").first().waitFor();
    await workbench.screenshot(`${flavour}/rule-refused`);
  });

  test("has the names of numbers completed in the middle of a condition", async () => {
    const { page } = workbench;
    await workbench.openFile(".kept/rules/openFiles.json");
    await page.keyboard.press("ControlOrMeta+F");
    await page.keyboard.type('"when": "');
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type("uncommitted.lines > 9 or branch.li");
    await page.keyboard.press("Control+Space");
    const suggestion = page.locator(".suggest-widget .monaco-list-row", { hasText: "branch.lines" });
    await suggestion.first().waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/rule-names`);
    await suggestion.first().click();
    await page.locator(".view-line", { hasText: "9 or branch.lines" }).waitFor();
    await page.keyboard.press("ControlOrMeta+Z");
    await workbench.closeWhateverIsOpen();
  });

  test("is completed and checked by the editor in a file of rules", async () => {
    const { page } = workbench;
    await workbench.openFile(".kept/rules/openFiles.json");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Space");
    const suggestion = page.locator(".suggest-widget .monaco-list-row", { hasText: "suppressIf" });
    await suggestion.first().waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/rule-completed`);
    await page.keyboard.press("Escape");
    await workbench.type('"severity": "loud",');
    const squiggle = page.locator(".squiggly-warning, .squiggly-error").first();
    await squiggle.waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/rule-checked`);
    await page.keyboard.press("ControlOrMeta+Z");
    assert.deepEqual(workbench.refused, []);
  });
});
