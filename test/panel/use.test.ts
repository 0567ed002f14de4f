import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { measureSummary } from "../../core/metrics/measureSummary.ts";
import type { Problem } from "../../protocol/errors.ts";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { viewIds, type ViewId } from "../../webview/memory.ts";
import { english } from "../../webview/strings.ts";
import { bundlePanel, type PanelBundle } from "./bundle.ts";
import { fullCoach } from "./coaches.ts";
import { FakeHost } from "./fakeHost.ts";
import { openPanel, type OpenPanel, type Setting } from "./page.ts";
import { focusedControl, markControls, readPage } from "./reading.ts";
import { fewAndUnpriced, hostile, hostileNames, nothing, usual } from "./summaries.ts";

const timedOut: Problem = { code: "request.timedOut", details: { seconds: 15 } };
const restMs = 1000;
/** Tabs and pickers are in every view. */
const leastControls = 3;
/** A text by which each view is known to be there. */
const landmarks: Readonly<Record<ViewId, string>> = {
  today: "What stayed",
  quality: "How long committed lines live",
  tools: "What is kept, by tool and mode",
  cost: "What tasks came to",
  coach: "No tip yet",
  team: "You are in no team",
  // Told last, after the numbers.
  data: "Gemini CLI",
};

suite("Using the panel", function () {
  this.timeout(120_000);
  let browser: Browser;
  let bundle: PanelBundle;
  let open: OpenPanel | undefined;

  suiteSetup(async () => {
    [browser, bundle] = await Promise.all([launchBrowser(), bundlePanel()]);
  });
  suiteTeardown(() => browser.close());
  teardown(async () => {
    await open?.page.close();
    open = undefined;
  });

  async function start(host: FakeHost, more: Partial<Setting> = {}): Promise<Page> {
    open = await openPanel(browser, bundle, host, { theme: "dark", width: 300, ...more });
    return open.page;
  }

  test("the bundle stays under its weight", () => {
    assert.ok(gzipSync(bundle.script).length <= 150_000, `${gzipSync(bundle.script).length} bytes`);
  });

  test("a tip is done, put off, refused and muted; rules are muted, and heard again", async () => {
    const host = new FakeHost(usual);
    host.coach = fullCoach;
    const page = await start(host, { stored: { view: "coach", openTables: ["coach.rules"] } });
    const press = async (name: string, did: string) => {
      await page.getByRole("button", { name, exact: true }).first().click();
      await page.waitForFunction(() => true);
      assert.equal(host.commands.at(-1), did);
    };
    await page.getByText("612 AI lines").filter({ visible: true }).first().waitFor();
    await press("Stage a part", "take tip-1");
    await press("Later", "snooze tip-1");
    await press("Not useful", "dismiss tip-1");
    await press("Never this tip", "mute tip-1");
    await press("Mute C01", "muteRule C01");
    await press("Unmute C03", "unmuteRule C03");
    await press("Mute all tips", "muteAll");
    assert.equal(await page.locator("img").count(), 0, "what a tool calls itself is text");
  });

  test("a tip that comes on screen is noted as seen, once", async () => {
    const host = new FakeHost(usual);
    host.coach = { ...fullCoach, waiting: [], tip: { ...fullCoach.tip!, state: "new" } };
    const page = await start(host);
    await page.getByText("612 AI lines").first().waitFor();
    await page.getByRole("tab", { name: "Quality" }).click();
    await page.getByText(landmarks.quality).filter({ visible: true }).first().waitFor();
    assert.deepEqual(host.commands, ["seen tip-1"]);
  });

  for (const view of viewIds) {
    test(`every control of ${view} does something`, async () => {
      const host = new FakeHost(usual);
      const page = await start(host, { stored: { view, openTables: ["days"] } });
      await page.getByText(landmarks[view]).filter({ visible: true }).first().waitFor();
      const tried = new Set<string>();
      for (;;) {
        const controls = await markControls(page);
        const index = controls.findIndex((control) => !tried.has(control));
        if (index < 0) break;
        tried.add(controls[index]!);
        const before = await footprint(page, host);
        await operate(page, index);
        assert.ok(await changes(page, host, before), `${controls[index]} did nothing`);
        await page.keyboard.press("Escape");
        await page.getByRole("tab", { name: english.tabs[view], exact: true }).click();
      }
      assert.ok(tried.size >= leastControls, `only ${[...tried].join(", ")}`);
      assert.deepEqual(await open!.violations(), []);
      assert.deepEqual(open!.complaints, []);
    });

    test(`Tab alone reaches every control of ${view}, once and in order`, async () => {
      const page = await start(new FakeHost(usual), { stored: { view, openTables: ["hours", "days"] } });
      await page.getByText(landmarks[view]).filter({ visible: true }).first().waitFor();
      const controls = await markControls(page);
      const reached: (number | undefined)[] = [];
      for (let step = 0; step < controls.length; step += 1) {
        await page.keyboard.press("Tab");
        reached.push(await focusedControl(page));
      }
      assert.deepEqual(
        reached,
        controls.map((_, index) => index),
      );
    });
  }

  test("arrow keys walk the tabs, and the view follows", async () => {
    const page = await start(new FakeHost(usual));
    await page.getByText("What stayed").first().waitFor();
    await page.getByRole("tab", { name: "Today" }).focus();
    for (const view of [...viewIds.slice(1), viewIds[0]]) {
      await page.keyboard.press("ArrowRight");
      await page.getByRole("tab", { name: english.tabs[view], exact: true, selected: true }).waitFor();
      await page.getByText(landmarks[view]).filter({ visible: true }).first().waitFor();
    }
  });

  test("arrow keys walk every number of the table; Enter explains one, Escape goes back to it", async () => {
    const page = await start(new FakeHost(usual));
    await page.getByText("Where it came from").first().waitFor();
    const numbers = page.locator("kept-origins kept-explained button");
    const last = (await numbers.count()) - 1;
    await numbers.first().focus();
    for (let row = 0; row < last / 3; row += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const isFocused = () => numbers.nth(last).evaluate((button) => button.matches(":focus"));
    assert.equal(await isFocused(), true);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Tooling: Kept" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await isFocused(), true);
  });

  test("the metrics are those of the report, each with all that is declared of it", async () => {
    const page = await start(new FakeHost(usual), { stored: { view: "quality" } });
    const measured = measureSummary(usual({ days: 30, scope: "workspace" }));
    const q2 = measured.find(({ id }) => id === "Q2")!;
    await page.getByRole("button", { name: /Q2 Retention after 15 minutes$/ }).click();
    const dialog = page.getByRole("dialog");
    const text = await dialog.innerText();
    const shown = await page.getByRole("button", { name: /Q2 Retention after 15 minutes$/ }).innerText();
    assert.equal(shown.trim(), `${Math.round(q2.value! * 100)}\u202f%`);
    assert.match(text, new RegExp(`${q2.n} edits`));
    assert.match(text, /edits with something left ÷ edits looked at in time/);
    assert.match(text, /Something left is not all left/);
    assert.match(text, /Q1 Acceptance/);
  });

  test("tools are called different only where their intervals say so", async () => {
    const page = await start(new FakeHost(usual), { stored: { view: "tools" } });
    await page.getByText("Claude Code, agent · claude-opus-4-5 is kept more than GitHub Copilot").waitFor();
    await page.getByText(/^Of \d+ comparisons/).waitFor();
  });

  test("a number opens the edits behind it, each opens its place, and one comes back to the view", async () => {
    const host = new FakeHost(usual);
    const page = await start(host, { stored: { view: "tools" } });
    await page.getByRole("button", { name: /Claude Code, .*: Kept$/ }).click();
    await page.getByRole("button", { name: "Show these edits" }).click();
    await page.getByRole("heading", { name: "Edits: Claude Code, agent · claude-opus-4-5" }).waitFor();
    const { origin, of, order } = host.listed[0]!;
    assert.deepEqual(
      [origin.kind === "ai" && origin.tool, of, order],
      ["claude-code", "origin", "leastLeft"],
    );
    await page.getByText("basket total.ts").click();
    assert.deepEqual(host.commands, ["file:///projects/shop/src/basket%20total.ts 11"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.deepEqual(host.commands[1], "file:///projects/shop/src/orders.ts 3");
    await page.getByRole("button", { name: "Newest first" }).click();
    await page.getByRole("list", { name: "Newest first" }).waitFor();
    assert.equal(host.listed.at(-1)!.order, "newest");
    await page.getByLabel("Period").selectOption("7");
    while (host.listed.at(-1)!.question.days !== 7) await page.waitForTimeout(50);
    await page.getByRole("button", { name: "Back to Tools" }).click();
    await page.getByText("What is kept, by tool and mode").filter({ visible: true }).first().waitFor();
  });

  test("what has no price is never drawn as nothing", async () => {
    const page = await start(new FakeHost(fewAndUnpriced), { stored: { view: "cost" } });
    await page.getByText("3 requests have no known price and are in no amount.").waitFor();
    assert.equal(await page.getByText("$0.00").count(), 0);
    assert.equal(await page.getByRole("slider", { name: "What it cost" }).count(), 0);
  });

  test("a place that cannot be opened is said", async () => {
    const host = new FakeHost(usual);
    host.commandProblem = { code: "server.notRunning", details: {} };
    const behind = { origin: { kind: "ai" }, of: "kind", order: "newest" };
    const page = await start(host, { stored: { view: "today", behind } });
    await page.getByText("orders.ts").click();
    await page.getByText("language server is not running").waitFor();
  });

  test("a definition says of what, since when, how many and how sure", async () => {
    const page = await start(new FakeHost(usual));
    await page.locator("kept-explained.large button").click();
    const text = await page.getByRole("dialog").innerText();
    assert.match(text, /never removed since/);
    assert.match(text, /This workspace, Oct 22 to Nov 20/);
    assert.match(text, /\d+ edits/);
    assert.match(text, /95\s% interval \d+–\d+/);
  });

  test("arrow keys read a chart column by column, and so does a pointer", async () => {
    const page = await start(new FakeHost(usual));
    const chart = page.getByRole("slider", { name: "Who wrote today's lines" });
    await chart.focus();
    await page.keyboard.press("Home");
    for (let hour = 0; hour < 9; hour += 1) await page.keyboard.press("ArrowRight");
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /^09:00–10:00: AI [\d,]+, Human [\d,]+/);
    await page.keyboard.press("Escape");
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /^Today: AI/);
    await chart.hover({ position: { x: 36 + 10 * 9.6 + 4, y: 40 } });
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /^10:00–11:00: AI/);
  });

  test("view, period, scope and open tables come back after a reload", async () => {
    const host = new FakeHost(usual);
    const page = await start(host);
    await page.getByText("What stayed").first().waitFor();
    await page.getByLabel("Period").selectOption("90");
    await page.getByLabel("Which files").selectOption("all");
    await page.getByRole("button", { name: "Table: Who wrote today's lines" }).click();
    await page.getByRole("tab", { name: "Data" }).click();
    const stored = await open!.stored();
    await page.close();

    const again = new FakeHost(usual);
    const reopened = await start(again, { stored });
    await reopened.getByRole("tab", { name: "Data", selected: true }).click();
    await reopened.getByRole("tab", { name: "Today" }).click();
    await reopened.getByRole("table", { name: "Who wrote today's lines" }).waitFor();
    assert.deepEqual(again.questions, [{ days: 90, scope: "all" }]);
    assert.equal(await reopened.getByLabel("Period").inputValue(), "90");
    assert.equal(await reopened.getByLabel("Which files").inputValue(), "all");
  });

  test("what an earlier version left behind does no harm", async () => {
    const host = new FakeHost(usual);
    const stored = { view: "elsewhere", question: { days: 0, scope: 4 }, openTables: ["x"] };
    const page = await start(host, { stored });
    await page.getByText("What stayed").first().waitFor();
    assert.deepEqual(host.questions, [{ days: 30, scope: "workspace" }]);
  });

  test("notices that numbers changed are answered at most once a second, with the newest numbers", async () => {
    const host = new FakeHost(nothing);
    const page = await start(host);
    await page.getByText("Nothing recorded yet").waitFor();
    host.summary = (question) => ({ ok: true, value: usual(question) });
    await page.evaluate(() => {
      const notice = { type: "notice", method: "changed", params: {} };
      for (let count = 0; count < 30; count += 1) window.postMessage(notice, "*");
    });
    await page.getByText("What stayed").first().waitFor();
    await page.waitForTimeout(restMs * 1.5);
    assert.equal(host.questions.length, 2);
  });

  test("new numbers fade in, unless less motion is asked for", async () => {
    for (const reducedMotion of [false, true]) {
      const host = new FakeHost(usual);
      const page = await start(host, { reducedMotion });
      await page.getByText("What stayed").first().waitFor();
      const durations = await page.locator("kept-panel").evaluateHandle((panel) => {
        const view = panel.shadowRoot!.querySelector("#view")!;
        const asked: unknown[] = [];
        const animate = view.animate.bind(view);
        view.animate = (frames, timing) => {
          asked.push(timing);
          return animate(frames, timing);
        };
        return asked;
      });
      await host.notify("changed", {});
      await answered(page, host, 2);
      assert.deepEqual(await durations.jsonValue(), reducedMotion ? [] : [120]);
      await page.close();
    }
  });

  test("a focused chart keeps the focus when numbers change", async () => {
    const host = new FakeHost(usual);
    const page = await start(host);
    const chart = page.getByRole("slider").first();
    await chart.focus();
    await host.notify("changed", {});
    await answered(page, host, 2);
    assert.equal(await chart.evaluate((element) => element.matches(":focus")), true);
  });

  test("a refusal after numbers came keeps them, says so, and can be tried again", async () => {
    const host = new FakeHost(usual);
    const page = await start(host);
    await page.getByText("What stayed").first().waitFor();
    const works = host.summary;
    host.summary = () => ({ ok: false, problem: timedOut });
    await host.notify("changed", {});
    await page.getByText("These numbers are from before").waitFor();
    assert.equal(await page.getByText("What stayed").first().isVisible(), true);
    host.summary = works;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("These numbers are from before").waitFor({ state: "detached" });
  });

  test("a stopped Kept offers Restart and Show log, and shows numbers once it runs", async () => {
    const host = new FakeHost(usual);
    host.state = { state: "stopped", problem: { code: "server.crashed", details: { count: 3 } } };
    const page = await start(host);
    await page.getByRole("button", { name: "Restart" }).click();
    await page.getByRole("button", { name: "Show log" }).click();
    assert.deepEqual(host.commands, ["kept.restart", "kept.showLog"]);
    await host.notify("state", { state: "running", store: "disk", problems: [] });
    await page.getByText("What stayed").first().waitFor();
  });

  test("a button says what it did when nothing else shows it, and what went wrong", async () => {
    const host = new FakeHost(usual);
    const page = await start(host, { stored: { view: "data" } });
    await page.getByRole("button", { name: "Copy report" }).click();
    await page.getByText("The report was copied.").waitFor();
    host.commandProblem = { code: "server.notRunning", details: {} };
    await page.getByRole("button", { name: "Restart" }).click();
    await page.getByText("language server is not running").waitFor();
  });

  test("hostile names are text, cut where they are long, and never markup", async () => {
    const page = await start(new FakeHost(hostile));
    await page.getByText(hostileNames.markup, { exact: true }).waitFor();
    await page.getByText(hostileNames.long, { exact: true }).waitFor();
    const harm = await page.evaluate(() => {
      const found: string[] = [];
      const search = (root: ParentNode) => {
        found.push(
          ...[...root.querySelectorAll("img, b, script:not([src])")].map(({ outerHTML }) => outerHTML),
        );
        for (const element of root.querySelectorAll("*")) if (element.shadowRoot) search(element.shadowRoot);
      };
      search(document);
      return [...found, ...("broken" in window ? ["ran"] : [])];
    });
    assert.deepEqual(harm, []);
  });

  test("messages without the agreed form change nothing", async () => {
    const host = new FakeHost(usual);
    const page = await start(host);
    await page.getByText("What stayed").first().waitFor();
    const before = await readPage(page);
    for (const message of [
      null,
      7,
      "changed",
      { type: "notice", method: "state", params: { state: "running" } },
      { type: "notice", method: "constructor", params: {} },
      { type: "answer", id: 1, reply: { ok: true, value: "late" } },
      { type: "answer", id: "x" },
    ]) {
      await host.post(message);
    }
    await page.waitForTimeout(100);
    assert.equal(await readPage(page), before);
    assert.equal(host.malformed, 0);
  });
});

/** Everything by which a person or the host could tell that something happened. */
async function footprint(page: Page, host: FakeHost): Promise<string> {
  return JSON.stringify([await readPage(page), host.commands, host.questions]);
}

/** Waits until so many questions were asked and what came back was drawn. */
async function answered(page: Page, host: FakeHost, questions: number): Promise<void> {
  while (host.questions.length < questions) await page.waitForTimeout(50);
  await page.waitForTimeout(500);
}

/** Whether anything happens within two seconds: a scroll takes its time. */
async function changes(page: Page, host: FakeHost, before: string): Promise<boolean> {
  for (let look = 0; look < 40; look += 1) {
    if ((await footprint(page, host)) !== before) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

/** Does with a control what it is for. */
async function operate(page: Page, index: number): Promise<void> {
  const control = page.locator(`[data-control="${index}"]`);
  const kind = await control.evaluate((element) => element.getAttribute("role") ?? element.localName);
  switch (kind) {
    case "select": {
      const other = await control.evaluate(
        (element) => [...(element as HTMLSelectElement).options].find(({ selected }) => !selected)!.value,
      );
      await control.selectOption(other);
      return;
    }
    case "slider":
      await control.focus();
      return page.keyboard.press("ArrowLeft");
    case "tab":
      // The tab that is chosen already is left by an arrow.
      await control.focus();
      return page.keyboard.press("ArrowRight");
    case "region":
      await control.focus();
      await page.keyboard.press("ArrowRight");
      return page.keyboard.press("End");
    default:
      return control.click();
  }
}
