import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import path from "node:path";
import type { PanelState } from "../../../protocol/panel.ts";
import { requestsFromPanel } from "../../../protocol/panel.ts";
import { answer, replyTo } from "../../../protocol/messages.ts";
import { requestsToServer } from "../../../protocol/server.ts";
import { panelHandlers } from "../../../extension/panelHandlers.ts";
import type { Session } from "../../../extension/session.ts";
import { agree } from "../../../server/sync/joining.ts";
import { invitationToken, makeMachine, type Machine } from "../../support/sync/machine.ts";
import { startScripted, type ScriptedCollector } from "../../support/sync/scriptedCollector.ts";
import { shareFrom, type Shared } from "../../support/sync/shared.ts";

/** The same numbers in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const words = [
  ...["", "work", "asListed", "join", "leave", "agree", "kept.joinOrganisation", "__proto__", "constructor"],
  ...[
    "file:///project",
    "file:///etc",
    "http://127.0.0.1:1",
    "\u0000",
    "../..",
    "<script>",
    "kept_device_",
    "\ud800",
  ],
];
const names = [
  ...[
    "folder",
    "mark",
    "command",
    "tool",
    "tip",
    "act",
    "invitation",
    "address",
    "agreed",
    "id",
    "params",
    "type",
  ],
  ...["uri", "from", "to", "workspaces", "__proto__", "toString", "headerNames", "answer", "sender"],
];

/** Anything that a message can be made of. */
function anything(next: (below: number) => number, depth = 3): unknown {
  const kind = next(depth > 0 ? 8 : 6);
  if (kind === 0) return null;
  if (kind === 1) return next(2) === 0;
  if (kind === 2) return [0, -1, 1, 2 ** 53, Number.NaN, Infinity, 1e-9][next(7)];
  if (kind <= 4) return words[next(words.length)];
  if (kind === 5) return "x".repeat(next(5000));
  if (kind === 6) return Array.from({ length: next(4) }, () => anything(next, depth - 1));
  return Object.fromEntries(
    Array.from({ length: next(4) }, () => [names[next(names.length)]!, anything(next, depth - 1)]),
  );
}

/** A message of the panel's, right in a growing part of it: of anything at all most would be refused at once. */
function message(next: (below: number) => number, methods: readonly string[]): unknown {
  if (next(10) === 0) return anything(next);
  const method = next(10) === 0 ? anything(next, 0) : methods[next(methods.length)];
  const near = [
    {},
    { folder: words[next(words.length)], mark: ["work", "private", "asListed"][next(3)] },
    { command: words[next(words.length)] },
    { tip: words[next(words.length)] },
    { act: ["join", "joinSink", "agree", "leave", "resume"][next(5)], agreed: [], added: ["kept.day/edits"] },
    anything(next),
  ][next(6)];
  return { type: "ask", id: 1 + next(1000), method, params: near, ...(next(20) === 0 ? { more: 1 } : {}) };
}

suite("Random messages from the panel", () => {
  let collector: ScriptedCollector;
  let machine: Machine;
  let shared: Shared;

  setup(async () => {
    collector = await startScripted();
    machine = makeMachine();
    shared = shareFrom(machine, {
      folders: () => ["file:///project"],
      policyFile: path.join(machine.folder, "administrator.json"),
    });
  });
  teardown(async () => {
    shared.sharing.stop();
    machine.close();
    await collector.close();
  });

  /** The panel's own handlers, before the server's. */
  async function ask(count: number, seed: number) {
    const next = numbers(seed);
    const methods = Object.keys(requestsFromPanel);
    const run: string[] = [];
    const state: PanelState = { state: "running", store: "disk", problems: [] };
    const toServer = Object.fromEntries(
      Object.entries(requestsToServer).filter(([name]) => Object.hasOwn(shared.sharing.requests, name)),
    );
    const session = {
      state,
      ask: (method: string, params: unknown) =>
        replyTo(toServer as never, shared.sharing.requests as never, method, params),
    } as unknown as Pick<Session, "ask" | "state">;
    const handlers = panelHandlers(session, {
      run: (command) => Promise.resolve(void run.push(command)),
      openEdit: () => Promise.resolve(),
      openCommit: () => Promise.resolve(),
    });
    const replies: string[] = [];
    const answered = { ok: 0, refused: 0, unheard: 0 };
    for (let number = 0; number < count; number++) {
      const given = await answer(requestsFromPanel, handlers, message(next, methods));
      if (given) answered[given.reply.ok ? "ok" : "refused"]++;
      else answered.unheard++;
      replies.push(JSON.stringify(given ?? null));
    }
    return { replies, run, answered };
  }

  test("S7: send nothing and begin nothing where nobody agreed", async () => {
    const { answered } = await ask(5000, 1);
    assert.ok(
      answered.ok > 150 && answered.refused > 500 && answered.unheard > 200,
      JSON.stringify(answered),
    );
    await shared.pass();
    assert.deepEqual([shared.asked, machine.consent(), machine.sync.readDeletions()], [[], undefined, []]);
  });

  test("S7: change nothing that was agreed to but which of the window's folders are work, and give no secret away", async () => {
    const { host, store } = machine;
    agree(
      { endpoint: collector.address, keys: [], token: invitationToken },
      { host, store, bytes: randomBytes },
    );
    shared.sharing.changed();
    await shared.pass(3);
    machine.sync.changeConsent({ agreed: machine.consent()!.agreed.slice(3), isPaused: true });
    const { marks: none, ...before } = machine.consent()!;
    assert.deepEqual(none, {});
    const sent = collector.received.length;
    const { replies } = await ask(5000, 2);
    const { marks, ...after } = machine.consent()!;
    assert.deepEqual(after, before);
    assert.deepEqual(
      Object.keys(marks).filter((folder) => folder !== "file:///project"),
      [],
    );
    const { secret, credential } = machine.consent()!;
    for (const word of [secret, credential!, invitationToken])
      assert.ok(!replies.some((reply) => reply.includes(word)));
    await shared.pass(3);
    assert.equal(collector.received.length, sent, "it is paused");
  });
});
