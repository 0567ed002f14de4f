import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { historyOf } from "../../../../server/git/history.ts";
import { findGitFolder } from "../../../../server/git/gitFolder.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

suite("Git, when it is asked", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });

  suiteSetup(() => {
    play.make("asked");
    play.commit("asked", "a.txt", "first\n");
    play.commit("asked", "a.txt", "second\n");
  });
  suiteTeardown(() => play.remove());

  test("answers", async () => {
    const answer = await git.ask({
      folder: play.at("asked"),
      command: "cat-file",
      args: ["--batch"],
      input: "HEAD~1:a.txt\nHEAD:none.txt\n",
    });
    assert.ok(answer.ok);
    assert.match(answer.output.toString(), /^[0-9a-f]{40} blob 6\nfirst\n\nHEAD:none.txt missing\n$/);
  });

  test("says why there is no answer", async () => {
    const folder = play.at("asked");
    const question = { folder, command: "rev-parse", args: ["--verify", "none"] } as const;
    assert.deepEqual(await git.ask(question), { ok: false, why: "failed" });
    assert.deepEqual(await git.ask({ ...question, folder: play.at("gone") }), { ok: false, why: "failed" });
    const environment = { ...process.env, PATH: `.${path.delimiter}${folder}` };
    const none = new Git({
      program: findGit(process.platform, environment),
      environment,
      isTrusted: () => true,
    });
    assert.deepEqual(await none.ask(question), { ok: false, why: "missing" });
    const wary = new Git({ program, environment: process.env, isTrusted: () => false });
    assert.deepEqual(await wary.ask(question), { ok: false, why: "untrusted" });
    const all = { folder, command: "log", args: ["--patch"] } as const;
    assert.deepEqual(await git.ask({ ...all, mostBytes: 10 }), { ok: false, why: "tooLong" });
  });

  test("is ended when its time runs out", async () => {
    const slow = play.write("tools", "slow-git", "#!/bin/sh\nexec sleep 600\n");
    chmodSync(slow, 0o755);
    const waiting = new Git({ program: slow, environment: process.env, isTrusted: () => true });
    const question = { folder: play.at("asked"), command: "version", args: [], timeLimitMs: 50 } as const;
    assert.deepEqual(await waiting.ask(question), { ok: false, why: "timedOut" });
  });

  test("starts nothing that the repository names, and follows nobody's environment", async () => {
    const mark = play.at("was-started");
    const trap = play.write("tools", "trap", `#!/bin/sh\ntouch '${mark}'\ncat "$@" 2>/dev/null\n`);
    chmodSync(trap, 0o755);
    play.make("hostile");
    play.write("hostile", ".gitattributes", "*.txt diff=trap filter=trap\n");
    play.commit("hostile", "a.txt", "a\n");
    play.commit("hostile", "a.txt", "b\n");
    const settings = [
      "core.fsmonitor",
      "core.pager",
      "core.sshCommand",
      "core.askPass",
      "diff.external",
      "diff.trap.textconv",
      "diff.trap.command",
      "filter.trap.clean",
      "filter.trap.smudge",
      "gpg.program",
      "credential.helper",
    ];
    for (const setting of settings) play.run("hostile", "config", setting, trap);
    play.run("hostile", "config", "log.showSignature", "true");
    const before = snapshot(play.at("hostile/.git"));
    const environment = {
      ...process.env,
      GIT_DIR: play.at("asked/.git"),
      GIT_EXTERNAL_DIFF: trap,
      GIT_PAGER: trap,
      GIT_TRACE: play.at("trace"),
    };
    const wary = new Git({ program, environment, isTrusted: () => true });
    const folder = play.at("hostile");
    const log = await wary.ask({ folder, command: "log", args: ["--patch", "--format=%s"] });
    assert.ok(log.ok);
    assert.match(log.output.toString(), /-a\n\+b\n/);
    for (const [command, args] of [
      ["diff-tree", ["-p", "HEAD"]],
      ["cat-file", ["-p", "HEAD:a.txt"]],
      ["ls-tree", ["HEAD"]],
      ["rev-list", ["HEAD"]],
    ] as const) {
      assert.ok((await wary.ask({ folder, command, args })).ok, command);
    }
    assert.equal(existsSync(mark), false);
    assert.equal(existsSync(play.at("trace")), false);
    assert.deepEqual(snapshot(play.at("hostile/.git")), before);
  });

  test("does not fetch what a partial clone lacks", async () => {
    play.run("asked", "config", "uploadpack.allowFilter", "true");
    const source = `file://${play.at("asked")}`;
    play.run(".", "clone", "--quiet", "--no-checkout", "--filter=blob:none", source, "partial");
    const folder = play.at("partial");
    assert.equal(historyOf(findGitFolder(folder)!), "partial");
    const before = snapshot(play.at("partial/.git"));
    const answer = await git.ask({ folder, command: "cat-file", args: ["-p", "HEAD:a.txt"] });
    assert.equal(answer.ok, false);
    assert.deepEqual(snapshot(play.at("partial/.git")), before);
  });
});

/** Every file with its time and length. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => ({ name, found: statSync(path.join(folder, name)) }))
    .map(({ name, found }) => `${name} ${found.size} ${found.mtimeMs}`)
    .sort();
}
