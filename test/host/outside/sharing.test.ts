import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Session, startSession } from "../../../scripts/editor/session.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { freePort } from "../../org/support/postgres.ts";
import { heldIn, startService, type RunningService } from "../../org/support/service.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";
import { connectToDatabase } from "../../support/store/checkDatabase.ts";
import { invite } from "../../support/sync/invite.ts";

const { vsix, flavour } = packageUnderTest();

suite(`Sharing with an organisation (${flavour} package)`, function () {
  this.timeout(180_000);
  let org: ReturnType<typeof makeFolder>;
  let environment: Record<string, string>;
  let service: RunningService;
  let invitation: string;
  let session: Session;
  let workbench: Workbench;

  suiteSetup(async () => {
    org = makeFolder();
    environment = { KEPT_ORG_DATA: org.folder, KEPT_ORG_PORT: String(await freePort()) };
    service = await startService(environment);
    invitation = await invite(environment, service.address);
    session = await startSession({ vsix, telemetry: true });
    workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await session?.stop();
    await service?.stop();
    org?.remove();
  });

  const button = (name: string) => workbench.page.getByRole("button", { name, exact: true }).first();
  const notification = (text: string) =>
    workbench.page.locator(".notification-list-item", { hasText: text }).first();
  const inDatabase = (statement: string) => {
    const connection = connectToDatabase(session.keptHome);
    connection.pragma("busy_timeout = 5000");
    const { changes } = connection.prepare(statement).run();
    connection.close();
    return changes;
  };
  const until = async (what: string, isTrue: () => Promise<boolean> | boolean) => {
    for (let look = 0; look < 240; look++) {
      if (await isTrue()) return;
      await pause(250);
    }
    assert.fail(what);
  };
  /** What waits for its time is tried at once when sharing is resumed. */
  const sendNow = async () => {
    await workbench.runCommand("Kept: Resume Sharing");
    await notification("Sharing goes on").waitFor();
  };

  test("shows every field and the exact payload, and sends nothing before the click", async () => {
    await workbench.runCommand("Kept: Join an Organisation", { asks: true });
    const box = workbench.page.locator(".quick-input-widget input");
    await box.fill(invitation);
    await workbench.page.keyboard.press("Enter");
    const agree = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Agree and Join" });
    await agree.waitFor();
    const frame = workbench.page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await frame.getByText("Every field that leaves").first().waitFor();
    await workbench.screenshot(`${flavour}/sharing-consent`);
    assert.deepEqual(await heldIn(environment), { batches: 0, events: 0 });
    assert.equal(inDatabase("UPDATE consents SET id = 1"), 0);
    await agree.click();
    await notification("You joined").waitFor();
  });

  test("shares a folder that the person marks as work", async () => {
    await button("Choose Work Folders").click();
    const row = workbench.page.locator(".quick-input-list .monaco-list-row").first();
    await row.waitFor();
    await row.click();
    await workbench.screenshot(`${flavour}/sharing-folders`);
    await button("OK").click();
    await until("the folder is marked", () => inDatabase("UPDATE work_folders SET id = id") === 1);
    await until(
      "the organisation answered",
      () => inDatabase("UPDATE consents SET id = 1 WHERE body ->> '$.membership.team' = 'Team'") === 1,
    );
  });

  test("has edits arrive at the organisation when their day is over, byte for byte as they are shown", async () => {
    await workbench.openFile("sample.ts");
    await workbench.type("let shared = 2;");
    await until("the edits wait", () => inDatabase("UPDATE outbox SET edit_number = edit_number") > 0);
    await pause(1_500);
    assert.equal((await heldIn(environment)).events, 0);
    inDatabase("UPDATE edits SET at = at - 86400000");
    await sendNow();
    await until("they arrived", async () => (await heldIn(environment)).events > 0);
    await until("it is noted", () => inDatabase("UPDATE batches SET id = id WHERE state = 'sent'") > 0);
    await workbench.runCommand("Kept: Show What Was Sent");
    await workbench.page.locator(".monaco-editor .view-lines", { hasText: "kept.day" }).first().waitFor();
    await workbench.screenshot(`${flavour}/sharing-sent`);
  });

  test("stops, and has the organisation delete what was sent", async () => {
    await workbench.runCommand("Kept: Stop Sharing and Delete");
    await button("Stop and Delete").waitFor();
    await workbench.screenshot(`${flavour}/sharing-leave`);
    await button("Stop and Delete").click();
    await notification("Sharing has ended").waitFor();
    assert.equal(inDatabase("UPDATE consents SET id = 1"), 0);
    inDatabase("UPDATE deletions SET due_at = 0");
    await workbench.runCommand("Kept: Resume Sharing");
    await until("it is deleted", async () => (await heldIn(environment)).events === 0);
    await until("nothing is left to do", () => inDatabase("UPDATE deletions SET id = id") === 0);
  });

  test("P4: left nothing that was typed in the organisation's database", () => {
    const bytes = readFileSync(path.join(org.folder, "org.sqlite"));
    for (const canary of ["let shared", "sample.ts", session.workspace])
      assert.ok(!bytes.includes(canary), canary);
  });
});
