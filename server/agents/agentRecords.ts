import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { Teller } from "../matching/teller.ts";
import type { Store } from "../store/store.ts";
import type { Surroundings } from "./agent.ts";
import type { StartWorker } from "./startWorker.ts";
import type { RecordHealth } from "./recordHealth.ts";
import type { RequestIntake, RequestSettings } from "./requestIntake.ts";
import type { RecordsRead } from "./reading/recordWatch.ts";

/** What the worker is to do. */
export interface RecordsOrder {
  readonly around: Surroundings;
  readonly since: number;
  readonly requestsSince: number;
}

/** Reads records elsewhere. */
export type StartReading = StartWorker<RecordsOrder, RecordsRead>;

export interface AgentRecordsOptions {
  readonly host: Host;
  readonly store: Pick<Store, "readNote" | "writeNote">;
  readonly ledger: Ledger;
  readonly teller: Teller;
  readonly around: Surroundings;
  readonly startReading: StartReading;
  readonly hashText: (text: string) => string;
  readonly requests: RequestIntake;
  readonly health: RecordHealth;
}

/** What was read in a look is looked for again after a crash, if the look began less than that before, in ms. */
const overlapMs = 15_000;
const noteEveryMs = 10_000;

/** Tells the ledger what tools record of edits in the window's folders, from where it was left the last time. */
export class AgentRecords {
  readonly #options: AgentRecordsOptions;
  readonly #since = new Map<string, number>();
  #notedAt = 0;
  #settings = "";
  #stop: (() => void) | undefined;

  constructor(options: AgentRecordsOptions) {
    this.#options = options;
  }

  /** Records from before Kept first saw a folder are not of its time. */
  start(folders: readonly string[], settings: RequestSettings): void {
    const { otherHomes } = settings;
    if (JSON.stringify(settings) !== this.#settings) this.stop();
    this.#settings = JSON.stringify(settings);
    if (this.#stop || folders.length === 0) return;
    const { store, host, startReading, around, ledger, requests } = this.#options;
    for (const folder of folders) {
      const noted = Number(store.readNote(this.#noteOf(folder)));
      this.#since.set(folder, Number.isFinite(noted) && noted > 0 ? noted : host.now());
    }
    const since = Math.min(...this.#since.values());
    this.#stop = startReading(
      { around: { ...around, otherHomes }, since, requestsSince: requests.start(settings) },
      (read) => this.#take(read),
      (reason) => {
        ledger.drop("record.failed", 1);
        host.log.warn(`Kept can no longer read what tools record: ${reason}`);
      },
    );
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #take(read: RecordsRead): void {
    const { at, edits, problems } = read;
    const { ledger, teller, requests, health } = this.#options;
    for (const count of Object.values(problems)) ledger.drop("record.malformed", count);
    const records = edits.flatMap((edit) => teller.ownRecord(edit, "log") ?? []);
    teller.tell(records.filter(({ edit, folder }) => edit.at >= (this.#since.get(folder) ?? Infinity)));
    this.#note(at);
    health.take(read);
    requests.take(read);
  }

  #note(at: number): void {
    if (at - this.#notedAt < noteEveryMs) return;
    this.#notedAt = at;
    for (const folder of this.#since.keys())
      this.#options.store.writeNote(this.#noteOf(folder), String(at - overlapMs));
  }

  #noteOf(folder: string): string {
    return `records of ${this.#options.hashText(folder)}`;
  }
}
