import type { Run } from "../../core/spans/spans.ts";
import type { OverwriteRow } from "../store/overwrites.ts";

/** What is gone though no change that was seen took it out. */
const gone = "gone ";

/** The key of what one change of an edit that goes on took out, beside that of the edit itself. */
export function keyOfPart(id: string, version: number): string {
  return `${id} ${version}`;
}

export function keyOfGone(place: string): string {
  return `${gone}${place}`;
}

/** Who took out whose text, of what each change took out, by its key. An edit's own text is left out. */
export function overwritesIn(removed: ReadonlyMap<string, readonly Run[]>): OverwriteRow[] {
  const pairs = new Map<string, OverwriteRow>();
  for (const [key, runs] of removed) {
    if (key.startsWith(gone)) continue;
    const editId = key.split(" ", 1)[0]!;
    for (const { owner, length, restored } of runs) {
      if (owner === undefined || owner === editId || restored || length === 0) continue;
      const pair = `${editId} ${owner}`;
      const chars = (pairs.get(pair)?.chars ?? 0) + length;
      pairs.set(pair, { editId, ofEditId: owner, chars });
    }
  }
  return [...pairs.values()];
}
