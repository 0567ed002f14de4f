import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

/** KEPT_CHROMIUM names another browser than the system's own. */
const executablePath = process.env["KEPT_CHROMIUM"] ?? "/usr/bin/chromium";
const artifacts = path.resolve(import.meta.dirname, "../artifacts");

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Writes what the page looks like, in its whole height, for people to look at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: path.join(artifacts, `panel-${name}.png`), fullPage: true });
}
