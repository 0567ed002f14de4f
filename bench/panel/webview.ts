import type { FrameLocator } from "playwright-core";
import type { Workbench } from "../../test/support/editor/workbench.ts";
import { periods, viewIds, type Behind, type ViewId } from "../../webview/memory.ts";
import type { Asked, Settled, WatchedWindow } from "./watch.ts";

/** Each in milliseconds, in the order in which it was measured. */
export interface Measured {
  readonly name: string;
  readonly times: readonly number[];
}

export interface MeasuredPanel {
  /** From the press on the icon, and from when the script had come. */
  readonly opening: readonly Measured[];
  /** From the click until the view's own answer is painted: first since the panel was opened, and later. */
  readonly firstTime: readonly Measured[];
  readonly again: readonly Measured[];
  readonly periods: readonly Measured[];
  readonly lists: readonly Measured[];
  /** Every question that was asked, once. */
  readonly asked: readonly Asked[];
}

const openings = 8;
const passes = 3;
/** The periods of whose numbers every list is opened, each after one opening. */
const listed = [30, 90];
/** So that nothing of one measurement is in the next. */
const restMs = 1_200;

/** The panel in the side bar of the real editor, over the real server, as a person uses it. */
export async function measurePanel(workbench: Workbench): Promise<MeasuredPanel> {
  const times = new Map<string, number[]>();
  const note = (group: string, name: string, ms: number) => {
    const key = `${group}\n${name}`;
    times.set(key, [...(times.get(key) ?? []), ms]);
  };
  const asked = new Map<string, Asked>();
  const { page } = workbench;
  await page.evaluate(() => {
    const clock = window as unknown as { keptPressed: number };
    const press = () => (clock.keptPressed = performance.timeOrigin + performance.now());
    window.addEventListener("mousedown", press, { capture: true });
  });
  for (let opening = 0; opening < openings; opening++) {
    const panel = await open(workbench, opening === 0, (name, ms) => note("opening", name, ms));
    for (let pass = 0; pass <= passes; pass++) {
      for (const view of [...viewIds.slice(1), viewIds[0]]) {
        await page.waitForTimeout(restMs / 4);
        const { painted } = await followIn(panel, "tab", view);
        note(pass === 0 ? "firstTime" : "again", view, painted);
      }
    }
    for (const days of [...periods.filter((each) => each !== 30), 30]) {
      await page.waitForTimeout(restMs);
      note("periods", `${days} days`, numbersIn(await followIn(panel, "days", String(days))));
    }
    for (const scope of ["all", "workspace"]) {
      await page.waitForTimeout(restMs);
      note("periods", scope, numbersIn(await followIn(panel, "scope", scope)));
    }
    const days = listed[opening];
    if (days !== undefined) {
      if (days !== 30) await followIn(panel, "days", String(days));
      const known = new Set<string>();
      for (const view of viewIds) {
        await openLists(panel, view, known, (name, ms) => note("lists", `${name}, of ${days} days`, ms));
      }
      if (days !== 30) await followIn(panel, "days", "30");
    }
    await followIn(panel, "tab", "today");
    for (const each of await askedIn(panel)) asked.set(JSON.stringify([each.method, each.params]), each);
    await workbench.openContainer("Explorer");
    await page.waitForTimeout(restMs);
  }
  const of = (group: string) =>
    [...times].flatMap(([key, all]) => {
      const [own, name = ""] = key.split("\n");
      return own === group ? [{ name, times: all }] : [];
    });
  return {
    ...{ opening: of("opening"), firstTime: of("firstTime"), again: of("again"), periods: of("periods") },
    ...{ lists: of("lists"), asked: [...asked.values()] },
  };
}

type Note = (name: string, ms: number) => void;

async function open(workbench: Workbench, isFirst: boolean, note: Note): Promise<FrameLocator> {
  const { page } = workbench;
  await workbench.openContainer("Kept");
  // Once it was hidden, the editor no longer says of its frame that it is a view.
  const panel = workbench.webview("editor");
  await panel.locator("kept-panel").waitFor({ state: "attached", timeout: 60_000 });
  const opened = await panel
    .locator("body")
    .evaluate(() => (window as unknown as Required<WatchedWindow>).keptWatch.opened);
  const pressed = await page.evaluate(() => (window as unknown as { keptPressed: number }).keptPressed);
  const { arrived, first, numbers, painted, origin } = opened;
  if (isFirst) {
    await workbench.setSideBarWidth(620);
    note("the very first, with its numbers", numbers - arrived);
  } else {
    note("anything, from the script's arrival", first - arrived);
    note("the numbers, from the script's arrival", numbers - arrived);
    note("all of it, from the script's arrival", painted - arrived);
    note("anything, from the press on the icon", origin + first - pressed);
    note("the numbers, from the press on the icon", origin + numbers - pressed);
  }
  await page.waitForTimeout(restMs);
  return panel;
}

function numbersIn({ numbers }: Settled): number {
  if (numbers === undefined) throw new Error("no numbers were asked for");
  return numbers;
}

/** Chooses a view, a period or a place. */
async function followIn(
  panel: FrameLocator,
  control: "tab" | "days" | "scope",
  value: string,
): Promise<Settled> {
  return panel.locator("body").evaluate(
    async (_, [kind, wanted]) => {
      const root = document.querySelector("kept-panel")?.shadowRoot;
      const { keptWatch } = window as unknown as Required<WatchedWindow>;
      if (kind === "tab") {
        const tab = root?.querySelector<HTMLElement>(`#tab-${wanted}`);
        if (!tab) throw new Error(`there is no tab ${wanted}`);
        const settled = await keptWatch.follow(() => tab.click());
        if (tab.getAttribute("aria-selected") !== "true") throw new Error(`${wanted} was not chosen`);
        return settled;
      }
      const select = [...(root?.querySelectorAll("select") ?? [])].find(({ options }) =>
        [...options].some((option) => option.value === wanted),
      );
      if (!select) throw new Error(`${wanted} cannot be chosen`);
      return keptWatch.follow(() => {
        select.value = wanted;
        select.dispatchEvent(new Event("change"));
      });
    },
    [control, value] as const,
  );
}

/** Every list that a number of a view leads to, and where it goes on. */
async function openLists(panel: FrameLocator, view: ViewId, known: Set<string>, note: Note): Promise<void> {
  await followIn(panel, "tab", view);
  const lists = await panel.locator("body").evaluate(
    async (_, listed) => {
      const { keptWatch } = window as unknown as Required<WatchedWindow>;
      const all = (root: ParentNode): Element[] =>
        [...root.querySelectorAll("*")].flatMap((element) => [
          element,
          ...(element.shadowRoot ? all(element.shadowRoot) : []),
        ]);
      const behind = new Map<string, Behind>();
      for (const element of all(document)) {
        const given = (element as Partial<{ definition: { behind?: Behind } }>).definition?.behind;
        if (given && !listed.includes(JSON.stringify(given))) behind.set(JSON.stringify(given), given);
      }
      const act = (detail: unknown) => {
        const from = document.querySelector("kept-panel")?.shadowRoot?.querySelector("#view");
        if (!from) throw new Error("there is no view");
        from.dispatchEvent(new CustomEvent("kept-act", { detail, bubbles: true, composed: true }));
      };
      const opened: { key: string; of: string; painted: number; isMore: boolean }[] = [];
      for (const [key, each] of behind) {
        const { painted } = await keptWatch.follow(() => act({ type: "behindOpened", behind: each }));
        opened.push({ key, of: each.of, painted, isMore: false });
        if (all(document).some((element) => element.matches("footer button"))) {
          const settled = await keptWatch.follow(() => act({ type: "moreBehind" }));
          opened.push({ key, of: each.of, painted: settled.painted, isMore: true });
        }
        await keptWatch.follow(() => act({ type: "behindClosed" }));
      }
      return opened;
    },
    [...known],
  );
  for (const { key, of, painted, isMore } of lists) {
    known.add(key);
    note(`${wordsOf(of)}${isMore ? ", going on" : ""}`, painted);
  }
}

function wordsOf(of: string): string {
  if (of === "requests" || of === "tasks") return of;
  return of.endsWith("Commits") ? "commits" : "edits";
}

async function askedIn(panel: FrameLocator): Promise<readonly Asked[]> {
  return panel.locator("body").evaluate(() => (window as unknown as Required<WatchedWindow>).keptWatch.asked);
}
