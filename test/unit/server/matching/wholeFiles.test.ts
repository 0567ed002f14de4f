import assert from "node:assert/strict";
import { Desk, uri } from "../desk.ts";
import { record, tell } from "./told.ts";

const before = "first\nsecond\nthird\nfourth\nfifth\n";
const after = "written one\nsecond\nthird\nfourth\nwritten two\n";

/** Whose the text is. */
function pieces(desk: Desk): (readonly [string, string])[] {
  const { text, spans } = desk.ledger.look(uri)!;
  desk.commit();
  return spans
    .runs()
    .map(
      ({ owner, start, end }) =>
        [
          owner === undefined ? undefined : desk.store.readEditById(owner)?.origin,
          text.slice(start, end),
        ] as const,
    )
    .filter(([origin]) => origin !== undefined)
    .map(([origin, piece]) => [origin!.tool ?? origin!.kind, piece] as const);
}

function makersIn(desk: Desk): unknown[] {
  return [...new Set(pieces(desk).map(([maker]) => maker))].sort();
}

suite("Records of files that tools write as a whole", () => {
  test("leave to others what came in since the text that they say was there", () => {
    const desk = new Desk(before);
    desk.reload("first\nsecond\nthird\nanother's line\nfourth\nwritten two\n");
    const [old, made] = [before.replace("fourth", "another's line\nfourth"), "written two"];
    tell(desk, record({ kind: "whole", before: old, after: old.replace("fifth", made) }));
    assert.deepEqual(pieces(desk), [
      ["external", "another's line\n"],
      ["claude-code", "written two"],
    ]);
  });

  test("count at one place where they do not say what was there, and not at several", () => {
    const one = new Desk(before);
    one.reload(before.replace("third", "written one\nwritten two"));
    tell(one, record({ kind: "whole", after: before.replace("third", "written one\nwritten two") }));
    assert.deepEqual(makersIn(one), ["claude-code"]);
    const several = new Desk(before);
    several.reload(after);
    tell(several, record({ kind: "whole", after }));
    assert.deepEqual(makersIn(several), ["external"]);
  });

  test("count once another record of the same call says what was there", () => {
    const desk = new Desk(before);
    desk.reload(after);
    tell(desk, record({ kind: "whole", after }));
    tell(desk, record({ kind: "whole", before, after }), "log");
    assert.deepEqual(makersIn(desk), ["claude-code"]);
  });

  test("do not count beside others' where they do not say what was there", () => {
    const desk = new Desk(before);
    desk.reload(before.replace("third", "written one\nwritten two"));
    const text = { kind: "pieces", pieces: [{ before: "third", after: "third\nwritten two" }] } as const;
    tell(desk, record(text, { tool: "codex", call: "call-2" }));
    tell(desk, record({ kind: "whole", after: before.replace("third", "written one\nwritten two") }));
    assert.deepEqual(makersIn(desk), ["codex", "external"]);
  });
});
