import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { historyOf } from "../../../../server/git/history.ts";
import { Repositories, type MovementMark } from "../../../../server/git/repositories.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

suite("What a repository says of itself in its own files", () => {
  const play = new GitPlayground();
  const repositories = new Repositories();
  /** Later each time, so that nothing is remembered for too long. */
  let now = 0;
  const later = () => (now += 60_000);

  suiteTeardown(() => play.remove());

  function since(file: string, mark: MovementMark | undefined) {
    const { mark: next, movements, missed } = repositories.movementsSince(file, mark, later());
    return { next, steps: movements.map(({ kind }) => kind), movements, missed };
  }

  test("is where it stands, by branch and commit, as git says it", () => {
    play.make("stands");
    const file = play.write("stands", "deep/er/a.txt", "a");
    assert.deepEqual(repositories.headOf(file, later()), { branch: "refs/heads/main", commit: null });
    const first = play.commit("stands", "deep/er/a.txt", "a");
    assert.deepEqual(repositories.headOf(file, later()), { branch: "refs/heads/main", commit: first });
    play.run("stands", "checkout", "--quiet", "-b", "feature/odd-ü");
    const second = play.commit("stands", "b.txt", "b");
    assert.deepEqual(repositories.headOf(file, later()), {
      branch: "refs/heads/feature/odd-ü",
      commit: second,
    });
    play.run("stands", "pack-refs", "--all", "--prune");
    assert.deepEqual(repositories.headOf(file, later()), {
      branch: "refs/heads/feature/odd-ü",
      commit: second,
    });
    play.run("stands", "checkout", "--quiet", "--detach", "main");
    assert.deepEqual(repositories.headOf(file, later()), { branch: null, commit: first });
    assert.equal(repositories.headOf(play.at("nowhere", "a.txt"), later()), undefined);
  });

  test("is found from worktrees and submodules, each with a HEAD of its own", () => {
    play.make("inner");
    const inner = play.commit("inner", "i.txt", "i");
    play.make("outer");
    const outer = play.commit("outer", "o.txt", "o");
    play.run(
      "outer",
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      play.at("inner"),
      "sub",
    );
    play.run("outer", "worktree", "add", "--quiet", "-b", "side", play.at("beside"));
    const side = play.commit("beside", "s.txt", "s");
    const heads = [play.at("outer/o.txt"), play.at("outer/sub/i.txt"), play.at("beside/s.txt")].map((file) =>
      repositories.headOf(file, later()),
    );
    assert.deepEqual(heads, [
      { branch: "refs/heads/main", commit: outer },
      { branch: "refs/heads/main", commit: inner },
      { branch: "refs/heads/side", commit: side },
    ]);
    const folder = repositories.folderOf(play.at("beside/s.txt"), later());
    assert.deepEqual([folder?.root, folder?.shared], [play.at("beside"), play.at("outer/.git")]);
  });

  test("are its movements since a mark, each of which happened", () => {
    play.make("moves");
    const file = play.write("moves", "a.txt", "a");
    const start = since(file, undefined);
    assert.deepEqual(start.steps, []);
    let mark = start.next;
    const tell = () => {
      // As it comes back from where it was stored.
      const stored = JSON.parse(JSON.stringify(mark)) as MovementMark;
      const told = since(file, stored);
      assert.equal(told.missed, false);
      mark = told.next;
      return told;
    };
    const first = play.commit("moves", "a.txt", "a");
    const { movements } = tell();
    assert.deepEqual(movements, [{ at: movements[0]!.at, kind: "commit", from: null, to: first }]);
    play.commit("moves", "a.txt", "b", "--amend");
    play.run("moves", "checkout", "--quiet", "-b", "feature");
    play.commit("moves", "f.txt", "f");
    play.run("moves", "checkout", "--quiet", "main");
    assert.deepEqual(tell().steps, ["commit", "checkout", "commit", "checkout"]);
    play.commit("moves", "m.txt", "m");
    play.run("moves", "cherry-pick", "feature");
    play.run("moves", "revert", "--no-edit", "HEAD");
    play.run("moves", "reset", "--quiet", "--hard", "HEAD~2");
    play.run("moves", "merge", "--quiet", "--no-edit", "feature");
    assert.deepEqual(tell().steps, ["commit", "cherryPick", "revert", "reset", "merge"]);
    play.write("moves", "a.txt", "changed");
    play.run("moves", "stash", "--quiet");
    assert.deepEqual(tell().steps.sort(), ["reset", "stash"]);
    play.run("moves", "stash", "pop", "--quiet");
    assert.deepEqual(tell().steps, ["stash"]);
    play.run("moves", "checkout", "--quiet", ".");
    play.run("moves", "checkout", "--quiet", "-b", "rebased", "feature");
    play.commit("moves", "r.txt", "r");
    play.run("moves", "rebase", "--quiet", "main");
    assert.deepEqual(new Set(tell().steps), new Set(["checkout", "commit", "rebase"]));
    assert.deepEqual([tell().steps, tell().next === mark], [[], true]);
  });

  test("are pulls, in a clone that is shallow and says so", () => {
    play.make("source");
    play.commit("source", "a.txt", "a");
    play.commit("source", "a.txt", "b");
    play.run(".", "clone", "--quiet", "--depth", "1", `file://${play.at("source")}`, "clone");
    const file = play.at("clone", "a.txt");
    const { next } = since(file, undefined);
    play.commit("source", "a.txt", "c");
    play.run("clone", "pull", "--quiet", "--ff-only");
    assert.deepEqual(since(file, next).steps, ["pull"]);
    const history = (name: string) => historyOf(repositories.folderOf(play.at(name, "a.txt"), later())!);
    assert.deepEqual([history("clone"), history("source")], ["shallow", "complete"]);
  });

  test("survive a log whose old entries expired, and half a line", () => {
    play.make("expired");
    const file = play.write("expired", "a.txt", "a");
    for (const text of ["a", "b", "c"]) play.commit("expired", "a.txt", text);
    const { next } = since(file, undefined);
    const log = play.at("expired/.git/logs/HEAD");
    const lines = readFileSync(log, "utf8").split("\n");
    play.commit("expired", "a.txt", "d");
    const added = readFileSync(log, "utf8").split("\n").at(-2)!;
    const back = added.replace(/^(\w+) (\w+)/, "$2 $1");
    writeFileSync(log, `${lines.at(-2)}\n${added}\n${back.slice(0, 30)}`);
    const told = since(file, next);
    assert.deepEqual([told.steps, told.missed], [["commit"], false]);
    appendFileSync(log, `${back.slice(30)}\n`);
    assert.deepEqual(since(file, told.next).steps, ["commit"]);
    writeFileSync(log, `${added.replace(/ \d{10} /, " 1900000000 ")}\n`);
    assert.equal(since(file, told.next).missed, true);
  });

  test("is where HEAD stands, where git keeps no log", () => {
    play.make("unlogged");
    play.run("unlogged", "config", "core.logAllRefUpdates", "false");
    const from = play.commit("unlogged", "a.txt", "a");
    const { next } = since(play.at("unlogged/a.txt"), undefined);
    const to = play.commit("unlogged", "a.txt", "b");
    const { movements } = since(play.at("unlogged/a.txt"), next);
    assert.deepEqual(movements, [{ at: now, kind: "other", from, to }]);
  });
});
