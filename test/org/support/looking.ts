import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser as launch } from "../../../scripts/browser/launch.ts";
import type { Visitor } from "./visitor.ts";

const artifacts = path.resolve("test/artifacts");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  medium: { colorScheme: "light", viewport: { width: 720, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 360, height: 800 } },
  narrow: { colorScheme: "dark", viewport: { width: 300, height: 800 } },
  contrast: { colorScheme: "dark", forcedColors: "active", viewport: { width: 720, height: 900 } },
} as const satisfies Record<string, BrowserContextOptions>;

export function launchBrowser(): Promise<Browser> {
  mkdirSync(artifacts, { recursive: true });
  return launch();
}

export function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: path.join(artifacts, `${name}.png`), fullPage: true });
}

/** Opens a page of the console, as somebody or as nobody, and fails on anything the browser complains about. */
export async function open(
  browser: Browser,
  look: BrowserContextOptions,
  address: string,
  visitor: Visitor | undefined,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(look);
  const [name = "", value = ""] = (visitor?.cookie ?? "").split("=");
  if (visitor !== undefined) await context.addCookies([{ name, value, url: new URL(address).origin }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} ${response.status()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`violation of ${event.violatedDirective} by ${event.blockedURI}`),
    );
  });
  await page.goto(address, { waitUntil: "networkidle" });
  assert.deepEqual(complaints, []);
  await use(page);
  await context.close();
}

/** Nothing is cut off, and a checker of accessibility finds nothing. */
export async function examine(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `the page is ${wide} wide in a window of ${width}`);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
      ...{ id, impact, where: nodes.map(({ html }) => html) },
    }));
  });
  assert.deepEqual(violations, []);
}
