import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";

const script = join(import.meta.dirname, "pacedProcess.ts");

export interface Pace {
  readonly windows: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface PaceResult {
  /** Batches that were given back. */
  readonly retries: number;
  /** Those that were given back for so long that the person would be told. */
  readonly surfaced: number;
  /** For how long a window got nothing written, at most. */
  readonly longestMs: number;
  readonly writes: number;
  /** How long the slowest hundredth of the writes took at least, in the worst window. */
  readonly p99Ms: number;
  readonly mostLogBytes: number;
}

/** Several processes write steadily, as windows in which somebody works do. */
export async function writeAtPace(
  folder: string,
  { windows, perSecond, seconds }: Pace,
): Promise<PaceResult> {
  let mostLogBytes = 0;
  const log = join(folder, "kept.db-wal");
  const watching = setInterval(() => {
    mostLogBytes = Math.max(mostLogBytes, statSync(log, { throwIfNoEntry: false })?.size ?? 0);
  }, 20);
  const results = await Promise.all(
    Array.from({ length: windows }, (_, index) =>
      run([folder, `window-${index}`, `${perSecond}`, `${seconds}`]),
    ),
  );
  clearInterval(watching);
  const sum = (of: (result: WindowResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    retries: sum(({ retries }) => retries),
    surfaced: sum(({ surfaced }) => surfaced),
    longestMs: Math.max(...results.map(({ longestMs }) => longestMs)),
    writes: sum(({ writes }) => writes),
    p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
    mostLogBytes,
  };
}

export type WindowResult = Omit<PaceResult, "mostLogBytes">;

function run(parameters: string[]): Promise<WindowResult> {
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve, reject) =>
    child.on("close", () => {
      try {
        resolve(JSON.parse(said) as WindowResult);
      } catch (error) {
        reject(new Error(`A window failed: ${said}`, { cause: error }));
      }
    }),
  );
}
