import assert from "node:assert/strict";
import { parseMovement, parseMovements } from "../../../../core/spans/gitMovement.ts";

const zero = "0".repeat(40);
const one = "0e335293a499d5300c3996d53dd412fb83248c11";
const two = "af01259c5dd86657baeecafbdd3198ab7843ffd6";
const who = "Ada Lovelace <ada@example.org> 1795231077 +0100";

function kindOf(message: string): string | undefined {
  return parseMovement(`${one} ${two} ${who}\t${message}`)?.kind;
}

suite("A line of git's own log of movements", () => {
  test("says when, what and between which commits, and nothing else", () => {
    assert.deepEqual(parseMovement(`${zero} ${one} ${who}\tcommit (initial): secret words`), {
      at: 1_795_231_077_000,
      kind: "commit",
      from: null,
      to: one,
    });
  });

  test("is understood by its first word", () => {
    const kinds = [
      ["commit: checkout: moving", "commit"],
      ["commit (amend): x", "commit"],
      ["commit (merge): x", "commit"],
      ["checkout: moving from main to merge", "checkout"],
      ["reset: moving to HEAD~2", "reset"],
      ["merge feature: Fast-forward", "merge"],
      ["pull: Fast-forward", "pull"],
      ["pull --rebase origin main (pick): x", "rebase"],
      ["pull origin main: Merge made by the strategy (ort): x", "pull"],
      ["rebase (start): checkout main", "rebase"],
      ["rebase -i (finish): returning to refs/heads/main", "rebase"],
      ["rebase finished: returning to refs/heads/main", "rebase"],
      ["cherry-pick: x", "cherryPick"],
      ['revert: Revert "x"', "revert"],
      ["clone: from https://example.org/a.git", "other"],
      ["am: x", "other"],
      ["toString: x", "other"],
      ["", "other"],
    ] as const;
    assert.deepEqual(
      kinds.map(([message]) => [message, kindOf(message)]),
      kinds,
    );
  });

  test("may have no message, long ids, an odd name, or end in a return", () => {
    const long = "a".repeat(64);
    const odd = `${long} ${long} A < b > c <> 12 -0000`;
    const expected = { at: 12_000, kind: "other", from: long, to: long };
    for (const line of [odd, `${odd}\t`, `${odd}\r`]) assert.deepEqual(parseMovement(line), expected);
  });

  test("is of the stash where the log is", () => {
    assert.equal(parseMovement(`${zero} ${one} ${who}\tcommit: no`, "stash")?.kind, "stash");
  });

  test("is counted where it is none", () => {
    const good = `${one} ${two} ${who}\tcommit: x`;
    const { movements, unreadable } = parseMovements(`${good}\nrubbish\n${one} ${two}\n\n${good}`);
    assert.deepEqual([movements.length, unreadable], [2, 2]);
  });
});
