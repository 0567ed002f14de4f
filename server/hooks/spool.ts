import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lookedName, spoolName } from "./shim.ts";

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

/** Nobody's records do not wait longer. */
const longestWaitMs = 24 * 60 * 60_000;

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
    return statSync(path.join(this.#folder, lookedName), { throwIfNoEntry: false }) !== undefined;
  }

  /** The oldest first. What has waited too long is deleted unread; the number of those is said. */
  look(now: number): { readonly left: readonly Left[]; readonly tooOld: number } {
    this.#touch();
    let tooOld = 0;
    const left = this.#names().flatMap((name): Left[] => {
      const file = path.join(this.#folder, name);
      const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (at === undefined) return [];
      if (now - at > longestWaitMs) {
        if (removed(file)) tooOld++;
        return [];
      }
      if (!name.endsWith(".json")) return [];
      const tool = name.slice(0, name.indexOf("."));
      return [{ name, tool, at: Math.trunc(at), read: () => textOf(file), take: () => removed(file) }];
    });
    return { left: left.sort((one, other) => one.at - other.at), tooOld };
  }

  /** Deletes what waits. */
  clear(): void {
    for (const name of this.#names()) removed(path.join(this.#folder, name));
  }

  /** Nothing is left there any more, by whoever is still told to. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #names(): string[] {
    return readdirSync(this.#folder).filter((name) => name !== lookedName);
  }

  #touch(): void {
    writeFileSync(path.join(this.#folder, lookedName), "", { mode: 0o600 });
  }
}

/** As tools write it: with or without a byte order mark, in UTF-8 or in the UTF-16 of Windows. */
function textOf(file: string): string | undefined {
  try {
    const bytes = readFileSync(file);
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
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
