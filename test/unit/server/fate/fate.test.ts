import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { fateCommand } from "../../../../server/commands/fate.ts";
import { readHistory } from "../../../../server/fate/readHistory.ts";
import { addOwnOrigins } from "../../../../server/fate/ownOrigins.ts";
import type { PassMemory } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import type { KnownCommit } from "../../../../server/store/stages.ts";
import { writeRandomHistory } from "../../../support/git/randomHistory.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const program = findGit(process.platform, process.env);
const git = new Git({ program, environment: process.env, isTrusted: () => true });
/** Blame is started for each file of each commit. */
const histories = Number(process.env["KEPT_RANDOM_HISTORIES"] ?? 200);
const plain = {
  followMoves: false,
  ignoreSpace: false,
  ignored: new Set<string>(),
  mostFiles: 1000,
  nameOf: (address: string) => address,
};

suite("The lives of lines", () => {
  const play = new GitPlayground();
  suiteSetup(() => play.make("random"));
  suiteTeardown(() => play.remove());

  test(`agree with blame at every commit of ${histories} random histories`, async function () {
    this.timeout(2_000 * histories);
    const folder = play.at("random");
    let [compared, deaths, merges] = [0, 0, 0];
    const made = new Map<string, number>();
    for (let seed = 1; seed <= histories; seed++) {
      for (const [what, count] of Object.entries(writeRandomHistory(folder, `h${seed}`, seededRandom(seed))))
        made.set(what, (made.get(what) ?? 0) + count);
      const at = new Map<string, Map<string, string[]>>();
      let ids: readonly string[] = [];
      const shown: ((commits: readonly string[]) => void)[] = [];
      const read = await readHistory(git, folder, {
        ...plain,
        revision: `refs/heads/h${seed}`,
        onCommit: (place, lines) => {
          const files = [...lines.linesAt(place)].map(
            ([path, lives]) => [path, [...lives].map((id) => lines.birth(id))] as const,
          );
          shown.push((commits) =>
            at.set(
              commits[place]!,
              new Map(
                files.map(([path, lives]) => [
                  path,
                  lives.map((life) => `${commits[life.commit]} ${life.path} ${life.line}`),
                ]),
              ),
            ),
          );
        },
      });
      assert.ok(read.ok);
      const { commits } = read.history.lines;
      ids = commits.map(({ id }) => id);
      for (const show of shown) show(ids);
      merges += commits.filter(({ parents }) => parents.length > 1).length;

      const present = new Map<string, Set<string>>();
      for (const [commit, files] of at) {
        const here = new Set<string>();
        for (const [path, lines] of files) {
          const blamed = lines.length === 0 ? [] : await blame(folder, commit, path);
          assert.deepEqual(lines, blamed, `history ${seed}, ${commit} ${path}`);
          for (const name of blamed) here.add(name);
          compared += blamed.length;
        }
        present.set(commit, here);
      }

      const expected = new Map<string, string | undefined>();
      const last = present.get(ids.at(-1)!)!;
      const byMerges = new Set(commits.flatMap(({ id, parents }) => (parents.length > 1 ? [id] : [])));
      const timeOf = new Map(commits.map(({ id, at: time }) => [id, time]));
      for (const { id, parents } of commits) {
        const here = present.get(id)!;
        for (const name of here) if (!expected.has(name)) expected.set(name, undefined);
        for (const name of parents.flatMap((parent) => [...present.get(ids[parent]!)!])) {
          const known = expected.get(name);
          if (here.has(name)) continue;
          const isMerge = byMerges.has(id);
          const isLater =
            known !== undefined &&
            (byMerges.has(known) === isMerge ? timeOf.get(known)! <= timeOf.get(id)! : isMerge);
          if (!isLater) expected.set(name, id);
        }
      }
      for (const { commit, path, line, count, end } of read.history.lines.fatesAt(read.place).runs()) {
        for (let at = 0; at < count; at++) {
          const name = `${ids[commit]} ${path} ${line + at}`;
          const death = last.has(name) ? undefined : expected.get(name);
          assert.equal(end && ids[end.commit], death, `history ${seed}, ${name}`);
          assert.notEqual(end?.kind, "lost");
          if (death !== undefined) deaths++;
        }
      }
    }
    console.log(`    ${compared} lines compared with blame, ${deaths} deaths`, Object.fromEntries(made));
    assert.ok(merges > histories / 3 && deaths > 5 * histories);
    // What was not made was not compared.
    for (const [what, count] of made) assert.ok(count > histories / 20, `${count} ${what}`);
  });

  async function blame(folder: string, commit: string, path: string): Promise<string[]> {
    const { stdout } = await promisify(execFile)("git", ["blame", "--line-porcelain", commit, "--", path], {
      cwd: folder,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    });
    const lines: string[] = [];
    let [sha, number] = ["", ""];
    for (const line of stdout.split("\n")) {
      const [, id, first] = /^([0-9a-f]{40}) (\d+) \d+/.exec(line) ?? [];
      if (id !== undefined) [sha, number] = [id, first!];
      if (line.startsWith("filename ")) lines.push(`${sha} ${line.slice(9)} ${number}`);
    }
    return lines;
  }
});

interface Answer {
  readonly byOrigin: readonly {
    readonly origin: string;
    readonly lines: number;
    readonly observed: Readonly<Record<string, number>>;
    readonly reworked: Readonly<Record<string, unknown>>;
    readonly survival: readonly { readonly days: number; readonly share: number }[];
  }[];
  readonly coverage: number;
  readonly linesSaidByCommit: number;
  readonly linesSetApart: number;
  readonly verdict?: string;
}

const forgetful: PassMemory = {
  of: () => ({ file: undefined, record: undefined, nameOf: (address) => address, uuid: () => "one" }),
  close: () => undefined,
};

suite("kept fate", () => {
  const play = new GitPlayground();
  const now = 1_900_000_000_000;
  suiteTeardown(() => play.remove());

  const run = (...given: (string | PassMemory)[]) => {
    const memory = given.find((each) => typeof each !== "string") ?? forgetful;
    const args = given.filter((each) => typeof each === "string");
    return fateCommand(args, {
      git,
      now: () => now,
      resolve: (folder) => play.at(folder),
      openMemory: () => memory,
      openOutput: () => assert.fail("nothing is written along the way"),
    });
  };
  const answerOf = async (...args: (string | PassMemory)[]) =>
    JSON.parse((await run("--json", ...args)).stdout) as Answer;

  test("tells rework by self, by others and to correct, of lines with an origin and without", async () => {
    play.make("told");
    const first = play.commit("told", "my file.ts", "alpha one\nbeta two\ngamma three\ndelta four\n");
    const metadata = { sessions: { s_1: { agent_id: { tool: "cursor", id: "i", model: "m" } } } };
    play.run(
      "told",
      "notes",
      "--ref=ai",
      "add",
      "-m",
      `"my file.ts"\n  s_1::t_1 1-3\n---\n${JSON.stringify({ schema_version: "authorship/3.0.0", ...metadata })}`,
      first,
    );
    play.commit("told", "package-lock.json", "{\n}\n");
    play.commit("told", "my file.ts", "other words\nbeta two\ngamma three\ndelta four\n");
    play.commit(
      "told",
      "my file.ts",
      "other words\nfixed words\ngamma three\ndelta four\n",
      "--author=Bob <bob@example.org>",
    );
    play.run("told", "commit", "--amend", "--quiet", "--message=fix: words");
    // Only white space, a move to another place, and a new name.
    play.commit("told", "my file.ts", "other words\nfixed words\n\tgamma three\ndelta four\n");
    play.commit("told", "my file.ts", "other words\n\tgamma three\ndelta four\nfixed words\n");
    play.run("told", "mv", "my file.ts", "ü.ts");
    play.run("told", "commit", "--quiet", "--message", "rename");
    const answer = await answerOf("--repo", "told", "--windows", "14,5000");
    assert.deepEqual(
      answer.byOrigin.map(({ origin, lines }) => [origin, lines]),
      [
        ["ai/cursor/unknown/m", 3],
        ["unknown", 3],
      ],
    );
    const [ai] = answer.byOrigin;
    assert.deepEqual(ai!.observed, { "14": 3, "5000": 0 });
    assert.deepEqual(ai!.reworked["14"], { self: 1, others: 1, corrective: 1 });
    assert.deepEqual(
      ai!.survival.map(({ days, share }) => [days, share]),
      [[14, 0.333333]],
    );
    assert.equal(answer.coverage, 0.5);
    assert.equal(answer.linesSetApart, 2);
    assert.equal(answer.linesSaidByCommit, 0);
    assert.doesNotMatch((await run("--repo", "told")).stdout, /trailer/);
    play.commit("told", "b.ts", "b1\nb2\n", "--trailer", "Co-authored-by: Cursor <cursoragent@cursor.com>");
    assert.equal((await answerOf("--repo", "told")).linesSaidByCommit, 2);
    assert.match(
      (await run("--repo", "told")).stdout,
      /^Of these only the commit's trailer or .*: 2 lines$/m,
    );
    assert.match((await run("--repo", "told")).stdout, /^ai\/cursor\/unknown\/m: 3 lines$/m);
  });

  test("believes what was seen here of a line before what a note or a trailer says of it", async () => {
    play.make("seen");
    const text = "first line\nsecond line\nthird line\n";
    const commit = play.commit(
      "seen",
      "a.ts",
      text,
      "--trailer",
      "Co-authored-by: Claude <noreply@anthropic.com>",
    );
    const range = (
      firstLine: number,
      origin: Partial<KnownCommit["files"][number]["ranges"][number]["origin"]>,
    ) => ({
      firstLine,
      lastLine: firstLine,
      editId: `edit ${firstLine}`,
      origin: { kind: "ai" as const, tool: null, model: null, mode: null, ...origin },
    });
    const seen: KnownCommit = {
      repository: pathToFileURL(play.at("seen")).href,
      name: commit,
      at: 0,
      files: [
        { path: "a.ts", ranges: [range(1, { kind: "human" }), range(2, { tool: "codex", mode: "agent" })] },
      ],
    };
    const memory: PassMemory = {
      of: (root) => ({
        ...forgetful.of(root),
        addOwn: (origins, _, pace) =>
          addOwnOrigins(
            {
              readCommitNames: (repository) => (repository === seen.repository ? [commit] : []),
              readCommit: (repository, name) =>
                repository === seen.repository && name === commit ? seen : undefined,
            },
            root,
            origins,
            pace,
          ),
      }),
      close: () => undefined,
    };
    const { byOrigin } = await answerOf("--repo", "seen", memory);
    assert.deepEqual(
      byOrigin.map(({ origin, lines }) => [origin, lines]),
      [
        ["ai/claude-code/unknown/unknown", 1],
        ["ai/codex/agent/unknown", 1],
        ["human", 1],
      ],
    );
  });

  test("takes what a listed commit does for nobody's rework, and a trailer for the origin", async () => {
    play.make("listed");
    play.commit(
      "listed",
      "a.ts",
      "one\ntwo\n",
      "--trailer",
      "Co-authored-by: Claude <noreply@anthropic.com>",
    );
    const formatted = play.commit("listed", "a.ts", "ONE\nTWO\n");
    play.commit("listed", ".git-blame-ignore-revs", `# of the formatter\n${formatted} # all of it\n`);
    const { byOrigin } = await answerOf("--repo", "listed");
    const ai = byOrigin.find(({ origin }) => origin === "ai/claude-code/unknown/unknown")!;
    assert.equal(ai.lines, 2);
    assert.deepEqual(ai.reworked["21"], { self: 0, others: 0, corrective: 0 });
  });

  test("has not enough data of a shallow clone, a partial one and of no commit, and refuses what it cannot use", async () => {
    play.make("whole");
    for (const text of ["a\n", "b\n"]) play.commit("whole", "a", text);
    play.run("whole", "clone", "--quiet", "--depth=1", `file://${play.at("whole")}`, play.at("shallow"));
    play.run("whole", "config", "uploadpack.allowFilter", "true");
    const lacking = ["clone", "--quiet", "--filter=blob:none", "--no-checkout"];
    play.run("whole", ...lacking, `file://${play.at("whole")}`, play.at("partial"));
    play.make("none");
    for (const repository of ["shallow", "partial", "none"]) {
      assert.equal((await answerOf("--repo", repository)).verdict, "not enough data");
    }
    for (const args of [["--repo", "gone"], ["--windows", "x"], ["--windows", "0"], ["--odd"]]) {
      assert.equal((await run(...args)).exitCode, 2);
    }
  });

  test("never meets a commit that is being made, and is met by none", async () => {
    play.make("busy");
    play.commit("busy", "a", "0\n");
    const answers: Promise<Answer>[] = [];
    for (let round = 1; round <= 20; round++) {
      answers.push(answerOf("--repo", "busy"));
      await new Promise(setImmediate);
      play.commit("busy", "a", `${round}\n`);
    }
    for (const answer of await Promise.all(answers)) assert.equal(answer.verdict, undefined);
  });
});
