import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type * as z from "zod";
import { requestsFromPanel, type PanelResult, type RequestFromPanel } from "../../protocol/panel.ts";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { payloads } from "../support/hostile/payloads.ts";
import { plant } from "../support/hostile/plant.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { fullCoach, promptedCoach } from "./coaches.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel } from "./page.ts";
import { readPage } from "./reading.ts";
import { usual } from "./summaries.ts";
import { fullSharing, fullTeam } from "./teams.ts";

const views = ["today", "quality", "tools", "cost", "coach", "team", "data"];

suite("Two hundred texts that would be scripts", function () {
  this.timeout(300_000);
  let browser: Browser;
  let bundle: PanelBundle;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());

  let count = 0;
  let unseen: readonly string[] = payloads;
  const next = () => unseen[count++ % unseen.length] ?? payloads[0]!;
  const planted = <Method extends RequestFromPanel>(method: Method, value: PanelResult<Method>) =>
    plant(requestsFromPanel[method].result as unknown as z.ZodType<PanelResult<Method>>, value, next);

  function hostileHost(coach: PanelResult<"coach">): FakeHost {
    const host = new FakeHost((question) => planted("summary", usual(question)));
    host.coach = planted("coach", coach);
    host.team = planted("team", fullTeam);
    host.sharing = planted("sharing", fullSharing);
    host.tools = planted("tools", { tools: [...host.tools] }).tools;
    const file = () => ({
      uri: `file:///${encodeURIComponent(next())}`,
      lines: 9,
      ranges: [{ firstLine: 1, lastLine: 9 }],
    });
    host.unread = { files: Array.from({ length: 20 }, file) };
    return host;
  }

  test("S5: are texts in every view of the panel: nothing runs, nothing is asked elsewhere", async () => {
    const look = async (view: string, coach: PanelResult<"coach">) => {
      const asked: string[] = [];
      const panel = await openPanel(browser, bundle, hostileHost(coach), {
        ...{ theme: "light", width: 1000 },
        stored: { view, question: { days: 90, scope: "all" } },
      });
      const { page } = panel;
      page.on("request", (request) => asked.push(request.url()));
      page.on("dialog", (dialog) => asked.push(dialog.message()));
      page.on("frameattached", (frame) => asked.push(`a frame: ${frame.url()}`));
      const read = await settled(page);
      unseen = unseen.filter((payload) => !read.includes(payload));
      assert.deepEqual(await strangersIn(page), [], view);
      assert.equal(await page.evaluate("window.owned"), undefined, view);
      assert.deepEqual(await panel.violations(), [], view);
      assert.deepEqual(panel.complaints, [], view);
      assert.deepEqual(
        asked.filter((url) => !url.startsWith("http://panel.test/")),
        [],
        view,
      );
      await page.close();
    };
    for (const coach of [fullCoach, promptedCoach]) for (const view of views) await look(view, coach);
    // Those views with the most texts, until each was shown somewhere.
    for (let round = 0; round < 8 && unseen.length > 0; round++) {
      for (const view of ["tools", "data"]) await look(view, fullCoach);
    }
    assert.deepEqual(unseen, []);
  });
});

/** What the page says when it says the same twice. */
async function settled(page: Page): Promise<string> {
  let before = "";
  for (let look = 0; look < 50; look++) {
    const now = await readPage(page);
    if (now === before && now.length > 2000) return now;
    before = now;
    await page.waitForTimeout(100);
  }
  return before;
}

/** Elements and attributes that none of the panel's own templates has. */
function strangersIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        const isOwn = element.matches("head *, body > script[src='/panel.js']");
        const name = element.localName;
        if (!isOwn && /^(?:script|iframe|object|embed|img|video|form|base|meta|link|math|input)$/.test(name))
          found.push(name);
        for (const { name: attribute, value } of element.attributes) {
          if (attribute.startsWith("on")) found.push(`${name} ${attribute}`);
          if (/^(?:href|src|action)$/.test(attribute) && !isOwn && !value.startsWith("https://"))
            found.push(`${name} ${attribute}=${value}`);
        }
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found;
  });
}
