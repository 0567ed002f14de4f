import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { launchBrowser } from "../browser/launch.ts";
import { startSession } from "../editor/session.ts";
import { buildCompanion } from "./companion.ts";
import { companionEnvironment } from "./companionEnvironment.ts";
import type { Flavour } from "./flavour.ts";
import type { SuiteResult } from "./result.ts";

const longestRunMs = 300_000;
const pollMs = 100;

export interface InsideOptions {
  readonly vsix: string;
  readonly flavour: Flavour;
  readonly grep: string | undefined;
}

/** Runs the suites of test/host/inside in the extension host of the editor in the browser. */
export async function runInside({ vsix, flavour, grep }: InsideOptions): Promise<SuiteResult> {
  const companion = await buildCompanion(flavour);
  const folder = await mkdtemp(path.join(tmpdir(), "kept-result-"));
  const resultFile = path.join(folder, "result.json");
  const session = await startSession({
    vsix,
    companion,
    env: companionEnvironment(resultFile, flavour, grep),
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(session.url);
      return await resultIn(resultFile);
    } finally {
      await browser.close();
    }
  } catch (error) {
    throw new Error(`The suites inside the editor did not end. It said:\n${session.editor.output()}`, {
      cause: error,
    });
  } finally {
    await session.stop();
    await rm(folder, { recursive: true });
  }
}

async function resultIn(file: string): Promise<SuiteResult> {
  const signal = AbortSignal.timeout(longestRunMs);
  for (;;) {
    signal.throwIfAborted();
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as SuiteResult;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
