import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { Reading } from "../../../../server/funnel/reading.ts";
import { editorAddress } from "../../../../server/provenance/fileAddress.ts";
import { noGit } from "../../../../server/gitView.ts";
import { plainHashes } from "../desk.ts";
import { GitPlayground } from "../../../support/git/repository.ts";
import { chat, Desk, uri } from "../desk.ts";

suite("AI text and the screen", () => {
  const play = new GitPlayground();
  let desk: Desk;
  let reading: Reading;
  let seen: number;
  setup(() => {
    desk = new Desk("typed\n");
    seen = 0;
    reading = readingOf();
  });
  suiteTeardown(() => play.remove());

  const readingOf = () =>
    new Reading({
      host: {
        now: () => desk.now,
        elapsedMs: () => 0,
        utcOffsetMinutes: () => 0,
        uuid: () => "none",
        startTimer: () => () => undefined,
        log: { info: () => undefined, warn: () => undefined },
      },
      ledger: desk.ledger,
      store: desk.store,
      hashes: plainHashes,
      view: noGit,
      flush: () => void desk.commit(),
      onSeen: () => seen++,
    });

  /** A conversation writes at the start of the document. */
  const write = (text: string) => desk.edit(0, 0, text, chat);
  const show = (firstLine: number, lastLine: number) =>
    reading.show({ documents: [{ uri, ranges: [{ firstLine, lastLine }] }] });
  const after = (ms: number) => {
    desk.now += ms;
    reading.look();
  };
  const unread = () => {
    desk.ledger.settleAll();
    return reading.unread(() => true).files.map(({ lines, ranges }) => [lines, ranges]);
  };
  const lines = (firstLine: number, lastLine: number) => ({ firstLine, lastLine });

  test("is unread until it was on screen for two seconds, and lines that were not stay unread", () => {
    write("one\ntwo\nthree\n");
    desk.now += 5000;
    assert.deepEqual(unread(), [[3, [lines(0, 2)]]]);
    show(1, 20);
    after(1999);
    assert.deepEqual([unread(), seen], [[[3, [lines(0, 2)]]], 0]);
    after(1);
    assert.deepEqual([unread(), seen], [[[1, [lines(0, 0)]]], 1]);
    after(60_000);
    assert.equal(seen, 1);
  });

  test("takes longer the more lines there are", () => {
    write("line\n".repeat(30));
    desk.now += 5000;
    show(0, 40);
    after(5999);
    assert.equal(unread().length, 1);
    after(1);
    assert.deepEqual(unread(), []);
  });

  test("does not count while the window has no focus, nor what scrolled by", () => {
    write("one\ntwo\n");
    desk.now += 5000;
    show(0, 5);
    after(1500);
    reading.show({ documents: [] });
    after(10_000);
    show(0, 5);
    after(1500);
    assert.deepEqual(unread(), [[2, [lines(0, 1)]]]);
    show(1, 5);
    after(500);
    assert.deepEqual(unread(), [[1, [lines(0, 0)]]]);
  });

  test("cannot be read before it is written", () => {
    show(0, 20);
    desk.now += 60_000;
    write("one\n");
    assert.deepEqual(unread(), [[1, [lines(0, 0)]]]);
    after(1000);
    assert.equal(unread().length, 1);
    after(1500);
    assert.deepEqual(unread(), []);
  });

  test("stays as it is over a restart, in files that are closed too", () => {
    const file = play.write("reading", "a.ts", "");
    const address = editorAddress(file, "/");
    desk.ledger.opening(address, 1);
    desk.ledger.open({ uri: address, languageId: "typescript", version: 1, text: "" });
    const text = "one\ntwo\n";
    desk.ledger.observe({ ...desk.observationOfNext(0, 0, text, 2), ...chat, uri: address });
    const start = { line: 0, character: 0 };
    desk.ledger.change({
      uri: address,
      version: 2,
      contentChanges: [{ range: { start, end: start }, text }],
    });
    desk.now += 5000;
    reading.show({ documents: [{ uri: address, ranges: [lines(1, 1)] }] });
    after(2000);
    desk.ledger.close(address);
    desk.commit();
    reading.stop();
    writeFileSync(file, text);
    reading = readingOf();
    assert.deepEqual(
      reading.unread(() => true),
      { files: [{ uri: address, lines: 1, ranges: [lines(0, 0)] }] },
    );
    assert.deepEqual(
      reading.unread((one) => one !== address),
      { files: [] },
    );
  });

  test("is read no more once it is in a commit", () => {
    write("one\n");
    desk.commit();
    const { editId } = desk.store.readUncommitted(0)[0]!;
    desk.store.write({
      documents: [],
      edits: [],
      origins: [],
      removals: [],
      drops: [],
      receipt: undefined,
      stages: [{ editId, stage: "committed", outcome: "committed" }],
    });
    assert.deepEqual(unread(), []);
    assert.deepEqual(reading.unreadIn(uri), [lines(0, 0)]);
  });
});
