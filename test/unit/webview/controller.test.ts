import type { EditsBehind, EditsQuestion } from "../../../protocol/editsBehind.ts";
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Reply } from "../../../protocol/errors.ts";
import { answer, type Handlers } from "../../../protocol/messages.ts";
import { requestsFromPanel, type PanelState } from "../../../protocol/panel.ts";
import type { Question, Summary } from "../../../protocol/summary.ts";
import { Bridge } from "../../../webview/bridge.ts";
import { Controller } from "../../../webview/controller.ts";
import { recall, type Remembered, type ViewId } from "../../../webview/memory.ts";
import { someDigest } from "../../panel/digests.ts";
import { quietCoach } from "../../panel/coaches.ts";
import { notSharing, noTeam } from "../../panel/teams.ts";
import { month, summaryOf } from "./summary.ts";

const moment = { day: "2026-11-20", hour: 15 };
const running: PanelState = { state: "running", store: "disk", problems: [] };

/** A panel without a page: time passes when a test says so. */
class Stage {
  state: PanelState = running;
  summary: (question: Question) => Promise<Reply<Summary>> = (question) =>
    Promise.resolve({ ok: true, value: summaryOf(question) });
  visible = true;
  /** By method, in the order in which they were asked. */
  readonly asked: string[] = [];
  readonly questions: Question[] = [];
  edits: EditsBehind = { edits: [] };
  readonly listed: EditsQuestion[] = [];
  readonly commands: string[] = [];
  readonly remembered: Remembered[] = [];
  readonly bridge: Bridge;
  readonly controller: Controller;
  #now = 0;
  toolsAsked = 0;
  #timers: { at: number; run: () => void }[] = [];

  constructor() {
    const startTimer = (afterMs: number, run: () => void) => {
      const timer = { at: this.#now + afterMs, run };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    };
    this.bridge = new Bridge({ post: (message) => void this.#take(message), startTimer });
    this.controller = new Controller(
      this.bridge,
      {
        startTimer,
        now: () => moment,
        isVisible: () => this.visible,
        remember: (value) => this.remembered.push(value),
      },
      recall(undefined),
    );
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
    await setImmediate();
  }

  async notify(method: string, params: unknown): Promise<void> {
    this.bridge.receive({ type: "notice", method, params });
    await setImmediate();
  }

  async #take(message: unknown): Promise<void> {
    this.asked.push((message as { method: string }).method);
    const answered = await answer(requestsFromPanel, this.#handlers, message);
    this.bridge.receive(JSON.parse(JSON.stringify(answered)));
  }

  readonly #handlers: Handlers<typeof requestsFromPanel> = {
    state: () => Promise.resolve({ ok: true, value: this.state }),
    unread: () => Promise.resolve({ ok: true, value: { files: [] } }),
    edits: (question) => {
      this.listed.push(question);
      return Promise.resolve({ ok: true, value: this.edits });
    },
    openCommit: () => Promise.resolve({ ok: true, value: {} }),
    openEdit: () => Promise.resolve({ ok: false, problem: { code: "server.notRunning", details: {} } }),
    openUnread: () => Promise.resolve({ ok: true, value: {} }),
    coach: () => Promise.resolve({ ok: true, value: quietCoach }),
    digest: () => Promise.resolve({ ok: true, value: someDigest }),
    answerTip: () => Promise.resolve({ ok: true, value: quietCoach }),
    takeTip: () => Promise.resolve({ ok: true, value: {} }),
    team: () => Promise.resolve({ ok: true, value: noTeam }),
    sharing: () => Promise.resolve({ ok: true, value: notSharing }),
    markFolder: () => Promise.resolve({ ok: true, value: {} }),
    summary: (question) => {
      this.questions.push(question);
      return this.summary(question);
    },
    runCommand: ({ command }) => {
      this.commands.push(command);
      return Promise.resolve({ ok: true, value: {} });
    },
    tools: () => {
      this.toolsAsked++;
      return Promise.resolve({ ok: true, value: { tools: [] } });
    },
    connectTool: ({ tool }) => {
      this.commands.push(`connect ${tool}`);
      return Promise.resolve({ ok: true, value: {} });
    },
    openSettings: () => Promise.resolve({ ok: false, problem: { code: "server.notRunning", details: {} } }),
  };
}

suite("The panel's controller", () => {
  test("asks how things stand and then for the numbers", async () => {
    const stage = new Stage();
    await stage.controller.start();
    assert.deepEqual(stage.questions, [month]);
    assert.deepEqual(stage.controller.model.summary, summaryOf(month));
    assert.deepEqual(stage.controller.model.moment, moment);
  });

  test("asks for the week once, when all else has come, and again where it is shown", async () => {
    const stage = new Stage();
    await stage.controller.start();
    assert.deepEqual(stage.asked.slice(-2), ["coach", "digest"]);
    assert.deepEqual(stage.controller.model.digest, someDigest);
    await stage.controller.act({ type: "viewChosen", view: "today" });
    assert.equal(stage.asked.at(-1), "coach");
  });

  test("asks for what a view shows before it asks for advice, and for none where none is shown", async () => {
    const stage = new Stage();
    await stage.controller.start();
    const askedIn = async (view: ViewId) => {
      stage.asked.length = 0;
      await stage.controller.act({ type: "viewChosen", view });
      return [...stage.asked];
    };
    assert.deepEqual(await askedIn("quality"), []);
    assert.deepEqual(await askedIn("data"), ["sharing", "tools"]);
    assert.deepEqual(await askedIn("team"), ["team", "coach"]);
    assert.deepEqual(await askedIn("coach"), ["digest", "coach"]);
    assert.deepEqual(await askedIn("today"), ["coach"]);
  });

  test("asks for no numbers before Kept runs, and asks as soon as it does", async () => {
    const stage = new Stage();
    stage.state = { state: "starting" };
    await stage.controller.start();
    await stage.notify("changed", {});
    await stage.pass(2000);
    assert.deepEqual(stage.questions, []);
    await stage.notify("state", running);
    await stage.notify("state", running);
    assert.deepEqual(stage.questions, [month]);
  });

  test("asks at most once a second however often the numbers change", async () => {
    const stage = new Stage();
    await stage.controller.start();
    for (let notice = 0; notice < 50; notice += 1) await stage.notify("changed", {});
    assert.equal(stage.questions.length, 1);
    await stage.pass(1000);
    assert.equal(stage.questions.length, 2);
    await stage.pass(1000);
    assert.equal(stage.questions.length, 2);
    await stage.notify("changed", {});
    assert.equal(stage.questions.length, 3);
  });

  test("looks at tools' configurations only for the view that shows them, and again after one was connected", async () => {
    const stage = new Stage();
    await stage.controller.start();
    await stage.controller.act({ type: "viewChosen", view: "tools" });
    assert.deepEqual([stage.toolsAsked, stage.controller.model.tools], [0, undefined]);
    await stage.controller.act({ type: "viewChosen", view: "data" });
    assert.deepEqual([stage.toolsAsked, stage.controller.model.tools], [1, []]);
    await stage.controller.act({ type: "connectTool", tool: "codex" });
    assert.deepEqual([stage.toolsAsked, stage.commands], [2, ["connect codex"]]);
  });

  test("lists the edits behind a number anew with every answer, and no longer once they are left", async () => {
    const stage = new Stage();
    await stage.controller.start();
    const behind = { origin: { kind: "ai" }, of: "kind", order: "newest" } as const;
    await stage.controller.act({ type: "behindOpened", behind });
    assert.deepEqual(stage.listed, [{ question: month, ...behind }]);
    assert.deepEqual(stage.controller.model.edits, { edits: [] });
    await stage.controller.act({ type: "periodChosen", days: 7 });
    assert.equal(stage.listed.at(-1)!.question.days, 7);
    await stage.controller.act({ type: "behindClosed" });
    await stage.controller.act({ type: "periodChosen", days: 90 });
    assert.equal(stage.listed.length, 2);
  });

  test("goes on in a list where it ended, and keeps what was read while numbers change", async () => {
    const stage = new Stage();
    await stage.controller.start();
    const edit = {
      uri: "file:///a",
      at: 5,
      origin: { kind: "ai" } as const,
      strength: null,
      insertedChars: 2,
      keptChars: 1,
      lines: null,
    };
    const next = { at: 5, id: "edit-100", insertedChars: 2, keptChars: 1 };
    const page = Array.from({ length: 100 }, (_, index) => ({ ...edit, id: `edit-${index + 1}` }));
    stage.edits = { edits: page, next };
    const behind = { origin: { kind: "ai" }, of: "kind", order: "newest" } as const;
    await stage.controller.act({ type: "behindOpened", behind });
    stage.edits = { edits: [{ ...edit, id: "edit-101" }] };
    await stage.controller.act({ type: "moreBehind" });
    assert.deepEqual(stage.listed.at(-1), { question: month, ...behind, after: next });
    assert.deepEqual(
      [stage.controller.model.edits!.edits.length, stage.controller.model.edits!.next],
      [101, undefined],
    );
    await stage.pass(1000);
    await stage.notify("changed", {});
    assert.equal(stage.controller.model.edits!.edits.length, 101);
    // Another period is another list.
    await stage.controller.act({ type: "periodChosen", days: 7 });
    assert.deepEqual(
      stage.controller.model.edits!.edits.map(({ id }) => id),
      ["edit-101"],
    );
  });

  test("says when an edit's document cannot be opened", async () => {
    const stage = new Stage();
    await stage.controller.start();
    await stage.controller.act({
      type: "openEdit",
      place: { uri: "file:///a", firstLine: 0, lastLine: 0, madeAt: 1 },
    });
    assert.equal(stage.controller.model.done?.problem?.code, "server.notRunning");
  });

  test("does not wait when a person chooses", async () => {
    const stage = new Stage();
    await stage.controller.start();
    await stage.controller.act({ type: "periodChosen", days: 7 });
    await stage.controller.act({ type: "scopeChosen", scope: "all" });
    await stage.controller.act({ type: "scopeChosen", scope: "all" });
    await stage.controller.act({ type: "viewChosen", view: "data" });
    assert.deepEqual(stage.questions.slice(1), [
      { days: 7, scope: "workspace" },
      { days: 7, scope: "all" },
    ]);
    assert.deepEqual(stage.remembered.at(-1), {
      view: "data",
      question: { days: 7, scope: "all" },
      openTables: [],
      behind: null,
    });
  });

  test("lets the answer to the last question win, whichever comes first", async () => {
    const stage = new Stage();
    await stage.controller.start();
    const waiting: (() => void)[] = [];
    stage.summary = (question) =>
      new Promise((resolve) => waiting.push(() => resolve({ ok: true, value: summaryOf(question) })));
    const first = stage.controller.act({ type: "periodChosen", days: 7 });
    const second = stage.controller.act({ type: "periodChosen", days: 90 });
    await setImmediate();
    waiting[1]!();
    await second;
    waiting[0]!();
    await first;
    assert.equal(stage.controller.model.summary?.question.days, 90);
  });

  test("fetches nothing while nobody looks, and catches up when somebody does", async () => {
    const stage = new Stage();
    await stage.controller.start();
    await stage.pass(1000);
    stage.visible = false;
    await stage.notify("changed", {});
    await stage.pass(5000);
    assert.equal(stage.questions.length, 1);
    stage.visible = true;
    await stage.controller.shown();
    assert.equal(stage.questions.length, 2);
    await stage.pass(1000);
    await stage.controller.shown();
    assert.equal(stage.questions.length, 2);
  });

  test("says why numbers did not come, and can try again", async () => {
    const stage = new Stage();
    const works = stage.summary;
    stage.summary = () => Promise.resolve({ ok: false, problem: { code: "server.notRunning", details: {} } });
    await stage.controller.start();
    assert.equal(stage.controller.model.failure?.code, "server.notRunning");
    stage.summary = works;
    await stage.controller.act({ type: "tryAgain" });
    assert.equal(stage.controller.model.failure, undefined);
    assert.deepEqual(stage.controller.model.summary, summaryOf(month));
  });

  test("runs commands and keeps what became of them", async () => {
    const stage = new Stage();
    await stage.controller.start();
    await stage.controller.act({ type: "runCommand", command: "kept.restart" });
    assert.deepEqual(stage.commands, ["kept.restart"]);
    assert.deepEqual(stage.controller.model.done, { command: "kept.restart", problem: undefined });
    await stage.controller.act({ type: "openSettings" });
    const problem = { code: "server.notRunning", details: {} };
    assert.deepEqual(stage.controller.model.done, { command: "settings", problem });
  });
});

suite("The panel's bridge", () => {
  test("gives up after 15 seconds and says so", async () => {
    const timers: { afterMs: number; run: () => void }[] = [];
    const bridge = new Bridge({
      post: () => undefined,
      startTimer: (afterMs, run) => {
        timers.push({ afterMs, run });
        return () => undefined;
      },
    });
    const reply = bridge.ask("state", {});
    assert.equal(timers[0]!.afterMs, 15_000);
    timers[0]!.run();
    assert.deepEqual(await reply, {
      ok: false,
      problem: { code: "request.timedOut", details: { seconds: 15 } },
    });
  });

  test("refuses an answer without the agreed form, and counts it", async () => {
    const posted: { id: number }[] = [];
    const bridge = new Bridge({
      post: (message) => posted.push(message as { id: number }),
      startTimer: () => () => undefined,
    });
    const reply = bridge.ask("state", {});
    bridge.receive({ type: "answer", id: posted[0]!.id, reply: { ok: true, value: { state: "asleep" } } });
    const answered = await reply;
    assert.equal(!answered.ok && answered.problem.code, "request.invalid");
    assert.equal(bridge.dropped, 1);
  });

  test("drops and counts what is no message, and passes on what is", () => {
    const bridge = new Bridge({ post: () => undefined, startTimer: () => () => undefined });
    const heard: unknown[] = [];
    const stop = bridge.on("state", (state) => heard.push(state));
    const malformed = [
      undefined,
      3,
      {},
      { type: "notice", method: "toString", params: {} },
      { type: "notice", method: "state", params: { state: "running", store: "tape", problems: [] } },
      { type: "notice", method: "changed", params: { extra: 1 } },
      { type: "answer", id: 0, reply: { ok: true, value: 1 } },
    ];
    for (const message of malformed) bridge.receive(message);
    assert.equal(bridge.dropped, malformed.length);
    assert.deepEqual(heard, []);
    bridge.receive({ type: "notice", method: "state", params: { state: "starting" } });
    assert.deepEqual(heard, [{ state: "starting" }]);
    stop();
    bridge.receive({ type: "notice", method: "state", params: { state: "starting" } });
    assert.equal(heard.length, 1);
    assert.equal(bridge.dropped, malformed.length);
  });
});
