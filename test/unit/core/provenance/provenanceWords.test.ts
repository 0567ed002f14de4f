import assert from "node:assert/strict";
import { explanationMarkdown } from "../../../../core/provenance/provenanceExplanation.ts";
import { linesOf, originShares, partsOfLine } from "../../../../core/provenance/provenanceLines.ts";
import {
  ageWords,
  hoverText,
  labelWords,
  escapeMarkdown,
  markdownStyle,
  marks,
  plainStyle,
  sharesTitle,
  type Style,
} from "../../../../core/provenance/provenanceWords.ts";
import { percent } from "../../../../core/percent.ts";
import { claude, human, knownEdit, noon, written } from "./provenanceEdits.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const ai = knownEdit("0a1b2c3d-0000-4000-8000-000000000000", claude, 40);
const typed = knownEdit("typed", human, 5, {
  strength: "inferred",
  evidence: [{ source: "keyboard", strength: "inferred", origin: human, at: noon }],
});

function hover(file: ReturnType<typeof written>, style: Style, index = 0): string {
  const parts = partsOfLine(file.text, linesOf(file.text)[0]!, file.spans, file.readEdit);
  const part = parts[index]!;
  return hoverText(
    part,
    parts.filter((other) => other !== part),
    { spans: file.spans, now: noon + 3 * day, style },
  );
}

suite("The words of a hover", () => {
  test("say who, how sure, when, how much is left and which edit", () => {
    assert.equal(
      hover(written(["const answer = 42;", ai]), markdownStyle),
      "**■ AI** · Claude Code · agent · claude-sonnet-4  \n" +
        "Certain: the editor's own account · 3 days ago · 18 of 40 characters kept · edit 0a1b2c3d",
    );
  });

  test("name who else wrote on the line, as plain text too", () => {
    const file = written(["x = ", typed], ["compute()", ai], [" ?", null]);
    assert.equal(
      hover(file, plainStyle, 1),
      "○ Human\nInferred: it looks like typing · 3 days ago · 4 of 5 characters kept · edit typed\n" +
        "Also on this line: AI Claude Code agent claude-sonnet-4, Unknown",
    );
  });

  test("take nothing in a tool's name for markup", () => {
    const odd = knownEdit("odd", { kind: "ai", tool: "**[x](http://evil)**<img>", model: "a\nb" }, 1);
    assert.equal(
      hover(written(["x", odd]), markdownStyle).split("\n")[0],
      "**■ AI** · \\*\\*\\[x\\](http\\://evil)\\*\\*\\<img\\> · a b  ",
    );
  });

  test("make no link of an address that stands bare in a name", () => {
    assert.equal(
      escapeMarkdown("https://a.example FTP://b www.c.example WWW.d.example e@f.example 10:30"),
      "https\\://a.example FTP\\://b www\\.c.example WWW\\.d.example e\\@f.example 10:30",
    );
  });

  test("say that tools contradict each other", () => {
    const rival = { kind: "ai", tool: "cursor" } as const;
    const disputed = knownEdit("disputed", { kind: "ai" }, 1, {
      conflict: true,
      evidence: [
        { source: "hook", strength: "exact", origin: claude, at: noon },
        { source: "otherHook", strength: "exact", origin: rival, at: noon },
      ],
    });
    const file = written(["x", disputed]);
    assert.match(hover(file, plainStyle), /^■ AI · tool not known\nCertain: .*; tools contradict each other/);
    const parts = partsOfLine(file.text, linesOf(file.text)[0]!, file.spans, file.readEdit);
    const markdown = explanationMarkdown({
      name: "a.ts",
      line: 0,
      parts,
      spans: file.spans,
      shares: [],
      now: noon,
    });
    assert.match(markdown, /Claimed by AI Claude Code agent claude-sonnet-4 and AI Cursor/);
  });
});

suite("The words of an explanation", () => {
  test("list every reason, and say what is not known", () => {
    const file = written(["x = ", typed], ["compute()", ai], [" ?", null]);
    const markdown = explanationMarkdown({
      name: "a_b.ts",
      line: 11,
      parts: partsOfLine(file.text, linesOf(file.text)[0]!, file.spans, file.readEdit),
      spans: file.spans,
      shares: originShares(file.spans, file.readOrigin),
      now: noon + hour,
    });
    assert.match(markdown, /^# Line 12 of a\\_b\.ts\n/);
    assert.match(
      markdown,
      /## ■ AI · Claude Code · agent · claude-sonnet-4\n\n9 characters, 75 % of what can be seen of the line\./,
    );
    assert.match(
      markdown,
      /\*\*Edit 0a1b2c3d-0000-4000-8000-000000000000\*\*, 2026-01-31 13:00:00, 1 hour ago/,
    );
    assert.match(markdown, /- Inserted 40 characters; 9 kept\./);
    assert.match(
      markdown,
      /\| detailedReason \| exact \| AI · Claude Code · agent · claude-sonnet-4 \| 2026-01-31 13:00:00 \|/,
    );
    assert.match(
      markdown,
      /## · Unknown\n\n2 characters, 8 % of what can be seen of the line\.\n\nNo edit is known for 2 characters/,
    );
    assert.match(markdown, /## The whole document\n\n■ AI 60 % \(Claude Code\) ○ Human 27 % · Unknown 13 %/);
  });

  test("sum up the keys of a typed line", () => {
    const keys = Array.from({ length: 9 }, (_, at) => ["k", knownEdit(`key-${at}`, human, 1)] as const);
    const file = written(...keys);
    const markdown = explanationMarkdown({
      name: "a.ts",
      line: 0,
      parts: partsOfLine(file.text, linesOf(file.text)[0]!, file.spans, file.readEdit),
      spans: file.spans,
      shares: [],
      now: noon,
    });
    assert.equal(markdown.match(/\*\*Edit /g)?.length, 5);
    assert.match(markdown, /And 4 more edits: 4 of 4 characters kept\./);
  });
});

suite("The words of a document's shares", () => {
  test("are in the order of size and never say that a little is nothing", () => {
    const file = written(["x".repeat(995), ai], ["y".repeat(5), typed]);
    assert.equal(
      sharesTitle(originShares(file.spans, file.readOrigin)),
      "■ AI >99 % (Claude Code)  ○ Human 1 %",
    );
  });

  test("are none where the origin of nothing is known", () => {
    const file = written(["old", null]);
    assert.equal(sharesTitle(originShares(file.spans, file.readOrigin)), "");
    assert.equal(sharesTitle([]), "");
  });
});

suite("Words for amounts", () => {
  test("give an age in its biggest unit", () => {
    const ages: [number, string][] = [
      [-minute, "just now"],
      [59_999, "just now"],
      [minute, "1 minute ago"],
      [2 * hour - 1, "1 hour ago"],
      [2 * day, "2 days ago"],
      [60 * day, "2 months ago"],
      [400 * day, "1 year ago"],
    ];
    for (const [age, words] of ages) assert.equal(ageWords(age), words);
  });

  test("round a share, but never to all or nothing", () => {
    assert.deepEqual([0, 0.004, 0.5, 0.996, 1].map(percent), ["0 %", "<1 %", "50 %", ">99 %", "100 %"]);
  });

  test("speak of a label only where it did not do what was asked", () => {
    const done = { labelled: 2, leftAlone: 0, unknownChars: 3, recorded: true };
    assert.equal(labelWords(done, "ai"), "");
    assert.match(labelWords({ ...done, leftAlone: 1 }, "ai"), /^An edit reaches far beyond/);
    assert.match(labelWords({ ...done, labelled: 0 }, "ai"), /^Kept knows no edit/);
    assert.match(labelWords({ ...done, labelled: 0, unknownChars: 0 }, "ai"), /^There is no text/);
    assert.match(labelWords({ ...done, recorded: false }, "ai"), /newer Kept/);
    assert.match(labelWords({ ...done, labelled: 0 }, "withdrawn"), /nothing to withdraw/);
  });

  test("have a different mark for every kind", () => {
    assert.equal(new Set(Object.values(marks)).size, Object.keys(marks).length);
  });
});
