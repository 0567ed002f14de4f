import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readSettings } from "../../../org/env.ts";
import { openStore as openOrgStore } from "../../../org/store/open.ts";
import { agree, readInvitation } from "../../../server/sync/joining.ts";
import { freePort } from "../../org/support/postgres.ts";
import { startService } from "../../org/support/service.ts";
import { createRandom } from "../store/random.ts";
import { openTestStore, temporaryFolder } from "../store/temporaryStore.ts";
import { startChaos } from "./chaosProxy.ts";
import { invite } from "./invite.ts";
import { fastClock, impatientSender } from "./impatientSender.ts";

const script = path.join(import.meta.dirname, "syncProcess.ts");
const everything = { from: "0000-00-00", to: "9999-99-99", workspaces: undefined };

/**
 * Four windows write and send through a bad network to a real service, and windows and service are killed again and
 * again. In the end every edit that was acknowledged is at the org, once.
 */
export async function checkSyncKills({ windows, kills, serviceKills }: Kills): Promise<void> {
  const seed = Number(process.env["KEPT_SEED"] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const start = Date.now();
  const machine = temporaryFolder();
  const org = temporaryFolder();
  const environment = {
    KEPT_ORG_DATA: org.folder,
    KEPT_ORG_PORT: String(await freePort()),
  };
  let service = await startService(environment);
  const chaos = await startChaos(() => service.address, random);
  try {
    await joinMachine(machine.folder, start, await invite(environment, chaos.address));
    const heard = { edits: 0, failures: [] as string[] };
    const killed = { windows: 0, service: 0 };
    let isEnded = false;
    // Whichever is done first goes on until the other is, so that the service is never killed while nobody sends.
    const isOver = () => isEnded || (killed.windows >= kills && killed.service >= serviceKills);
    const goingOn = [
      killService(isOver, () => (killed.service += 1)),
      ...Array.from({ length: windows }, async (_, index) => {
        while (!isOver()) {
          await runWindow([machine.folder, `window-${index}`, String(start)], random() * 500, heard);
          killed.windows += 1;
        }
      }),
    ];
    for (const each of goingOn) each.catch(() => (isEnded = true));
    for (const each of await Promise.allSettled(goingOn)) if (each.status === "rejected") throw each.reason;
    const total = await drain(machine.folder, start);
    console.log(
      `      seed ${seed}: ${heard.edits} edits acknowledged, ${total} recorded, ${JSON.stringify({ killed, ...chaos.done })}`,
    );
    await service.stop();
    assert.ok(killed.windows >= kills && killed.service >= serviceKills, JSON.stringify(killed));
    assert.deepEqual(heard.failures, []);
    assert.ok(heard.edits > kills, "they got to write");
    assert.ok(total >= heard.edits, "nothing that was acknowledged is lost here");
    assert.equal(await editsAt(environment), total, "everything is at the org, once");
  } finally {
    await service.kill();
    await chaos.close();
    machine.remove();
    org.remove();
  }

  async function killService(isDone: () => boolean, onKilled: () => void): Promise<void> {
    while (!isDone()) {
      await pause(100 + random() * 400);
      await service.kill();
      onKilled();
      service = await startService(environment);
    }
  }
}

export interface Kills {
  readonly windows: number;
  readonly kills: number;
  readonly serviceKills: number;
}

async function joinMachine(folder: string, start: number, pasted: string): Promise<void> {
  const now = fastClock(start);
  const store = openTestStore({ folder, now });
  const read = readInvitation(pasted);
  assert.ok(read.ok, pasted);
  const host = { now } as Parameters<typeof agree>[1]["host"];
  agree(read.invitation, { host, store, bytes: randomBytes });
  // Edits of many days are written within seconds, so the folder has been work since ever.
  store.sync.setWorkFolder("file:///project", 0);
  await impatientSender(store, now).round();
  assert.ok(store.sync.readConsent()?.membership, "it was let in");
  store.close();
}

async function runWindow(
  args: readonly string[],
  lifeMs: number,
  heard: { edits: number; failures: string[] },
): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  child.stderr.setEncoding("utf8").on("data", (text: string) => heard.failures.push(text));
  const opened = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      heard.edits += text.split("edit\n").length - 1;
      resolve();
    });
  });
  await Promise.race([opened, closed]);
  await pause(lifeMs);
  child.kill("SIGKILL");
  await closed;
}

/** Sends what is left, and says how many edits were recorded. */
async function drain(folder: string, start: number): Promise<number> {
  const clock = fastClock(start);
  // What an outage puts off waits for an hour: a minute passes with each round.
  let passed = 0;
  const now = () => clock() + passed;
  const store = openTestStore({ folder, now });
  const sender = impatientSender(store, now);
  const isDrained = () =>
    store.sync.readOutbox("9999-12-31").length === 0 &&
    store.sync.readBatches().every(({ state }) => state === "sent");
  for (let round = 0; round < 3_000 && !isDrained(); round++) {
    await sender.round();
    await pause(2);
    passed += 60_000;
  }
  assert.ok(
    isDrained(),
    JSON.stringify(store.sync.readBatches().map(({ state, reason }) => [state, reason])),
  );
  const edits = store.readSums(everything).reduce((sum, row) => sum + row.edits, 0);
  assert.deepEqual(
    store.readDrops().filter(({ name }) => name.startsWith("sync.")),
    [],
  );
  store.close();
  return edits;
}

async function editsAt(environment: Record<string, string>): Promise<number> {
  const read = readSettings(environment, { homeFolder: tmpdir(), platform: process.platform });
  if (!read.ok) throw new Error(read.problems.join("\n"));
  const { store } = await openOrgStore(read.settings);
  let edits = 0;
  for (const week of await store.contributedWeeks()) {
    for (const each of await store.contributions(week)) edits += each.edits;
  }
  await store.close();
  return edits;
}
