import assert from "node:assert/strict";
import { notesCommand } from "../../../../server/commands/notes.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { ObjectStream } from "../../../../server/git/objectStream.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

interface Answer {
  readonly commits: readonly { readonly sha: string; readonly source: string; readonly files: unknown }[];
  readonly summary: unknown;
  readonly trailers: unknown;
  readonly problems: readonly { readonly source: string; readonly reason: string }[];
}

const note = (key: string, lines: string) =>
  `a.txt\n  ${key} ${lines}\n---\n${JSON.stringify({
    schema_version: "authorship/3.0.0",
    prompts: {},
    sessions: { s_0a: { agent_id: { tool: "cursor", id: "i", model: "m" } } },
  })}`;

suite("kept notes", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });
  const commits: string[] = [];
  const absent = "ab".repeat(20);

  suiteSetup(() => {
    play.make("noted");
    commits.push(play.commit("noted", "a.txt", "one\ntwo\nthree\n"));
    commits.push(
      play.commit(
        "noted",
        "a.txt",
        "one\n2\n3\n",
        "--trailer",
        "Co-authored-by: Cursor <cursoragent@cursor.com>",
      ),
    );
    commits.push(play.commit("noted", "b.txt", "b\n"));
    addNote("ai", commits[0]!, note("s_0a::t_1", "1-3"));
    addNote("ai", commits[1]!, `${note("s_0b::t_1", "2,3")}`);
    addNote("ai", commits[2]!, "rubbish");
    addNote("agentblame", commits[0]!, "{}");
    const trace = {
      version: "0.1.0",
      vcs: { type: "git", revision: absent },
      tool: { name: "amp" },
      files: [
        {
          path: "c",
          conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 9 }] }],
        },
      ],
    };
    play.write("noted", ".agent-trace/traces.jsonl", `${JSON.stringify(trace)}\n{\n`);
  });
  suiteTeardown(() => play.remove());

  function addNote(ref: string, commit: string, text: string) {
    play.run("noted", "notes", `--ref=${ref}`, "add", "-m", text, commit);
  }

  async function run(...args: string[]) {
    let printed = "";
    const result = await notesCommand(args, {
      git,
      resolve: (folder) => play.at(folder),
      openOutput: () => ({ write: (text) => void (printed += text), close: () => {}, discard: () => {} }),
    });
    return { ...result, stdout: printed + result.stdout };
  }

  test("print what every source says, one JSON document, and count what they do not understand", async () => {
    const { exitCode, stdout } = await run("--repo", "noted", "--json");
    assert.equal(exitCode, 0);
    const answer = JSON.parse(stdout) as Answer;
    const ofGitAi = answer.commits.filter(({ source }) => source === "git-ai");
    assert.deepEqual(ofGitAi.map(({ sha }) => sha).sort(), commits.toSorted());
    assert.deepEqual(ofGitAi.find(({ sha }) => sha === commits[0])?.files, [
      {
        path: "a.txt",
        ranges: [
          { start: 1, end: 3, origin: { kind: "ai", tool: "cursor", model: "m" }, evidence: "matched" },
        ],
      },
    ]);
    assert.deepEqual(answer.summary, {
      commits: 5,
      lines: 5,
      byTool: { cursor: 3 },
      unresolved: 2,
      overlapping: 0,
    });
    assert.deepEqual(answer.trailers, [
      {
        sha: commits[1],
        source: "Co-authored-by",
        part: "coauthor",
        origin: { kind: "ai", tool: "cursor" },
        evidence: "matched",
      },
    ]);
    assert.deepEqual(answer.problems.map(({ source }) => source).sort(), [
      "agent-trace",
      "agent-trace",
      "agentblame",
      "git-ai",
    ]);
  });

  test("say it in words, and refuse what is no repository", async () => {
    assert.match((await run("--repo", "noted")).stdout, /^ {2}cursor: 3$/m);
    assert.equal((await run("--repo", "nowhere")).exitCode, 2);
    assert.equal((await run("--nonsense")).exitCode, 2);
    play.make("empty");
    assert.equal((await run("--repo", "empty")).stdout, "No notes, traces or trailers were found.\n");
  });

  test("count no line that is in no file, and no file out of the repository", async () => {
    play.make("boasting");
    const commit = play.commit("boasting", "x.ts", "one\ntwo");
    const files = ["x.ts", "../../etc/passwd", "/etc/passwd", "C:\\\\passwd", "gone.ts"];
    const entries = files.map((file) => `${file}\n  s_0a::t_1 2-500000\n  s_0b 9-500000`).join("\n");
    const said = `${entries}\n---\n${note("", "").split("---\n")[1]!}`;
    play.run("boasting", "notes", "--ref=ai", "add", "-m", said, commit);
    const trace = {
      vcs: { type: "git", revision: commit },
      tool: { name: "amp" },
      files: ["x.ts", "/etc/passwd"].map((path) => ({
        path,
        conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 70 }] }],
      })),
    };
    play.write("boasting", ".agent-trace/traces.jsonl", `${JSON.stringify(trace)}\n`);
    const { stdout } = await run("--repo", "boasting", "--json");
    const { commits, summary, problems } = JSON.parse(stdout) as Answer;
    const origin = { kind: "ai", tool: "cursor", model: "m" };
    assert.deepEqual(
      commits.map(({ source, files }) => [source, files]),
      [
        ["git-ai", [{ path: "x.ts", ranges: [{ start: 2, end: 2, origin, evidence: "matched" }] }]],
        [
          "agent-trace",
          [
            {
              path: "x.ts",
              ranges: [{ start: 1, end: 2, origin: { kind: "ai", tool: "amp" }, evidence: "matched" }],
            },
          ],
        ],
      ],
    );
    assert.deepEqual(summary, {
      commits: 2,
      lines: 1,
      byTool: { cursor: 1 },
      unresolved: 1,
      overlapping: 1,
    });
    assert.deepEqual(
      problems.map(({ source, reason }) => `${source}: ${reason}`),
      [
        "git-ai: a path leads out of the repository (6 times)",
        "git-ai: files that are not in the commit: 1",
        "git-ai: ranges that go beyond the end of their file: 2",
        "agent-trace: a path leads out of the repository",
        "agent-trace: ranges that go beyond the end of their file: 1",
      ],
    );
  });

  test("say it where git has something else than notes under their name", async () => {
    play.make("damaged");
    const commit = play.commit("damaged", "a.txt", "a\n");
    play.run("damaged", "update-ref", "refs/notes/ai", play.run("damaged", "rev-parse", `${commit}:a.txt`));
    play.write("damaged", ".git/refs/notes/agentblame", `${absent}\n`);
    const { exitCode, stdout } = await run("--repo", "damaged", "--json");
    assert.equal(exitCode, 0);
    const { problems } = JSON.parse(stdout) as { problems: readonly { readonly reason: string }[] };
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ["ai", "agentblame"].map((name) => `refs/notes/${name} is damaged: git has no notes there`),
    );
    assert.match((await run("--repo", "damaged")).stdout, /refs\/notes\/ai is damaged/);
  });

  test("hold no more than one object, however the answer is cut", () => {
    const answer = Buffer.from("aa blob 3\nx\ny\nbb missing\ncc blob 9\n123456789\ndd blob 0\n\n");
    for (let size = 1; size <= answer.length; size++) {
      const found: unknown[] = [];
      const stream = new ObjectStream(5, (name, content) => found.push([name, content?.toString()]));
      for (let at = 0; at < answer.length; at += size) stream.push(answer.subarray(at, at + size));
      assert.deepEqual(found, [
        ["aa", "x\ny"],
        ["bb", undefined],
        ["cc", undefined],
        ["dd", ""],
      ]);
    }
  });
});
