import assert from "node:assert/strict";
import type { Problem } from "../../../protocol/errors.ts";
import { recall } from "../../../webview/memory.ts";
import { reduce, remembered, screenOf, startingModel, type PanelEvent } from "../../../webview/state.ts";
import { month, summaryOf } from "./summary.ts";

const moment = { day: "2026-11-20", hour: 15 };
const problem: Problem = { code: "request.timedOut", details: { seconds: 15 } };
const running: PanelEvent = { type: "hostChanged", host: { state: "running", store: "disk", problems: [] } };
const came = (days: number): PanelEvent => ({
  type: "summaryCame",
  summary: summaryOf({ ...month, days }),
  moment,
});

function after(...events: PanelEvent[]) {
  return events.reduce(reduce, startingModel(recall(undefined)));
}

suite("The panel's state", () => {
  test("goes from starting to waiting to numbers", () => {
    assert.equal(screenOf(after()).show, "starting");
    assert.equal(screenOf(after(running)).show, "waiting");
    assert.equal(screenOf(after(running, came(30))).show, "numbers");
  });

  test("passes over the answer to a question that is no longer asked", () => {
    const asked = after(running, came(30), { type: "periodChosen", days: 7 });
    const late = reduce(asked, came(90));
    assert.equal(late, asked);
    assert.equal(reduce(asked, came(7)).summary?.question.days, 7);
  });

  test("keeps the numbers of the last period while the next is fetched", () => {
    const screen = screenOf(after(running, came(30), { type: "periodChosen", days: 7 }));
    assert.equal(screen.show === "numbers" && screen.summary.question.days, 30);
  });

  test("is empty when no edit was recorded", () => {
    const nothing: PanelEvent = { type: "summaryCame", summary: summaryOf(month, []), moment };
    assert.equal(screenOf(after(running, nothing)).show, "empty");
  });

  test("says stopped whatever numbers there were", () => {
    const screen = screenOf(
      after(running, came(30), { type: "hostChanged", host: { state: "stopped", problem } }),
    );
    assert.deepEqual(screen, { show: "stopped", problem });
  });

  test("shows a failure alone only where there are no numbers to the question", () => {
    const failed: PanelEvent = { type: "requestFailed", problem };
    assert.equal(screenOf(after(failed)).show, "failed");
    assert.equal(screenOf(after(running, came(30), failed)).show, "numbers");
    assert.equal(
      screenOf(after(running, came(30), { type: "periodChosen", days: 7 }, failed)).show,
      "failed",
    );
  });

  test("forgets a failure when an answer comes or the host changes", () => {
    const failed = after(running, { type: "requestFailed", problem });
    assert.equal(reduce(failed, came(30)).failure, undefined);
    assert.equal(reduce(failed, running).failure, undefined);
  });

  test("opens and closes a table", () => {
    const toggled: PanelEvent = { type: "tableToggled", table: "days" };
    assert.deepEqual(after(toggled).openTables, ["days"]);
    assert.deepEqual(after(toggled, toggled).openTables, []);
  });

  test("drops what a button said when another view is chosen", () => {
    const done: PanelEvent = {
      type: "commandDone",
      done: { command: "kept.copyReport", problem: undefined },
    };
    assert.equal(after(done).done?.command, "kept.copyReport");
    assert.equal(after(done, { type: "viewChosen", view: "data" }).done, undefined);
  });

  test("goes into the edits behind a number and back, and leaves them for another view", () => {
    const behind = { origin: { kind: "ai" }, of: "kind", order: "leastLeft" } as const;
    const open = after(running, came(30), { type: "behindOpened", behind });
    const listed = reduce(open, { type: "editsCame", behind, edits: { edits: [] } });
    assert.deepEqual([listed.behind, listed.edits], [behind, { edits: [] }]);
    assert.deepEqual(remembered(listed).behind, behind);
    const late = reduce(open, { type: "editsCame", behind: { ...behind }, edits: { edits: [] } });
    assert.equal(late.edits, undefined);
    for (const event of [{ type: "behindClosed" }, { type: "viewChosen", view: "data" }] as const) {
      const left = reduce(listed, event);
      assert.deepEqual([left.behind, left.edits], [null, undefined]);
    }
  });

  test("remembers view, question and tables, and nothing else", () => {
    const model = after(
      running,
      came(30),
      { type: "viewChosen", view: "data" },
      { type: "periodChosen", days: 90 },
      { type: "scopeChosen", scope: "all" },
      { type: "tableToggled", table: "hours" },
    );
    const kept = remembered(model);
    assert.deepEqual(kept, {
      view: "data",
      question: { days: 90, scope: "all" },
      openTables: ["hours"],
      behind: null,
    });
    assert.deepEqual(recall(JSON.parse(JSON.stringify(kept))), kept);
  });
});

suite("What the panel remembers", () => {
  const fresh = { view: "today", question: { days: 30, scope: "workspace" }, openTables: [], behind: null };

  test("starts with today, this workspace and 30 days", () => {
    for (const stored of [undefined, null, 4, "x", {}, []]) assert.deepEqual(recall(stored), fresh);
  });

  test("takes each part by itself, so that one that cannot be used spoils no other", () => {
    assert.deepEqual(
      recall({ view: "elsewhere", question: { days: 7, scope: "all" }, openTables: ["days"] }),
      {
        view: "today",
        question: { days: 7, scope: "all" },
        openTables: ["days"],
        behind: null,
      },
    );
    assert.deepEqual(recall({ ...fresh, question: { days: 31, scope: "all" } }), fresh);
  });
});
