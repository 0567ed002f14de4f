import { reasonOf } from "../../protocol/errors.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../ledger.ts";
import type { Teller } from "../matching/teller.ts";
import { readHookPayload } from "./payload.ts";
import type { HookSpool, Left } from "./spool.ts";

export interface HookIntakeOptions {
  readonly host: Host;
  readonly ledger: Ledger;
  readonly teller: Teller;
  readonly spool: HookSpool;
}

const lookMs = 500;
/** While no tool is connected there is no spool, and it is looked for now and then. */
const lookForSpoolMs = 10_000;

/** Takes in what hooks left of the window's folders; what is of others' waits for their windows. */
export class HookIntake {
  readonly #options: HookIntakeOptions;
  #stopTimer: (() => void) | undefined;
  /** What is left for other windows. */
  #passed = new Set<string>();

  constructor(options: HookIntakeOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#stopTimer) this.#lookAfter(0);
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #lookAfter(afterMs: number): void {
    const { host, spool, ledger } = this.#options;
    this.#stopTimer = host.startTimer(afterMs, () => {
      const isOpen = spool.isOpen;
      try {
        if (isOpen) this.#look();
      } catch (thrown) {
        ledger.drop("hook.failed", 1);
        host.log.warn(`Kept could not take in what hooks left: ${reasonOf(thrown)}`);
      }
      this.#lookAfter(isOpen ? lookMs : lookForSpoolMs);
    });
  }

  #look(): void {
    const { host, ledger, spool } = this.#options;
    const { left, tooOld, noRoom } = spool.look(host.now());
    if (noRoom > 0) ledger.drop("hook.noRoom", noRoom);
    if (tooOld > 0) ledger.drop("hook.tooOld", tooOld);
    for (const each of left) if (!this.#passed.has(each.name)) this.#take(each);
    // Names are used again once their files are gone.
    this.#passed = new Set(left.map(({ name }) => name).filter((name) => this.#passed.has(name)));
  }

  #take({ name, tool, at, read, take }: Left): void {
    const { ledger, teller } = this.#options;
    const text = read();
    const edits = text === undefined ? undefined : readHookPayload(tool, text, at);
    if (edits === undefined || edits.length === 0) {
      if (take() && edits === undefined) ledger.drop("hook.malformed", 1);
      return;
    }
    const own = edits.flatMap((edit) => teller.ownRecord(edit, "hook") ?? []);
    if (own.length === 0) this.#passed.add(name);
    else if (take()) teller.tell(own);
  }
}
