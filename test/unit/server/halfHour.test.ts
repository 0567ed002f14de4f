import assert from "node:assert/strict";
import { fromCompact, type CompactSpans } from "../../../core/spans/compactSpans.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import type { EditRow } from "../../../server/store/store.ts";
import { halfHour } from "../../support/recording/halfHour.ts";
import { Player, uriOf } from "../../support/recording/play.ts";

function play(hasAccounts: boolean) {
  let now = 0;
  const store = new MemoryStore({ now: () => now });
  const player = new Player({ store, hasAccounts, setNow: (at) => (now = at) });
  player.play(halfHour, 1800);
  const edits: EditRow[] = [];
  for (let number = 1; number < 200; number++) {
    const edit = store.readEditById(`e${number}`);
    if (edit) edits.push(edit);
  }
  return { store, edits };
}

/** Origin, edits, characters inserted and kept, the most inserted first. */
function totals(store: MemoryStore) {
  return store
    .readSums({ from: "1970-01-01", to: "1970-01-01", workspaces: undefined })
    .map(
      ({ kind, mode, edits, insertedChars, keptChars }) =>
        [mode ?? kind, edits, insertedChars, keptChars] as const,
    )
    .sort((one, other) => other[2] - one[2]);
}

function coverage(store: MemoryStore): number {
  const rows = totals(store);
  const all = rows.reduce((sum, [, , inserted]) => sum + inserted, 0);
  const unknown = rows.reduce((sum, [name, , inserted]) => sum + (name === "unknown" ? inserted : 0), 0);
  return (all - unknown) / all;
}

/** Seconds after the edit, characters left, and whether the other branch was checked out. */
function samplesAt(store: MemoryStore, edits: readonly EditRow[], at: number) {
  const edit = edits.find((each) => each.at === at * 1000)!;
  return store
    .readSamples(edit.id)
    .map(({ dueMs, arc, otherBranch }) => `${dueMs / 1000}: ${arc}${otherBranch ? " elsewhere" : ""}`)
    .join(", ");
}

/** Whose the text of a file is by now, stretch by stretch. */
function ownersOf(store: MemoryStore, edits: readonly EditRow[], file: string) {
  const byId = new Map(edits.map((edit) => [edit.id, edit]));
  const spans = fromCompact(JSON.parse(store.readDocument(uriOf(file))!.spans.spans) as CompactSpans)!;
  const stretches: [string, number][] = [];
  for (const { owner, length } of spans.runs()) {
    const origin = owner === undefined ? undefined : byId.get(owner)?.origin;
    const name = origin?.mode ?? origin?.kind ?? "nobody";
    const last = stretches.at(-1);
    if (last?.[0] === name) last[1] += length;
    else stretches.push([name, length]);
  }
  return stretches.map(([name, length]) => `${name} ${length}`);
}

suite("Half an hour of editing", () => {
  test("comes out as it was done, where the editor says who did it", () => {
    const { store, edits } = play(true);
    assert.deepEqual(totals(store), [
      ["chat", 1, 100, 34], // its first line, of 66, is gone; the rest is kept
      // 40 + 13 keys in code, 4 of a name that was taken back, 25 of prose of which 11 were erased, one of two carets.
      ["human", 94, 84, 69],
      ["completion", 2, 68, 68], // a body of 61 and a word of 7
      ["unknown", 1, 48, 48], // pasted from elsewhere
      ["external", 1, 32, 32], // `readonly ` and a line of 23
      ["nextEdit", 1, 6, 6],
      ["tooling", 2, 4, 4], // two spaces, and a letter at two places
    ]);
    assert.deepEqual(store.readDrops(), [{ name: "edit.fromGit", count: 2 }]);
    assert.equal(
      samplesAt(store, edits, 20),
      "0: 61, 5: 61, 30: 61, 60: 61, 120: 61, 300: 61, 600: 61, 900: 61",
      "what was typed inside it and after it takes nothing from it, nor does being away on another branch",
    );
    assert.equal(
      samplesAt(store, edits, 120),
      "0: 100, 5: 100, 30: 100, 60: 100, 120: 100, 300: 2 elsewhere, 600: 100, 900: 34",
      "the last two were read from the closed file and from the file as the agent left it",
    );
    assert.deepEqual(ownersOf(store, edits, "notes.md"), [
      "nobody 8",
      "human 14",
      "unknown 48",
      "completion 7",
    ]);
    assert.deepEqual(ownersOf(store, edits, "cart.ts"), [
      "nobody 35", // a line the agent put in unseen, and the old first line
      "external 9",
      "human 1",
      "nobody 4",
      "external 21",
      "human 1",
      "external 2",
      "nobody 29",
      "human 40",
      "completion 53",
      "human 13",
      "completion 8",
      // The first line of the chat's function, as the agent put another in its place; the renamed letters in both.
      "chat 1",
      "nobody 31",
      "tooling 1",
      "nobody 38",
      "tooling 2",
      "chat 15",
      "tooling 1",
      "chat 13",
      "nextEdit 6",
      "chat 5",
    ]);
  });

  test("is known as far as accept commands, saves and the keyboard tell, where the editor says nothing", () => {
    const [told, untold] = [play(true).store, play(false).store];
    assert.deepEqual(totals(untold), [
      ["unknown", 6, 152, 86], // the chat in three parts, the paste, the rename and the two carets
      ["human", 93, 82, 67],
      ["completion", 2, 68, 68],
      ["external", 1, 32, 32],
      ["nextEdit", 1, 6, 6],
      ["tooling", 1, 2, 2],
    ]);
    // Coverage of a real day is another one: this says what each source of evidence is worth.
    console.log(
      `        coverage with the editor's account ${percent(coverage(told))}, without ${percent(coverage(untold))}`,
    );
    assert.deepEqual([coverage(told), coverage(untold)], [294 / 342, 190 / 342]);
  });
});

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
