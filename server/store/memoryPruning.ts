import type { MemorySnapshots } from "./memorySnapshots.ts";
import type { Batch, DocumentRow, EditRow } from "./store.ts";

type Documents = Map<string, { readonly row: DocumentRow; readonly writtenAt: number }>;

interface Contents {
  readonly edits: readonly EditRow[];
  readonly documents: Documents;
  readonly snapshots: MemorySnapshots;
  readonly windows: Map<string, { readonly sequence: number; readonly writtenAt: number }>;
}

/** Deletes documents and receipts that neither an edit nor anybody since a moment needs. */
export function pruneUnused(before: number, { edits, documents, snapshots, windows }: Contents): void {
  const usedDocuments = new Set(edits.map(({ uri }) => uri));
  for (const [uri, { writtenAt }] of documents) {
    if (writtenAt >= before || usedDocuments.has(uri)) continue;
    documents.delete(uri);
    snapshots.delete(uri);
  }
  const usedWindows = new Set(edits.map(({ window }) => window));
  for (const { row } of documents.values()) usedWindows.add(row.spans.window);
  for (const [window, { writtenAt }] of windows) {
    if (writtenAt < before && !usedWindows.has(window)) windows.delete(window);
  }
}

export function refuseUnknownDocuments(batch: Batch, documents: ReadonlyMap<string, unknown>): void {
  const known = new Set(batch.documents.map(({ uri }) => uri));
  const unknown = batch.edits.find(({ uri }) => !known.has(uri) && !documents.has(uri));
  if (unknown) throw new Error("An edit came without its document");
}
