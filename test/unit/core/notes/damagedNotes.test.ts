import assert from "node:assert/strict";
import { readAgentblameNote } from "../../../../core/notes/agentblameNote.ts";
import { readAgentTrace } from "../../../../core/notes/agentTrace.ts";
import type { Attribution } from "../../../../core/notes/attribution.ts";
import { declarationsOf } from "../../../../core/notes/commitTrailers.ts";
import { readEarlyGitAiNote } from "../../../../core/notes/earlyGitAiNote.ts";
import { shownText } from "../../../../core/report/shownText.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { nameInNotes } from "../../../../core/tools/toolName.ts";

const rounds = 10_000;

/** Letters changed, taken out, doubled, or the end cut off. */
function damaged(whole: string, random: () => number): string {
  const chars = [...whole];
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * chars.length);
    const kind = random();
    if (kind < 0.4) chars[at] = String.fromCharCode(Math.floor(random() * 128));
    else if (kind < 0.7) chars.splice(at, 1 + Math.floor(random() * 12));
    else if (kind < 0.95) chars.splice(at, 0, ...chars.slice(at, at + Math.floor(random() * 20)));
    else chars.length = at + 1;
  }
  return chars.join("");
}

/** JSON that is whole, with values where nobody expects them. */
function perverted(value: unknown, random: () => number): unknown {
  if (random() < 0.08) return [null, -1, 1e12, "x", [], {}, true, { __proto__: 1 }][Math.floor(random() * 8)];
  if (Array.isArray(value)) return value.map((each) => perverted(each, random));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (random() < 0.05) return [];
      return [[random() < 0.05 ? "constructor" : key, perverted(each, random)]];
    }),
  );
}

const trace = {
  version: "0.1.0",
  vcs: { type: "git", revision: "ab".repeat(20) },
  tool: { name: "cursor", version: "2" },
  files: [
    {
      path: "a.ts",
      conversations: [
        {
          contributor: { type: "ai", model_id: "maker/model" },
          ranges: [
            { start_line: 1, end_line: 9 },
            { start_line: 12, end_line: 12, contributor: { type: "human" } },
          ],
        },
      ],
    },
  ],
};
const early = {
  schema_version: "authorship/0.0.1",
  files: {
    "a.ts": {
      file: "a.ts",
      authors: [
        { author: "x", lines: [3, [5, 9]], agent_metadata: { tool: "cursor", model: "maker/model" } },
      ],
    },
  },
};
const agentblame = {
  version: 2,
  attributions: [
    {
      path: "a.ts",
      startLine: 1,
      endLine: 9,
      category: "ai_generated",
      provider: "cursor",
      model: "maker/model",
    },
  ],
};

suite("What other tools leave, damaged", () => {
  const sources: readonly (readonly [string, unknown, (text: string) => Attribution])[] = [
    ["an Agent Trace", trace, readAgentTrace],
    ["a note before there were notes", early, readEarlyGitAiNote],
    ["agentblame's note", agentblame, readAgentblameNote],
  ];
  for (const [name, whole, read] of sources) {
    for (const way of ["letters", "values"] as const) {
      test(`gives problems, no exception and no origin of its own: ${name}, ${way}`, () => {
        const random = seededRandom(way === "letters" ? 11 : 12);
        let [problems, lines] = [0, 0];
        for (let round = 0; round < rounds; round++) {
          const text =
            way === "letters"
              ? damaged(JSON.stringify(whole), random)
              : JSON.stringify(perverted(whole, random));
          const { files, problems: found } = read(text);
          problems += found.length;
          for (const { start, end, origin } of files.flatMap(({ ranges }) => ranges)) {
            lines++;
            assert.ok(Number.isInteger(start) && Number.isInteger(end) && start >= 1 && end >= start);
            if (origin.kind === "ai") {
              // A tool that the text does not name was made up here.
              const said = JSON.stringify(JSON.parse(text));
              assert.ok(
                origin.tool === undefined
                  ? said.includes('"ai"')
                  : [origin.tool, nameInNotes(origin.tool)].some((name) => said.includes(name)),
              );
            }
          }
        }
        assert.ok(problems > rounds / 20 && lines > rounds / 20, `${problems} problems, ${lines} ranges`);
      });
    }
  }

  test("gives no tool that it does not name: trailers and authors", () => {
    const random = seededRandom(13);
    const whole = [
      "Co-authored-by: Cursor <cursoragent@cursor.com>",
      "Co-authored-by: Claude <noreply@anthropic.com>",
      "Assisted-by: codex:gpt-5 [lint]",
      "AI-Attribution: v=2; status=assisted; method=observed; agent=amp; ratio=0.62; model=m",
      "Entire-Attribution: 73% agent (146/200 lines)",
    ];
    let [none, some] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const text = damaged(whole[round % whole.length]!, random);
      const trailers = text.split("\n");
      const found = declarationsOf({ author: "Ada Example <ada@example.org>", trailers });
      if (found.length === 0) none++;
      for (const { origin, share, part } of found) {
        some++;
        assert.equal(origin.kind, "ai");
        assert.notEqual(part, "author");
        if (share !== undefined) assert.ok(share >= 0 && share <= 1);
        const tool = origin.kind === "ai" ? origin.tool : undefined;
        const known = { cursor: /cursor/i, "claude-code": /claude|anthropic/i }[tool ?? ""];
        if (known) assert.match(text, known);
        else if (tool !== undefined)
          assert.ok(shownText(text).toLowerCase().includes(tool.toLowerCase().slice(0, 3)), tool);
      }
    }
    assert.ok(none > rounds / 10 && some > rounds / 10, `${none} of nothing, ${some} declarations`);
  });
});
