import { type Browser, chromium } from "playwright-core";
import { ensureBrowser, withSystemTools } from "./ensure.ts";

/** A quiet Chromium with a new profile: it asks nobody for updates, lists or experiments. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** The pages are this machine's own, and a container's root cannot have the sandbox. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...quiet, ...args],
    env: onlyStrings(withSystemTools()),
    chromiumSandbox: false,
    headless: process.env["KEPT_SHOW_BROWSER"] === undefined,
  });
}

function onlyStrings(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
