import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

suite(`Connecting a tool (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;
  let settings: string;
  const before = '{\n  "model": "opus"\n}\n';

  suiteSetup(async () => {
    session = await startSession({ vsix });
    settings = path.join(session.home, ".claude", "settings.json");
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, before);
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  const button = (name: string) => workbench.page.getByRole("button", { name, exact: true }).first();

  test("shows what would be written, and writes it when told to", async () => {
    await workbench.runCommand("Kept: Connect a Tool", { asks: true });
    const entry = workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Claude Code" })
      .first();
    await entry.waitFor();
    await workbench.screenshot(`${flavour}/connect-choice`);
    await entry.click();
    await workbench.page.locator(".monaco-diff-editor").waitFor();
    await button("Connect").waitFor();
    assert.equal(readFileSync(settings, "utf8"), before);
    await workbench.screenshot(`${flavour}/connect-difference`);
    await button("Connect").click();
    await workbench.page
      .locator(".notification-list-item", { hasText: "from its next session on" })
      .first()
      .waitFor();
    await workbench.screenshot(`${flavour}/connect-done`);
    assert.match(readFileSync(settings, "utf8"), /kept-hook" claude-code|kept-hook claude-code/);
    assert.ok(existsSync(path.join(session.keptHome, "bin", "kept-hook")));
  });

  test("takes exactly that out again", async () => {
    await workbench.runCommand("Kept: Disconnect All Tools");
    await button("Disconnect").click();
    await workbench.page.locator(".notification-list-item", { hasText: "no longer tell" }).first().waitFor();
    assert.equal(readFileSync(settings, "utf8"), before);
  });
});
