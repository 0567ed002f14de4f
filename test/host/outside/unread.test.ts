import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";
import { buildProvider } from "../provider/build.ts";

const { vsix, flavour } = packageUnderTest();
const lines = 200;

suite(`Unread AI text (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({
      vsix,
      companion: await buildProvider(),
      files: { "long.txt": "line\n".repeat(lines), "short.txt": "" },
      settings: { "editor.quickSuggestions": { other: "off" }, "editor.wordBasedSuggestions": "off" },
    });
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  test("is listed in the Source Control view until it was on screen", async () => {
    const { page } = workbench;
    const ghost = page.locator(".editor-group-container.active .ghost-text-decoration").first();
    await workbench.openFile("long.txt");
    await page.keyboard.press("ControlOrMeta+End");
    await workbench.type("say ");
    await ghost.waitFor({ timeout: 20_000 });
    await page.keyboard.press("Tab");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("Control+Shift+KeyG");
    // The editor shows views of others collapsed there until somebody opens them.
    await page.locator(".pane-header", { hasText: "Unread AI Text" }).click({ timeout: 15_000 });
    const item = page.locator(".monaco-list-row", { hasText: `long.txt, line ${lines + 1}` });
    await item.waitFor({ timeout: 15_000 }).finally(() => workbench.screenshot("unread"));
    await item.click();
    await item.waitFor({ state: "detached", timeout: 30_000 });
    assert.deepEqual(workbench.refused, []);
  });
});
