import { localDay, monthsBefore } from "../../core/day.ts";
import { reasonOf, type Problem } from "../../protocol/errors.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "./ledger.ts";
import type { Store } from "../store/store.ts";

/** Changes that come close together are written together. */
const gatherMs = 250;
/** After writes that failed for `tellAfterMs`. */
const tryAgainMs = 2000;
/** Another window may hold the file for a moment, again and again: only what lasts is worth saying. */
const tellAfterMs = 5000;
/** A timer counts no more than 24 days, and a clock that was set back may ask for more. */
const longestTimerMs = 60 * 60_000;
/** How often another window's writes are looked for. */
const lookMs = 2000;
/** How often the store wants to be looked after. */
const maintainEveryLooks = 5;
const pruneEveryMs = 24 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

export interface KeeperOptions {
  readonly host: Host;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly settings: ServerSettings;
  /** Everything of this window up to that observation is committed. */
  readonly onWritten: (sequence: number) => void;
  /** The sums changed, by this process or another. */
  readonly onChanged: () => void;
  /** What the store says of itself changed, or writing fails or works again; the problem that is there now. */
  readonly onStatus: (problem: Problem | undefined) => void;
}

/** Writes the ledger's batches to the store in time, tries again where that failed, and prunes. */
export class Keeper {
  readonly #options: KeeperOptions;
  #settings: ServerSettings;
  #stopWriting: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #stopSampling: (() => void) | undefined;
  /** When the timer for samples was meant to end. */
  #samplingAt = Infinity;
  #revision: number;
  #prunedAt: number | undefined;
  #failing: Problem | undefined;
  /** Since when nothing could be written, as `elapsedMs` counts. */
  #failingSince: number | undefined;
  #said = "";
  #looks = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#revision = options.store.revision();
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.flush();
    this.#stopWriting?.();
    this.#stopLooking?.();
    this.#stopSampling?.();
  }

  follow(settings: ServerSettings): void {
    this.#settings = settings;
    this.#prunedAt = undefined;
  }

  /** There may be something to write. */
  wake(): void {
    if (this.#options.ledger.hasNews) this.#writeAfter(gatherMs);
    this.#sampleInTime();
  }

  /** Writes what there is, now. */
  flush(): void {
    this.#stopWriting?.();
    this.#stopWriting = undefined;
    const { ledger, store, onWritten, onChanged } = this.#options;
    const commit = () => ledger.commit((batch) => store.write(batch));
    let committed = commit();
    // What was made since is left, and what was dropped and taken in.
    if (committed?.written.outcome === "forgotten") committed = commit();
    this.#sampleInTime();
    if (!committed) return;
    const { written, batch } = committed;
    this.#failing = written.outcome === "retry" && this.#failsForLong() ? written.problem : undefined;
    this.#sayStatus();
    if (written.outcome === "retry") {
      this.#writeAfter(this.#failing ? tryAgainMs : gatherMs);
      return;
    }
    this.#failingSince = undefined;
    this.wake();
    // What a store takes nothing of is not acknowledged: the window keeps it, up to its limit.
    if (written.outcome === "readOnly") return;
    if (written.outcome === "forgotten") {
      this.#writeAfter(gatherMs);
      return;
    }
    if (batch.receipt) onWritten(batch.receipt.sequence);
    this.#revision = store.revision();
    onChanged();
  }

  #failsForLong(): boolean {
    const now = this.#options.host.elapsedMs();
    this.#failingSince ??= now;
    return now - this.#failingSince >= tellAfterMs;
  }

  /** Says how the store stands, once for each change of it. */
  #sayStatus(): void {
    const { store, onStatus } = this.#options;
    const now = JSON.stringify([store.kind, store.problems, this.#failing]);
    if (now === this.#said) return;
    this.#said = now;
    onStatus(this.#failing);
  }

  /** The one place where the failure of a timer ends: counted and logged, and the next one runs as usual. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (thrown) {
      this.#options.ledger.drop("keeper.failed", 1);
      this.#options.host.log.warn(`Kept could not look after its database: ${reasonOf(thrown)}`);
    }
  }

  #writeAfter(afterMs: number): void {
    this.#stopWriting ??= this.#options.host.startTimer(afterMs, () => {
      this.#stopWriting = undefined;
      this.#guard(() => this.flush());
    });
  }

  #sampleInTime(): void {
    const { host, ledger } = this.#options;
    const at = ledger.nextAt;
    if (at === this.#samplingAt) return;
    this.#stopSampling?.();
    this.#samplingAt = at;
    if (at === Infinity) return;
    const afterMs = Math.min(Math.max(at - host.now(), gatherMs), longestTimerMs);
    this.#stopSampling = host.startTimer(afterMs, () => {
      this.#samplingAt = Infinity;
      this.#guard(() => this.flush());
    });
  }

  #look(): void {
    this.#guard(() => {
      const revision = this.#options.store.revision();
      if (revision !== this.#revision) {
        this.#revision = revision;
        this.#options.onChanged();
      }
      this.#options.ledger.sampleClosed();
      this.wake();
      if (this.#looks++ % maintainEveryLooks === 0) {
        this.#options.store.maintain();
        this.#prune();
      }
      this.#sayStatus();
    });
    this.#stopLooking = this.#options.host.startTimer(lookMs, () => this.#look());
  }

  #prune(): void {
    const { host, store } = this.#options;
    const at = host.now();
    if (this.#prunedAt !== undefined && at - this.#prunedAt < pruneEveryMs) return;
    this.#prunedAt = at;
    const today = localDay({ at, utcOffsetMinutes: host.utcOffsetMinutes(at) }).day;
    const gone = store.prune({
      editsBefore: at - this.#settings.editDays * dayMs,
      sumsBefore: monthsBefore(today, this.#settings.sumMonths),
    });
    if (gone.edits + gone.sums > 0) host.log.info(`Pruned ${gone.edits} edits and ${gone.sums} sums.`);
  }
}
