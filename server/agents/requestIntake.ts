import type { ToolEditLines, ToolRequest } from "../../core/tools/toolRecords.ts";
import type { ToolStep } from "../../core/tools/toolSteps.ts";
import type { OwnPrice } from "../../protocol/prices.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { Teller } from "../matching/teller.ts";
import type { RequestBatch, RequestRow, TaskEditRow } from "../store/requests.ts";
import type { StepRow } from "../store/steps.ts";
import type { Store } from "../store/store.ts";
import { assertionStep } from "./assertionStep.ts";
import { folderOfTool, mayRecordIn } from "./recordableFolder.ts";
import { requestRow, stepRow, taskEditRow, type RowOptions } from "./requestRows.ts";
import type { RecordsRead } from "./reading/recordWatch.ts";

export interface RequestIntakeOptions {
  readonly host: Host;
  readonly store: Pick<Store, "readNote" | "writeNote" | "requests">;
  readonly ledger: Pick<Ledger, "drop">;
  readonly teller: Pick<Teller, "recordable">;
  readonly hashText: (text: string) => string;
}

export interface RequestSettings {
  readonly editDays: number;
  readonly otherHomes: readonly string[];
  readonly prices: readonly OwnPrice[];
}

const dayMs = 24 * 60 * 60_000;
const stepDays = 30;
/** What was read in a look is read again after a crash, if the look began less than that before. */
const overlapMs = 15_000;
const noteEveryMs = 10_000;
/**
 * While a look goes on, so many are written in one transaction, in some sixty milliseconds: each dirties many pages, however
 * few its rows are.
 */
const enoughAtOnce = 5000;
/** What cannot be written waits; more is given up, and counted. */
const mostWaiting = 20_000;
/** A policy that is written takes that long to be heeded. */
const policyMs = 30_000;

interface Waiting {
  requests: RequestRow[];
  edits: TaskEditRow[];
  steps: StepRow[];
}

/**
 * Writes what tools record of their requests and tasks into the store, from where it was left the last time. Reading it
 * again, or in several windows, changes nothing.
 */
export class RequestIntake {
  readonly #options: RequestIntakeOptions;
  #settings: RequestSettings = { editDays: 90, otherHomes: [], prices: [] };
  #waiting: Waiting = { requests: [], edits: [], steps: [] };
  /** By what tools call folders. */
  readonly #recordable = new Map<string, { readonly may: boolean; readonly at: number }>();
  #notedAt = 0;
  #goesOn = false;

  constructor(options: RequestIntakeOptions) {
    this.#options = options;
  }

  /** From when on records are of interest. With other homes or prices all of them are looked at anew. */
  start(settings: RequestSettings): number {
    this.#settings = settings;
    const { store, host } = this.#options;
    const first = host.now() - settings.editDays * dayMs;
    const noted = Number(store.readNote(this.#note));
    return Number.isFinite(noted) ? Math.max(noted, first) : first;
  }

  take({ at, requests, taskEdits, steps = [], goesOn }: RecordsRead): void {
    if (steps.length > 0) this.#add({ requests: [], edits: [], steps: this.#stepRows(steps) });
    if (requests.length > 0) this.#add({ requests: this.#requestRows(requests), edits: [] });
    if (taskEdits.length > 0) this.#takeEdits(taskEdits);
    this.#goesOn = goesOn;
    const isWritten = this.#writeEnough();
    if (goesOn || !isWritten || at - this.#notedAt < noteEveryMs) return;
    this.#notedAt = at;
    this.#options.store.writeNote(this.#note, String(at - overlapMs));
  }

  #requestRows(requests: readonly ToolRequest[]): RequestRow[] {
    const options = this.#rowOptions;
    return requests
      .filter(({ folder }) => this.#mayRecord(folder))
      .map((request) => requestRow(request, options));
  }

  /** Advice looks at the last of them alone. */
  #stepRows(steps: readonly ToolStep[]): StepRow[] {
    const options = this.#rowOptions;
    const from = this.#options.host.now() - stepDays * dayMs;
    return steps
      .filter(({ at, folder }) => at >= from && this.#mayRecord(folder))
      .map((step) => stepRow(step, options));
  }

  /** A file that is left out by its name or its folder is in no count; of one in no open folder the address is not kept. */
  #takeEdits(edits: readonly ToolEditLines[]): void {
    this.#options.teller.recordable(edits, (answered) => {
      const options = this.#rowOptions;
      const rows = answered.flatMap(({ edit, may }) =>
        may === "no" ? [] : taskEditRow(edit, may === "yes", options),
      );
      const asserted = answered.flatMap(({ edit, may }) => (may === "no" ? [] : (assertionStep(edit) ?? [])));
      this.#add({ requests: [], edits: rows, steps: this.#stepRows(asserted) });
      this.#writeEnough();
    });
  }

  #add({ requests, edits, steps = [] }: RequestBatch): void {
    this.#waiting.steps.push(...steps);
    this.#waiting.steps.splice(0, Math.max(0, this.#waiting.steps.length - mostWaiting));
    this.#waiting.requests.push(...requests);
    this.#waiting.edits.push(...edits);
    const beyond = this.#waiting.requests.length + this.#waiting.edits.length - mostWaiting;
    if (beyond <= 0) return;
    const lost = this.#waiting.requests.splice(0, beyond).length;
    const lostEdits = this.#waiting.edits.splice(0, beyond - lost).length;
    this.#options.ledger.drop("request.overflow", lost + lostEdits);
  }

  #writeEnough(): boolean {
    const { requests, edits, steps } = this.#waiting;
    return this.#goesOn && requests.length + edits.length + steps.length < enoughAtOnce
      ? true
      : this.#write();
  }

  /** False while the disk is full, or another program holds the file: what waits is tried again with the next look. */
  #write(): boolean {
    const batch = this.#waiting;
    if (Object.values(batch).every(({ length }) => length === 0)) return true;
    const { outcome } = this.#options.store.requests.write(batch);
    if (outcome === "retry") return false;
    // A database of a newer Kept is filled by that.
    this.#waiting = { requests: [], edits: [], steps: [] };
    return outcome === "written";
  }

  #mayRecord(given: string | undefined): boolean {
    if (given === undefined) return true;
    const at = this.#options.host.now();
    const known = this.#recordable.get(given);
    if (known && at - known.at < policyMs) return known.may;
    const folder = folderOfTool(given);
    const may = folder === undefined || mayRecordIn(folder);
    this.#recordable.set(given, { may, at });
    return may;
  }

  get #rowOptions(): RowOptions {
    const { host, hashText } = this.#options;
    return {
      hashText,
      utcOffsetMinutes: (at) => host.utcOffsetMinutes(at),
      prices: this.#settings.prices,
      tasks: new Map(),
    };
  }

  get #note(): string {
    const { otherHomes, prices } = this.#settings;
    return `requests of ${this.#options.hashText(JSON.stringify([otherHomes, prices]))}`;
  }
}
