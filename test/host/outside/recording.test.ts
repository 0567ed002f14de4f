import assert from "node:assert/strict";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const { vsix, flavour } = packageUnderTest();

const longestMs = 60_000;

/** Catches the page's own way to the extension, so that a test can send what the page never would. */
const catchEditorApi = `
  (() => {
    let real;
    Object.defineProperty(window, "acquireVsCodeApi", {
      configurable: true,
      get: () => real && (() => (window.caughtApi ??= real())),
      set: (value) => { real = value; },
    });
  })();
`;

suite(`What a person sees (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({ vsix, settings: { "kept.retention.editDays": "many" } });
    workbench = await Workbench.open(session);
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  test("one warning that names a setting which cannot be used, and Kept goes on", async () => {
    const messages = workbench.page.locator(".notifications-center .notification-list-item");
    const warnings = messages.filter({ hasText: "kept.retention.editDays" });
    await workbench.statusBarEntry("Kept").waitFor();
    // A message goes from the corner to the notification centre by itself, and there it stays.
    for (const until = Date.now() + longestMs; !(await warnings.first().isVisible());) {
      const said = `There is no warning, but: ${(await messages.allInnerTexts()).join(" | ") || "nothing"}.`;
      assert.ok(Date.now() < until, said);
      await workbench.runCommand("Notifications: Show Notifications");
      await workbench.page.waitForTimeout(1000);
    }
    assert.equal(await warnings.count(), 1);
    await workbench.screenshot(`${flavour}/warning-setting`);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  test("the panel counts what is typed, without being opened again", async () => {
    await workbench.openContainer("Kept");
    const panel = workbench.webview("view");
    await panel.getByText("Nothing recorded yet").first().waitFor();
    await workbench.openFile("sample.ts");
    await workbench.type("// typed by a person ");
    await panel.locator("text=Human >> visible=true").first().waitFor();
    await workbench.screenshot(`${flavour}/panel-after-typing`);
  });

  test("the same panel as an editor", async () => {
    await workbench.runCommand("Kept: Open Panel as Editor");
    await workbench.webview("editor").locator("text=Human >> visible=true").first().waitFor();
    await workbench.screenshot(`${flavour}/panel-as-editor`);
  });

  test("nothing opened by itself", async () => {
    assert.equal(await workbench.page.locator(".notification-list-item").count(), 0);
  });
});

suite(`A panel that misbehaves (${flavour} package)`, () => {
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    session = await startSession({ vsix });
    workbench = await Workbench.open(session);
    await workbench.page.addInitScript(catchEditorApi);
    await workbench.page.reload();
    await workbench.ready();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
  });

  test("S7: has what it sends without the agreed form dropped and counted", async () => {
    await workbench.openContainer("Kept");
    const panel = workbench.webview("view");
    await panel.getByRole("tab", { name: "Data" }).click();
    await panel.locator("body").evaluate(() => {
      const api = (window as unknown as { caughtApi: { postMessage(message: unknown): void } }).caughtApi;
      for (const message of ["nonsense", { type: "ask" }, { type: "ask", id: "1", method: 5 }])
        api.postMessage(message);
    });
    await panel.getByText("A message from the panel did not have the agreed form.").first().waitFor();
    await workbench.screenshot(`${flavour}/panel-malformed`);
  });
});
