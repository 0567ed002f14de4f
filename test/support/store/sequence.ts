import { batchOf, copilot, documentOf, editOf, evidenceOf, human, unknown } from "./rows.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import type { Batch, Store } from "../../../server/store/store.ts";

/** The batch a window writes as its n-th: edits, and what becomes of its earlier ones. */
export function batchOfSequence(window: string, sequence: number): Batch {
  const uri = `file:///project/${window}.ts`;
  const editId = (number: number, part: number) => `${window}-${number}-${part}`;
  return batchOf({
    documents: [documentOf({ uri, window, version: sequence })],
    edits: [0, 1].map((part) =>
      editOf({
        id: editId(sequence, part),
        uri,
        window,
        version: 2 * sequence + part,
        insertedChars: (sequence % 50) + part,
        keptChars: (sequence % 50) + part,
        origin: part === 0 ? unknown : human,
      }),
    ),
    origins: [
      { editId: editId(sequence - 1, 0), origin: copilot, evidence: [evidenceOf({ source: "hook" })] },
    ],
    removals: [{ editId: editId(sequence - 2, 1), chars: sequence % 7 }],
    drops: [{ name: window, count: 1 }],
    receipt: { window, sequence },
  });
}

/**
 * How a store differs from one that was given every batch of every window exactly once, up to the window's receipt;
 * and which acknowledged batches it does not have.
 */
export function differencesOf(store: Store, acknowledged: ReadonlyMap<string, number>): string[] {
  const expected = new MemoryStore({ now: () => 0 });
  const different: string[] = [];
  const compare = (title: string, found: unknown, wanted: unknown) => {
    const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (left !== right) different.push(`${title}: ${left} instead of ${right}`);
  };
  for (const [window, sequence] of acknowledged) {
    const receipt = store.readReceipt(window);
    if (receipt < sequence) different.push(`${window}: ${sequence} were acknowledged, ${receipt} are there`);
    for (let number = 1; number <= receipt; number++) expected.write(batchOfSequence(window, number));
    for (let number = 1; number <= receipt + 1; number++) {
      for (const { id } of batchOfSequence(window, number).edits) {
        compare(id, store.readEditById(id), expected.readEditById(id));
      }
    }
  }
  compare("drops", store.readDrops(), expected.readDrops());
  compare("sums", sumsOf(store), sumsOf(expected));
  return different.slice(0, 10);
}

function sumsOf(store: Store): string[] {
  const rows = store.readSums({ from: "0000", to: "9999", workspaces: undefined });
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}
