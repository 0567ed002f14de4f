import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readCursorScores } from "../../../../server/agents/cursorScores.ts";
import { notesCommand } from "../../../../server/commands/notes.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { addScore, makeCursorTracking } from "../../../support/agents/cursorRecords.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const absent = "ab".repeat(20);
const nothing = { all: 0, agent: 0, tab: 0, people: 0, blank: 0 };

suite("Cursor's own account of commits", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  const git = new Git({ program, environment: process.env, isTrusted: () => true });
  let home: string;
  let file: string;
  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-scores-"));
    file = path.join(home, ".cursor/ai-tracking/ai-code-tracking.db");
  });
  teardown(() => rmSync(home, { recursive: true }));
  suiteTeardown(() => play.remove());

  const databases = { nativeBinding: undefined };
  const readScores = () =>
    readCursorScores({ platform: "linux", userHome: home, environment: {}, databases });

  async function run(...args: string[]) {
    let printed = "";
    const openOutput = () => ({
      write: (text: string) => void (printed += text),
      close: () => {},
      discard: () => {},
    });
    const { stdout } = await notesCommand(args, {
      git,
      resolve: (folder) => play.at(folder),
      openOutput,
      readScores,
    });
    return printed + stdout;
  }

  test("stands beside what notes say, of this repository's commits alone, by its latest count", async () => {
    play.make("scored");
    const first = play.commit("scored", "a.txt", "one\ntwo\n");
    const second = play.commit("scored", "a.txt", "one\n");
    const database = makeCursorTracking(file);
    addScore(database, { sha: first, scoredAt: 2, added: { all: 9, agent: 5, tab: 1, people: 2, blank: 1 } });
    addScore(database, { sha: first, branch: "another", scoredAt: 1, added: { all: 9, people: 9 } });
    addScore(database, { sha: second, added: { all: 3, people: 3 } });
    addScore(database, { sha: absent, added: { all: 7, agent: 7 } });
    const text = await run("--repo", "scored", "--json");
    database.close();
    const answer = JSON.parse(text) as { counts: { sha: string }[]; summary: object; problems: unknown[] };
    assert.deepEqual(
      answer.counts.toSorted((one, other) => (one.sha === first ? -1 : other.sha === first ? 1 : 0)),
      [
        {
          ...{ sha: first, tool: "cursor", linesDeleted: nothing },
          linesAdded: { all: 9, agent: 5, tab: 1, people: 2, blank: 1 },
        },
        { sha: second, tool: "cursor", linesAdded: { ...nothing, all: 3, people: 3 }, linesDeleted: nothing },
      ],
    );
    assert.deepEqual(answer.summary, { commits: 0, lines: 0, byTool: {}, unresolved: 0, overlapping: 0 });
    assert.deepEqual(answer.problems, []);
    assert.doesNotMatch(text, /a prompt|a branch/);
    assert.match(
      await run("--repo", "scored"),
      /^Cursor's own count of 2 commits: of 12 lines added 5 by its agent, 1 by Tab, 5 by people$/m,
    );
  });

  test("is told as far as it is understood, and what is not is counted", () => {
    assert.deepEqual(readScores(), { scores: [], problems: [] });
    const database = makeCursorTracking(file);
    addScore(database, { sha: null, added: { all: 1 } });
    addScore(database, { sha: absent, branch: "1", added: { all: 1, agent: 2 } });
    addScore(database, { sha: "c".repeat(40), added: { all: -1 } });
    addScore(database, { sha: "d".repeat(40), added: { all: "many" } });
    addScore(database, { sha: "e".repeat(64), added: { all: 1, agent: 1 } });
    const { scores, problems } = readScores();
    assert.deepEqual(
      scores.map(({ sha, linesAdded }) => [sha, linesAdded.agent]),
      [["e".repeat(64), 1]],
    );
    const wrong = "lines that are no counts, or are more than all";
    assert.deepEqual(problems.toSorted(), ["a commit without a name", wrong, wrong, wrong]);
    database.exec("ALTER TABLE scored_commits RENAME COLUMN composerLinesAdded TO agentLinesAdded");
    database.close();
    assert.match(readScores().problems[0]!, /no such column/);
    writeFileSync(file, "no database");
    assert.equal(readScores().problems.length, 1);
  });
});
