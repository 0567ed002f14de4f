import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { seededRandom } from "../../core/seededRandom.ts";

/** Fewer lines, and a file is hardly a file. */
const leastLines = 20;
const people = 8;
const branchShare = 0.08;

/**
 * Writes a history as a team's: files that are made, grow, are changed in a few places at a time, renamed and taken
 * away, over years, with branches that are merged.
 */
export function writeGrownHistory(folder: string, commits: number): void {
  const random = seededRandom(5);
  const pick = (count: number) => Math.floor(random() * count);
  const files = new Map<string, string[]>();
  const blobs = new Map<string, number>();
  const stream = `${folder}.stream`;
  const output = openSync(stream, "w");
  const write = (...parts: readonly string[]) => writeSync(output, parts.join(""));
  // Those of commits are below.
  let blob = 1_000_000;
  let made = 0;
  const line = () => `  const value${pick(1e6)} = compute(${pick(1000)}, "${pick(1e9).toString(36)}");`;
  const lines = (most: number) =>
    Array.from({ length: 1 + pick(most) }, () => (random() < 0.15 ? "  }" : line()));
  const newFile = () => `src/part${pick(12)}/file${made++}.ts`;
  let tip = 0;
  for (let mark = 1; mark <= commits;) {
    const from = tip;
    const isBranch = mark > 1 && random() < branchShare;
    for (let left = isBranch ? 1 + pick(5) : 1; left > 0; left--, mark++) add(mark, tip === 0 ? [] : [tip]);
    if (isBranch) add(mark++, [from, tip], 0);
  }
  closeSync(output);
  spawnSync("git", ["init", "--quiet", "--initial-branch=main", folder], { stdio: "ignore" });
  const input = openSync(stream, "r");
  spawnSync("git", ["fast-import", "--quiet"], { cwd: folder, stdio: [input, "ignore", "ignore"] });
  closeSync(input);
  rmSync(stream);
  // As it comes from a server: packed.
  spawnSync("git", ["repack", "-adq"], { cwd: folder });

  function add(mark: number, parents: readonly number[], most = 5): void {
    const changed = new Set<string>();
    const gone: string[] = [];
    for (let left = most === 0 ? 0 : 1 + pick(most); left > 0; left--) {
      const names = [...files.keys()];
      const kind = random();
      if (names.length === 0 || kind < 0.05) {
        const name = newFile();
        files.set(name, [...lines(120), ...lines(leastLines)]);
        changed.add(name);
        continue;
      }
      const name = names[Math.floor(random() ** 2 * names.length)]!;
      if (kind < 0.06 || kind > 0.99) {
        const content = files.get(name)!;
        files.delete(name);
        changed.delete(name);
        gone.push(name);
        if (kind > 0.99) continue;
        const renamed = newFile();
        files.set(renamed, content);
        changed.add(renamed);
        continue;
      }
      const content = files.get(name)!;
      for (let hunks = 1 + pick(3); hunks > 0; hunks--) {
        const removed = random() < 0.4 ? 0 : 1 + pick(6);
        content.splice(pick(content.length + 1), removed, ...(random() < 0.2 ? [] : lines(12)));
      }
      if (content.length < leastLines) content.push(...lines(leastLines));
      changed.add(name);
    }
    for (const name of changed) {
      const text = files
        .get(name)!
        .map((each) => `${each}\n`)
        .join("");
      blobs.set(name, ++blob);
      write(`blob\nmark :${blob}\ndata ${text.length}\n${text}\n`);
    }
    const person = pick(people);
    write(
      `commit refs/heads/main\nmark :${mark}\n`,
      `committer Person ${person} <${person}@example.org> ${1_600_000_000 + mark * 14_400} +0000\n`,
      `data 1\nx\n`,
      ...parents.map((parent, at) => `${at === 0 ? "from" : "merge"} :${parent}\n`),
      ...(most === 0 ? ["deleteall\n"] : gone.map((name) => `D ${name}\n`)),
      ...(most === 0 ? [...files.keys()] : [...changed]).map(
        (name) => `M 100644 :${blobs.get(name)!} ${name}\n`,
      ),
      "\n",
    );
    tip = mark;
  }
}
