import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { claudeAnswer, claudeCall, claudeResult } from "../../support/agents/logLines.ts";
import { ruleOf } from "../../support/coaching/situation.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();
const longestMs = 60_000;
const aiLines = 40;

/** Words of a workspace's own rule, of which the editor would make a button that runs a command. */
const link = "[Read more](command:kept.openDigest)";

/** Chance holds one tip in ten out; that it does so with all three is one time in a thousand. */
const rules = ["OWN1", "OWN2", "OWN3"].map((id) =>
  ruleOf({
    id,
    title: "Too much at once",
    when: `uncommitted.lines >= ${aiLines}`,
    severity: "high",
    message: `{uncommitted.lines} lines of AI wait here. ${link}`,
    actions: ["openTodaysEdits"],
  }),
);

suite(`A tip (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      files: {
        "big.ts": "first\n",
        ".kept/rules/own.json": JSON.stringify({ rules }, undefined, 2),
        ".kept/rules/wrong.json": '{\n  "rules": [\n    { "id": "WRONG" }\n  ]\n}\n',
      },
    });
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: session.workspace,
        stdio: "ignore",
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "Begin");
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** A tool writes many lines and notes it, as it does when it works in a terminal. */
  const write = () => {
    const file = path.join(session.workspace, "big.ts");
    const log = path.join(session.home, ".claude", "projects", "work", "session.jsonl");
    const place = { session: "session-1", at: Date.now(), cwd: session.workspace };
    const lines = Array.from({ length: aiLines }, (_, index) => `export const value${index} = ${index};`);
    const [before, after] = ["first\n", `first\n${lines.join("\n")}\n`];
    writeFileSync(file, after);
    const input = { file_path: file, old_string: before, new_string: after };
    mkdirSync(path.dirname(log), { recursive: true });
    appendFileSync(
      log,
      [
        claudeAnswer(place, {
          id: "msg_1",
          model: "claude-opus-4-5",
          content: [claudeCall("toolu_1", "Edit", input)],
        }),
        claudeResult(place, {
          call: "toolu_1",
          result: { filePath: file, oldString: before, newString: after },
        }),
        "",
      ].join("\n"),
    );
  };

  test("quotes what a tool wrote, opens its diff, and is noted as done", async () => {
    const { page } = workbench;
    await workbench.openFile("big.ts");
    await workbench.openContainer("Kept");
    const panel = workbench.webview("view");
    await panel.getByRole("tab", { name: "Coach" }).click({ timeout: longestMs });
    await panel.getByText("Rules of this workspace that are not used").waitFor({ timeout: longestMs });
    await panel.getByText("wrong.json, line 3").first().waitFor();
    write();
    await panel.getByRole("tab", { name: "Today" }).click();
    await panel.getByRole("row").filter({ hasText: "Claude Code" }).first().waitFor({ timeout: longestMs });
    await panel.getByRole("tab", { name: "Coach" }).click();
    const tip = panel.getByText(`${aiLines} lines of AI wait here.`).filter({ visible: true }).first();
    await tip.waitFor({ timeout: longestMs }).finally(() => workbench.screenshot(`${flavour}/coach`));
    await workbench.runCommand("Kept: Show Tip");
    const message = page.locator(".notification-toast", { hasText: "lines of AI wait here" });
    await message.waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/tip`);
    const said = message.locator(".notification-list-item-message");
    assert.match((await said.textContent()) ?? "", /wait here\. \[Read more\] \(command:kept\.openDigest\)/);
    assert.equal(await said.locator("a").count(), 0, "nothing in a message is a link");
    await message.getByRole("button", { name: "Open the diff" }).click();
    await page.locator(".tab", { hasText: "AI text in no commit" }).first().waitFor({ timeout: longestMs });
    await page.getByText("export const value3 = 3").first().waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/tip-diff`);
    const tried = panel.getByRole("region", { name: "Table: Tried" });
    await panel.getByRole("tab", { name: "Today" }).click();
    await panel.getByRole("tab", { name: "Coach" }).click();
    // Folded, where there is little room.
    const folded = panel.locator("kept-coach summary", { hasText: /^\s*\d+ tips?\s*$/ });
    if ((await folded.count()) > 0) await folded.first().click();
    await tried.getByText("done").first().waitFor({ timeout: longestMs });
    assert.deepEqual(workbench.refused, []);
  });
});
