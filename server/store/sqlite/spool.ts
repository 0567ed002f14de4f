import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Batch } from "../store.ts";

const mostBytes = 8 * 1024 * 1024;
/** Enough for ten thousand batches that were lost; more are not counted. */
const mostLostBytes = 64 * 1024;

interface Line {
  readonly at: number;
  readonly batch: Batch;
}

/**
 * What a Kept that is older than the database writes instead: batches, one a line, for the next Kept that knows the
 * database to take in. To be written, and to be claimed, while the folder's lock is held as each says.
 */
export class Spool {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** While the lock is shared. False when there is no room: then it is counted. Durable when it returns. */
  append(batch: Batch, at: number): boolean {
    const line = `${JSON.stringify({ at, batch } satisfies Line)}\n`;
    if (this.#size(this.#file) + Buffer.byteLength(line) > mostBytes) {
      if (this.#size(this.#lost) < mostLostBytes) {
        appendFileSync(this.#lost, `${batch.edits.length}\n`, { mode: 0o600 });
      }
      return false;
    }
    const descriptor = openSync(this.#file, "a", 0o600);
    try {
      writeSync(descriptor, line);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return true;
  }

  /** The last observation of a window that waits here. */
  receiptOf(window: string): number {
    const receipts = this.#lines(this.#file).map(({ batch }) => batch.receipt);
    return Math.max(0, ...receipts.map((receipt) => (receipt?.window === window ? receipt.sequence : 0)));
  }

  get isWaiting(): boolean {
    return existsSync(this.#file) || existsSync(this.#lost);
  }

  /** While the lock is held alone: from now on nobody writes to what is claimed. */
  claim(id: string): void {
    if (existsSync(this.#file)) renameSync(this.#file, join(this.#folder, `kept.spool.${id}`));
    if (existsSync(this.#lost)) renameSync(this.#lost, join(this.#folder, `kept.spool.${id}.lost`));
  }

  /** Ids of what was claimed and may not be taken in yet. */
  claimed(): string[] {
    const names = readdirSync(this.#folder).map(
      (name) => /^kept\.spool\.([\w-]{36})(\.lost)?$/.exec(name)?.[1],
    );
    return [...new Set(names.filter((id) => id !== undefined))];
  }

  /** Undefined when another process has taken it in meanwhile. */
  read(id: string): { readonly lines: readonly Line[]; readonly lostEdits: number } | undefined {
    const file = join(this.#folder, `kept.spool.${id}`);
    if (!existsSync(file) && !existsSync(`${file}.lost`)) return undefined;
    const lost = existsSync(`${file}.lost`) ? readFileSync(`${file}.lost`, "utf8") : "";
    const lostEdits = lost.split("\n").reduce((sum, line) => sum + (Number(line) || 0), 0);
    return { lines: this.#lines(file), lostEdits };
  }

  remove(id: string): void {
    for (const end of ["", ".lost"]) rmSync(join(this.#folder, `kept.spool.${id}${end}`), { force: true });
  }

  get #file(): string {
    return join(this.#folder, "kept.spool");
  }

  get #lost(): string {
    return join(this.#folder, "kept.spool.lost");
  }

  #size(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** A line that a power failure cut off was never acknowledged. */
  #lines(file: string): Line[] {
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8").split("\n").flatMap(parsedLine);
  }
}

function parsedLine(text: string): Line[] {
  if (text === "") return [];
  try {
    return [JSON.parse(text) as Line];
  } catch {
    return [];
  }
}
