import assert from "node:assert/strict";
import { readAgentblameNote } from "../../../../core/notes/agentblameNote.ts";
import { readAgentTrace, writeAgentTraces } from "../../../../core/notes/agentTrace.ts";
import { declarationsOf } from "../../../../core/notes/commitTrailers.ts";
import { readEarlyGitAiNote } from "../../../../core/notes/earlyGitAiNote.ts";
import { readGitAiNote, writeGitAiNote } from "../../../../core/notes/gitAiNote.ts";
import { settleClaims } from "../../../../core/notes/lineRanges.ts";
import { originKey } from "../../../../core/origin/originKey.ts";
import { nameInNotes } from "../../../../core/tools/toolName.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

const unknown = { kind: "unknown" } as const;
const human = { kind: "human" } as const;

const metadata = {
  schema_version: "authorship/3.0.0",
  git_ai_version: "1.6.24",
  base_commit_sha: "00".repeat(20),
  prompts: {
    "0123456789abcdef": { agent_id: { tool: "codex", id: "x", model: "unknown" }, overriden_lines: 1 },
    "01234ab": { agent_id: { tool: "cursor", id: "y", model: "m" }, messages: [] },
  },
  humans: { h_31dce776f88375: { author: "Ada Example <ada@example.org>" } },
  sessions: { s_0a: { agent_id: { tool: "claude", id: "z", model: "opus" } } },
  logical_commit_id: "extra",
};
const noteOf = (lines: string, data: unknown = metadata) =>
  `${lines}\n---\n${JSON.stringify(data, null, 2)}\n`;

suite("Notes of git-ai", () => {
  test("name files, lines and authors by every kind of key", () => {
    const note = readGitAiNote(
      noteOf(
        [
          "a.ts",
          "  s_0a::t_1 1-2,9,3",
          "  s_0a 4",
          "  h_31dce776f88375 5",
          "  0123456789abcdef 6",
          "  01234ab 7",
          '"my file.md"',
          "  s_0a::t_2 1",
          "",
        ].join("\n"),
      ),
    );
    const opus = { kind: "ai", tool: "claude-code", model: "opus" };
    assert.deepEqual(note, {
      files: [
        {
          path: "a.ts",
          ranges: [
            { start: 1, end: 4, origin: opus },
            { start: 5, end: 5, origin: human },
            { start: 6, end: 6, origin: { kind: "ai", tool: "codex" } },
            { start: 7, end: 7, origin: { kind: "ai", tool: "cursor", model: "m" } },
            { start: 9, end: 9, origin: opus },
          ],
        },
        { path: "my file.md", ranges: [{ start: 1, end: 1, origin: opus }] },
      ],
      unresolved: 0,
      overlapping: 0,
      problems: [],
    });
  });

  test("make nobody's line AI by a key that they do not explain", () => {
    const keys = ["s_ff::t_1", "fedcba9876543210", "ai_agent", "human", "h_00", "__proto__", "constructor"];
    const note = readGitAiNote(noteOf(["a", ...keys.map((key, at) => `  ${key} ${at + 1}`)].join("\n")));
    assert.equal(note.unresolved, keys.length);
    assert.deepEqual(note.files, [{ path: "a", ranges: [{ start: 1, end: keys.length, origin: unknown }] }]);
  });

  test("give a line that several claim to the last, and count it once", () => {
    const { files, overlapping } = readGitAiNote(
      noteOf("a\n  s_0a::t_1 1-10\n  h_31dce776f88375 4-6\n  01234ab 6-7\na\n  s_0a::t_3 6"),
    );
    assert.equal(overlapping, 4);
    const lines = files[0]!.ranges.map(({ start, end, origin }) => [start, end, origin.kind]);
    assert.deepEqual(lines, [
      [1, 3, "ai"],
      [4, 5, "human"],
      [6, 6, "ai"],
      [7, 7, "ai"],
      [8, 10, "ai"],
    ]);
  });

  test("are read as far as they can be, with a problem each for the rest", () => {
    assert.deepEqual(readGitAiNote("a\n  s_0a 1-3\n").problems, ["the note has no divider"]);
    assert.equal(readGitAiNote("a\n  s_0a 1-3\n").unresolved, 3);
    assert.deepEqual(readGitAiNote("a\n  s_0a 3-1,x,0,2\n---\n{").problems, [
      "what follows the divider is no JSON object",
      "what an entry names is no range of lines (3 times)",
    ]);
    assert.deepEqual(readGitAiNote(noteOf("  s_0a 1", { ...metadata, schema_version: "2" })).problems, [
      "the note has another version than authorship/3",
      "an entry stands before any file",
    ]);
    assert.deepEqual(readGitAiNote(noteOf("")).files, []);
  });

  test("are written so that they are read as they were meant", () => {
    const text = writeGitAiNote({
      writer: "kept",
      commit: "00".repeat(20),
      files: [
        {
          path: "a.ts",
          entries: [
            {
              key: "s_0a::t_1",
              ranges: [
                { start: 3, end: 3 },
                { start: 1, end: 2 },
              ],
            },
          ],
        },
        { path: "my file", entries: [{ key: "h_1", ranges: [{ start: 1, end: 1 }] }] },
        { path: "none", entries: [] },
      ],
      sessions: new Map([["s_0a", { tool: "claude", id: "z", model: "opus" }]]),
      humans: new Map([["h_1", "Ada"]]),
    });
    assert.match(text!, /^a\.ts\n {2}s_0a::t_1 1-3\n"my file"\n {2}h_1 1\n---\n\{\n/);
    const note = readGitAiNote(text!);
    assert.deepEqual(note.problems, []);
    assert.deepEqual(
      note.files.map(({ path, ranges }) => [path, ranges[0]!.end, ranges[0]!.origin.kind]),
      [
        ["a.ts", 3, "ai"],
        ["my file", 1, "human"],
      ],
    );
  });

  test("that are damaged give problems, no exception and nobody's name", () => {
    const random = seededRandom(7);
    const whole = noteOf('a.ts\n  s_0a::t_1 1-2,9\n  h_31dce776f88375 5\n"b c"\n  01234ab 7-19');
    let problems = 0;
    for (let round = 0; round < 10_000; round++) {
      const chars = [...whole];
      for (let times = 1 + Math.floor(random() * 8); times > 0; times--) {
        const at = Math.floor(random() * chars.length);
        const kind = random();
        if (kind < 0.4) chars[at] = String.fromCharCode(Math.floor(random() * 128));
        else if (kind < 0.7) chars.splice(at, 1 + Math.floor(random() * 20));
        else if (kind < 0.9) chars.splice(at, 0, ...chars.slice(at, at + Math.floor(random() * 30)));
        else chars.length = at + 1;
      }
      const text = chars.join("");
      const note = readGitAiNote(text);
      problems += note.problems.length;
      for (const { start, end, origin } of note.files.flatMap(({ ranges }) => ranges)) {
        assert.ok(start >= 1 && end >= start);
        if (origin.kind === "ai") assert.match(text, /"tool"/);
        if (origin.kind === "ai") {
          const said = JSON.stringify(JSON.parse(afterDivider(text)));
          const names = [origin.tool!, nameInNotes(origin.tool!)];
          assert.ok(names.some((name) => said.includes(JSON.stringify(name))));
        }
      }
    }
    assert.ok(problems > 5_000, `${problems}`);
  });
});

function afterDivider(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  return lines.slice(lines.indexOf("---") + 1).join("\n");
}

suite("What other tools leave", () => {
  test("in notes before there were notes", () => {
    const authors = [
      { author: "Ada", lines: [1, [3, 4]] },
      { author: "x", lines: [[5, 9], "z"], agent_metadata: { agent_id: { tool: "cursor", model: "m" } } },
    ];
    const note = readEarlyGitAiNote(
      JSON.stringify({ files: { p: { file: "p", authors } }, schema_version: "authorship/0.0.1" }),
    );
    assert.deepEqual(note.files[0]!.ranges, [
      { start: 1, end: 1, origin: unknown },
      { start: 3, end: 4, origin: unknown },
      { start: 5, end: 9, origin: { kind: "ai", tool: "cursor", model: "m" } },
    ]);
    assert.equal(note.problems.length, 1);
    assert.equal(readEarlyGitAiNote("[").problems.length, 1);
  });

  test("in agentblame's notes, of both spellings", () => {
    const { files, problems } = readAgentblameNote(
      JSON.stringify({
        version: 2,
        attributions: [
          { path: "a", startLine: 1, endLine: 2, category: "ai_generated", provider: "cursor", model: "m" },
          { path: "a", start_line: 4, end_line: 4, category: "ai_generated", provider: "opencode" },
          { path: "a", startLine: 9 },
          null,
        ],
      }),
    );
    assert.deepEqual(
      files[0]!.ranges.map(({ start, origin }) => [start, origin.kind === "ai" && origin.tool]),
      [
        [1, "cursor"],
        [4, "opencode"],
      ],
    );
    assert.deepEqual(problems, ["an attribution has no path or no lines (2 times)"]);
  });

  test("in Agent Trace, written and read back, and read as carelessly as some write it", () => {
    const revision = "ab".repeat(20);
    const cursor = { kind: "ai", tool: "cursor", model: "p/m" } as const;
    const files = [
      {
        path: "a",
        ranges: [
          { start: 1, end: 2, origin: cursor },
          { start: 3, end: 3, origin: { kind: "ai" } as const },
          { start: 4, end: 4, origin: human },
          { start: 5, end: 5, origin: unknown },
        ],
      },
      { path: "b c", ranges: [{ start: 7, end: 9, origin: { kind: "ai", tool: "codex" } as const }] },
    ];
    const given = { id: "0123abcd-0000-8000-a000-000000000000", timestamp: "2026-01-25T10:00:00Z", revision };
    const texts = writeAgentTraces({ ...given, files });
    const traces = texts.map(readAgentTrace);
    for (const read of traces) {
      assert.equal(read.revision, revision);
      assert.deepEqual(read.problems, []);
    }
    assert.equal(new Set(texts.map((text) => (JSON.parse(text) as { id: string }).id)).size, texts.length);
    const lines = traces.flatMap((trace) =>
      trace.files.flatMap(({ path, ranges }) =>
        ranges.map(({ start, end, origin }) => `${path} ${start}-${end} ${originKey(origin)}`),
      ),
    );
    assert.deepEqual(lines.sort(), [
      "a 1-2 ai/cursor/unknown/p%2Fm",
      "a 3-3 ai/unknown/unknown/unknown",
      "a 4-4 human",
      "b c 7-9 ai/codex/unknown/unknown",
    ]);
    const careless = {
      version: "1.0",
      vcs: { revision },
      tool: { name: "cursor" },
      files: [
        {
          path: "a",
          conversations: [
            {
              contributor: { type: "ai", model_id: "m" },
              ranges: [
                { start_line: 1, end_line: 3 },
                { start_line: 2, end_line: 2, contributor: { type: "mixed" } },
              ],
            },
          ],
        },
      ],
    };
    assert.deepEqual(readAgentTrace(JSON.stringify(careless)).files[0]!.ranges, [
      { start: 1, end: 1, origin: { kind: "ai", tool: "cursor", model: "m" } },
      { start: 2, end: 2, origin: unknown },
      { start: 3, end: 3, origin: { kind: "ai", tool: "cursor", model: "m" } },
    ]);
    assert.equal(readAgentTrace("{}").problems.length, 1);
  });

  test("in trailers and in who is the author", () => {
    const of = (author: string, ...trailers: string[]) =>
      declarationsOf({ author, trailers }).map(({ part, origin, share }) => [
        part,
        origin.kind === "ai" && origin.tool,
        origin.kind === "ai" && origin.model,
        share,
      ]);
    const ada = "Ada <ada@example.org>";
    assert.deepEqual(of(ada, "Co-Authored-By: Claude <noreply@anthropic.com>"), [
      ["coauthor", "claude-code", undefined, undefined],
    ]);
    assert.deepEqual(of("copilot <198982749+Copilot@users.noreply.github.com>"), [
      ["author", "github-copilot", undefined, undefined],
    ]);
    assert.deepEqual(of(ada, "Assisted-by: Codex:gpt-5 [clang-tidy]"), [
      ["assisted", "codex", "gpt-5", undefined],
    ]);
    assert.deepEqual(of(ada, "Assisted-by: Claude Code", "Assisted-by: Claude <noreply@anthropic.com>"), [
      ["assisted", "claude-code", undefined, undefined],
      ["assisted", "claude-code", undefined, undefined],
    ]);
    assert.deepEqual(
      of(ada, "AI-Attribution: v=2; status=assisted; method=observed; agent=amp; ratio=0.62; model=m"),
      [["assisted", "amp", "m", 0.62]],
    );
    assert.deepEqual(of(ada, "Entire-Attribution: 73% agent (146/200 lines)"), [
      ["assisted", undefined, undefined, 0.73],
    ]);
    const people = [
      "Co-authored-by: Claude Monet <claude@example.org>",
      "Signed-off-by: Copilot <c@example.org>",
      "Assisted-by: Ada Byron <ada@example.org>",
      "Assisted-by: Claude <claude@example.org>",
      "Assisted-by: Ada",
    ];
    assert.deepEqual(of("Devin <devin@example.org>", ...people, "Entire-Attribution: 0% agent", "x"), []);
  });
});

test("Claims settle as line by line they would", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 300; round++) {
    const claims = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, value) => ({
      value,
      ranges: Array.from({ length: Math.floor(random() * 5) }, () => {
        const start = 1 + Math.floor(random() * 20);
        return { start, end: start + Math.floor(random() * 6) };
      }),
    }));
    const { settled, overlapping } = settleClaims(claims);
    let shared = 0;
    for (let line = 1; line <= 30; line++) {
      const owners = claims.filter(({ ranges }) =>
        ranges.some(({ start, end }) => start <= line && line <= end),
      );
      if (owners.length > 1) shared++;
      const found = settled.filter(({ start, end }) => start <= line && line <= end);
      assert.deepEqual(
        found.map(({ value }) => value),
        owners.slice(-1).map(({ value }) => value),
      );
    }
    assert.equal(overlapping, shared);
  }
});
