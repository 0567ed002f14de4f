import assert from "node:assert/strict";
import type { Origin } from "../../../protocol/origin.ts";
import { makeLanguage } from "../../../webview/language.ts";
import { originRows } from "../../../webview/origins.ts";
import { english } from "../../../webview/strings.ts";

const language = makeLanguage("en", english);
const sums = (origin: Origin, insertedChars: number, edits = 50) => ({
  origin,
  edits,
  insertedChars,
  deletedChars: 1,
  keptChars: insertedChars / 2,
});
const tools = (count: number) =>
  Array.from({ length: count }, (_, index) => sums({ kind: "ai", tool: `tool-${index}` }, 100 - index));

suite("The table of origins", () => {
  test("names AI by tool, mode and model as far as they are known", () => {
    const rows = originRows(
      [
        sums({ kind: "ai", tool: "claude-code", mode: "agent", model: "m" }, 30),
        sums({ kind: "ai", tool: "somebody's tool", mode: "nextEdit" }, 20),
        sums({ kind: "ai", model: "m" }, 10),
        sums({ kind: "ai", tool: "  " }, 10),
        sums({ kind: "human" }, 5),
      ],
      language,
    );
    assert.deepEqual(
      rows.map(({ kind, name, detail }) => [kind, name, detail]),
      [
        ["ai", "Claude Code", "agent · m"],
        ["ai", "somebody's tool", "next edit"],
        ["ai", "Tool not known", "m"],
        ["ai", "Tool not known", ""],
        ["human", "Human", ""],
      ],
    );
  });

  test("puts AI first, adds up what is beyond five origins of it, and loses nothing", () => {
    const rows = originRows([sums({ kind: "human" }, 1000), ...tools(8)], language);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ["tool-0", "tool-1", "tool-2", "tool-3", "tool-4", "3 other AI origins", "Human"],
    );
    assert.equal(rows[5]!.insertedChars, 95 + 94 + 93);
    assert.equal(rows[5]!.edits, 150);
  });

  test("shows a sixth origin rather than one that is called other", () => {
    assert.equal(originRows(tools(6), language).length, 6);
    assert.equal(originRows(tools(7), language).length, 6);
  });

  test("gives no share of few edits or of no text", () => {
    const shareOf = (insertedChars: number, edits: number) =>
      originRows([sums({ kind: "ai" }, insertedChars, edits)], language)[0]!.keptShare;
    assert.equal(shareOf(100, 20), 0.5);
    assert.equal(shareOf(100, 19), undefined);
    assert.equal(shareOf(0, 100), undefined);
  });

  test("is empty when nothing was recorded", () => {
    assert.deepEqual(originRows([], language), []);
  });
});
