import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { decodePayload } from "./payload.ts";
import {
  closedName,
  fullName,
  hasRoom,
  isFull,
  lookedName,
  oldName,
  spoolName,
  untilName,
  waitingName,
} from "./shim.ts";

/** What a hook left. */
export interface Left {
  readonly name: string;
  readonly tool: string;
  /** When the tool said it. */
  readonly at: number;
  /** Undefined for what is no text. Read once: what is another window's is not read at every look. */
  readonly read: () => string | undefined;
  /** Takes it out of the spool. False where another process did so before. */
  readonly take: () => boolean;
}

const dayMs = 24 * 60 * 60_000;
/** Nobody's records do not wait longer. */
const longestWaitMs = dayMs;
/** So long nobody has looked, then nobody will. */
const silentAfterMs = 30 * dayMs;

/** The folder in which hooks leave what tools say. The only place where a payload lies as it came. */
export class HookSpool {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = path.join(home, spoolName);
  }

  /** From now on hooks leave something, for as long as somebody looks now and then. */
  open(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#touch();
  }

  get isOpen(): boolean {
    return this.#statOf(lookedName) !== undefined;
  }

  /** The oldest first. What has waited too long is deleted unread; the number of those is said. */
  look(now: number): { readonly left: readonly Left[]; readonly tooOld: number; readonly noRoom: number } {
    this.#touch();
    const noRoom = this.#takeCount(fullName);
    let [tooOld, bytes] = [this.#takeCount(oldName), 0];
    const left = this.#names().flatMap((name): Left[] => {
      const file = path.join(this.#folder, name);
      const { mtimeMs: at, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      if (at === undefined) return [];
      if (now - at > longestWaitMs) {
        if (removed(file)) tooOld++;
        return [];
      }
      bytes += size;
      if (!name.endsWith(".json")) return [];
      const tool = name.slice(0, name.indexOf("."));
      return [{ name, tool, at: Math.trunc(at), read: () => textOf(file), take: () => removed(file) }];
    });
    this.#keep(left.length, bytes);
    return { left: left.sort((one, other) => one.at - other.at), tooOld, noRoom };
  }

  /** Deletes unread what has waited too long, where no editor runs that would. The next look says how many those were. */
  dropOld(now: number): void {
    const old = (this.isOpen ? this.#names() : []).filter((name) => {
      const at = this.#statOf(name)?.mtimeMs;
      return at !== undefined && now - at > longestWaitMs && removed(path.join(this.#folder, name));
    });
    if (old.length === 0) return;
    appendFileSync(path.join(this.#folder, oldName), ".".repeat(old.length), { mode: 0o600 });
    const { records, bytes } = this.#measured();
    this.#keep(records, bytes);
  }

  /** Leaves a record as the shim does, under a name that nothing else has. Not where nobody looks any more. */
  leave(tool: string, payload: Uint8Array, now: number, id: string): void {
    const { lookedAt } = this;
    if (lookedAt === undefined || now - lookedAt > silentAfterMs) return;
    const { records, bytes } = this.#measured();
    if (!hasRoom(records, bytes, payload.length)) {
      appendFileSync(path.join(this.#folder, fullName), ".", { mode: 0o600 });
      return;
    }
    const file = path.join(this.#folder, `${tool}.${id}`);
    writeFileSync(`${file}.part`, payload, { mode: 0o600, flag: "wx" });
    renameSync(`${file}.part`, `${file}.json`);
    this.#keep(records + 1, bytes + payload.length);
  }

  /** How many records found no room since the last look. */
  get noRoom(): number {
    return this.#countIn(fullName);
  }

  /** When somebody last looked. */
  get lookedAt(): number | undefined {
    return this.#statOf(lookedName)?.mtimeMs;
  }

  /** How many records wait, by tool. */
  waiting(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const name of this.isOpen ? this.#names() : []) {
      const tool = name.slice(0, name.indexOf("."));
      counts[tool] = (counts[tool] ?? 0) + 1;
    }
    return counts;
  }

  /** Deletes unread what waits, of one tool or of all. */
  clear(tool?: string): void {
    for (const name of this.isOpen ? this.#names() : [])
      if (tool === undefined || name.startsWith(`${tool}.`)) removed(path.join(this.#folder, name));
    if (!this.isOpen) return;
    const { records, bytes } = this.#measured();
    this.#keep(records, bytes);
  }

  /** Nothing is left there any more, by whoever is still told to. */
  close(): void {
    // A hook may be writing there.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  #names(): string[] {
    return readdirSync(this.#folder).filter((name) => !name.startsWith("."));
  }

  #measured(): { readonly records: number; readonly bytes: number } {
    const sizes = this.#names().map((name) => this.#statOf(name)?.size ?? 0);
    return { records: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /** Says to hooks what waits. */
  #keep(records: number, bytes: number): void {
    writeFileSync(path.join(this.#folder, waitingName), `${records} ${bytes} 0\n`, { mode: 0o600 });
    this.#close(isFull(records, bytes));
  }

  #statOf(name: string) {
    return statSync(path.join(this.#folder, name), { throwIfNoEntry: false });
  }

  /** By the clock of the files, which hooks compare with. */
  #touch(): void {
    writeFileSync(path.join(this.#folder, lookedName), "", { mode: 0o600 });
    const until = path.join(this.#folder, untilName);
    writeFileSync(until, "", { mode: 0o600 });
    const at = (this.lookedAt ?? 0) + silentAfterMs;
    utimesSync(until, at / 1000, at / 1000);
  }

  /** Hooks leave nothing while it is closed. They close it where they find it full, and nobody but who takes from it opens it. */
  #close(isFull: boolean): void {
    const isClosed = this.#statOf(closedName) !== undefined;
    if (isFull && !isClosed) writeFileSync(path.join(this.#folder, closedName), "", { mode: 0o600 });
    if (!isFull && isClosed) removed(path.join(this.#folder, closedName));
  }

  /** Whoever takes the file away counts them. */
  #takeCount(name: string): number {
    const count = this.#countIn(name);
    return count > 0 && removed(path.join(this.#folder, name)) ? count : 0;
  }

  /** A byte for each. */
  #countIn(name: string): number {
    return this.#statOf(name)?.size ?? 0;
  }
}

function textOf(file: string): string | undefined {
  try {
    return decodePayload(readFileSync(file));
  } catch {
    return undefined;
  }
}

function removed(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
