import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { readHistory, type KnownHistory, type ReadOptions } from "../../../../server/fate/readHistory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const git = new Git({
  program: findGit(process.platform, process.env),
  environment: process.env,
  isTrusted: () => true,
});
const plain = {
  followMoves: false,
  ignoreSpace: false,
  ignored: new Set<string>(),
  mostFiles: 1000,
  nameOf: (address: string) => address,
};

suite("The lives of lines in files that change what they are", () => {
  const play = new GitPlayground();
  suiteTeardown(() => play.remove());

  async function pass(repository: string, more: Partial<ReadOptions> = {}): Promise<KnownHistory> {
    const read = await readHistory(git, play.at(repository), { ...plain, revision: "HEAD", ...more });
    assert.ok(read.ok);
    return read.history;
  }

  /** Of each line of a file at the last commit, the commit that brought it. */
  function bringers({ lines, head }: KnownHistory, file: string): string[] {
    const place = lines.placeOf(head)!;
    return [...(lines.linesAt(place).get(file) ?? [])].map((id) => lines.commits[lines.birth(id).commit]!.id);
  }

  function blamed(repository: string, file: string): string[] {
    const told = execFileSync("git", ["blame", "--line-porcelain", "HEAD", "--", file], {
      cwd: play.at(repository),
      encoding: "utf8",
    });
    return [...told.matchAll(/^([0-9a-f]{40}) \d+ \d+/gm)].map(([, id]) => id!);
  }

  const wide = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").toString("latin1");
  const text = "alpha\nbeta\ngamma\ndelta\n";

  test("that were of two bytes a letter, became text and were renamed", async () => {
    play.make("wide");
    play.commit("wide", "other.ts", "one\n");
    play.write("wide", "a.sql", wide(text));
    play.commit("wide", "b.sql", wide("never text\n"));
    play.commit("wide", "a.sql", text);
    const afterText = await pass("wide");
    play.commit("wide", "a.sql", text.replace("gamma", "GAMMA"));
    play.run("wide", "mv", "b.sql", "d.sql");
    play.run("wide", "mv", "a.sql", "c.sql");
    play.commit("wide", "other.ts", "one\ntwo\n");
    play.commit("wide", "c.sql", text.replace("gamma", "GAMMA").replace("delta\n", "epsilon\nzeta\n"));
    const all = await pass("wide");
    assert.deepEqual(bringers(all, "c.sql"), blamed("wide", "c.sql"));
    assert.deepEqual(bringers(all, "other.ts"), blamed("wide", "other.ts"));
    assert.deepEqual(bringers(all, "d.sql"), []);
    const warm = await pass("wide", { known: afterText });
    assert.deepEqual(bringers(warm, "c.sql"), blamed("wide", "c.sql"));
    const place = all.lines.placeOf(all.head)!;
    const ends = [...all.lines.fatesAt(place).runs()].filter(({ end }) => end !== undefined);
    assert.deepEqual(
      ends.map(({ path, line, end }) => [path, line, end!.kind]),
      [
        ["a.sql", 3, "died"],
        ["a.sql", 4, "died"],
      ],
    );
  });

  test("that became text on one branch and were changed on both sides of a merge", async () => {
    play.make("merged");
    play.commit("merged", "a.sql", wide(text));
    play.run("merged", "checkout", "--quiet", "-b", "side");
    play.commit("merged", "a.sql", text);
    play.commit("merged", "a.sql", text.replace("alpha", "ALPHA"));
    play.run("merged", "checkout", "--quiet", "main");
    play.commit("merged", "b.ts", "main\n");
    play.run("merged", "merge", "--quiet", "--no-edit", "side");
    play.commit("merged", "a.sql", text.replace("alpha", "ALPHA").replace("delta", "DELTA"));
    const all = await pass("merged");
    assert.deepEqual(bringers(all, "a.sql"), blamed("merged", "a.sql"));
  });

  test("that were a link and became a file, and the other way round", async () => {
    play.make("links");
    play.commit("links", "a.ts", text);
    rmSync(play.at("links", "a.ts"));
    symlinkSync("somewhere", play.at("links", "a.ts"));
    play.commit("links", "b.ts", "one\n");
    assert.deepEqual(bringers(await pass("links"), "a.ts"), blamed("links", "a.ts"));
    rmSync(play.at("links", "a.ts"));
    play.commit("links", "a.ts", text);
    assert.deepEqual(bringers(await pass("links"), "a.ts"), blamed("links", "a.ts"));
  });

  test("is the same whatever a repository says of how logs are written", async () => {
    play.make("encoded");
    const commit = play.commit("encoded", "a.ts", text);
    play.run("encoded", "config", "i18n.logOutputEncoding", "UTF-16");
    assert.deepEqual(bringers(await pass("encoded"), "a.ts"), [commit, commit, commit, commit]);
  });
});
