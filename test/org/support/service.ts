import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { readSettings } from "../../../org/env.ts";
import { hashOf } from "../../../org/identity/secrets.ts";
import { dateOf } from "../../../org/ingest/isoWeek.ts";
import { openStore } from "../../../org/store/open.ts";
import type { Store } from "../../../org/store/store.ts";
import { keyOf } from "./batches.ts";
import { joinAs, secretOf } from "./devices.ts";

/** The credential of a device that joined before the service was started. */
export const token = secretOf("kept_device_", "anybody");

export interface RunningService {
  /** Address without a slash at its end. */
  readonly address: string;
  readonly process: ChildProcess;
  /** All that was printed so far. */
  readonly printed: string[];
  /** The end the operator asks for; gives the exit code. */
  stop(): Promise<number | null>;
  /** The end nobody asks for. */
  kill(): Promise<void>;
}

/** The real process, on a free port. It is ready when this resolves. */
export async function startService(
  environment: Readonly<Record<string, string>>,
  program = path.resolve("org/main.ts"),
): Promise<RunningService> {
  await letIn(environment);
  const child = spawn(process.execPath, [program, "serve"], {
    env: {
      PATH: process.env["PATH"],
      KEPT_ORG_HOST: "127.0.0.1",
      KEPT_ORG_PORT: "0",
      KEPT_ORG_RATE: "999999",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        printed.push(line);
        const found = /listens at (http:\/\/[^"]+)/.exec(line)?.[1];
        if (found !== undefined) {
          resolve(found);
        }
      });
    }
    child.once("exit", (code) => reject(new Error(`kept-org ended with ${code}:\n${printed.join("\n")}`)));
  });
  return {
    address: await address,
    process: child,
    printed,
    async stop() {
      const ended = once(child, "exit") as Promise<[number | null]>;
      child.kill("SIGTERM");
      return (await ended)[0];
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
    },
  };
}

/** A device that joined, whether the service runs or not, and its credential. */
export async function letIn(
  environment: Readonly<Record<string, string>>,
  name = "anybody",
): Promise<string> {
  const [credential] = await letAllIn(environment, [name]);
  return credential!;
}

/** The same for many, in their order. */
export async function letAllIn(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<string[]> {
  const store = await openStoreOf(environment);
  const credentials: string[] = [];
  for (const name of names) {
    const credential = secretOf("kept_device_", name);
    if ((await store.findDevice(hashOf(credential), dateOf(0))) === undefined) await joinAs(store, name);
    credentials.push(credential);
  }
  await store.close();
  return credentials;
}

/** The addresses and header fields of a sender. */
export function post(
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${address}/v1/logs`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": keyOf(body),
      ...headers,
    },
    body,
  });
}

/** What the service's store holds: the service itself tells nobody before the week is published. */
export async function heldIn(
  environment: Readonly<Record<string, string>>,
): Promise<{ batches: number; events: number }> {
  const store = await openStoreOf(environment);
  const weeks = await store.weekTotals();
  await store.close();
  const sumOf = (what: "batches" | "events") => weeks.reduce((sum, week) => sum + week[what], 0);
  return { batches: sumOf("batches"), events: sumOf("events") };
}

async function openStoreOf(environment: Readonly<Record<string, string>>): Promise<Store> {
  const read = readSettings(environment, { homeFolder: tmpdir(), platform: process.platform });
  if (!read.ok) throw new Error(read.problems.join("\n"));
  return (await openStore(read.settings)).store;
}
