import { batchOf, copilot, documentOf, editOf, evidenceOf, human, noon, unknown } from "./rows.ts";
import type { Batch, Store } from "../../../server/store/store.ts";

const hour = 3_600_000;

/** A made-up history, the same every time: documents, edits of all origins, late evidence, removals. */
export function historyOf(edits: number): Batch[] {
  const perBatch = 50;
  return Array.from({ length: Math.ceil(edits / perBatch) }, (_, index) => {
    const numbers = Array.from({ length: perBatch }, (_, at) => index * perBatch + at).filter(
      (at) => at < edits,
    );
    const uri = `file:///project/${index % 40}.ts`;
    return batchOf({
      documents: [documentOf({ uri, version: index })],
      edits: numbers.map((number) =>
        editOf({
          id: idOf(number),
          uri,
          version: number,
          at: noon + number * (hour / 60),
          origin: [human, copilot, unknown][number % 3]!,
          insertedChars: number % 97,
          keptChars: number % 97,
          evidence: [evidenceOf({ at: noon + number })],
        }),
      ),
      origins: numbers
        .filter((number) => number % 7 === 0)
        .map((number) => ({
          editId: idOf(number),
          origin: copilot,
          evidence: [evidenceOf({ source: "hook" })],
        })),
      removals: numbers
        .filter((number) => number % 5 === 0)
        .map((number) => ({ editId: idOf(number), chars: 3 })),
      overwrites: numbers
        .filter((number) => number % 4 === 0 && number > 0)
        .map((number) => ({ editId: idOf(number), ofEditId: idOf(number - 1), chars: 2 })),
      drops: [{ name: "late", count: 1 }],
      receipt: { window: "window-1", sequence: index + 1 },
    });
  });
}

export function writeHistory(store: Store, edits: number): void {
  for (const batch of historyOf(edits)) {
    const written = store.write(batch);
    if (written.outcome !== "written") throw new Error(JSON.stringify(written));
  }
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
