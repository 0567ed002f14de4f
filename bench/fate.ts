/** The lives of all lines of this repository's history, against `git blame` of every file at ten of its commits. */
import { execFileSync } from "node:child_process";
import { readHistory } from "../server/fate/readHistory.ts";
import { findGit } from "../server/git/findGit.ts";
import { Git } from "../server/git/git.ts";

const folder = process.cwd();
const samples = 10;
const ask = (...args: string[]) =>
  execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });

const git = new Git({
  program: findGit(process.platform, process.env),
  environment: process.env,
  isTrusted: () => true,
});
let started = performance.now();
const read = await readHistory(git, folder, {
  revision: "HEAD",
  ignored: new Set(),
  followMoves: true,
  ignoreSpace: true,
  mostFiles: 20,
});
const ours = performance.now() - started;
if (!read.ok) throw new Error(`git gave no answer: ${read.why}`);

started = performance.now();
const { commits } = read;
let files = 0;
for (let sample = 1; sample <= samples; sample++) {
  const { id } = commits[Math.ceil((commits.length * sample) / samples) - 1]!;
  for (const path of ask("ls-tree", "-r", "-z", "--name-only", id).split("\0").filter(Boolean)) {
    ask("blame", "--porcelain", id, "--", path);
    files++;
  }
}
const blame = performance.now() - started;
console.log(`fate: ${commits.length} commits, ${read.lines.count} lines in ${(ours / 1000).toFixed(2)} s`);
console.log(`  blame of ${files} files at ${samples} commits: ${(blame / 1000).toFixed(2)} s`);
console.log(`  ratio: ${(blame / ours).toFixed(1)} times`);
