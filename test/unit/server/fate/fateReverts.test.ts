import assert from "node:assert/strict";
import { fateCommand } from "../../../../server/commands/fate.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

interface Answer {
  readonly byLanguage: readonly {
    readonly language: string;
    readonly origin: string;
    readonly lines: number;
  }[];
  readonly reverts: readonly { readonly commit: string }[];
  readonly likelyOrigins: unknown;
}

suite("kept fate, by language and of reverts", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });
  suiteTeardown(() => play.remove());

  const run = (...args: string[]) =>
    fateCommand(args, {
      git,
      now: () => 1_900_000_000_000,
      resolve: (folder) => play.at(folder),
      openMemory: () => ({
        of: () => ({ file: undefined, record: undefined, nameOf: (address) => address, uuid: () => "one" }),
        close: () => undefined,
      }),
      openOutput: () => assert.fail("nothing is written along the way"),
    });
  const answerOf = async (...args: string[]) => JSON.parse((await run("--json", ...args)).stdout) as Answer;

  test("tells by language, and which commit was reverted by which, but none whose revert was reverted", async () => {
    play.make("reverted");
    play.commit("reverted", "readme.md", "words\n");
    const trailer = ["--trailer", "Co-authored-by: Cursor <cursoragent@cursor.com>"];
    const target = play.commit("reverted", "a.ts", "one\ntwo\n", ...trailer);
    play.run("reverted", "revert", "--no-edit", target);
    const by = play.run("reverted", "rev-parse", "HEAD");
    const back = play.commit("reverted", "b.py", "b\n");
    play.run("reverted", "revert", "--no-edit", back);
    play.run("reverted", "revert", "--no-edit", "HEAD");
    const answer = await answerOf("--repo", "reverted");
    const taken = answer.reverts.filter(({ commit }) => commit === target || commit === back);
    const byOrigin = [{ origin: "ai/cursor/unknown/unknown", lines: 2 }];
    assert.deepEqual(taken, [{ commit: target, by, days: 0, byOrigin }]);
    assert.deepEqual(
      answer.byLanguage
        .filter(({ language }) => language !== "python")
        .map(({ language, origin, lines }) => [language, origin, lines]),
      [
        ["typescript", "ai/cursor/unknown/unknown", 2],
        ["markdown", "unknown", 1],
      ],
    );
    const { stdout } = await run("--repo", "reverted");
    assert.match(
      stdout,
      /^ {2}typescript, ai\/cursor\/unknown\/unknown: 2 lines; reworked 100\.0 % of 2 in 14 days/m,
    );
    assert.ok(
      stdout.includes(`  ${target.slice(0, 12)} by ${by.slice(0, 12)} after 0 days (lines: ai/cursor`),
    );
  });

  test("tells whose lines a fix took out, and how much is to be held of that", async () => {
    play.make("mended");
    const trailer = ["--trailer", "Co-authored-by: Cursor <cursoragent@cursor.com>"];
    const brought = play.commit("mended", "a.ts", "one\ntwo\n", ...trailer);
    play.write("mended", "a.ts", "one\nthree\n");
    play.run("mended", "commit", "--quiet", "--all", "--message", "fix: count to three");
    const fix = play.run("mended", "rev-parse", "HEAD");
    const { likelyOrigins } = await answerOf("--repo", "mended");
    assert.deepEqual(likelyOrigins, {
      fixes: 1,
      untraced: 0,
      rows: [
        {
          ...{ fix, origin: "ai/cursor/unknown/unknown", lines: 1, share: 1, days: 0, commits: [brought] },
          confidence: "medium",
        },
      ],
    });
    const { stdout } = await run("--repo", "mended");
    assert.match(
      stdout,
      /^Fixes: 1, .*\n {2}ai\/cursor\/unknown\/unknown: in 1 \(with medium confidence in 1, else low\)$/m,
    );
  });
});
