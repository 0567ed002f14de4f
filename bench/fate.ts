/**
 * The lives of all lines of a history, against `git blame` of every file at ten of its commits: of this repository and
 * of one of 5,000 commits that is made for it. Then the same pass again, after one more commit.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { passOver } from "../server/fate/passOver.ts";
import { findGit } from "../server/git/findGit.ts";
import { findGitFolder } from "../server/git/gitFolder.ts";
import { Git } from "../server/git/git.ts";
import { writeGrownHistory } from "./histories/grownHistory.ts";

const samples = 10;
const warmPasses = 9;
const git = new Git({
  program: findGit(process.platform, process.env),
  environment: process.env,
  isTrusted: () => true,
});
const scratch = mkdtempSync(path.join(tmpdir(), "kept-bench-"));

try {
  const own = path.join(scratch, "own");
  execFileSync("git", ["clone", "--quiet", process.cwd(), own]);
  await measure("this repository", own);
  const grown = path.join(scratch, "grown");
  writeGrownHistory(grown, Number(process.env["KEPT_BENCH_COMMITS"] ?? 5000));
  await measure("a history that was made", grown);
} finally {
  rmSync(scratch, { recursive: true });
}

async function measure(name: string, folder: string): Promise<void> {
  const ask = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "ignore"],
    });
  const pass = async () => {
    const started = performance.now();
    const done = await passOver(findGitFolder(folder)!, {
      git,
      now: Date.now(),
      nameOf: (address) => address,
      uuid: () => "unfinished",
      file: `${folder}.history`,
    });
    if (!done.ok) throw new Error(`git gave no answer: ${done.why}`);
    return { ...done, ms: performance.now() - started };
  };
  const cold = await pass();
  const commits = ask("rev-list", "--topo-order", "--reverse", "HEAD").split("\n").filter(Boolean);
  // What was made without a working tree gets one.
  ask("reset", "--quiet", "--hard");
  const [changed] = ask("ls-files").split("\n");
  const [warm, own, starts, written]: number[][] = [[], [], [], []];
  for (let round = 0; round < warmPasses; round++) {
    appendFileSync(path.join(folder, changed!), `one more line ${round}\n`);
    ask("-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-q", "--all", "-m", "One");
    const [size, before] = [statSync(`${folder}.history`).size, process.cpuUsage()];
    const { ms, added } = await pass();
    const { user, system } = process.cpuUsage(before);
    if (added !== 1) throw new Error(`A pass took ${added} commits in, not one.`);
    warm!.push(ms);
    own!.push((user + system) / 1000);
    written!.push(statSync(`${folder}.history`).size - size);
    const started = performance.now();
    ask("version");
    starts!.push(performance.now() - started);
  }
  const started = performance.now();
  let files = 0;
  for (let sample = 1; sample <= samples; sample++) {
    const id = commits[Math.ceil((commits.length * sample) / samples) - 1]!;
    for (const file of ask("ls-tree", "-r", "-z", "--name-only", id).split("\0").filter(Boolean)) {
      ask("blame", "--porcelain", id, "--", file);
      files++;
    }
  }
  const blame = performance.now() - started;
  const { lines } = cold.history;
  console.log(`fate of ${name}: ${commits.length} commits, ${lines.count} lines in ${seconds(cold.ms)}`);
  console.log(`  blame of ${files} files at ${samples} commits: ${seconds(blame)}`);
  console.log(`  ratio: ${(blame / cold.ms).toFixed(1)} times`);
  console.log(
    `  again after one commit: ${median(warm!).toFixed(0)} ms, of which ${median(own!).toFixed(0)} ms are this process's work;` +
      ` ${median(written!)} bytes written; starting git once takes ${median(starts!).toFixed(0)} ms (medians of ${warmPasses})`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1]!;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
