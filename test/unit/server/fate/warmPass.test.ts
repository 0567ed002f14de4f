import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { LineHistory } from "../../../../core/fate/lineHistory.ts";
import { readHistoryFile, writeHistoryFile } from "../../../../server/fate/historyFile.ts";
import { passOver } from "../../../../server/fate/passOver.ts";
import { readHistory } from "../../../../server/fate/readHistory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { findGitFolder } from "../../../../server/git/gitFolder.ts";
import { Git } from "../../../../server/git/git.ts";
import { writeRandomHistory } from "../../../support/git/randomHistory.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const git = new Git({
  program: findGit(process.platform, process.env),
  environment: process.env,
  isTrusted: () => true,
});
const histories = Number(process.env["KEPT_RANDOM_HISTORIES"] ?? 40);
const options = {
  followMoves: true,
  ignoreSpace: true,
  ignored: new Set<string>(),
  mostFiles: 20,
  nameOf: (address: string) => address,
};
const now = 1_900_000_000_000;

/** Without the order in which commits became known. */
function told(lines: LineHistory, place: number): string[] {
  const name = (commit: number) => lines.commits[commit]!.id;
  return [...lines.fatesAt(place).runs()]
    .flatMap(({ commit, path, line, count, end }) =>
      Array.from({ length: count }, (_, at) =>
        [name(commit), path, line + at, end?.kind, end && name(end.commit)].join(" "),
      ),
    )
    .sort();
}

suite("A pass over a history that is partly known", () => {
  const play = new GitPlayground();
  suiteSetup(() => play.make("random"));
  suiteTeardown(() => play.remove());

  test(`tells of every commit what a first pass tells, in whatever order (${histories} histories)`, async function () {
    this.timeout(2_000 * histories);
    const folder = play.at("random");
    let compared = 0;
    for (let seed = 1; seed <= histories; seed++) {
      const random = seededRandom(seed);
      writeRandomHistory(folder, `w${seed}`, random);
      const list = (...args: string[]) =>
        play
          .run("random", ...args)
          .split("\n")
          .filter(Boolean);
      // All of the tips that were left behind on the way, too: a branch that is switched to and away from again.
      const commits = list("rev-list", "--topo-order", `--glob=refs/heads/w${seed}*`);
      const order = commits.map((id) => ({ id, at: random() })).sort((one, other) => one.at - other.at);
      const file = play.at(`w${seed}.history`);
      for (const { id } of order.slice(0, 6)) {
        const key = { ...options, key: "key" };
        const warm = await readHistory(git, folder, {
          ...options,
          revision: id,
          known: readHistoryFile(file, key),
        });
        const cold = await readHistory(git, folder, { ...options, revision: id });
        assert.ok(warm.ok && cold.ok);
        const expected = told(cold.history.lines, cold.place);
        assert.deepEqual(told(warm.history.lines, warm.place), expected, `history ${seed} at ${id}`);
        compared += expected.length;
        writeHistoryFile(file, warm.history, { key: "key", uuid: "one" });
      }
    }
    console.log(`    ${compared} lines compared`);
    assert.ok(compared > 40 * histories);
  });
});

suite("What a pass leaves for the next", () => {
  const play = new GitPlayground();
  suiteTeardown(() => play.remove());

  const pass = async (repository: string, file: string | undefined, signal?: AbortSignal) =>
    await passOver(findGitFolder(play.at(repository))!, {
      git,
      now,
      nameOf: (address) => `hash of ${address.length} letters`,
      uuid: () => "unfinished",
      file,
      ...(signal ? { signal } : {}),
    });

  async function same(repository: string, file: string): Promise<number> {
    const [warm, cold] = [await pass(repository, file), await pass(repository, undefined)];
    assert.ok(warm.ok && cold.ok);
    const plainly = ({ grouped, history }: Extract<typeof warm, { ok: true }>) =>
      grouped.groups
        .map(({ commit, ...group }) => JSON.stringify({ ...group, id: history.lines.commits[commit]!.id }))
        .sort();
    assert.deepEqual(plainly(warm), plainly(cold));
    return warm.added;
  }

  test("costs a later pass no more than the commits that came, whatever was done to the history", async () => {
    play.make("work");
    const file = play.at("work.history");
    for (let line = 1; line <= 4; line++)
      play.commit("work", "a.ts", Array.from({ length: line }, (_, at) => `line number ${at}\n`).join(""));
    assert.equal(await same("work", file), 4);
    assert.equal(await same("work", file), 0);
    play.commit("work", "a.ts", "line number 0\nanother line\n");
    assert.equal(await same("work", file), 1);
    play.commit("work", "a.ts", "line number 0\nyet another\n", "--amend");
    assert.equal(await same("work", file), 1);
    play.run("work", "checkout", "--quiet", "-b", "side", "HEAD~2");
    assert.equal(await same("work", file), 0);
    play.commit("work", "b.ts", "something else\nof two lines\n");
    play.commit("work", "b.ts", "something else\n");
    assert.equal(await same("work", file), 2);
    play.run("work", "rebase", "--quiet", "main");
    assert.equal(await same("work", file), 2);
    play.run("work", "checkout", "--quiet", "main");
    assert.equal(await same("work", file), 0);
    play.run("work", "merge", "--quiet", "--no-ff", "--no-edit", "side");
    assert.equal(await same("work", file), 1);
    play.run("work", "reset", "--quiet", "--hard", "HEAD~3");
    play.run("work", "branch", "--quiet", "-D", "side");
    play.run("work", "reflog", "expire", "--expire=now", "--all");
    play.run("work", "gc", "--quiet", "--prune=now");
    assert.equal(await same("work", file), 0);
    play.commit("work", "c.ts", "after everything was swept away\n");
    assert.equal(await same("work", file), 1);
  });

  test("has neither a text, an address nor a name of the repository's people", () => {
    const kept = readFileSync(play.at("work.history"), "latin1");
    for (const secret of ["line number", "example.org", "Ada"]) assert.ok(!kept.includes(secret), secret);
  });

  test("is not believed once it is damaged, cut or of other commits to be ignored", async () => {
    const file = play.at("work.history");
    const whole = readFileSync(file);
    for (const damaged of [
      whole.subarray(0, 80),
      Buffer.concat([whole.subarray(0, 90), Buffer.from("x"), whole.subarray(91)]),
      Buffer.from("{}\n"),
      Buffer.alloc(0),
    ]) {
      writeFileSync(file, damaged);
      assert.ok((await same("work", file)) > 3);
      assert.equal(await same("work", file), 0);
    }
    appendFileSync(play.at("work", ".git-blame-ignore-revs"), `${play.run("work", "rev-parse", "HEAD")}\n`);
    assert.ok((await same("work", file)) > 3);
  });

  test("is gone on from where it was cut off, where another window wrote, and after any number of commits", async function () {
    this.timeout(60_000);
    play.make("grown");
    const file = play.at("grown.history");
    const commit = (line: number) => play.commit("grown", "a.ts", `line ${line}\nlast line ${line % 7}\n`);
    commit(0);
    assert.equal(await same("grown", file), 1);
    const first = readFileSync(file);
    commit(1);
    assert.equal(await same("grown", file), 1);
    const second = readFileSync(file);
    // What was there is not written again.
    assert.ok(second.length > first.length && second.subarray(0, first.length).equals(first));
    for (const cut of [1, 21, second.length - first.length - 1]) {
      writeFileSync(file, second.subarray(0, second.length - cut));
      assert.equal(await same("grown", file), 1);
      assert.equal(await same("grown", file), 0);
    }
    writeFileSync(file, second);
    const key = { ...options, key: "key" };
    const known = play.at("two.history");
    const headOf = () => play.run("grown", "rev-parse", "HEAD");
    const follow = async (from: ReturnType<typeof readHistoryFile>) => {
      const read = await readHistory(git, play.at("grown"), { ...options, revision: headOf(), known: from });
      assert.ok(read.ok);
      return read.history;
    };
    writeHistoryFile(known, await follow(undefined), { key: "key", uuid: "one" });
    const [one, other] = [readHistoryFile(known, key), readHistoryFile(known, key)];
    commit(2);
    writeHistoryFile(known, await follow(one), { key: "key", uuid: "one" });
    writeHistoryFile(known, await follow(other), { key: "key", uuid: "other" });
    const both = readHistoryFile(known, key)!;
    assert.equal(both.head, headOf());
    assert.equal(both.facts.length, 3);
    for (let line = 3; line < 70; line++) {
      commit(line);
      const read = readHistoryFile(known, key)!;
      assert.equal(read.facts.length, line);
      writeHistoryFile(known, await follow(read), { key: "key", uuid: "one" });
    }
    assert.ok(readHistoryFile(known, key)!.stored!.segments < 64);
    assert.equal(await same("grown", file), 68);
  });

  test("is left along a long way, so that whoever is ended goes on from there", async () => {
    play.make("long");
    for (let line = 1; line <= 7; line++) play.commit("long", "a.ts", `line number ${line}\n`);
    play.run("long", "checkout", "--quiet", "-b", "side", "HEAD~3");
    play.commit("long", "b.ts", "a side\n");
    play.run("long", "merge", "--quiet", "--no-edit", "main");
    const file = play.at("long.history");
    const stop = new AbortController();
    const ended = await passOver(findGitFolder(play.at("long"))!, {
      git,
      now,
      nameOf: (address) => `hash of ${address.length} letters`,
      uuid: () => "unfinished",
      file,
      batch: 4,
      signal: stop.signal,
      onProgress: (done) => done === 6 && stop.abort(),
    });
    assert.equal(ended.ok, false);
    assert.equal(await same("long", file), 9 - 4);
  });

  test("is none of a history that is longer than is followed", async () => {
    const revision = play.run("long", "rev-parse", "HEAD");
    const few = await readHistory(git, play.at("long"), { ...options, revision, mostNumbers: 30 });
    assert.deepEqual(few, { ok: false, why: "tooLong" });
    const all = await readHistory(git, play.at("long"), { ...options, revision, mostNumbers: 1000 });
    assert.ok(all.ok);
  });

  test("does not stand for a clone that was cut off, and nothing is left of a pass that was stopped", async () => {
    const file = play.at("stopped.history");
    const stop = new AbortController();
    stop.abort();
    assert.equal((await pass("work", file, stop.signal)).ok, false);
    assert.ok(!existsSync(file));
    const url = `file://${play.at("work")}`;
    execFileSync("git", ["clone", "--quiet", "--depth=2", url, play.at("clone")], { stdio: "ignore" });
    assert.deepEqual(await pass("clone", file), { ok: false, why: "shallow" });
    play.run("clone", "-c", "protocol.file.allow=always", "fetch", "--quiet", "--unshallow");
    assert.ok((await same("clone", file)) > 3);
  });
});
