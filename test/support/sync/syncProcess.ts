import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { batchOf, copilot, documentOf, editOf, human } from "../store/rows.ts";
import { openTestStore } from "../store/temporaryStore.ts";
import { fastClock, impatientSender } from "./impatientSender.ts";

/**
 * One window: writes edits of work and says so, and sends when it is the one to. It never ends by itself. Edits are of
 * many days and tools, so that few of them share an event and rounding changes none of the counts.
 */
const [folder, window, start] = process.argv.slice(2) as [string, string, string];
const dayMs = 86_400_000;
const mostDays = 18;
const tools = [
  "amp",
  "claude-code",
  "codex",
  "cursor",
  "gemini-cli",
  "github-copilot",
  "opencode",
  "windsurf",
];

const now = fastClock(Number(start));
const store = openTestStore({ folder, now });
const sender = impatientSender(store, now);

async function write(): Promise<never> {
  // Windows that live for some edits only would else write of the same few days and tools.
  for (let count = Math.floor(Math.random() * 1_000_000); ; count++) {
    const tool = tools[count % tools.length]!;
    const at = Date.now() - (1 + (count % mostDays)) * dayMs;
    const outcome = store.write(
      batchOf({
        documents: [documentOf({ uri: `file:///project/${window}.ts`, window })],
        edits: [
          editOf({
            ...{ id: randomUUID(), uri: `file:///project/${window}.ts`, window, at },
            version: count,
            session: process.pid,
            origin: count % 5 === 0 ? human : { ...copilot, tool },
          }),
        ],
      }),
    );
    if (outcome.outcome === "written") process.stdout.write("edit\n");
    await pause(4);
  }
}

async function send(): Promise<never> {
  for (;;) {
    await sender.round();
    await pause(2);
  }
}

process.stdout.write("open\n");
await Promise.all([write(), send()]);
