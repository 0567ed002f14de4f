import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describeCommand } from "../../../../server/commands/describe.ts";
import { fateCommand } from "../../../../server/commands/fate.ts";
import { notesCommand } from "../../../../server/commands/notes.ts";
import { hashesWith } from "../../../../server/deviceKey.ts";
import { openPassMemory } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";
import { openTestStore, temporaryFolder } from "../../../support/store/temporaryStore.ts";

const secret = "canary-5f3a";
const model = "opus";

/** Notes hold prompts, names and addresses. */
const note = [
  "a.ts",
  "  s_0a::t_1 1-2",
  "  h_0b 3",
  "  0123456789abcdef 4",
  "---",
  JSON.stringify({
    schema_version: "authorship/3.0.0",
    base_commit_sha: secret,
    sessions: {
      s_0a: {
        agent_id: { tool: "claude", id: `session ${secret}`, model },
        human_author: `Ada <${secret}@example.org>`,
        custom_attributes: { ticket: secret },
      },
    },
    humans: { h_0b: { author: `Bob ${secret}` } },
    prompts: {
      "0123456789abcdef": {
        agent_id: { tool: "cursor", id: secret, model },
        messages_url: `https://example.org/${secret}`,
        messages: [{ type: "user", text: `please ${secret}` }],
      },
    },
  }),
].join("\n");

suite("The text of a note", () => {
  const play = new GitPlayground();
  const { folder, remove } = temporaryFolder();
  const log: string[] = [];
  const git = new Git({
    program: findGit(process.platform, process.env),
    environment: process.env,
    isTrusted: () => true,
  });
  const options = {
    git,
    resolve: (name: string) => play.at(name),
    openOutput: () => ({ write: (text: string) => log.push(text), close: () => {}, discard: () => {} }),
    now: () => 1_800_100_000_000,
    openMemory: () =>
      openPassMemory({
        host: { uuid: () => "unfinished" },
        folder,
        openStore: () => openTestStore({ folder, log: (line) => log.push(line) }),
        makeHashes: () => hashesWith(Buffer.alloc(32, 7)),
      }),
  };
  suiteTeardown(() => {
    play.remove();
    remove();
  });

  test("is in no table, no file of Kept's and no log, though its lines are known", async () => {
    play.make("noted");
    const trailers = ["--trailer", `Co-authored-by: Cursor ${secret} <cursoragent@cursor.com>`];
    const commit = play.commit("noted", "a.ts", "one\ntwo\nthree\nfour\n", "-m", secret, ...trailers);
    play.run("noted", "notes", "--ref=ai", "add", "-m", note, commit);
    play.run("noted", "notes", "--ref=agentblame", "add", "-m", `{"${secret}`, commit);
    const trace = {
      vcs: { type: "git", revision: "ab".repeat(20) },
      tool: { name: "amp" },
      metadata: { "com.example": secret },
      files: [
        {
          path: "c.ts",
          conversations: [
            {
              url: `https://example.org/${secret}`,
              contributor: { type: "ai" },
              related: [{ type: "session", url: secret }],
              ranges: [{ start_line: 1, end_line: 2, content_hash: secret }],
            },
          ],
        },
      ],
    };
    play.write("noted", ".agent-trace/traces.jsonl", `${JSON.stringify(trace)}\n{"${secret}\n`);

    const printed: string[] = [];
    for (const result of [
      await fateCommand(["--repo", "noted", "--json"], options),
      await fateCommand(["--repo", "noted"], options),
      await describeCommand([commit, "--repo", "noted"], options),
      await notesCommand(["--repo", "noted", "--json"], options),
      await notesCommand(["--repo", "noted"], options),
    ]) {
      assert.equal(result.exitCode, 0, result.stderr);
      printed.push(result.stdout, result.stderr);
    }
    assert.match(printed[0]!, /"ai\/claude-code\/unknown\/opus","lines":2/);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    assert.ok(
      files.some(({ name }) => name.endsWith(".history")) && files.some(({ name }) => name.endsWith(".db")),
      files.map(({ name }) => name).join(),
    );
    for (const file of files) {
      const bytes = readFileSync(path.join(file.parentPath, file.name));
      assert.ok(!bytes.includes(secret), file.name);
      // What is kept of it is there.
      if (file.name.endsWith(".json")) assert.ok(bytes.includes(model));
    }
    for (const text of [...printed, ...log]) assert.ok(!text.includes(secret), text);
  });

  test("is not read where a link leads out of the repository", async () => {
    log.length = 0;
    play.make("linked");
    play.commit("linked", "a.ts", "one\n");
    const outside = play.at("outside");
    mkdirSync(outside);
    const trace = { vcs: { revision: "ab".repeat(20) }, tool: { name: "amp" }, files: [] };
    play.write("outside", "traces.jsonl", `${JSON.stringify(trace)}\n`);
    const read = async () =>
      (await notesCommand(["--repo", "linked", "--json"], options)).stdout + log.splice(0).join("");
    symlinkSync(outside, play.at("linked", ".agent-trace"));
    assert.ok(!(await read()).includes("agent-trace"));
    rmSync(play.at("linked", ".agent-trace"));
    mkdirSync(play.at("linked", ".agent-trace"));
    symlinkSync(path.join(outside, "traces.jsonl"), play.at("linked", ".agent-trace", "traces.jsonl"));
    assert.ok(!(await read()).includes("agent-trace"));
    rmSync(play.at("linked", ".agent-trace", "traces.jsonl"));
    play.write("linked", ".agent-trace/traces.jsonl", `${JSON.stringify(trace)}\n`);
    assert.ok((await read()).includes("agent-trace"));
  });
});
