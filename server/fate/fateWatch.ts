import path from "node:path";
import { reasonOf } from "../../protocol/errors.ts";
import { findGitFolder, type GitFolder } from "../git/gitFolder.ts";
import type { Git } from "../git/git.ts";
import { readHead } from "../git/head.ts";
import type { Host } from "../host.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { Pace } from "../slices.ts";
import { lookAtHistory } from "./lookAtHistory.ts";
import type { PassMemory } from "./passMemory.ts";
import type { Pass } from "./passOver.ts";

export interface FateWatchOptions {
  readonly host: Host;
  readonly git: Git;
  readonly memory: PassMemory;
  /** What was found is there to be read. */
  readonly onLooked: () => void;
  /** What was found of a history: at the first look and once a day. */
  readonly onPass?: (root: string, pass: Extract<Pass, { ok: true }>, pace: Pace) => Promise<void>;
  readonly onFailed: () => void;
  /** How far the look at a history is, of which little is known yet. */
  readonly onProgress?: (done: number, all: number) => void;
  /** That look is over, whatever came of it. */
  readonly onEnded?: () => void;
}

/** The editor's start comes first. */
const firstLookMs = 4_000;
/** One file of each repository is read so often. */
const lookMs = 5_000;
/** Lines grow older without any commit. */
const longestMs = 24 * 60 * 60_000;

interface Followed {
  readonly found: GitFolder;
  head: string | null | undefined;
  at: number;
  passedAt: number;
}

/** Looks at the histories of this window's repositories: at the start, after each commit and once a day. */
export class FateWatch {
  readonly #options: FateWatchOptions;
  readonly #followed = new Map<string, Followed>();
  #stopTimer: (() => void) | undefined;
  #stop = new AbortController();
  #looking: Promise<void> | undefined;
  #isCancelled = false;

  constructor(options: FateWatchOptions) {
    this.#options = options;
  }

  start(folders: readonly string[]): void {
    for (const folder of folders) this.follow(folder);
    this.#lookAfter(firstLookMs);
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#stop.abort();
  }

  /** A folder of the window, or a file that was opened. */
  follow(uri: string): void {
    const file = fileOfAddress(uri);
    if (file === undefined) return;
    const found = findGitFolder(file) ?? findGitFolder(path.dirname(file));
    if (found && !this.#followed.has(found.own))
      this.#followed.set(found.own, { found, head: undefined, at: 0, passedAt: 0 });
  }

  /** The person has no patience for it: histories are looked at again when they move, or tomorrow. */
  cancel(): void {
    this.#isCancelled = true;
    this.#abort();
  }

  /** What was found is of data that is gone: looks again. */
  forget(): void {
    this.#abort();
    for (const followed of this.#followed.values()) Object.assign(followed, { head: undefined, passedAt: 0 });
  }

  /** Looks at every history that moved, or that nobody looked at for a day. Resolves when that is done. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  #abort(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #lookAfter(ms: number): void {
    this.#stopTimer = this.#options.host.startTimer(ms, () => {
      void this.look()
        .catch((thrown: unknown) => {
          this.#options.onFailed();
          this.#options.host.log.warn(`A history was not looked at: ${reasonOf(thrown)}`);
        })
        .finally(() => {
          if (this.#stopTimer) this.#lookAfter(lookMs);
        });
    });
  }

  async #lookAtAll(): Promise<void> {
    const { host } = this.#options;
    this.#isCancelled = false;
    for (const followed of this.#followed.values()) {
      const head = readHead(followed.found)?.commit;
      const isDue = host.now() - followed.at >= longestMs;
      if (head === followed.head && head !== undefined && !isDue) continue;
      followed.head = head;
      followed.at = host.now();
      if (!this.#isCancelled) await this.#lookAt(followed);
    }
  }

  async #lookAt(followed: Followed): Promise<void> {
    const { host, git, memory, onProgress, onEnded, onLooked, onPass } = this.#options;
    const { found, passedAt } = followed;
    const { signal } = this.#stop;
    const pace = { elapsedMs: () => host.elapsedMs(), signal };
    const pass = await lookAtHistory(found, {
      ...memory.of(found.root),
      git,
      now: host.now(),
      ...pace,
      ...(onProgress && { onProgress }),
    }).finally(onEnded);
    if (signal.aborted) return;
    onLooked();
    if (!pass.ok || host.now() - passedAt < longestMs) return;
    followed.passedAt = host.now();
    await onPass?.(found.root, pass, pace);
  }
}
