import { realpathSync } from "node:fs";
import path from "node:path";
import type { ToolEdit } from "../../core/toolRecords.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../ledger.ts";
import { addressesOfFile, fileOfAddress } from "../provenance/fileAddress.ts";
import type { Store } from "../store/store.ts";
import type { Surroundings } from "./agent.ts";
import type { RecordsRead } from "./reading/recordWatch.ts";

/** What the worker is to do. */
export interface RecordsOrder {
  readonly around: Surroundings;
  readonly since: number;
}

/** Reads records elsewhere; the answer stops it. */
export type StartReading = (
  order: RecordsOrder,
  take: (read: RecordsRead) => void,
  failed: (reason: string) => void,
) => () => void;

export interface AgentRecordsOptions {
  readonly host: Host;
  readonly store: Pick<Store, "readNote" | "writeNote">;
  readonly ledger: Ledger;
  readonly around: Surroundings;
  readonly startReading: StartReading;
  readonly folderOf: (uri: string) => string | null;
  readonly hashText: (text: string) => string;
  /** Asks the window whether closed documents are recorded at all; undefined where nobody can be asked. */
  readonly ask: ((id: number, uris: readonly string[]) => void) | undefined;
  /** Something was told. */
  readonly wake: () => void;
}

/** What was read in a look is looked for again after a crash, if the look began less than that before, in ms. */
const overlapMs = 15_000;
const noteEveryMs = 10_000;
/** Questions that nobody answers are given up. */
const mostAsked = 100;

interface Record {
  readonly edit: ToolEdit;
  readonly uris: readonly string[];
}

/** Tells the ledger what tools record of edits in the window's folders, from where it was left the last time. */
export class AgentRecords {
  readonly #options: AgentRecordsOptions;
  readonly #since = new Map<string, number>();
  readonly #asked = new Map<number, readonly Record[]>();
  #questions = 0;
  #notedAt = 0;
  #stop: (() => void) | undefined;

  constructor(options: AgentRecordsOptions) {
    this.#options = options;
  }

  /** Records from before Kept first saw a folder are not of its time. */
  start(folders: readonly string[]): void {
    if (this.#stop || folders.length === 0) return;
    const { store, host, startReading, around, ledger } = this.#options;
    for (const folder of folders) {
      const noted = Number(store.readNote(this.#noteOf(folder)));
      this.#since.set(folder, Number.isFinite(noted) && noted > 0 ? noted : host.now());
    }
    const since = Math.min(...this.#since.values());
    this.#stop = startReading(
      { around, since },
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
    this.#asked.clear();
  }

  /** The window says which of the documents that it was asked about are recorded. */
  answered(id: number, recordable: readonly boolean[]): void {
    const records = this.#asked.get(id) ?? [];
    this.#asked.delete(id);
    const told = records.filter((_, index) => recordable[index] === true);
    for (const { edit, uris } of told) this.#options.ledger.tell(uris, edit, "log");
    if (told.length > 0) this.#options.wake();
  }

  #take({ at, edits, problems }: RecordsRead): void {
    const { ledger, ask, wake } = this.#options;
    for (const [, count] of Object.entries(problems)) ledger.drop("record.malformed", count);
    const records = edits.flatMap((edit) => this.#inFolder(edit) ?? []);
    const isOpen = ({ uris }: Record) => uris.some((uri) => ledger.peek(uri) !== undefined);
    const open = records.filter(isOpen);
    for (const { edit, uris } of open) ledger.tell(uris, edit, "log");
    const closed = records.filter((record) => !isOpen(record));
    if (closed.length > 0 && ask) {
      this.#asked.set(++this.#questions, closed);
      if (this.#asked.size > mostAsked) this.#asked.delete(this.#asked.keys().next().value!);
      ask(
        this.#questions,
        closed.map(({ uris }) => uris[0]!),
      );
    }
    if (open.length > 0) wake();
    this.#note(at);
  }

  /** Undefined for what lies in none of the window's folders, be it by its name or by where a link leads. */
  #inFolder(edit: ToolEdit): Record | undefined {
    const { folderOf, ledger } = this.#options;
    const uris = addressesOfFile(edit.path);
    const uri = uris.find((each) => folderOf(each) !== null);
    const folder = uri === undefined ? null : folderOf(uri);
    if (folder === null || edit.at < (this.#since.get(folder) ?? Infinity)) return undefined;
    if (isWithin(edit.path, fileOfAddress(folder))) return { edit, uris };
    ledger.drop("record.outside", 1);
    return undefined;
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

function isWithin(file: string, folder: string | undefined): boolean {
  if (folder === undefined) return false;
  const below = path.relative(realOf(folder), realOf(file));
  return below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
}

/** Of a file that is gone, by its folder. */
function realOf(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(realOf(folder), path.basename(file));
  }
}
