import type { Page } from "playwright-core";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { bundlePanel } from "../../test/panel/bundle.ts";
import { openPanel } from "../../test/panel/page.ts";
import { viewIds, type ViewId } from "../../webview/memory.ts";
import { median, type Answered } from "./queries.ts";

export interface Painted {
  /** From the script's first line to the first frame with anything, and with the numbers. */
  readonly first: readonly number[];
  readonly numbers: readonly number[];
  /** From the click to the frame after it. */
  readonly views: ReadonlyMap<ViewId, readonly number[]>;
}

interface Timed extends Window {
  kept: { began: number; first?: number; numbers?: number };
}

const rounds = 7;

/** The panel's real script in Chromium; each question is answered after as long as the server took for it. */
export async function paintPanel(answers: readonly Answered[]): Promise<Painted> {
  const [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  const marked = { ...bundle, script: `window.kept = { began: performance.now() };${bundle.script}` };
  const [first, numbers]: [number[], number[]] = [[], []];
  const views = new Map<ViewId, number[]>(viewIds.map((view) => [view, []]));
  for (let round = 0; round < rounds; round++) {
    const host = { attach: (page: Page) => answerInPage(page, answers) };
    const panel = await openPanel(browser, marked, host, {
      ...{ theme: "dark", width: 1000, isClockReal: true },
      stored: { view: "today", question: { days: 30, scope: "workspace" }, openTables: [], behind: null },
    });
    const { page } = panel;
    await page.waitForFunction(() => (window as unknown as Timed).kept.numbers !== undefined);
    const timed = await page.evaluate(() => (window as unknown as Timed).kept);
    first.push(timed.first! - timed.began);
    numbers.push(timed.numbers! - timed.began);
    for (const view of [...viewIds.slice(1), viewIds[0]]) views.get(view)!.push(await switchTo(page, view));
    const complaints = [...panel.complaints, ...(await panel.violations())];
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
    await page.close();
  }
  await browser.close();
  return { first, numbers, views };
}

/** Answers without leaving the page: what is measured is the panel, and the server's own time. */
async function answerInPage(page: Page, answers: readonly Answered[]): Promise<void> {
  const replies = answers.map(({ method, params, value, times }) => ({
    ...{ name: `${method} ${JSON.stringify(params)}`, value, afterMs: median(times) },
  }));
  await page.addInitScript((known) => {
    const state = { state: "running", store: "disk", problems: [] };
    const post = (id: unknown, value: unknown) =>
      window.postMessage({ type: "answer", id, reply: { ok: true, value } }, "*");
    Object.assign(window, {
      tellHost: (message: { id: unknown; method: string; params: unknown }) => {
        const { id, method, params } = message;
        if (method === "state") return setTimeout(() => post(id, state));
        const name = method === "answerTip" ? "coach {}" : `${method} ${JSON.stringify(params)}`;
        const reply = known.find((each) => each.name === name);
        if (!reply) throw new Error(`nothing was measured for ${name}`);
        return setTimeout(() => post(id, structuredClone(reply.value)), reply.afterMs);
      },
    });
    const look = () => {
      const timed = (window as unknown as Partial<Timed>).kept;
      const shown = document.querySelector("kept-panel")?.shadowRoot;
      if (timed && shown && shown.childElementCount > 0) {
        // The frame in which something is found is painted when the one after it begins.
        timed.first ??= performance.now();
        if (shown.querySelector("kept-today")?.shadowRoot?.querySelector(".figure, .missing")) {
          timed.numbers ??= performance.now();
          return;
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, replies);
}

async function switchTo(page: Page, view: ViewId): Promise<number> {
  return page.evaluate(async (id) => {
    const tab = document.querySelector("kept-panel")?.shadowRoot?.querySelector<HTMLElement>(`#tab-${id}`);
    if (!tab) throw new Error(`there is no tab ${id}`);
    const began = performance.now();
    tab.click();
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(undefined);
      });
    });
    if (tab.getAttribute("aria-selected") !== "true") throw new Error(`${id} was not chosen`);
    return performance.now() - began;
  }, view);
}
