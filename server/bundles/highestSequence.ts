import { createHash } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { readRegularFile } from "../regularFile.ts";
import { syncFolder, writeThrough } from "../writeThrough.ts";

const mostBytes = 256 * 1024;
const schema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.int().positive());

/** An organisation, and the keys that count for it on this machine. */
export interface Signing {
  readonly org: string;
  readonly keys: readonly string[];
}

/**
 * The highest bundle that was accepted of each organisation's keys, beside the database: a database that is lost, or a
 * membership that ends and begins again, does not let an older bundle come back. Names are hashes.
 */
export class HighestSequence {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = path.join(folder, "kept.bundles");
  }

  /** 0 where none is known. */
  of(signing: Signing): number | "damaged" {
    const known = this.#read();
    return known === "damaged" ? known : highestIn(known, signing);
  }

  /** On the disk when it returns. Throws where it cannot be written. */
  raise(signing: Signing, sequence: number): void {
    const read = this.#read();
    const known = read === "damaged" ? new Map<string, number>() : read;
    if (read !== "damaged" && namesOf(signing).every((name) => (known.get(name) ?? 0) >= sequence)) return;
    for (const name of namesOf(signing)) known.set(name, Math.max(known.get(name) ?? 0, sequence));
    this.#write(JSON.stringify(Object.fromEntries(known)));
  }

  #read(): Map<string, number> | "damaged" {
    try {
      const text = readRegularFile(this.#file, mostBytes).toString("utf8");
      return new Map(Object.entries(schema.parse(JSON.parse(text))));
    } catch (thrown) {
      return isMissing(thrown) ? new Map() : "damaged";
    }
  }

  #write(text: string): void {
    const next = `${this.#file}.next`;
    rmSync(next, { force: true });
    writeThrough(next, Buffer.from(text));
    renameSync(next, this.#file);
    syncFolder(path.dirname(this.#file));
  }
}

function highestIn(known: ReadonlyMap<string, number>, signing: Signing): number {
  return Math.max(0, ...namesOf(signing).map((name) => known.get(name) ?? 0));
}

function namesOf({ org, keys }: Signing): string[] {
  return keys.map((key) => createHash("sha256").update(`${org}\n${key}`).digest("hex"));
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}
