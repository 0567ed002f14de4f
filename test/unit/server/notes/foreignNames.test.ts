import assert from "node:assert/strict";
import { describeCommand } from "../../../../server/commands/describe.ts";
import { fateCommand } from "../../../../server/commands/fate.ts";
import { notesCommand } from "../../../../server/commands/notes.ts";
import type { PassMemory } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const commanding = /(?![\n\r])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const evil = "\u001b]0;evil\u0007\u009b31m\u202edrow\nforged: 999 lines";

suite("Names that somebody else wrote into a repository", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });
  const forgetful: PassMemory = {
    of: () => ({ nameOf: (address) => address, uuid: () => "fresh", file: undefined, record: undefined }),
    close: () => undefined,
  };
  const options = {
    git,
    now: () => 1_900_000_000_000,
    resolve: () => play.at("named"),
    openMemory: () => forgetful,
  };

  suiteSetup(() => {
    play.make("named");
    const commit = play.commit("named", "a.ts", "one\ntwo\n");
    const sessions = { s_1: { agent_id: { tool: evil, id: "i", model: `=${evil}` } } };
    const metadata = JSON.stringify({ schema_version: "authorship/3.0.0", sessions });
    play.run("named", "notes", "--ref=ai", "add", "-m", `a.ts\n  s_1::t_1 1-2\n---\n${metadata}`, commit);
    const trailer = `AI-Attribution: v=2; status=assisted; agent=\u001b[31m\u202ered; model=\u009bm`;
    play.commit("named", "b.ts", "b\n", "--trailer", trailer);
    play.commit("named", "c.ts", "c\n", "--trailer", "Assisted-by: \u001b[2J\u202ered:m\u0007");
  });
  suiteTeardown(() => play.remove());

  const commands: Readonly<Record<string, (output: (text: string) => void) => Promise<string>>> = {
    notes: (write) => notes(write),
    "notes --json": (write) => notes(write, "--json"),
    fate: (write) => fate(write),
    "fate --json": (write) => fate(write, "--json"),
    ...Object.fromEntries(
      ["markdown", "trailers", "csv", "cyclonedx", "json"].map((format) => [
        `describe --format ${format}`,
        async (write: (text: string) => void) =>
          (await describeCommand(["--format", format], { ...options, openOutput: () => outputTo(write) }))
            .stdout,
      ]),
    ),
  };
  for (const [name, run] of Object.entries(commands))
    test(`neither command a terminal nor forge a row in kept ${name}`, async () => {
      let written = "";
      const rest = await run((text) => (written += text));
      written += rest;
      assert.match(written, /evil/);
      assert.doesNotMatch(written, commanding);
      assert.doesNotMatch(written, /^forged/m);
      assert.doesNotMatch(written, /(^|,)=/m);
    });

  const outputTo = (write: (text: string) => void) => ({
    write,
    close: () => 0,
    discard: () => 0,
  });
  const notes = async (write: (text: string) => void, ...args: string[]) =>
    (await notesCommand(args, { ...options, openOutput: () => outputTo(write) })).stdout;
  const fate = async (write: (text: string) => void, ...args: string[]) =>
    (await fateCommand(args, { ...options, openOutput: () => outputTo(write) })).stdout;
});
