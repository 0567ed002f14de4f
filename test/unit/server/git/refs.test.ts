import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { findGitFolder } from "../../../../server/git/gitFolder.ts";
import { mayHaveRefs } from "../../../../server/git/refs.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

suite("Refs of a repository, without asking git", () => {
  const play = new GitPlayground();
  const may = (repository: string) => mayHaveRefs(findGitFolder(play.at(repository))!, ["refs/notes/"]);
  suiteSetup(() => {
    play.make("noted");
    play.commit("noted", "a.txt", "first\n");
  });
  suiteTeardown(() => play.remove());

  test("are seen where they are, loose or packed, and from a worktree", () => {
    assert.equal(may("noted"), false);
    play.run("noted", "pack-refs", "--all");
    assert.equal(may("noted"), false);
    play.run("noted", "notes", "--ref=ai", "add", "-m", "noted", "HEAD");
    assert.equal(may("noted"), true);
    play.run("noted", "pack-refs", "--all");
    rmSync(play.at("noted", ".git", "refs", "notes"), { recursive: true, force: true });
    assert.equal(may("noted"), true);
    play.run("noted", "worktree", "add", "--quiet", "../beside", "-b", "beside");
    assert.equal(may("beside"), true);
  });

  test("may be there where the repository keeps them in another way", () => {
    play.make("tables");
    play.commit("tables", "a.txt", "first\n");
    mkdirSync(play.at("tables", ".git", "reftable"));
    assert.equal(may("tables"), true);
  });
});
