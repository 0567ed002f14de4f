import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { claudeAnswer, claudeCall, claudeResult } from "../../support/agents/logLines.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

/** Logs are looked for every few seconds, and numbers shown a moment later. */
const longestMs = 40_000;

suite(`A tool that works beside the editor (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;
  let calls = 0;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      files: { "open.ts": "first\n", "closed.ts": "first\n", "private/closed.ts": "first\n" },
      settings: { "kept.exclude": ["**/private/**"] },
    });
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  /** The tool writes a line and notes it, as it does when it works in a terminal. */
  const write = (name: string, line: string) => {
    const file = path.join(session.workspace, name);
    const log = path.join(session.home, ".claude", "projects", "work", "session.jsonl");
    const place = { session: "session-1", at: Date.now(), cwd: session.workspace };
    const call = `toolu_${++calls}`;
    const [before, after] = ["first\n", `first\n${line}\n`];
    writeFileSync(file, after);
    const input = { file_path: file, old_string: before, new_string: after };
    mkdirSync(path.dirname(log), { recursive: true });
    appendFileSync(
      log,
      [
        claudeAnswer(place, {
          id: `msg_${calls}`,
          model: "claude-opus-4-5",
          content: [claudeCall(call, "Edit", input)],
        }),
        claudeResult(place, { call, result: { filePath: file, oldString: before, newString: after } }),
        "",
      ].join("\n"),
    );
  };

  test("is named as the writer of open and closed files, and of none that is not recorded", async () => {
    await workbench.openFile("open.ts");
    await workbench.type("x");
    await workbench.page.keyboard.press("Backspace");
    await workbench.page.keyboard.press("ControlOrMeta+S");
    await workbench.openContainer("Kept");
    const panel = workbench.webview("view");
    await panel.locator("text=Human >> visible=true").first().waitFor({ timeout: longestMs });
    write("private/closed.ts", "nobodysBusiness();");
    write("closed.ts", "writtenWhileClosed();");
    write("open.ts", "writtenWhileOpen();");
    const row = panel.getByRole("row").filter({ hasText: "Claude Code" });
    await row.filter({ hasText: /\b2\b/ }).first().waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/agents`);
    assert.match(await row.first().innerText(), /claude-opus-4-5/);
    await workbench.page.getByText("writtenWhileOpen").first().hover();
    await workbench.page
      .locator(".monaco-hover", { hasText: "the tool's own log" })
      .first()
      .waitFor({ timeout: longestMs });
    await workbench.screenshot(`${flavour}/agents-hover`);
  });
});
