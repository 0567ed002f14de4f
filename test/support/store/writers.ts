import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const script = join(import.meta.dirname, "writerProcess.ts");

/** What the writing processes of one window said. */
export interface Heard {
  readonly acknowledged: Map<string, number>;
  readonly failures: string[];
  retries: number;
}

export function listen(): Heard {
  return { acknowledged: new Map(), failures: [], retries: 0 };
}

export interface WriterProcess {
  /** Resolves when the database is open. */
  readonly opened: Promise<void>;
  /** Kills it, and resolves when everything it said was heard. */
  kill(): Promise<void>;
}

export function startWriter(folder: string, window: string, heard: Heard): WriterProcess {
  const child = spawn(process.execPath, [script, folder, window], { stdio: ["ignore", "pipe", "pipe"] });
  let resolveOpened = () => {};
  const opened = new Promise<void>((resolve) => (resolveOpened = resolve));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    const lines = said.split("\n");
    said = lines.pop()!;
    for (const line of lines) {
      if (line === "open") resolveOpened();
      hear(line, window, heard);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => heard.failures.push(text));
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  void closed.then(() => resolveOpened());
  return {
    opened,
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** Several windows write at once, each killed again and again at some moment, from its first to half a second. */
export async function killWriters(
  folder: string,
  {
    kills,
    windows,
    random,
  }: { readonly kills: number; readonly windows: number; readonly random: () => number },
): Promise<Heard> {
  const heard = listen();
  let left = kills;
  const killOneWindow = async (window: string) => {
    while (left-- > 0) {
      const writer = startWriter(folder, window, heard);
      // Half of them while they open, half while they write.
      if (random() < 0.5) await writer.opened;
      await pause(random() * 150);
      await writer.kill();
    }
  };
  await Promise.all(Array.from({ length: windows }, (_, index) => killOneWindow(`window-${index}`)));
  return heard;
}

function hear(line: string, window: string, heard: Heard): void {
  const [word, number] = line.split(" ");
  if (word === "ack") heard.acknowledged.set(window, Number(number));
  if (word === "retry") heard.retries++;
  if (word === "failed" || word === "readOnly") heard.failures.push(line);
}
