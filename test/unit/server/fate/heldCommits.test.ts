import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { FatesReader } from "../../../../server/fate/fatesReader.ts";
import { lookAtHistory } from "../../../../server/fate/lookAtHistory.ts";
import { fateFolder } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { findGitFolder } from "../../../../server/git/gitFolder.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const claude = ["--trailer", "Co-authored-by: Claude <noreply@anthropic.com>"];

suite("What commits hold", () => {
  const play = new GitPlayground();
  const store = path.join(play.folder, "store");
  // Nobody's own name is in that home.
  const git = new Git({
    program: findGit(process.platform, process.env),
    environment: { PATH: process.env["PATH"], HOME: store },
    isTrusted: () => true,
  });
  suiteSetup(() => mkdirSync(store));
  suiteTeardown(() => play.remove());

  let looks = 0;
  const look = async (repository: string) => {
    const found = findGitFolder(play.at(repository))!;
    const name = `${encodeURIComponent(repository)}.json`;
    const pass = await lookAtHistory(found, {
      git,
      now: 1_800_100_000_000,
      nameOf: (address) => `hash of ${address}`,
      uuid: () => `look ${++looks}`,
      file: path.join(fateFolder(store), `${repository}.history`),
      record: path.join(fateFolder(store), name),
    });
    assert.ok(pass.ok);
    const root = pathToFileURL(found.root).href;
    return new FatesReader(store).commits([root], 60)!;
  };

  test("is told by day, author, message, files and lines, warm as cold", async () => {
    play.make("held");
    play.run("held", "config", "user.email", "Ada@example.org");
    play.write("held", "src/a.test.ts", "test one\n");
    play.write("held", "package-lock.json", "{\n}\n");
    play.write("held", "vendor/lib.js", "alien();\n");
    play.write("held", "README.md", "words\n");
    const first = play.commit(
      "held",
      "src/a.ts",
      "one();\ntwo();\nthree();\n",
      "-m",
      "Because of that.",
      ...claude,
    );
    play.run("held", "commit", "--amend", "--quiet", "-m", "feat(a): begin", "-m", "Because.", ...claude);
    await look("held");
    play.commit("held", "src/b.py", "three()\n", "--author=Bob <bob@example.org>");
    const reverted = play.commit("held", "src/a.ts", "one();\n\ttwo();\nthree();\nmore();\n");
    play.run("held", "revert", "--no-edit", reverted);
    const commits = await look("held");
    assert.notEqual(commits[0]!.id, first.slice(0, 16));
    assert.equal(new Set(commits.map(({ id }) => id)).size, 4);
    assert.deepEqual(
      commits.map(({ id, at, repository, ...rest }) => {
        assert.ok(id.length === 16 && at > 0 && repository.endsWith("/held"));
        return rest;
      }),
      [
        {
          day: "2027-01-15",
          isMine: true,
          isMerge: false,
          subject: "feature",
          hasBody: true,
          namesAi: true,
          isCorrective: false,
          revertedAfter: null,
          files: 3,
          filesApart: 2,
          added: 5,
          removed: 0,
          sourceFiles: 1,
          testFiles: 1,
          languages: ["typescript"],
          lines: 5,
          known: 5,
          ai: { "claude-code": 5 },
        },
        {
          ...{ day: "2027-01-15", isMine: false, isMerge: false, subject: "unknown", hasBody: false },
          ...{ namesAi: false, isCorrective: false, revertedAfter: null, files: 1, filesApart: 0 },
          ...{ added: 1, removed: 0, sourceFiles: 1, testFiles: 0, languages: ["python"] },
          ...{ lines: 1, known: 0, ai: {} },
        },
        {
          ...{ day: "2027-01-15", isMine: true, isMerge: false, subject: "unknown", hasBody: false },
          ...{ namesAi: false, isCorrective: false, revertedAfter: 0, files: 1, filesApart: 0 },
          // Git counts the line of which only white space changed; what was brought is one line.
          ...{ added: 2, removed: 1, sourceFiles: 1, testFiles: 0, languages: ["typescript"] },
          ...{ lines: 1, known: 0, ai: {} },
        },
        {
          ...{ day: "2027-01-15", isMine: true, isMerge: false, subject: "revert", hasBody: true },
          ...{ namesAi: false, isCorrective: true, revertedAfter: null, files: 1, filesApart: 0 },
          ...{ added: 1, removed: 2, sourceFiles: 1, testFiles: 0, languages: ["typescript"] },
          ...{ lines: 0, known: 0, ai: {} },
        },
      ],
    );
  });

  test("is nobody's where git does not know who commits here, and counted once of two working trees", async () => {
    play.make("unnamed");
    play.run("unnamed", "config", "user.useConfigOnly", "true");
    play.commit("unnamed", "a.ts", "one();\n");
    assert.deepEqual(
      (await look("unnamed")).map(({ isMine }) => isMine),
      [null],
    );
    play.run("unnamed", "worktree", "add", "--quiet", "-b", "other", play.at("second"));
    play.run("unnamed", "config", "user.email", "old@example.org");
    play.run("unnamed", "config", "user.name", "Ada");
    play.commit("second", ".mailmap", "Ada <ada@example.org> <old@example.org>\n");
    await look("second");
    const all = new FatesReader(store)
      .commits(undefined, 0)!
      .filter(({ repository }) => !repository.endsWith("/held"));
    assert.equal(all.length, 2);
    assert.equal(all.find(({ repository }) => repository.endsWith("/second"))!.isMine, true);
  });

  test("counts a merge's own lines, and neither its branches' again nor its files", async () => {
    play.make("merged");
    play.commit("merged", "a.ts", "one();\ntwo();\n");
    play.run("merged", "checkout", "--quiet", "-b", "side");
    play.commit("merged", "a.ts", "side();\ntwo();\n");
    play.run("merged", "checkout", "--quiet", "main");
    play.commit("merged", "a.ts", "main();\ntwo();\n");
    assert.throws(() => play.run("merged", "merge", "--quiet", "side"));
    play.write("merged", "a.ts", "both();\ntwo();\n");
    play.run("merged", "commit", "--all", "--quiet", "--message=Merge side");
    const merge = (await look("merged")).at(-1)!;
    assert.deepEqual([merge.isMerge, merge.files, merge.added, merge.lines], [true, 0, 0, 1]);
  });
});
