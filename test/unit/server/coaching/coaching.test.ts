import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Coach, RuleProblem, Tip } from "../../../../protocol/coaching.ts";
import { FatesReader } from "../../../../server/fate/fatesReader.ts";
import { Coaching } from "../../../../server/coaching/coaching.ts";
import { Judging } from "../../../../server/coaching/judging.ts";
import type { StageRow } from "../../../../server/store/stages.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { ruleOf } from "../../../support/coaching/situation.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  requestOf,
  taskEditOf,
  taskOf,
} from "../../../support/store/rows.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** A window with 500 AI lines in no commit, in a folder of its own. */
class Room {
  readonly folder = mkdtempSync(path.join(tmpdir(), "kept-coaching-"));
  readonly uri = pathToFileURL(this.folder).href;
  now = Date.UTC(2026, 2, 31, 9);
  /** The beginning of each uuid decides what is held out. */
  draw = "ffffffff";
  lines = 500;
  looks = 0;
  readonly store = new MemoryStore({ now: () => this.now });
  readonly nudges: Tip[] = [];
  problems: readonly RuleProblem[] = [];
  readonly coaching: Coaching;
  #timers = new Set<{ at: number; run: () => void }>();
  #ids = 0;

  shown: unknown[] = [];
  readonly judged: StageRow[] = [];
  newProblems: { uri: string; errors: number }[] | undefined;

  constructor() {
    const document = `${this.uri}/src/a.ts`;
    this.store.write(
      batchOf({
        documents: [documentOf({ uri: document, workspace: this.uri })],
        edits: [editOf({ uri: document, at: this.now - minute, origin: copilot })],
      }),
    );
    this.coaching = new Coaching(
      {
        host: {
          now: () => this.now,
          elapsedMs: () => this.now,
          utcOffsetMinutes: () => 0,
          uuid: () => `${this.draw}-${this.#ids++}`,
          startTimer: (afterMs, run) => {
            const timer = { at: this.now + afterMs, run };
            this.#timers.add(timer);
            return () => void this.#timers.delete(timer);
          },
          log: { info: () => {}, warn: (message) => assert.fail(message) },
        },
        store: this.store,
        fates: new FatesReader("/no-folder-of-histories"),
        folders: () => [this.uri],
        uncommitted: () => {
          this.looks++;
          return [{ uri: document, lines: this.lines, unread: 0 }];
        },
        branch: { read: () => Promise.resolve({ ahead: null, told: [] }) },
        dependencies: { of: (files) => Promise.resolve([...files]) },
        texts: {
          take: (shown) => this.shown.push(shown),
          problems: () => this.newProblems,
          duplicates: () => [],
        },
        judging: new Judging({
          now: () => this.now,
          texts: { judge: () => this.judged.splice(0) },
          store: this.store,
          flush: () => {},
        }),
        hashText: (text) => `hash of ${text}`,
        flush: () => {},
        onNudge: (tip) => this.nudges.push(tip),
        onChanged: () => {},
        around: { platform: "linux", environment: {}, userHome: this.folder },
        onRuleProblems: (problems) => (this.problems = problems),
        locale: "en-GB",
      },
      { coaching: "quiet", seen: true, trusted: true },
    );
    this.coaching.take({
      isFocused: true,
      isDebugging: false,
      isPresenting: false,
      testedAt: null,
      testPassed: null,
      review: null,
    });
  }

  get timers(): number {
    return this.#timers.size;
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const next = [...this.#timers].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > until) break;
      this.#timers.delete(next);
      this.now = next.at;
      next.run();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = until;
  }

  async coach(): Promise<Coach> {
    const reply = await this.coaching.requests["kept/coach"]({});
    assert.ok(reply.ok);
    return reply.value;
  }

  answer(answer: Parameters<Coaching["requests"]["kept/answerTip"]>[0]) {
    return this.coaching.requests["kept/answerTip"](answer);
  }

  rules(text: string): void {
    mkdirSync(path.join(this.folder, ".kept/rules"), { recursive: true });
    writeFileSync(path.join(this.folder, ".kept/rules/own.json"), text);
  }

  close(): void {
    this.coaching.stop();
    rmSync(this.folder, { recursive: true });
  }
}

suite("Advice in a window", () => {
  let room: Room;
  setup(() => (room = new Room()));
  teardown(() => room.close());

  test("comes once, at a calm moment, with its numbers and its files", async () => {
    room.coaching.start();
    await room.pass(minute);
    assert.deepEqual(
      room.nudges.map(({ rule, message, actionTitle }) => [rule, message, actionTitle]),
      [
        [
          "C01",
          "In no commit yet: 500 AI lines in 1 file. Changes over about 400 lines are harder to review.",
          "Stage a part",
        ],
      ],
    );
    await room.pass(day / 2);
    assert.equal(room.nudges.length, 1);
    const files = await room.coaching.requests["kept/tipFiles"]({ tip: room.nudges[0]!.id });
    assert.deepEqual(files, { ok: true, value: { files: [`${room.uri}/src/a.ts`], model: null } });
    assert.notEqual(room.store.coaching.readTips()[0]?.nudgedAt, null);
  });

  test("about heavy models leads to where the tool that used them has its default model", async () => {
    const models = ruleOf({ id: "MODELS", actions: ["openLighterDefault"] });
    room.rules(JSON.stringify({ rules: [models] }));
    const placeOf = async () => {
      const coach = await room.coach();
      const tip = [coach.tip, ...coach.waiting].find((each) => each?.rule === "MODELS");
      const reply = await room.coaching.requests["kept/tipFiles"]({ tip: tip!.id });
      return reply.ok ? reply.value.model : undefined;
    };
    assert.equal(await placeOf(), null, "nothing is known of heavy models: the editor's settings");
    const task = taskOf({ tool: "claude-code" });
    room.store.requests.write({
      requests: [requestOf({ task, at: room.now, model: "claude-opus-4-5" })],
      edits: [taskEditOf({ task, at: room.now, linesAdded: 3, linesDeleted: 0, outcome: "applied" })],
    });
    const file = path.join(room.folder, ".claude", "settings.json");
    assert.deepEqual(await placeOf(), { tool: "Claude Code", file, lighter: [] });
    const quick = taskOf({ tool: "claude-code", key: "quick" });
    room.store.requests.write({
      requests: [requestOf({ key: "quick", task: quick, at: room.now, model: "claude-haiku-4-5" })],
      edits: [],
    });
    assert.deepEqual((await placeOf())?.lighter, ["claude-haiku-4-5"]);
    const changed = await room.coaching.requests["kept/withModel"]({
      tool: "Claude Code",
      text: '{ "model": "opus" }\n',
      model: "claude-haiku-4-5",
    });
    assert.deepEqual(changed, { ok: true, value: { text: '{ "model": "claude-haiku-4-5" }\n' } });
  });

  test("does not come while somebody writes, and comes when they rest", async () => {
    room.coaching.start();
    for (let index = 0; index < 20; index++) {
      room.coaching.wrote();
      await room.pass(20_000);
    }
    assert.deepEqual(room.nudges, []);
    await room.pass(2 * minute);
    assert.equal(room.nudges.length, 1);
  });

  for (const moment of [{ isDebugging: true }, { isPresenting: true }, { isFocused: false }]) {
    test(`stays in the panel while ${JSON.stringify(moment)}`, async () => {
      room.coaching.take({
        isFocused: true,
        isDebugging: false,
        isPresenting: false,
        testedAt: null,
        testPassed: null,
        review: null,
        ...moment,
      });
      room.coaching.start();
      await room.pass(10 * minute);
      assert.deepEqual(room.nudges, []);
      assert.equal((await room.coach()).tip?.rule, "C01");
    });
  }

  test("is held out by chance, and then said nowhere", async () => {
    room.draw = "00000000";
    room.coaching.start();
    await room.pass(minute);
    const { tip, waiting, rules } = await room.coach();
    assert.deepEqual([tip, waiting, room.nudges], [null, [], []]);
    assert.equal(rules.find(({ id }) => id === "C01")?.heldOut, 1);
  });

  test("is snoozed, dismissed and muted by the person", async () => {
    const { tip } = await room.coach();
    const snoozed = await room.answer({ answer: "snooze", tip: tip!.id });
    assert.ok(snoozed.ok);
    assert.equal(snoozed.value.tip, null);
    await room.pass(3 * day);
    assert.equal((await room.coach()).tip?.id, tip!.id);
    await room.answer({ answer: "mute", tip: tip!.id });
    await room.pass(30 * day);
    const muted = await room.coach();
    assert.equal(muted.tip, null);
    assert.equal(muted.rules.find(({ id }) => id === "C01")?.isMuted, true);
    await room.answer({ answer: "unmuteRule", rule: "C01" });
    await room.answer({ answer: "muteAll" });
    assert.equal((await room.coach()).isMuted, true);
  });

  test("is not looked for anew for each answer to it, but for one that comes late", async () => {
    const { tip } = await room.coach();
    const { looks } = room;
    for (const answer of ["seen", "snooze"] as const) await room.answer({ answer, tip: tip!.id });
    assert.equal(room.looks, looks);
    await room.pass(2 * minute);
    const late = await room.answer({ answer: "dismiss", tip: tip!.id });
    assert.ok(late.ok && room.looks > looks);
    assert.deepEqual(late.value, await room.coach(), "it is what a new look finds");
  });

  test("is over when it was seen and is followed", async () => {
    const { tip } = await room.coach();
    await room.answer({ answer: "seen", tip: tip!.id });
    room.lines = 10;
    const { tip: after, tried } = await room.coach();
    assert.equal(after, null);
    assert.deepEqual(
      tried.map(({ rule, state }) => [rule, state]),
      [["C01", "done"]],
    );
  });

  test("ends with an effect when its time is over", async () => {
    await room.coach();
    await room.pass(28 * day + minute);
    await room.coach();
    assert.equal(room.store.coaching.readTips()[0]?.effect, "cannotTell");
  });

  test("says nothing of a change that no commit can be seen of", async () => {
    room.store.write(
      batchOf({ stages: [{ editId: "edit-1", stage: "committed", outcome: "noRepository" }] }),
    );
    assert.equal((await room.coach()).tip, null);
  });

  test("follows rules of a trusted folder, and says what is refused", async () => {
    room.lines = 12;
    room.rules(JSON.stringify({ rules: [ruleOf({ id: "OWN" }), ruleOf({ id: "WRONG", when: "x > 1" })] }));
    const { tip, problems } = await room.coach();
    assert.equal(tip?.message, "12 lines.");
    assert.equal(problems.length, 1);
    assert.deepEqual(room.problems, problems);
    room.coaching.follow({ coaching: "quiet", seen: true, trusted: false });
    const untrusted = await room.coach();
    assert.deepEqual([untrusted.tip, untrusted.problems, room.problems], [null, [], []]);
  });

  test("is not there at all while it is off", async () => {
    room.coaching.start();
    room.coaching.follow({ coaching: "off", seen: true, trusted: true });
    assert.equal(room.timers, 0);
    assert.equal((await room.coach()).isOn, false);
    assert.deepEqual(room.store.coaching.readTips(), []);
  });
});
