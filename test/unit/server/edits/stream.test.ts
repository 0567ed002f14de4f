import assert from "node:assert/strict";
import { chat, chatOf, copilot, Desk, uri } from "../desk.ts";

const numbersOf = (desk: Desk, id: string) => {
  const { insertedChars, deletedChars, keptChars } = desk.store.readEditById(id)!;
  return [insertedChars, deletedChars, keptChars];
};

suite("A streamed edit in the ledger", () => {
  test("is one, with the numbers of what it came to", () => {
    const desk = new Desk("let x = 1;");
    desk.edit(10, 10, " let", chat);
    desk.now += 900;
    desk.edit(14, 14, " yy", chat);
    desk.now += 900;
    desk.edit(15, 17, "z = 2;", chat);
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 11, 11]]);
    assert.deepEqual(numbersOf(desk, "one-1"), [11, 0, 11]);
    assert.equal(desk.ledger.look(uri)?.spans.ownedBy("one-1").kept, 11);
    assert.equal(desk.commit(), undefined);
  });

  test("is rejected where the person discards it, and not where something of it stays", () => {
    for (const source of ["Chat.undoEdits", "Chat.reset"]) {
      const desk = new Desk("");
      desk.edit(0, 0, "one = 1;", chat);
      desk.edit(8, 8, "two = 2;", copilot);
      const discarded = { detailedReason: { source, metadata: { source } } };
      desk.edit(0, 8, "", discarded);
      desk.edit(0, 4, "", discarded);
      desk.commit();
      assert.equal(desk.store.readStages("one-1").accepted, "rejected");
      assert.equal(desk.store.readStages("one-2").accepted, "accepted");
    }
  });

  test("goes on after it was written, and its sums with it", () => {
    const desk = new Desk("old text here");
    desk.edit(0, 3, "new", chat);
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 3, 3]]);
    desk.now += 500;
    desk.edit(4, 8, "words", chat);
    // Words that are this close differ as one, with the space between them, which the edit did not make its own.
    const growths = desk.commit()!.growths;
    assert.deepEqual(growths, [{ editId: "one-1", insertedChars: 9, deletedChars: 8, keptChars: 8 }]);
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 9, 8]]);
    assert.deepEqual(numbersOf(desk, "one-1"), [9, 8, 8]);
    desk.now += 500;
    desk.edit(0, 9, "old text", chat);
    assert.equal(desk.ledger.look(uri)?.text, "old text here");
    assert.deepEqual(desk.ledger.readEdit("one-1")?.insertedChars, 0);
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 0, 0]]);
  });

  test("is not taken back twice where it replaces its own text, written or not", () => {
    for (const isWritten of [false, true]) {
      const desk = new Desk("");
      desk.edit(0, 0, "abcdefgh", chat);
      if (isWritten) desk.commit();
      desk.edit(2, 6, "", chat);
      desk.edit(2, 2, "XY", chat);
      if (isWritten) desk.commit();
      desk.edit(0, 1, "");
      assert.deepEqual(desk.sums(), [
        ["github-copilot", 1, 6, 5],
        ["human", 1, 0, 0],
      ]);
    }
  });

  test("takes off what it replaces of others", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "completed by one", copilot);
    desk.commit();
    desk.edit(16, 16, " and", chatOf("other"));
    desk.edit(0, 10, "", chatOf("other"));
    desk.commit();
    assert.deepEqual(numbersOf(desk, "one-1"), [16, 0, 6]);
    assert.deepEqual(numbersOf(desk, "one-2"), [4, 10, 4]);
  });

  test("ends with a second's rest, another model, another maker or an undo", () => {
    const second = (rest: number, meanwhile: (desk: Desk) => void, known: object = chat) => {
      const desk = new Desk("");
      desk.edit(0, 0, "ab", chat);
      desk.now += rest - 1;
      meanwhile(desk);
      desk.edit(0, 0, "cd", known);
      desk.commit();
      return desk.store.readOrigins(["one-1", "one-2", "one-3", "one-4"]).size;
    };
    const nothing = () => {};
    assert.equal(second(1000, nothing), 1);
    assert.equal(second(1001, nothing), 2);
    assert.equal(second(10, nothing, chatOf("other")), 2);
    assert.equal(second(10, nothing, copilot), 2);
    assert.equal(second(10, nothing, {}), 2);
    const typed = (desk: Desk) => desk.edit(0, 0, "x");
    assert.equal(second(10, typed), 3);
    const undone = (desk: Desk) => desk.edit(0, 2, "", { reason: "undo" });
    assert.equal(second(10, undone), 2);
  });

  test("keeps what it has grown to for the next time when the store cannot take it", () => {
    const desk = new Desk("");
    desk.edit(0, 0, "ab", chat);
    desk.commit();
    desk.edit(2, 2, "cd", chat);
    const problem = { code: "store.full", details: { reason: "no space" } } as const;
    desk.ledger.commit(() => ({ outcome: "retry", problem }));
    desk.edit(4, 4, "ef", chat);
    desk.edit(0, 1, "");
    desk.commit();
    assert.deepEqual(numbersOf(desk, "one-1"), [6, 0, 5]);
  });

  test("counts of a passage that was replaced only what differs", () => {
    const desk = new Desk("// Computes the nth number of it");
    desk.edit(3, 32, "Computes the nth Fibonacci number of it", chat);
    desk.commit();
    assert.deepEqual(numbersOf(desk, "one-1"), [10, 0, 10]);
    assert.deepEqual(
      desk.ledger
        .look(uri)
        ?.spans.runs()
        .map(({ owner, length }) => [owner, length]),
      [
        [undefined, 20],
        ["one-1", 10],
        [undefined, 12],
      ],
    );
  });
});
