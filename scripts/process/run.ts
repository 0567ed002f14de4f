import { spawn } from "node:child_process";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit` shows the output as it comes and collects none. */
  readonly output?: "collect" | "inherit";
}

/** Runs a command to its end, and never throws for an exit code: the caller says what a failure means. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(...forPlatform(command, args), {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", ...outputOf(options.output)],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}

/** As `run`, but a failure throws with what the command said. */
export async function runOrThrow(command: string, args: readonly string[], options: RunOptions = {}) {
  const finished = await run(command, args, options);
  if (finished.code !== 0) {
    const said = `${finished.stdout}\n${finished.stderr}`.trim();
    throw new Error(`${command} ${args.join(" ")} ended with code ${finished.code}\n${said}`);
  }
  return finished;
}

function outputOf(output: RunOptions["output"]): ["pipe" | "inherit", "pipe" | "inherit"] {
  return output === "inherit" ? ["inherit", "inherit"] : ["pipe", "pipe"];
}

/** Windows starts `.cmd` files, npm among them, only through its command interpreter. */
export function forPlatform(command: string, args: readonly string[]): [string, string[]] {
  if (process.platform !== "win32" || /\.exe$/i.test(command)) return [command, [...args]];
  return [process.env["ComSpec"] ?? "cmd.exe", ["/d", "/s", "/c", command, ...args]];
}
