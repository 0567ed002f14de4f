import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { artifactsFolder } from "../../scripts/paths.ts";

/** Writes what the page looks like, in its whole height, for people to look at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(artifactsFolder, { recursive: true });
  await page.screenshot({ path: path.join(artifactsFolder, `panel-${name}.png`), fullPage: true });
}
