import assert from "node:assert/strict";
import type { GitView } from "../../../../server/gitView.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { copilot, Desk, uri } from "../desk.ts";

const second = 1000;
const minute = 60 * second;

/** Files and git as a test has them. */
class Outside {
  readonly files = new Map<string, string>();
  branch = "main";
  moved: ReturnType<GitView["movedSince"]>;
  readonly git: GitView = {
    branchOf: () => this.branch,
    markOf: () => "mark",
    movedSince: (_uri, mark) => (mark === undefined ? undefined : this.moved),
  };
  readonly readFile = (asked: string) => {
    const text = this.files.get(asked);
    return text === undefined ? "missing" : { text };
  };
}

/** Lets time pass, with everything that a running server does meanwhile. */
function wait(desk: Desk, until: number): void {
  desk.commit();
  while (desk.now < until) {
    desk.now = Math.min(desk.now + 2 * second, until);
    desk.ledger.sampleClosed();
    desk.commit();
  }
}

/** Replaces the whole text, as an editor does when a file is read again. */
function reload(desk: Desk, text: string): void {
  desk.reload(text);
  assert.equal(desk.ledger.look(uri)!.text, text);
  desk.commit();
}

const samplesOf = (desk: Desk, id = "one-1") =>
  desk.store
    .readSamples(id)
    .map(({ dueMs, arc, fourGram, late, otherBranch }) => [dueMs / second, arc, fourGram, late, otherBranch]);

const runsOf = (desk: Desk) =>
  desk.ledger
    .look(uri)!
    .spans.runs()
    .map(({ owner, length, restored }) => `${owner ?? "-"} ${length}${restored ? " restored" : ""}`);

suite("What nobody watched", () => {
  let outside: Outside;
  let store: MemoryStore;
  let now = 0;
  setup(() => {
    now = 0;
    outside = new Outside();
    store = new MemoryStore({ now: () => now });
  });

  /** A window with one document; a window that is opened later goes on with the time of the one before. */
  function open(text: string, window = "one", at = now): Desk {
    const desk = new Desk(text, store, window, outside);
    desk.now = at;
    return desk;
  }

  function close(desk: Desk): void {
    outside.files.set(uri, desk.ledger.look(uri)!.text);
    desk.ledger.close(uri);
    desk.commit();
    now = desk.now;
  }

  test("is sampled from the file when the document is closed", () => {
    const desk = open("human");
    desk.edit(0, 0, "abcdefgh;", copilot);
    wait(desk, 10 * second);
    close(desk);
    wait(desk, 100 * second);
    // A line before it and one in its place.
    outside.files.set(uri, "new\nabcdefgh;human\n");
    wait(desk, 6 * minute);
    outside.files.delete(uri);
    wait(desk, 11 * minute);
    assert.deepEqual(samplesOf(desk), [
      [0, 9, 1, false, false],
      [5, 9, 1, false, false],
      [30, 9, 1, false, false],
      [60, 9, 1, false, false],
      // What was put right before it stands where it stood.
      [120, 9, 0.75, false, false],
      [300, 9, 0.75, false, false],
      [600, 0, 0, false, false],
    ]);
    assert.deepEqual(
      desk.store.readSamples("one-1").map(({ linesInserted }) => linesInserted),
      [1, 1, null, null, null, null, null],
    );
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 9, 0]]);
  });

  test("is sampled at the next start, and what came too late says so", () => {
    const desk = open("");
    desk.edit(0, 0, "one();\ntwo();\n", copilot);
    wait(desk, 7 * second);
    desk.ledger.closeAll();
    desk.commit();
    outside.files.set(uri, "two();\n");
    const start = 4 * minute;
    const next = new Desk("", store, "two", { git: outside.git, readFile: outside.readFile, isBare: true });
    next.now = start;
    wait(next, start + 50 * second);
    assert.equal(samplesOf(next).length, 2, "what another window may still take is left to it");
    wait(next, start + 70 * second);
    const alike = 8 / 15;
    assert.deepEqual(samplesOf(next).slice(2), [
      [30, 7, alike, true, false],
      [60, 7, alike, true, false],
      [120, 7, alike, true, false],
      [300, 7, alike, false, false],
    ]);
  });

  test("goes on being sampled when the document is opened again, changed or not", () => {
    const desk = open("");
    desk.edit(0, 0, "one();\ntwo();\n", copilot);
    wait(desk, 7 * second);
    close(desk);
    const next = open("one();\ntwo();\n", "two");
    wait(next, 31 * second);
    next.edit(0, 3, "");
    wait(next, 61 * second);
    close(next);
    const last = open("();\n// put between\ntwo();\n", "three");
    wait(last, 3 * minute);
    assert.deepEqual(
      samplesOf(last).map(([due, arc]) => [due, arc]),
      [
        [0, 14],
        [5, 14],
        [30, 14],
        [60, 11],
        [120, 11],
      ],
    );
    assert.deepEqual(runsOf(last), ["one-1 4", "- 15", "one-1 7"]);
    assert.deepEqual(last.sums(), [
      ["github-copilot", 1, 14, 11],
      ["human", 1, 0, 0],
    ]);
  });

  test("loses what is gone from a document that is opened again", () => {
    const desk = open("");
    desk.edit(0, 0, "one();\ntwo();\nthree();\n", copilot);
    wait(desk, 7 * second);
    close(desk);
    const next = open("one();\nother();\nthree();\n", "two");
    wait(next, now + 10 * second);
    assert.deepEqual(runsOf(next), ["one-1 7", "- 9", "one-1 9"]);
    assert.deepEqual(next.sums(), [["github-copilot", 1, 23, 16]]);
  });

  test("is nobody's where the window died before the text was at rest", () => {
    const desk = open("");
    desk.edit(0, 0, "one();\ntwo();\n", copilot);
    desk.commit();
    now = desk.now;
    const next = open("one();\ntwo();\nthree();\n", "two");
    wait(next, now + 10 * second);
    assert.deepEqual(runsOf(next), ["- 23"]);
    assert.deepEqual(next.sums(), [["github-copilot", 1, 14, 14]], "nobody knows that it is gone");
  });

  test("comes back with the branch it is on, as if it had never been away", () => {
    const desk = open("base();\n");
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, 7 * second);
    outside.branch = "other";
    outside.moved = "switched";
    reload(desk, "base();\nelsewhere();\n");
    assert.deepEqual(runsOf(desk), ["- 21"]);
    wait(desk, 31 * second);
    outside.branch = "main";
    reload(desk, "one();\nbase();\n");
    outside.moved = undefined;
    assert.deepEqual(runsOf(desk), ["one-1 7", "- 8"]);
    wait(desk, 61 * second);
    assert.deepEqual(samplesOf(desk), [
      [0, 7, 1, false, false],
      [5, 7, 1, false, false],
      [30, 0, 0, false, true],
      [60, 7, 1, false, false],
    ]);
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 7, 7]]);
    assert.deepEqual(desk.store.readDrops(), [{ name: "edit.fromGit", count: 2 }]);
  });

  test("comes back with its branch when the document was closed meanwhile", () => {
    const desk = open("base();\n");
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, 7 * second);
    close(desk);
    outside.moved = "switched";
    const away = open("base();\n", "two");
    wait(away, now + 10 * second);
    close(away);
    const back = open("one();\nbase();\n", "three");
    wait(back, now + 10 * second);
    assert.deepEqual(runsOf(back), ["one-1 7", "- 8"]);
    assert.deepEqual(back.sums(), [["github-copilot", 1, 7, 7]]);
  });

  test("is out for good where commits took it out", () => {
    const desk = open("base();\n");
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, 7 * second);
    outside.moved = "brought";
    reload(desk, "base();\nfrom a teammate();\n");
    assert.deepEqual(desk.sums(), [["github-copilot", 1, 7, 0]], "and what they brought is nobody's edit");
  });

  test("is somebody's doing where git did nothing", () => {
    const desk = open("base();\n");
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, 7 * second);
    reload(desk, "base();\n");
    reload(desk, "one();\nbase();\n");
    assert.deepEqual(desk.sums(), [
      ["external", 2, 7, 7],
      ["github-copilot", 1, 7, 0],
    ]);
  });

  test("is found under another name, and not in a copy", () => {
    const text = "export function renamed(): number {\n  return 1;\n}\n".repeat(2);
    const desk = open("");
    desk.edit(0, 0, text, copilot);
    wait(desk, 7 * second);
    close(desk);
    const openAs = (name: string) => {
      desk.ledger.open({ uri: name, languageId: "typescript", version: 1, text });
      const { spans } = desk.ledger.look(name)!;
      return spans.owners();
    };
    assert.deepEqual(openAs("file:///work/copy.ts"), []);
    desk.ledger.close("file:///work/copy.ts");
    outside.files.delete(uri);
    assert.deepEqual(openAs("file:///work/renamed.ts"), ["one-1"]);
    wait(desk, 31 * second);
    assert.deepEqual(samplesOf(desk).at(-1), [30, text.length, 1, false, false]);
    assert.deepEqual(desk.store.readFollowed(uri), []);
  });

  test("of an edit nobody knew the maker of is sampled too, should it turn out to be a tool's", () => {
    const desk = open("");
    desk.edit(0, 0, "nobody.knows();\n");
    desk.edit(0, 0, "x");
    wait(desk, 7 * second);
    assert.equal(desk.store.readEditById("one-1")!.origin.kind, "unknown");
    assert.deepEqual(
      samplesOf(desk).map(([due, arc]) => [due, arc]),
      [
        [0, 16],
        [5, 16],
      ],
    );
    assert.deepEqual(samplesOf(desk, "one-2"), []);
  });

  test("is given up and counted where the file cannot be read, or nothing of its text is known", () => {
    const desk = open("");
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, 7 * second);
    desk.ledger.close(uri);
    const unreadable = new Desk("", store, "two", { readFile: () => "unreadable", isBare: true });
    desk.commit();
    unreadable.now = desk.now;
    wait(unreadable, 3 * minute);
    assert.deepEqual(store.readDrops(), [{ name: "sample.unreadable", count: 1 }]);
    assert.deepEqual(store.readDue(Infinity), []);
    assert.equal(samplesOf(unreadable).length, 2);
  });

  test("keeps its owners and throws nothing where a text is no valid Unicode", () => {
    const lone = "\uD83D";
    const desk = open(`${lone}\n`);
    desk.edit(0, 0, `${lone}a\uDE00\n`, copilot);
    wait(desk, 7 * second);
    close(desk);
    const next = open(`${lone}a\uDE00\n${lone}\nnew\uDFFF`, "two");
    wait(next, now + 10 * second);
    assert.deepEqual(runsOf(next), ["one-1 4", "- 6"]);
    assert.deepEqual(next.sums(), [["github-copilot", 1, 4, 4]]);
  });

  test("is sampled once, and late where it must be, when the clock jumps", () => {
    const desk = open("");
    desk.now = 10 * minute;
    desk.edit(0, 0, "one();\n", copilot);
    wait(desk, desk.now + 7 * second);
    desk.now = minute;
    wait(desk, 2 * minute);
    assert.equal(samplesOf(desk).length, 2, "nothing is due before its time");
    desk.now = 365 * 24 * 60 * minute;
    wait(desk, desk.now + minute);
    assert.deepEqual(
      samplesOf(desk).map(([due, , , late]) => [due, late]),
      [[0, false], [5, false], ...[30, 60, 120, 300, 600, 900, 3600, 86_400].map((due) => [due, true])],
    );
  });
});
