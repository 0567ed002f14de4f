import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { NotedRepository } from "../../../support/git/notedRepository.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const model = "gpt-5";
const by = (lines: string) => `${lines} github-copilot ${model}`;
const base = "one();\ntwo();\nthree();\n";

/** Real repositories, and the real git of this machine. */
suite("Lines of AI, wherever git takes them", () => {
  const play = new GitPlayground();
  let repositories = 0;
  let name: string;
  let noting: NotedRepository;

  setup(async () => {
    name = `followed-${++repositories}`;
    play.make(name);
    play.run(name, "config", "protocol.file.allow", "always");
    play.commit(name, "base.ts", base);
    play.commit(name, "other.ts", "other();\n");
    noting = new NotedRepository(play, name);
    noting.watch.opened(pathToFileURL(play.at(name, "base.ts")).href);
    await noting.settle();
  });
  teardown(() => {
    noting.keeper.stop();
    assert.deepEqual(noting.drops, []);
  });
  suiteTeardown(() => play.remove());

  const run = (...args: string[]) => play.run(name, ...args);
  const head = () => run("rev-parse", "HEAD");
  /** A branch with two commits: of a conversation's line each, in one file that was there and one that is new. */
  const branch = async (branchName: string) => {
    run("checkout", "--quiet", "-b", branchName);
    const [there, fresh] = [noting.open("base.ts", base), noting.open("fresh.ts", "")];
    noting.write(there, base.length, "four();\n", model);
    const first = noting.commit();
    await noting.settle();
    noting.write(fresh, 0, "made();\n", model);
    noting.write(fresh, 0, "typed();\n", undefined);
    const second = noting.commit();
    await noting.settle();
    assert.deepEqual(noting.noted(first), [["base.ts", by("4-4")]]);
    assert.deepEqual(noting.noted(second), [["fresh.ts", by("2-2")]]);
  };
  /** What a server does, in a clone of its own, that this repository gets to see by a pull alone. */
  const server = () => {
    const remote = `${name}-server`;
    play.run(".", "clone", "--quiet", play.at(name), remote);
    run("remote", "add", "origin", play.at(remote));
    return (...args: string[]) => play.run(remote, ...args);
  };

  test("are told of a merge only where it resolved something itself", async () => {
    await branch("side");
    play.commit(name, "other.ts", "other();\ntheirs();\n");
    run("checkout", "--quiet", "main");
    await noting.settle();
    play.commit(name, "other.ts", "other();\nmine();\n");
    await noting.settle();
    assert.throws(() => run("merge", "--quiet", "side"));
    const conflicted = noting.open("other.ts", "other();\nmine();\ntheirs();\n");
    noting.write(conflicted, "other();\nmine();\n".length, "resolved();\n", model);
    const merge = noting.commit();
    await noting.settle();
    assert.equal(run("rev-list", "--parents", "-1", merge).split(" ").length, 3);
    assert.deepEqual(noting.noted(merge), [["other.ts", by("3-3")]]);
    run("checkout", "--quiet", "-b", "clean", "side~3");
    play.commit(name, "third.ts", "third();\n");
    run("merge", "--quiet", "--no-edit", "side");
    await noting.settle();
    assert.equal(noting.noted(head()), undefined);
  });

  test("follow git pull --rebase", async () => {
    const on = server();
    play.commit(`${name}-server`, "theirs.ts", "theirs();\n");
    const there = noting.open("base.ts", base);
    noting.write(there, 0, "zero();\n", model);
    const before = noting.commit();
    await noting.settle();
    run("pull", "--quiet", "--rebase", "origin", "main");
    await noting.settle();
    assert.notEqual(head(), before);
    assert.equal(run("rev-parse", "HEAD^"), on("rev-parse", "HEAD"));
    assert.deepEqual(noting.noted(head()), [["base.ts", by("1-1")]]);
  });

  test("follow a squash on a server, of which only the result comes back", async () => {
    const on = server();
    await branch("work");
    play.commit(`${name}-server`, "theirs.ts", "theirs();\n");
    on("fetch", "--quiet", "origin", "work");
    on("merge", "--quiet", "--squash", "FETCH_HEAD");
    on("commit", "--quiet", "--message", "Work (#1)");
    run("checkout", "--quiet", "main");
    await noting.settle();
    run("pull", "--quiet", "--ff-only", "origin", "main");
    await noting.settle();
    assert.equal(head(), on("rev-parse", "HEAD"));
    assert.deepEqual(noting.noted(head()), [
      ["base.ts", by("4-4")],
      ["fresh.ts", by("2-2")],
    ]);
    assert.equal(noting.noted(run("rev-parse", "HEAD^")), undefined);
  });

  test("follow a server that puts commits on another base one by one", async () => {
    const on = server();
    await branch("work");
    play.commit(`${name}-server`, "theirs.ts", "theirs();\n");
    on("fetch", "--quiet", "origin", "work");
    on("cherry-pick", "FETCH_HEAD^", "FETCH_HEAD");
    run("checkout", "--quiet", "main");
    run("pull", "--quiet", "--ff-only", "origin", "main");
    await noting.settle();
    assert.deepEqual(noting.noted(run("rev-parse", "HEAD^")), [["base.ts", by("4-4")]]);
    assert.deepEqual(noting.noted(head()), [["fresh.ts", by("2-2")]]);
  });

  test("are nobody's where what came back is not to the letter what was here", async () => {
    const on = server();
    await branch("work");
    on("fetch", "--quiet", "origin", "work");
    on("merge", "--quiet", "--squash", "FETCH_HEAD");
    play.write(`${name}-server`, "base.ts", `${base}four();\nand more();\n`);
    on("add", "--all");
    on("commit", "--quiet", "--message", "Work, and more (#1)");
    run("checkout", "--quiet", "main");
    run("pull", "--quiet", "--ff-only", "origin", "main");
    await noting.settle();
    assert.deepEqual(noting.noted(head()), [["fresh.ts", by("2-2")]]);
  });

  test("come out of the stash as they went in", async () => {
    noting.write(noting.open("base.ts", base), base.length, "four();\n", model);
    run("stash", "--quiet");
    await noting.settle();
    play.commit(name, "other.ts", "meanwhile();\n");
    await noting.settle();
    run("stash", "pop", "--quiet");
    await noting.settle();
    const made = noting.commit();
    await noting.settle();
    assert.deepEqual(noting.noted(made), [["base.ts", by("4-4")]]);
  });

  test("are back when what took them away is reverted", async () => {
    const there = noting.open("base.ts", base);
    noting.write(there, base.length, "four();\n", model);
    const made = noting.commit();
    await noting.settle();
    run("revert", "--no-edit", "HEAD");
    await noting.settle();
    // A revert brings nothing that a tool wrote.
    assert.equal(noting.noted(head()), undefined);
    run("revert", "--no-edit", "HEAD");
    await noting.settle();
    assert.equal(run("show", "HEAD:base.ts"), `${base}four();`);
    assert.deepEqual(noting.noted(made), [["base.ts", by("4-4")]]);
    assert.deepEqual(noting.noted(head()), [["base.ts", by("4-4")]]);
  });

  test("are told of in a second working tree, and in a submodule as in a repository of its own", async () => {
    run("worktree", "add", "--quiet", "-b", "second", play.at(`${name}-second`));
    const second = new NotedRepository(play, `${name}-second`);
    second.write(second.open("base.ts", base), base.length, "four();\n", model);
    const inTree = second.commit();
    await second.settle();
    assert.deepEqual(second.noted(inTree), [["base.ts", by("4-4")]]);
    // Both have the same notes.
    assert.deepEqual(noting.noted(inTree), [["base.ts", by("4-4")]]);
    second.keeper.stop();

    play.make(`${name}-library`);
    play.commit(`${name}-library`, "lib.ts", "lib();\n");
    run("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", play.at(`${name}-library`), "lib");
    noting.commit();
    await noting.settle();
    const library = new NotedRepository(play, `${name}/lib`);
    library.write(library.open("lib.ts", "lib();\n"), 0, "zero();\n", model);
    const inLibrary = library.commit();
    await library.settle();
    library.keeper.stop();
    assert.deepEqual(library.noted(inLibrary), [["lib.ts", by("1-1")]]);
    const outside = noting.commit();
    await noting.settle();
    assert.equal(noting.noted(outside), undefined);
  });
});
