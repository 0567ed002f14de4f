import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { startSession, type Session } from "../../../scripts/editor/session.ts";
import { connectToDatabase } from "../store/checkDatabase.ts";
import { Workbench } from "./workbench.ts";

/** One person: an editor, a home and a store of their own. */
export class Person {
  readonly session: Session;
  readonly workbench: Workbench;

  private constructor(session: Session, workbench: Workbench) {
    this.session = session;
    this.workbench = workbench;
  }

  static async arrive(vsix: string): Promise<Person> {
    const session = await startSession({ vsix, telemetry: true });
    const workbench = await Workbench.open(session);
    await workbench.statusBarEntry("Kept").waitFor();
    return new Person(session, workbench);
  }

  button(name: string) {
    return this.workbench.page.getByRole("button", { name, exact: true }).first();
  }

  async notified(text: string): Promise<void> {
    await this.workbench.page.locator(".notification-list-item", { hasText: text }).first().waitFor();
  }

  /** Pastes an invitation, a code or an address into what joining asks for. */
  async offer(text: string): Promise<void> {
    await this.workbench.runCommand("Kept: Join an Organisation", { asks: true });
    await this.answer(text);
  }

  /** Types into the box that is open. */
  async answer(text: string): Promise<void> {
    await this.workbench.page.locator(".quick-input-widget input").fill(text);
    await this.workbench.page.keyboard.press("Enter");
  }

  /** The page that shows every field, and the question above it. */
  async readsWhatLeaves(): Promise<void> {
    const { page } = this.workbench;
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await frame.getByText("Every field that leaves").first().waitFor();
    await page.locator(".quick-input-widget", { hasText: "Share these sums with" }).waitFor();
  }

  async choose(entry: string): Promise<void> {
    await this.workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: entry })
      .first()
      .click();
  }

  /** Says that the only folder of the window is work. */
  async chooseWork(): Promise<void> {
    await this.button("Choose Work Folders").click();
    const row = this.workbench.page.locator(".quick-input-list .monaco-list-row").first();
    await row.waitFor();
    await row.click();
    await this.button("OK").click();
    await until("the folder is work", () => this.inDatabase("UPDATE work_folders SET id = id") === 1);
  }

  /** Types a line, and waits until its edits are recorded to be shared. */
  async work(text: string): Promise<void> {
    await this.workbench.openFile("sample.ts");
    await this.workbench.type(text);
    await until("the edits wait", () => this.inDatabase("UPDATE outbox SET edit_number = edit_number") > 0);
    await pause(1_500);
  }

  inDatabase(statement: string): number {
    const connection = connectToDatabase(this.session.keptHome);
    connection.pragma("busy_timeout = 5000");
    const { changes } = connection.prepare(statement).run();
    connection.close();
    return changes;
  }

  /** What waits for its time is tried at once when sharing is resumed. */
  async sendNow(): Promise<void> {
    await this.workbench.runCommand("Kept: Resume Sharing");
    await this.notified("Sharing goes on");
  }

  async leave(): Promise<void> {
    await this.workbench.close();
    await this.session.stop();
  }
}

export async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (let look = 0; look < 240; look++) {
    if (await isTrue()) return;
    await pause(250);
  }
  assert.fail(what);
}
