import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { writeAgentTraces } from "../../../../core/notes/agentTrace.ts";
import { readImport } from "../../../../core/notes/importedLines.ts";
import {
  exportHead,
  exportRows,
  exportTail,
  exportThingHead,
  exportThingTail,
  type ExportRow,
} from "../../../../core/report/exportText.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { ExportFormat } from "../../../../protocol/export.ts";
import { importCommand } from "../../../../server/commands/import.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import type { ImportedNotes } from "../../../../server/notes/importNotes.ts";
import { readNotes } from "../../../../server/notes/readNotes.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

type Answer = ImportedNotes & {
  readonly isWritten: boolean;
  readonly problems: Readonly<Record<string, number>>;
};

/** An export as `kept export` writes it. */
function exported(format: ExportFormat, rows: readonly ExportRow[]): string {
  const parts = [exportHead(format, { kept: "1.0.0", from: null }), exportThingHead(format, "commit")];
  return [...parts, exportRows(format, "commit", rows, 0), exportThingTail(format), exportTail(format)].join(
    "",
  );
}

const row = (name: string, more: ExportRow = {}): ExportRow => ({
  repository: "file:///elsewhere",
  name,
  at: 1,
  path: "a.txt",
  firstLine: 2,
  lastLine: 3,
  editId: "e1",
  kind: "ai",
  tool: "codex",
  model: "m",
  mode: "agent",
  ...more,
});

suite("kept import", () => {
  let play: GitPlayground;
  let [first, second] = ["", ""];
  const absent = "ab".repeat(20);
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });

  setup(() => {
    play = new GitPlayground();
    play.make("here");
    first = play.commit("here", "a.txt", "one\ntwo\nthree\n");
    second = play.commit("here", "a.txt", "one\ntwo\n3\nfour\n");
  });
  teardown(() => play.remove());

  const run = (...args: string[]) =>
    importCommand(args, {
      git,
      resolve: (given) => play.at(given),
      isFolder: (given) => statSync(given, { throwIfNoEntry: false })?.isDirectory() ?? false,
      readUtf8: (file) => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)),
    });
  const answer = async (...args: string[]) =>
    JSON.parse((await run(...args, "--repo", "here", "--json")).stdout) as Answer;
  const file = (text: string) => {
    play.write("", "export", text);
    return "export";
  };
  /** What is said of the lines of commits now, by the reader of every note. */
  async function noted(repository = "here"): Promise<unknown[]> {
    const found: unknown[] = [];
    await readNotes(git, play.at(repository), ({ commit, attribution }) =>
      found.push(
        ...attribution.files.flatMap(({ path, ranges }) =>
          ranges.map(({ start, end, origin }) => [commit, path, start, end, origin]),
        ),
      ),
    );
    return found;
  }
  const codex = { kind: "ai", tool: "codex", model: "m" };

  for (const format of ["json", "csv"] as const)
    test(`shows what notes an export as ${format} makes, writes them when told to, and twice is once`, async () => {
      const source = file(
        exported(format, [row(first), row(second, { firstLine: 1, lastLine: 4 }), row(absent)]),
      );
      const shown = await answer(source);
      assert.deepEqual([shown.isWritten, shown.commits.new, shown.lines], [false, 2, 4]);
      assert.deepEqual(await noted(), []);
      assert.match(
        (await run(source, "--repo", "here")).stdout,
        /would be written: 2, of 4 lines\n {2}codex: 4/,
      );
      const written = await answer(source, "--write");
      assert.deepEqual(written.commits, {
        new: 2,
        alreadySo: 0,
        toldOtherwise: 0,
        notHere: 1,
        nothing: 0,
        failed: 0,
      });
      // Of the second commit two of the four lines are the first one's.
      assert.equal(written.linesLeft, 2);
      const all = await noted();
      assert.deepEqual(
        all.toSorted(),
        [
          [first, "a.txt", 2, 3, codex],
          [second, "a.txt", 3, 4, codex],
        ].toSorted(),
      );
      const again = await answer(source, "--write");
      assert.deepEqual([again.commits.new, again.commits.alreadySo], [0, 2]);
      assert.deepEqual(await noted(), all);
    });

  test("takes Agent Trace, where nobody's and people's lines make no notes", async () => {
    const traces = writeAgentTraces({
      id: "00000000-0000-8000-a000-000000000000",
      timestamp: "2026-01-05T09:00:00.000Z",
      revision: first,
      files: [
        {
          path: "a.txt",
          ranges: [
            { start: 1, end: 1, origin: { kind: "human" } },
            { start: 2, end: 2, origin: { kind: "ai", tool: "codex", model: "m" } },
            { start: 3, end: 3, origin: { kind: "ai", tool: "cursor" } },
          ],
        },
      ],
    });
    const { commits, byTool, linesLeft } = await answer(file(traces.join("\n")), "--write");
    assert.deepEqual([commits.new, byTool, linesLeft], [1, { codex: 1, cursor: 1 }, 1]);
  });

  test("takes the notes of another clone, and leaves those that are here as they are", async () => {
    execFileSync("git", ["clone", "--quiet", play.at("here"), play.at("clone")]);
    await run(file(exported("json", [row(first), row(second)])), "--repo", "clone", "--write");
    play.run("here", "notes", "--ref=ai", "add", "-m", "another tool's", second);
    const { commits } = await answer("clone", "--write");
    assert.deepEqual([commits.new, commits.toldOtherwise], [1, 1]);
    assert.deepEqual(await noted(), [[first, "a.txt", 2, 3, codex]]);
    assert.equal(play.run("here", "notes", "--ref=ai", "show", second), "another tool's");
  });

  test("counts what it does not understand, and believes no line, file or commit that is not there", async () => {
    const rows = [
      row(first, { path: "../../outside" }),
      row(first, { path: "/etc/passwd" }),
      row(first, { firstLine: 3, lastLine: 9_999_999 }),
      row(first, { firstLine: -1 }),
      row("--output=here", {}),
      row(first, { tool: "\u001b]0;evil\u0007co\ndex\u202e", firstLine: 2, lastLine: 2 }),
      row(second, { kind: "human" }),
      row(second, { tool: null }),
    ];
    for (const format of ["json", "csv"] as const) {
      const { commits, problems, lines } = await answer(file(exported(format, rows)));
      assert.deepEqual([commits.new, commits.nothing, lines], [1, 1, 2], format);
      assert.deepEqual(problems, { "a row names no commit, no file or no lines": 2 });
      const { stdout } = await run("export", "--repo", "here");
      assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });

  test("refuses what says nothing of the kind, and more or less than one source", async () => {
    mkdirSync(play.at("folder"));
    for (const args of [
      [],
      ["a", "b"],
      ["absent"],
      ["folder"],
      [file('{"about":{}}')],
      [file("")],
      ["--nonsense"],
    ])
      assert.equal((await run(...args, "--repo", "here")).exitCode, 2, args.join(" "));
    assert.equal((await run(file(exported("json", [row(first)])), "--repo", "folder")).exitCode, 2);
  });

  test("reads 5,000 exports that are wrong in any way without an exception, and no line that is none", () => {
    const random = seededRandom(4711);
    const sound = [
      exported("json", [row("ab".repeat(20)), row("cd".repeat(20), { path: 'a "quoted", name' })]),
      exported("csv", [row("ab".repeat(20)), row("cd".repeat(20), { path: 'a "quoted",\nname' })]),
      '{"vcs":{"type":"git","revision":"REV"},"tool":{"name":"amp"},"files":[{"path":"c","conversations":[{"contributor":{"type":"ai"},"ranges":[{"start_line":1,"end_line":9}]}]}]}'.replace(
        "REV",
        "ab".repeat(20),
      ),
    ];
    assert.ok(sound.every((text) => readImport(text).records > 0));
    let problems = 0;
    for (let count = 0; count < 5000; count++) {
      const text = sound[count % sound.length]!;
      const from = Math.floor(random() * text.length);
      const put = ["", '"', ",", "\n", "null", "-1", "1e99", "{", "\u0000", "../.."][
        Math.floor(random() * 10)
      ]!;
      const read = readImport(text.slice(0, from) + put + text.slice(from + Math.floor(random() * 9)));
      problems += read.problems.size;
      for (const [commit, files] of read.commits) {
        assert.match(commit, /^([0-9a-f]{40}|[0-9a-f]{64})$/);
        for (const { start, end } of files.flatMap(({ ranges }) => ranges))
          assert.ok(start >= 1 && end >= start && Number.isInteger(end));
      }
    }
    assert.ok(problems > 500, `${problems}`);
  });
});
