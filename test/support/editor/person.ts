import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { startSession, type Session } from "../../../scripts/editor/session.ts";
import { connectToDatabase } from "../store/checkDatabase.ts";
import { startTimeoutMs, Workbench } from "./workbench.ts";

const dayMs = 86_400_000;

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
    await workbench.statusBarEntry("Kept").waitFor({ timeout: startTimeoutMs });
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

  /** Types a line on each of some days, in days since 1970: what was just typed is put back to its day. */
  async workOn(days: readonly number[]): Promise<void> {
    const since = Date.now() - dayMs;
    for (const day of days) {
      const text = `export const day${day} = ${day};\n`;
      await this.workbench.openFile("sample.ts");
      await this.workbench.type(text);
      const waiting = `FROM edits JOIN outbox ON edit_number = number WHERE at > ${since}`;
      await until(
        "all that was typed waits",
        () => this.numberIn(`SELECT TOTAL(inserted_chars) ${waiting}`) >= text.length,
      );
      this.inDatabase(`UPDATE edits SET at = at % ${dayMs} + ${day * dayMs} WHERE at > ${since}`);
    }
  }

  /** How many edits there are of some days, from the first to before the last. */
  editsOf(first: number, end: number): number {
    return this.numberIn(`SELECT COUNT(*) FROM edits WHERE at >= ${first * dayMs} AND at < ${end * dayMs}`);
  }

  numberIn(query: string): number {
    return this.#connected((connection) => connection.prepare(query).pluck().get()) as number;
  }

  inDatabase(statement: string): number {
    return this.#connected((connection) => connection.prepare(statement).run().changes);
  }

  #connected<Result>(use: (connection: ReturnType<typeof connectToDatabase>) => Result): Result {
    const connection = connectToDatabase(this.session.keptHome);
    connection.pragma("busy_timeout = 5000");
    try {
      return use(connection);
    } finally {
      connection.close();
    }
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
