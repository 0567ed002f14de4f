import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import type { NoteKeeper } from "../../../../server/notes/noteKeeper.ts";
import { NotedRepository } from "../../../support/git/notedRepository.ts";
import { GitPlayground } from "../../../support/git/repository.ts";
import type { Desk } from "../desk.ts";

/** Real repositories, and the real git of this machine. */
suite("Notes of committed AI lines", () => {
  const play = new GitPlayground();
  let repositories = 0;
  let name: string;
  let noting: NotedRepository;
  let desk: Desk;
  let keeper: NoteKeeper;
  let drops: string[];

  setup(() => {
    name = `repository-${++repositories}`;
    play.make(name);
    noting = new NotedRepository(play, name);
    ({ desk, keeper, drops } = noting);
  });
  teardown(() => keeper.stop());
  suiteTeardown(() => play.remove());

  const open = (file: string, text: string) => noting.open(file, text);
  const write = (...given: Parameters<NotedRepository["write"]>) => noting.write(...given);
  const commit = (...options: string[]) => noting.commit(...options);
  const settle = () => noting.settle();
  const noteText = (of: string) => noting.noteText(of);
  const noted = (of: string) => noting.noted(of);

  test("say which of the lines that a commit brought a tool wrote, and nothing of others", async () => {
    commit("--allow-empty");
    const address = open("src/ä b.ts", "one\n");
    write(address, 4, "two\nthree\n", "gpt-5");
    const first = commit();
    await settle();
    assert.deepEqual(noted(first), [["src/ä b.ts", "2-3 github-copilot gpt-5"]]);
    assert.match(noteText(first)!, /^"src\/ä b\.ts"\n  s_[0-9a-f]{14}::t_[0-9a-f]{14} 2-3\n---\n\{/);
    write(address, 0, "typed\n", undefined);
    write(address, "typed\none\n".length, "four\n", "claude-opus-4-5");
    const second = commit();
    await settle();
    // The lines of the commit before are told of there.
    assert.deepEqual(noted(second), [["src/ä b.ts", "3-3 github-copilot claude-opus-4-5"]]);
    play.write(name, "other.txt", "by hand\n");
    const third = commit();
    await settle();
    assert.equal(noteText(third), undefined);
    assert.deepEqual(drops, []);
  });

  test("are not written unless the user wants them", async () => {
    keeper.follow(false);
    write(open("a.ts", ""), 0, "two\n", "gpt-5");
    const made = commit();
    await settle();
    assert.equal(noteText(made), undefined);
    assert.equal(play.run(name, "for-each-ref", "refs/notes"), "");
  });

  test("follow a commit that is amended, the lines that were not amended too", async () => {
    const [one, two] = [open("one.ts", ""), open("two.ts", "")];
    write(one, 0, "first\n", "gpt-5");
    write(two, 0, "second\n", "gpt-5");
    const before = commit();
    await settle();
    write(two, 0, "zeroth\n", "gpt-5");
    const after = commit("--amend");
    await settle();
    assert.notEqual(before, after);
    assert.deepEqual(noted(after), [
      ["one.ts", "1-1 github-copilot gpt-5"],
      ["two.ts", "1-2 github-copilot gpt-5"],
    ]);
  });

  test("follow commits that are rebased, also those whose lines are gone since, and twice", async () => {
    play.commit(name, "a.ts", "one\ntwo\nthree\n");
    play.run(name, "checkout", "--quiet", "-b", "work");
    await settle();
    const address = open("a.ts", "one\ntwo\nthree\n");
    write(address, "one\ntwo\nthree\n".length, "for the moment\n", "gpt-5");
    const moment = commit();
    await settle();
    assert.deepEqual(noted(moment), [["a.ts", "4-4 github-copilot gpt-5"]]);
    // The line goes again with the next commit, and with it what is known of the document.
    desk.ledger.change({
      uri: address,
      version: 3,
      contentChanges: [{ text: "one\ntwo\nthree\nfor good\n" }],
    });
    play.write(name, "a.ts", "one\ntwo\nthree\nfor good\n");
    commit();
    await settle();
    for (const round of [1, 2]) {
      play.run(name, "checkout", "--quiet", "main");
      play.commit(name, "a.ts", `zero ${round}\n${play.run(name, "show", "main:a.ts")}\n`);
      play.run(name, "checkout", "--quiet", "work");
      await settle();
      play.run(name, "rebase", "--quiet", "main");
      await settle();
      const rebased = play.run(name, "rev-parse", "HEAD^");
      assert.notEqual(rebased, moment);
      assert.deepEqual(
        noted(rebased),
        [["a.ts", `${4 + round}-${4 + round} github-copilot gpt-5`]],
        `round ${round}`,
      );
    }
  });

  test("follow commits that are made one, or picked, and leave alone what a rebase only passes", async () => {
    play.commit(name, "base.ts", "base\n");
    await settle();
    const [one, two] = [open("one.ts", ""), open("two.ts", "")];
    write(one, 0, "first\n", "gpt-5");
    const base = commit();
    write(two, 0, "second\n", "gpt-5");
    commit("--fixup", base);
    await settle();
    play.run(
      name,
      "-c",
      "sequence.editor=true",
      "rebase",
      "--quiet",
      "--interactive",
      "--autosquash",
      "--root",
    );
    await settle();
    const squashed = play.run(name, "rev-parse", "HEAD");
    assert.deepEqual(noted(squashed), [
      ["one.ts", "1-1 github-copilot gpt-5"],
      ["two.ts", "1-1 github-copilot gpt-5"],
    ]);
    play.run(name, "checkout", "--quiet", "-b", "other", "HEAD^");
    await settle();
    play.run(name, "cherry-pick", squashed);
    await settle();
    assert.deepEqual(noted(play.run(name, "rev-parse", "HEAD")), noted(squashed));
  });

  test("never take the place of another's note", async () => {
    write(open("a.ts", ""), 0, "two\n", "gpt-5");
    const made = commit();
    play.run(name, "notes", "--ref=ai", "add", "--message", "a.ts\n  s_1::t_1 1\n---\n{}", made);
    const before = noteText(made);
    await settle();
    assert.equal(noteText(made), before);
  });

  test("are written anew when it turns out later who wrote the lines", async () => {
    const address = open("a.ts", "");
    write(address, 0, "two\n", undefined);
    const made = commit();
    await settle();
    assert.equal(noteText(made), undefined);
    desk.ledger.tell(
      [address],
      {
        ...{ tool: "claude-code", mode: "agent", model: undefined, session: "session-1", call: "call-1" },
        at: desk.now,
        path: play.at(name, "a.ts"),
        text: { kind: "whole", before: "", after: "two\n" },
        outcome: "applied",
      },
      "log",
    );
    desk.commit();
    await settle();
    assert.deepEqual(noted(made), [["a.ts", "1-1 claude-code undefined"]]);
    assert.match(
      noteText(made)!,
      /"tool": "claude",\s+"id": "session-1"/,
      "by the names that others have for it",
    );
  });

  test("need no name of the user's, and start nothing that the repository wants to have started", async () => {
    play.run(name, "config", "commit.gpgSign", "true");
    play.run(name, "config", "gpg.program", play.at("signs"));
    const hook = play.write(
      name,
      ".git/hooks/reference-transaction",
      `#!/bin/sh\ntouch ${play.at("started")}\n`,
    );
    chmodSync(hook, 0o755);
    write(open("a.ts", ""), 0, "two\n", "gpt-5");
    play.run(name, "add", "--all");
    play.run(
      name,
      "-c",
      "commit.gpgSign=false",
      "-c",
      "core.hooksPath=/dev/null",
      "commit",
      "--quiet",
      "-m",
      "x",
    );
    const made = play.run(name, "-c", "core.hooksPath=/dev/null", "rev-parse", "HEAD");
    await settle();
    assert.deepEqual(noted(made), [["a.ts", "1-1 github-copilot gpt-5"]]);
    assert.equal(existsSync(play.at("started")), false);
    assert.equal(play.run(name, "log", "-1", "--format=%an <%ae>", "refs/notes/ai"), "Kept <kept@localhost>");
    assert.deepEqual(drops, []);
  });
});
