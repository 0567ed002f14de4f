import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { Origin } from "../../../../protocol/origin.ts";
import { BranchReader } from "../../../../server/coaching/branchReader.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import type { KnownCommit } from "../../../../server/store/stages.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");

suite("What a branch is ahead", function () {
  this.timeout(60_000);
  const playground = new GitPlayground();
  const repository = "shop";
  const address = pathToFileURL(playground.at(repository)).href;
  const known = new Map<string, KnownCommit>();
  /** The playground's clock. */
  let now = 1_800_000_000_000;
  let isTrusted = true;
  const git = new Git({
    program: findGit(process.platform, process.env),
    environment: process.env,
    isTrusted: () => isTrusted,
  });
  const store = { readCommit: (_: string, name: string) => known.get(name) };
  const read = () => new BranchReader({ git, store, now: () => now }).read([address]);
  const madeBy = (name: string, path: string, lastLine: number, origin: Origin) => {
    const { kind } = origin;
    const range = {
      firstLine: 1,
      lastLine,
      editId: "e",
      origin: { kind, tool: null, model: null, mode: null },
    };
    known.set(name, { repository: address, name, at: now, files: [{ path, ranges: [range] }] });
  };

  suiteSetup(() => {
    playground.make(repository);
    playground.commit(repository, "src/first.ts", lines(10));
  });
  suiteTeardown(() => playground.remove());

  test("is nothing where it is the branch that others go to, and outside a repository", async () => {
    assert.equal((await read()).ahead, null);
    assert.equal((await read()).told.length, 1);
    const reader = new BranchReader({ git, store, now: () => now });
    assert.deepEqual(await reader.read(["file:///nowhere/at/all"]), { ahead: null, told: [] });
  });

  test("is its lines and files without those that nobody writes by hand, and whose they are", async () => {
    playground.run(repository, "checkout", "--quiet", "-b", "work");
    const subjectOnly = playground.commit(repository, "src/a.ts", lines(40));
    playground.commit(repository, "package-lock.json", lines(900), "--message", "Why it is so");
    const trailer = playground.commit(repository, "src/b.ts", lines(30), "--message", "Signed-off-by: Ada");
    madeBy(subjectOnly, "src/a.ts", 35, { kind: "ai" });
    madeBy(trailer, "src/b.ts", 30, { kind: "human" });
    const { ahead } = await read();
    assert.deepEqual([ahead?.lines, ahead?.files], [70, 2]);
    assert.deepEqual(
      ahead?.commits.map(({ lines: own, aiLines, isExplained }) => [own, aiLines, isExplained]),
      [
        [30, 0, false],
        [0, 0, true],
        [40, 35, false],
      ],
    );
  });

  test("is asked again when the branch moves, and otherwise once a minute", async () => {
    const reader = new BranchReader({ git, store, now: () => now });
    const before = await reader.read([address]);
    assert.equal(await reader.read([address]), before);
    playground.commit(repository, "src/c.ts", lines(3));
    assert.equal((await reader.read([address])).ahead?.files, 3);
    const then = await reader.read([address]);
    now += 61_000;
    assert.notEqual(await reader.read([address]), then);
  });

  test("is not asked of git where the folder is not trusted", async () => {
    isTrusted = false;
    assert.deepEqual(await read(), { ahead: null, told: [] });
    isTrusted = true;
  });
});
