import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, ConsoleMessage, FrameLocator, Locator, Page } from "playwright-core";
import { launchBrowser } from "../../../scripts/browser/launch.ts";
import type { Session } from "../../../scripts/editor/session.ts";
import { artifactsFolder } from "../../../scripts/paths.ts";

/** The themes every view is looked at in, by the name that a screenshot gets. */
export const themes = {
  light: { name: "Default Light Modern", file: "light_modern" },
  dark: { name: "Default Dark Modern", file: "dark_modern" },
  contrast: { name: "Default High Contrast", file: "hc_black" },
} as const;

export type Theme = keyof typeof themes;

export const startTimeoutMs = 60_000;
const stepTimeoutMs = 20_000;
/** How long one try of a step may wait, so that there is time for others: a box that lost the focus does not come back. */
const tryTimeoutMs = 4_000;

/** What is opened: a session, or the address of an editor that somebody else started. */
type Opened = Pick<Session, "url"> & Partial<Pick<Session, "changeSettings">>;

/** What a person sees and does: one window of VS Code in a browser profile of its own. */
export class Workbench {
  readonly page: Page;
  /** What a content security policy refused, in any frame. */
  readonly refused: string[] = [];
  readonly #browser: Browser;
  readonly #session: Opened;

  private constructor(browser: Browser, page: Page, session: Opened) {
    this.#browser = browser;
    this.#session = session;
    this.page = page;
    page.on("console", (message) => this.#noteRefusal(message));
  }

  /** Opens a window on the session's workspace and waits until it can be worked with. */
  static async open(
    session: Opened,
    viewport = { width: 1280, height: 800 },
    prepare?: (page: Page) => Promise<void>,
  ): Promise<Workbench> {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport });
      page.setDefaultTimeout(stepTimeoutMs);
      const workbench = new Workbench(browser, page, session);
      await prepare?.(page);
      await page.goto(session.url, { timeout: startTimeoutMs });
      await workbench.ready();
      return workbench;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Resolves when the window can be worked with, at first or after a reload. */
  async ready() {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: startTimeoutMs });
    await this.page.locator(".monaco-workbench .explorer-folders-view").waitFor({ timeout: startTimeoutMs });
  }

  /**
   * Runs a command by its name in the command palette, as soon as there is one of that name. One that asks for a choice
   * shows the same box again.
   */
  async runCommand(name: string, { asks = false } = {}) {
    const box = this.page.locator(".quick-input-widget");
    const entry = box.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    await this.#retry(`The command ${name}`, async () => {
      await this.page.keyboard.press("F1");
      await box.locator("input").fill(`>${name}`, { timeout: tryTimeoutMs });
      await entry.waitFor({ timeout: tryTimeoutMs });
      await entry.click({ timeout: tryTimeoutMs });
    });
    if (!asks) await box.waitFor({ state: "hidden" });
  }

  /** Opens a file of the workspace in an editor that has the focus. */
  async openFile(name: string) {
    const box = this.page.locator(".quick-input-widget");
    await this.#retry(`The file ${name}`, async () => {
      await this.page.keyboard.press("ControlOrMeta+P");
      await box.locator("input").fill(name, { timeout: tryTimeoutMs });
      const entry = box.locator(".quick-input-list .monaco-list-row", { hasText: path.basename(name) });
      await entry.first().waitFor({ timeout: tryTimeoutMs });
      await entry.first().click({ timeout: tryTimeoutMs });
    });
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
    await this.editor.waitFor();
    await this.editor.click();
  }

  /** The text editor that was opened last. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor .view-lines").first();
  }

  /** Types into whatever has the focus, key by key, at the pace of a fast person. */
  async type(text: string) {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  async setTheme(theme: Theme) {
    const { name, file } = themes[theme];
    const shown = this.page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${file}-json`);
    await this.#retry(`The theme ${name}`, async () => {
      // Written again each time: the editor does not watch its files yet when it is first seen.
      await this.#session.changeSettings?.({ "workbench.colorTheme": name });
      await shown.waitFor({ timeout: 3_000 });
    });
  }

  /** An entry of the status bar, by its text. */
  statusBarEntry(text: string | RegExp): Locator {
    return this.page.locator(".part.statusbar .statusbar-item", { hasText: text });
  }

  /** Clicks the icon of a view container in the activity bar, so that the side bar shows it. */
  async openContainer(title: string) {
    const tab = this.page.locator(".part.activitybar .action-item", {
      has: this.page.locator(`.action-label[aria-label^="${title}"]`),
    });
    await tab.waitFor();
    const chosen = async () => /\bchecked\b/.test((await tab.getAttribute("class")) ?? "");
    if (!(await chosen())) await tab.click();
    // Away from the icon, whose name would cover the view.
    await this.page.mouse.move(1, 1);
    await this.page.locator(".part.sidebar .composite.title", { hasText: new RegExp(title, "i") }).waitFor();
  }

  /** Closes dialogs, boxes, notifications and editors, and answers nothing. */
  async closeWhateverIsOpen() {
    const { page } = this;
    const shown = (selector: string) => page.locator(selector).filter({ visible: true });
    const dialog = shown(".monaco-dialog-box .codicon-dialog-close");
    if ((await dialog.count()) > 0) await dialog.first().click();
    const box = shown(".quick-input-widget");
    for (let times = 0; times < 4 && (await box.count()) > 0; times++) {
      await page.keyboard.press("Escape");
      await page.waitForTimeout(100);
    }
    // The settings are shown above everything else: beside them is their end.
    const modal = shown(".monaco-modal-editor-block");
    if ((await modal.count()) > 0) await modal.first().click({ position: { x: 3, y: 3 } });
    const notifications = shown(".notification-toast .codicon-notifications-clear");
    while ((await notifications.count()) > 0) await notifications.first().click();
    // By their own buttons: a command's box is not always to be had while a page in a frame has the focus.
    const tabs = page.locator(".tabs-container .tab.active");
    const forgotten = shown(".monaco-dialog-box").getByRole("button", { name: "Don't Save" });
    while ((await tabs.count()) > 0) {
      if ((await forgotten.count()) > 0) await forgotten.click();
      else await tabs.first().locator(".tab-actions .action-label").first().click();
      await page.waitForTimeout(100);
    }
  }

  /** Drags the border between the side bar and the editors. */
  async setSideBarWidth(width: number) {
    const bar = this.page.locator(".part.sidebar");
    const before = await boxOf(bar);
    const middle = before.y + before.height / 2;
    const border = before.x + before.width;
    const sash = await this.#sashNear(border);
    await this.page.mouse.move(sash, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(sash + width - before.width, middle, { steps: 5 });
    await this.page.mouse.up();
    await this.page.mouse.move(before.x + 1, before.y + 1);
    const now = (await boxOf(bar)).width;
    if (Math.abs(now - width) > 2) throw new Error(`The side bar is ${now} px wide, not ${width}.`);
  }

  /** The page inside a webview view, or inside a webview opened as an editor. */
  webview(purpose: "view" | "editor"): FrameLocator {
    const inSource = purpose === "view" ? "purpose=webviewView" : "extensionId=kept.kept";
    const frames = this.page.frameLocator(
      `iframe.webview.ready[src*="${inSource}"][src*="extensionId=kept.kept"]`,
    );
    return (purpose === "view" ? frames : frames.last()).frameLocator("iframe#active-frame");
  }

  /** Milliseconds that the editor says an extension took, first to be loaded, then in its `activate`. */
  async activationOf(extensionId: string): Promise<{ load: number; activate: number }> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const row = new RegExp(`\\| ${extensionId} *\\| \\w+ *\\| (\\d+) *\\| (\\d+) *\\|`);
    let numbers: RegExpExecArray | null = null;
    await this.#retry(`The activation of ${extensionId}`, async () => {
      await this.runCommand("Developer: Startup Performance");
      await this.editor.click();
      await this.page.keyboard.press("ControlOrMeta+A");
      await this.page.keyboard.press("ControlOrMeta+C");
      numbers = row.exec(await this.page.evaluate(() => navigator.clipboard.readText()));
      await this.runCommand("View: Close Editor");
      if (numbers === null) throw new Error("It is not active yet.");
    });
    const [, load, activate] = numbers ?? [];
    return { load: Number(load), activate: Number(activate) };
  }

  /** Writes `test/artifacts/NAME.png`. */
  async screenshot(name: string) {
    const file = path.join(artifactsFolder, `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: "disabled" });
  }

  async close() {
    await this.#browser.close();
  }

  async #sashNear(border: number): Promise<number> {
    const sashes = await this.page.locator(".monaco-sash.vertical").all();
    for (const sash of sashes) {
      const box = await sash.boundingBox();
      if (box !== null && box.height > 200 && Math.abs(box.x + box.width / 2 - border) < 8)
        return box.x + box.width / 2;
    }
    throw new Error("The side bar has no border to drag.");
  }

  /** A key press is lost while the window is still busy with itself. */
  async #retry(what: string, act: () => Promise<void>) {
    const until = Date.now() + 2 * stepTimeoutMs;
    for (;;) {
      try {
        await act();
        return;
      } catch (error) {
        if (Date.now() > until) throw new Error(`${what} could not be reached.`, { cause: error });
        await this.page.keyboard.press("Escape");
      }
    }
  }

  #noteRefusal(message: ConsoleMessage) {
    if (message.type() !== "error" || !/Content Security Policy/i.test(message.text())) return;
    this.refused.push(`${message.location().url}: ${message.text()}`);
  }
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not to be seen.");
  return box;
}
