import { spawn } from "node:child_process";
import { Readable } from "node:stream";

/** Those that only read. Each has been looked at for what it may start. */
type ReadingCommand =
  | "cat-file"
  | "check-attr"
  | "check-mailmap"
  | "diff-tree"
  | "for-each-ref"
  | "log"
  | "ls-tree"
  | "merge-base"
  | "rev-list"
  | "rev-parse"
  | "show-ref"
  | "var"
  | "version";

/** The one thing that is ever written, where the user asked for it: notes, beside all branches. */
type NotingCommand = "notes" | "hash-object";

export interface GitQuestion {
  /** In the repository's working tree. */
  readonly folder: string;
  readonly command: ReadingCommand | NotingCommand;
  readonly args: readonly string[];
  readonly input?: string | Iterable<string> | AsyncIterable<string>;
  readonly timeLimitMs?: number;
  readonly mostBytes?: number;
  /** Ends git when nobody wants the answer any more. */
  readonly signal?: AbortSignal;
  /** Whose what is written is. */
  readonly identity?: { readonly name: string; readonly address: string };
}

/** Why there is no answer. `failed` is git's own no, as where there is no such commit. */
export type NoAnswer = "missing" | "untrusted" | "timedOut" | "tooLong" | "failed";

export type GitAnswer =
  { readonly ok: true; readonly output: Buffer } | { readonly ok: false; readonly why: NoAnswer };

/** How a long answer ended. What was read before it failed has been read. */
export type GitReading = { readonly ok: true } | { readonly ok: false; readonly why: NoAnswer };

export interface GitOptions {
  /** Undefined where there is no git. */
  readonly program: string | undefined;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  /** A repository's own configuration can name programs; it is asked only where the user trusts the folder. */
  readonly isTrusted: (folder: string) => boolean;
}

const usualTimeLimitMs = 10_000;
/** For what goes through a whole history. */
const longTimeLimitMs = 30 * 60_000;
const usualMostBytes = 64 * 1024 * 1024;

/** What a repository, or the user's configuration, may want to have started along the way. */
const startNothing = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=",
  "core.askPass=",
  "core.sshCommand=false",
  "credential.helper=",
  "diff.external=",
  "log.showSignature=false",
  "submodule.recurse=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "protocol.allow=never",
].flatMap((setting) => ["-c", setting]);

/** Options without which a command that shows differences may run the repository's own programs. */
const ownDifferences: Readonly<Partial<Record<GitQuestion["command"], readonly string[]>>> = {
  "diff-tree": ["--no-ext-diff", "--no-textconv"],
  log: ["--no-ext-diff", "--no-textconv"],
};

/** Asks git without letting it change, fetch, start or wait for anything. */
export class Git {
  readonly #options: GitOptions;
  readonly #environment: Readonly<Partial<Record<string, string>>>;

  constructor(options: GitOptions) {
    this.#options = options;
    this.#environment = harmless(options.environment);
  }

  /** Why a folder's repository cannot be asked at all. */
  refusal(folder: string): "missing" | "untrusted" | undefined {
    if (this.#options.program === undefined) return "missing";
    return this.#options.isTrusted(folder) ? undefined : "untrusted";
  }

  ask(question: GitQuestion): Promise<GitAnswer> {
    const { program } = this.#options;
    const why = this.refusal(question.folder);
    if (why !== undefined || program === undefined)
      return Promise.resolve({ ok: false, why: why ?? "missing" });
    return this.#run(program, question);
  }

  /** The same for an answer of any length: a part at a time, and git waits while a part is looked at. */
  async read(question: GitQuestion, take: (part: Buffer) => void): Promise<GitReading> {
    const { program } = this.#options;
    const why = this.refusal(question.folder);
    if (why !== undefined || program === undefined) return { ok: false, why: why ?? "missing" };
    const child = this.#start(program, { timeLimitMs: longTimeLimitMs, ...question });
    const ended = new Promise<GitReading>((resolve) => {
      child.on("error", () => resolve({ ok: false, why: "failed" }));
      child.on("close", (code, signal) => {
        if (signal !== null) resolve({ ok: false, why: "timedOut" });
        else resolve(code === 0 ? { ok: true } : { ok: false, why: "failed" });
      });
    });
    try {
      for await (const part of child.stdout) take(part as Buffer);
    } finally {
      child.stdout.destroy();
    }
    return await ended;
  }

  #start(program: string, question: GitQuestion) {
    const { folder, command, args, input, timeLimitMs = usualTimeLimitMs, signal, identity } = question;
    const by = identity ? [`user.name=${identity.name}`, `user.email=${identity.address}`] : [];
    const child = spawn(
      program,
      [
        "--no-pager",
        "--no-optional-locks",
        ...startNothing,
        ...by.flatMap((setting) => ["-c", setting]),
        command,
        ...(ownDifferences[command] ?? []),
        ...args,
      ],
      {
        cwd: folder,
        env: this.#environment,
        stdio: ["pipe", "pipe", "ignore"],
        timeout: timeLimitMs,
        killSignal: "SIGKILL",
        ...(signal ? { signal } : {}),
        windowsHide: true,
      },
    );
    // Git may have left before it read everything.
    child.stdin.on("error", () => undefined);
    if (input === undefined || typeof input === "string") child.stdin.end(input ?? "");
    else Readable.from(input).pipe(child.stdin);
    return child;
  }

  #run(program: string, question: GitQuestion): Promise<GitAnswer> {
    const { mostBytes = usualMostBytes } = question;
    return new Promise((resolve) => {
      const child = this.#start(program, question);
      const parts: Buffer[] = [];
      let length = 0;
      child.stdout.on("data", (part: Buffer) => {
        length += part.length;
        if (length > mostBytes) child.kill("SIGKILL");
        else parts.push(part);
      });
      child.on("error", () => resolve({ ok: false, why: "failed" }));
      child.on("close", (code, signal) => {
        if (length > mostBytes) resolve({ ok: false, why: "tooLong" });
        else if (signal !== null) resolve({ ok: false, why: "timedOut" });
        else if (code !== 0) resolve({ ok: false, why: "failed" });
        else resolve({ ok: true, output: Buffer.concat(parts) });
      });
    });
  }
}

/** Nothing that points git to another repository, and nothing that it could ask, show, fetch or write. */
function harmless(
  environment: Readonly<Partial<Record<string, string>>>,
): Readonly<Partial<Record<string, string>>> {
  const kept = Object.entries(environment).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    // Older versions know no other way to be kept from fetching what a partial clone lacks.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "",
    LC_ALL: "C",
  };
}
