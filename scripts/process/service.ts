import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { forPlatform } from "./run.ts";

export interface Service {
  readonly pid: number;
  /** Everything the process has written so far, both streams, in order of arrival. */
  output(): string;
  /** The first match of the pattern in the output, now or later; fails if the process ends or time runs out. */
  waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
  /** Resolves with the exit code when the process has ended by itself or was stopped. */
  readonly ended: Promise<number>;
  /** Asks the process and all its children to end, and makes sure of it. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called when the process has ended, however it did. */
  readonly cleanUp?: () => void;
}

const graceMs = 5_000;
/** What is running, and how to end it. */
const running = new Map<ChildProcess, () => Promise<void>>();

/** Starts a long-running command in a process group of its own, which ends with this process at the latest. */
export function startService(command: string, args: readonly string[], options: ServiceOptions): Service {
  endWithThisProcess();
  const child = spawn(...forPlatform(command, args), {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let text = "";
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
    notify();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  let exitCode: number | undefined;
  const ended = new Promise<number>((resolve) => {
    const finish = (code: number) => {
      exitCode = code;
      notify();
      resolve(code);
    };
    child.once("error", (error) => {
      running.delete(child);
      text += `${error.message}\n`;
      finish(1);
    });
    // What outlived its parent would keep the pipes open, and is nobody's any more.
    child.once("exit", () => endGroup(child, "SIGKILL"));
    child.once("close", (code) => {
      running.delete(child);
      options.cleanUp?.();
      finish(code ?? 1);
    });
  });

  const waitFor = (pattern: RegExp, timeoutMs: number) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        act();
      };
      const fail = (why: string) => settle(() => reject(new Error(`${options.name} ${why}\n${text}`)));
      const look = () => {
        const match = pattern.exec(text);
        if (match !== null) settle(() => resolve(match));
        else if (exitCode !== undefined) fail(`ended with code ${exitCode}`);
      };
      const timer = setTimeout(() => fail(`did not say ${String(pattern)} in ${timeoutMs} ms`), timeoutMs);
      listeners.add(look);
      look();
    });

  const stop = async () => {
    if (exitCode !== undefined) return;
    endGroup(child, "SIGTERM");
    const late = setTimeout(() => endGroup(child, "SIGKILL"), graceMs);
    await ended;
    clearTimeout(late);
  };

  if (exitCode === undefined) running.set(child, stop);
  return { pid: child.pid ?? 0, output: () => text, waitFor, ended, stop };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

const endingSignals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

let registered = false;
let ending = false;

/** Whether a signal asked this process, and with it all it started, to end. */
export function isEnding(): boolean {
  return ending;
}

function endWithThisProcess() {
  if (registered) return;
  registered = true;
  process.on("exit", () => {
    for (const child of running.keys()) endGroup(child, "SIGKILL");
  });
  for (const [signal, code] of endingSignals) {
    process.on(signal, () => {
      // The terminal and npm may both send one: the first is enough, and what it started is waited for.
      if (ending) return;
      ending = true;
      void Promise.allSettled([...running.values()].map((stop) => stop())).then(() => process.exit(code));
    });
  }
}
