import { createHash } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { readRegularFile } from "../regularFile.ts";
import { syncFolder, writeThrough } from "../writeThrough.ts";

const mostBytes = 256 * 1024;
const schema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.int().positive());

/** An organisation at its address, and the keys that count for it on this machine. */
export interface Signing {
  readonly org: string;
  readonly endpoint: string;
  readonly keys: readonly string[];
}

/**
 * The highest bundle that was accepted of each organisation's keys, beside the database: a database that is lost, or a
 * membership that ends and begins again, does not let an older bundle come back. An organisation may say that it has the name
 * and the keys of another: what it publishes is known of the keys that signed it, and of all that count at its own address.
 * Names are hashes.
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
  raise(signing: Signing, signers: ReadonlySet<string>, sequence: number): void {
    const read = this.#read();
    const known = read === "damaged" ? new Map<string, number>() : read;
    const names = [...namesAt(signing), ...namesSigned({ ...signing, keys: [...signers] })];
    if (read !== "damaged" && names.every((name) => (known.get(name) ?? 0) >= sequence)) return;
    for (const name of names) known.set(name, Math.max(known.get(name) ?? 0, sequence));
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
  const names = [...namesAt(signing), ...namesSigned(signing)];
  return Math.max(0, ...names.map((name) => known.get(name) ?? 0));
}

function namesAt({ endpoint, org, keys }: Signing): string[] {
  return keys.map((key) => hashOf(`${endpoint}\n${org}\n${key}`));
}

function namesSigned({ org, keys }: Pick<Signing, "org" | "keys">): string[] {
  return keys.map((key) => hashOf(`${org}\n${key}`));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}
