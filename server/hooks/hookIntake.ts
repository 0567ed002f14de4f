import { reasonOf } from "../../protocol/errors.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { FigureStore, HeardRow } from "../store/figures.ts";
import { connectableTools } from "./connections.ts";
import type { Teller } from "../matching/teller.ts";
import { readHookPayload } from "./payload.ts";
import type { HookSpool, Left } from "./spool.ts";

export interface HookIntakeOptions {
  readonly host: Host;
  readonly ledger: Ledger;
  readonly teller: Teller;
  readonly spool: HookSpool;
  readonly figures: Pick<FigureStore, "write">;
}

const heardTools: ReadonlySet<string> = new Set(connectableTools);

const lookMs = 500;
/** While no tool is connected there is no spool, and it is looked for now and then. */
const lookForSpoolMs = 10_000;

/** Takes in what hooks left of the window's folders; what is of others' waits for their windows. */
export class HookIntake {
  readonly #options: HookIntakeOptions;
  #stopTimer: (() => void) | undefined;
  /** What is left for other windows. */
  #passed = new Set<string>();
  /** What was taken in and is not written down yet, by tool. */
  #heard = new Map<string, HeardRow>();

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
    this.#writeHeard();
  }

  #take({ name, tool, at, read, take }: Left): void {
    const { ledger, teller } = this.#options;
    const text = read();
    const edits = text === undefined ? undefined : readHookPayload(tool, text, at);
    if (edits === undefined || edits.length === 0) {
      if (!take()) return;
      if (edits === undefined) ledger.drop("hook.malformed", 1);
      this.#hear(tool, edits !== undefined);
      return;
    }
    const own = edits.flatMap((edit) => teller.ownRecord(edit, "hook") ?? []);
    if (own.length === 0) this.#passed.add(name);
    else if (take()) {
      this.#hear(tool, true);
      teller.tell(own);
    }
  }

  #hear(tool: string, isUnderstood: boolean): void {
    // What else may lie there has any name.
    if (!heardTools.has(tool)) return;
    const { taken, notUnderstood } = this.#heard.get(tool) ?? { taken: 0, notUnderstood: 0 };
    this.#heard.set(tool, {
      tool,
      way: "hook",
      at: this.#options.host.now(),
      taken: taken + (isUnderstood ? 1 : 0),
      notUnderstood: notUnderstood + (isUnderstood ? 0 : 1),
    });
  }

  #writeHeard(): void {
    if (this.#heard.size === 0) return;
    const heard = [...this.#heard.values()].map((row) => ({ ...row, isAll: false }));
    if (this.#options.figures.write({ heard }).outcome !== "retry") this.#heard = new Map();
  }
}
