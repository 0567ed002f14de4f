import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { readAgentTrace } from "../../../../core/notes/agentTrace.ts";
import { describeCommand } from "../../../../server/commands/describe.ts";
import { exportCommand } from "../../../../server/commands/export.ts";
import { passMemory } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import type { Host } from "../../../../server/host.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import type { Store } from "../../../../server/store/store.ts";
import { objectionsTo } from "../../../support/git/billOfMaterials.ts";
import { GitPlayground } from "../../../support/git/repository.ts";
import { plainHashes } from "../desk.ts";
import { batchOf, documentOf, editsBatch } from "../../../support/store/rows.ts";

const none = {
  ...{ reworked: 0, reworkedByHand: 0, testLines: 0, besideTests: 0, sourceLines: 0 },
  ...{ unread: null, readKnown: 0 },
};

suite("kept describe", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });
  let store: Store;
  let written: string;
  const first: string[] = [];

  const options = () => ({
    git,
    resolve: (folder: string) => (folder === "." ? play.at("described") : play.at(folder)),
    openOutput: () => ({ write: (text: string) => (written += text), close: () => 0, discard: () => 0 }),
    openStore: () => store,
    now: () => 1_900_000_000_000,
    openMemory: () => {
      const folder = play.at("kept");
      return passMemory({ host: { uuid: () => "fresh" }, folder, store, hashes: plainHashes });
    },
    host: { now: () => 0, utcOffsetMinutes: () => 0 } as unknown as Host,
  });
  const describe = (...args: string[]) => describeCommand(args, options());

  suiteSetup(() => {
    store = new MemoryStore({ now: () => 1_800_000_000_000, problems: [] });
    play.make("described");
    play.commit("described", "a.ts", "one\n");
    play.run("described", "tag", "v1");
    first.push(play.commit("described", "a.ts", "one\ntwo\nthree\nfour\n"));
    play.write("described", "package-lock.json", "{}\n");
    first.push(play.commit("described", "test/a.test.ts", "t1\nt2\n"));
    // A later commit takes one of the lines away again.
    first.push(play.commit("described", "a.ts", "one\ntwo\nfour\n"));
    const trailer = ["--trailer", "Co-authored-by: Cursor <cursoragent@cursor.com>"];
    first.push(play.commit("described", "b.ts", "b\n", ...trailer));
    first.push(play.commit("described", "c.ts", "c\n"));
    const note = `test/a.test.ts\n  s_0a::t_1 1\n---\n${JSON.stringify({
      schema_version: "authorship/3.0.0",
      prompts: {},
      sessions: { s_0a: { agent_id: { tool: "claude", id: "i", model: "opus" } } },
    })}`;
    play.run("described", "notes", "--ref=ai", "add", "--message", note, first[1]!);
    const uri = pathToFileURL(play.at("described", "a.ts")).href;
    const origin = { kind: "ai", tool: "github-copilot", model: "gpt-5", mode: "chat" } as const;
    const edit = { id: "e1", uri, origin: { ...origin, strength: "exact" as const, conflict: false } };
    store.write({ ...editsBatch(edit), documents: [documentOf({ uri })] });
    store.write(
      batchOf({
        commits: [
          {
            repository: pathToFileURL(play.at("described")).href,
            name: first[0]!,
            at: 1_800_000_000_000,
            files: [{ path: "a.ts", ranges: [{ firstLine: 2, lastLine: 3, editId: "e1" }] }],
          },
        ],
      }),
    );
  });
  suiteTeardown(() => play.remove());

  test("says what is known by Kept itself, by notes and by trailers, and guesses nothing", async () => {
    const { exitCode, stdout } = await describe("v1..HEAD", "--json");
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), {
      from: play.run("described", "rev-parse", "v1"),
      to: first.at(-1),
      reworkedUntil: first.at(-1),
      commits: 5,
      lines: 7,
      byModel: [
        { ...none, tool: "github-copilot", model: "gpt-5", lines: 2, reworked: 1, sourceLines: 2 },
        { ...none, tool: "claude-code", model: "opus", lines: 1, testLines: 1 },
      ],
      // Nobody says it of the line.
      saidByCommit: [{ ...none, tool: "cursor", model: null, lines: 1, sourceLines: 1 }],
      humanLines: 0,
      unknownLines: 3,
      testLines: 2,
      linesSetApart: 1,
    });
  });

  test("is of the last release where no range is given, and of what a name stands for", async () => {
    assert.equal((await describe("--json")).stdout, (await describe("v1", "--json")).stdout);
    const { commits } = JSON.parse((await describe("v1..HEAD~3", "--json")).stdout) as { commits: number };
    assert.equal(commits, 2);
  });

  test("follows the lines of a range that ended earlier to what is checked out, and says how far", async () => {
    const read = async (range: string) => {
      const told = JSON.parse((await describe(range, "--json")).stdout) as {
        reworkedUntil: string;
        byModel: { reworked: number }[];
      };
      return [told.reworkedUntil, told.byModel[0]!.reworked];
    };
    assert.deepEqual(await read("v1..HEAD~4"), [first.at(-1), 1]);
    assert.match((await describe("v1..HEAD~4")).stdout, /\| reworked since \|/);
    // Nothing is known of what comes after a branch that was not merged.
    play.run("described", "branch", "aside", "HEAD~3");
    play.run("described", "checkout", "--quiet", "v1");
    assert.deepEqual(await read("v1..aside"), [first[1], 0]);
    assert.match((await describe("v1..aside")).stdout, /\| reworked within \|/);
    play.run("described", "checkout", "--quiet", first.at(-1)!);
  });

  test("prints Markdown, trailers, CSV and a bill of materials", async () => {
    const markdown = (await describe("v1..")).stdout;
    assert.match(
      markdown,
      /^\| GitHub Copilot \| gpt-5 \| 2 \| 28\.6 % \| 1 \| 0 \| 0 \| 0 of 2 \| unknown \|$/m,
    );
    assert.match(
      markdown,
      /^\| said by the commit's trailer or author: Cursor \| unknown \| 1 \| 14\.3 % \| 0 \| 0 \| 0 \| 0 of 1 \| unknown \|$/m,
    );
    assert.match(markdown, /^\*Said by the commit's trailer or author\*: nobody tells of the single lines/m);
    assert.doesNotMatch((await describe("v1..HEAD~3")).stdout, /trailer or author/);
    assert.match(markdown, /^\| unknown \|  \| 3 \| 42\.9 % \|  \|  \|  \|  \|  \|$/m);
    assert.equal(
      (await describe("v1..", "--format", "trailers")).stdout,
      "Assisted-by: github-copilot:gpt-5\nAssisted-by: claude-code:opus\n",
    );
    assert.match(
      (await describe("v1..", "--format", "csv")).stdout,
      /^ai,claude-code,opus,1,0,0,1,0,0,,0\r$/m,
    );
    assert.match(
      (await describe("v1..", "--format", "csv")).stdout,
      /^saidByCommit,cursor,,1,0,0,0,1,0,,0\r$/m,
    );
    const bom = JSON.parse((await describe("v1..", "--format", "cyclonedx")).stdout) as {
      bomFormat: string;
      specVersion: string;
      components: { type: string; name: string }[];
      metadata: { properties: { name: string; value: string }[] };
    };
    assert.deepEqual(objectionsTo(bom), []);
    assert.notDeepEqual(objectionsTo({ ...bom, components: [{ type: "model" }] }), []);
    assert.deepEqual([bom.bomFormat, bom.specVersion], ["CycloneDX", "1.6"]);
    assert.deepEqual(
      bom.components.map(({ type, name }) => [type, name]),
      [
        ["machine-learning-model", "gpt-5"],
        ["machine-learning-model", "opus"],
      ],
    );
    assert.deepEqual(
      bom.metadata.properties.filter(({ name }) => name.startsWith("kept:saidByCommit")),
      [{ name: "kept:saidByCommit:cursor/unknown", value: "1" }],
    );
  });

  test("says what was reworked by hand, had tests beside it, and was never on screen", async () => {
    play.make("worked");
    play.commit("worked", "readme.md", "words\n");
    play.write("worked", "a.test.ts", "t1\n");
    const made = play.commit("worked", "a.ts", "one\ntwo\nthree\nfour\n");
    const byHand = play.commit("worked", "a.ts", "one\ntyped\nthree\nfour\n");
    const byAi = play.commit("worked", "a.ts", "one\ntyped\nagain\nfour\n");
    play.commit("worked", "a.ts", "one\ntyped\nagain\nnobody knows\n");
    const uri = pathToFileURL(play.at("worked", "a.ts")).href;
    const ai = { kind: "ai", tool: "codex", model: "m", mode: "agent" } as const;
    const human = { kind: "human", tool: null, model: null, mode: null } as const;
    const edit = (id: string, version: number, origin: typeof ai | typeof human) =>
      editsBatch({ id, uri, version, origin: { ...origin, strength: "exact" as const, conflict: false } });
    store.write({ ...edit("w1", 11, ai), documents: [documentOf({ uri })] });
    store.write(edit("w2", 12, human));
    store.write(edit("w3", 13, ai));
    const row = (name: string, firstLine: number, lastLine: number, editId: string) => ({
      repository: pathToFileURL(play.at("worked")).href,
      name,
      at: 1_800_000_000_000,
      files: [{ path: "a.ts", ranges: [{ firstLine, lastLine, editId }] }],
    });
    const commits = [row(made, 1, 4, "w1"), row(byHand, 2, 2, "w2"), row(byAi, 3, 3, "w3")];
    store.write(batchOf({ commits }));
    const read = async () => {
      const { stdout } = await describe(`${made}^..`, "--repo", "worked", "--json");
      return (JSON.parse(stdout) as { byModel: unknown[] }).byModel[0];
    };
    const told = {
      ...{ tool: "codex", model: "m", lines: 5, reworked: 3, reworkedByHand: 1 },
      ...{ testLines: 0, sourceLines: 5, besideTests: 4 },
    };
    // Where nothing was noted as seen, it may be that nothing is noted.
    assert.deepEqual(await read(), { ...told, unread: null, readKnown: 0 });
    store.write(batchOf({ seen: [{ editId: "w1", seen: "[20,0,5]" }] }));
    assert.deepEqual(await read(), { ...told, unread: 3, readKnown: 4 });
    const markdown = (await describe(`${made}^..`, "--repo", "worked")).stdout;
    assert.match(markdown, /\| 3 \| 1 \| 0 \| 4 of 5 \| 3 of 4 \|$/m);
  });

  test("refuses what is no range, no repository and no format", async () => {
    for (const args of [
      ["nowhere"],
      ["--upload-pack=x"],
      ["HEAD..-x"],
      ["a", "b"],
      ["--format", "pdf"],
      ["--repo", "none"],
    ])
      assert.equal((await describe(...args)).exitCode, 2, args.join(" "));
  });

  test("says of a bare repository what makes it readable, which then is so", async () => {
    play.run(".", "clone", "--quiet", "--bare", "described", "bare.git");
    for (const folder of ["bare.git", "bare.git/refs/heads"]) {
      const { exitCode, stdout, stderr } = await describe("v1..HEAD", "--repo", folder);
      assert.deepEqual([exitCode, stdout], [2, ""]);
      assert.match(stderr, /bare.*`git worktree add FOLDER`.*--repo FOLDER/s);
    }
    const made = play.run("bare.git", "worktree", "add", "--quiet", "../tree");
    assert.equal(made, "");
    const { exitCode, stdout, stderr } = await describe("v1..HEAD", "--repo", "tree");
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.match(stdout, /AI/);
  });

  test("goes with an export as Agent Trace that says the same when it is read back", async () => {
    written = "";
    const { exitCode } = await exportCommand(["--format", "agent-trace"], options());
    assert.equal(exitCode, 0);
    const [trace, ...others] = written.trim().split("\n").map(readAgentTrace);
    assert.deepEqual(others, []);
    assert.equal(trace!.revision, first[0]);
    assert.deepEqual(trace!.files, [
      {
        path: "a.ts",
        ranges: [{ start: 2, end: 3, origin: { kind: "ai", tool: "github-copilot", model: "gpt-5" } }],
      },
    ]);
    assert.equal((await exportCommand(["--format", "json", "--repo", "."], options())).exitCode, 2);
  });

  test("has not enough data of a shallow clone, and says what brings the rest", async () => {
    play.run(
      "described",
      "clone",
      "--quiet",
      "--depth=1",
      `file://${play.at("described")}`,
      play.at("shallow"),
    );
    const said = await describe("--repo", "shallow");
    assert.deepEqual([said.exitCode, said.stderr], [0, ""]);
    assert.match(said.stdout, /^Not enough data: the clone is shallow: .*git fetch --unshallow/);
    const asJson = await describe("--repo", "shallow", "--json");
    assert.equal((JSON.parse(asJson.stdout) as { verdict: string }).verdict, "not enough data");
    const asTable = await describe("--repo", "shallow", "--format", "csv");
    assert.deepEqual([asTable.exitCode, asTable.stdout], [1, ""]);
  });
});
