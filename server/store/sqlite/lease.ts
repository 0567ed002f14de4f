import type { Connection } from "./open.ts";

/** Renewed every ten seconds; long enough that a missed renewal does not lose it. */
const leaseMs = 30_000;
const renewWhenLeftMs = 20_000;

/** What a process can be the only one to do. */
export type LeaseName = "caretaker" | "sender";

interface LeaseRow {
  owner: string;
  fence: number;
  until: number;
}

/**
 * Which of the processes that share the database looks after it: moves the log into the database and prunes; or which
 * of them sends. It
 * passes to another when its holder no longer renews it. The fence rises whenever it passes, so that a holder that
 * slept too long finds out inside its next transaction.
 */
export class Lease {
  readonly #read: () => LeaseRow | undefined;
  readonly #write: (row: LeaseRow) => void;
  readonly #owner: string;
  #fence = -1;

  constructor(connection: Connection, owner: string, name: LeaseName = "caretaker") {
    this.#owner = owner;
    const read = connection.prepare<[string], LeaseRow>(
      "SELECT owner, fence, until FROM leases WHERE name = ?",
    );
    this.#read = () => read.get(name);
    const write = connection.prepare<[string, string, number, number]>(
      `INSERT INTO leases (name, owner, fence, until) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, fence = excluded.fence, until = excluded.until`,
    );
    this.#write = ({ owner, fence, until }) => void write.run(name, owner, fence, until);
  }

  /** Whether it is held here, by another, or to be taken or renewed. */
  state(now: number): "held" | "elsewhere" | "due" {
    const row = this.#read();
    if (!row || !isLive(row, now)) return "due";
    if (!this.#isMine(row)) return "elsewhere";
    return row.until - now > renewWhenLeftMs ? "held" : "due";
  }

  /** Takes or renews it unless another holds it. To be called inside a writing transaction. */
  take(now: number): void {
    if (this.state(now) !== "due") return;
    const row = this.#read();
    if (!row || !this.#isMine(row)) this.#fence = (row?.fence ?? 0) + 1;
    this.#write({ owner: this.#owner, fence: this.#fence, until: now + leaseMs });
  }

  /** Whether it is still held: to be asked inside the transaction that relies on it. */
  isHeld(): boolean {
    const row = this.#read();
    return row !== undefined && this.#isMine(row);
  }

  /** Whether anybody holds it, and so whether somebody has the database open. */
  isHeldByAnybody(now: number): boolean {
    return this.state(now) !== "due";
  }

  /** To be called inside a writing transaction. */
  release(): void {
    const row = this.#read();
    if (row && this.#isMine(row)) this.#write({ ...row, until: 0 });
  }

  #isMine(row: LeaseRow): boolean {
    return row.owner === this.#owner && row.fence === this.#fence;
  }
}

/** A lease that ends later than one could that began now was taken before the clock was set back. */
function isLive({ until }: LeaseRow, now: number): boolean {
  return now < until && until <= now + leaseMs;
}
