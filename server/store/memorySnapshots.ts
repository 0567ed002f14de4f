import { mostSnapshots, type SnapshotRow } from "./store.ts";

/** The last few texts that each document had, for the store in memory. */
export class MemorySnapshots {
  /** By document and text, the newest last. */
  readonly #byUri = new Map<string, Map<string, SnapshotRow>>();

  /** The newest first. */
  of(uri: string): SnapshotRow[] {
    return [...(this.#byUri.get(uri)?.values() ?? [])].reverse();
  }

  add(snapshot: SnapshotRow): void {
    const { uri, textHash } = snapshot;
    const snapshots = this.#byUri.get(uri) ?? new Map<string, SnapshotRow>();
    this.#byUri.set(uri, snapshots);
    snapshots.delete(textHash);
    snapshots.set(textHash, snapshot);
    const oldest = [...snapshots.keys()][0]!;
    if (snapshots.size > mostSnapshots) snapshots.delete(oldest);
  }

  delete(uri: string): void {
    this.#byUri.delete(uri);
  }

  clear(): void {
    this.#byUri.clear();
  }
}
