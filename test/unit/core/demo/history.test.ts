import assert from "node:assert/strict";
import { demoHistory, type DemoEdit } from "../../../../core/demo/history.ts";
import { sampleTimes } from "../../../../core/retention/sampleTimes.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";

const lastDay = "2026-11-20";
const dayCount = 120;
const history = demoHistory({ lastDay, dayCount }, seededRandom(20));
const days = [...new Set(history.map(({ day }) => day))].sort();

const isAi = ({ origin }: DemoEdit) => origin.kind === "ai";
const dayBack = (back: number) =>
  new Date(Date.parse(`${lastDay}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
const between = (from: number, to: number) =>
  history.filter(({ day }) => day >= dayBack(from) && day < dayBack(to));
const kept = (edits: readonly DemoEdit[]) =>
  edits.reduce((sum, { keptChars }) => sum + keptChars, 0) /
  edits.reduce((sum, { insertedChars }) => sum + insertedChars, 0);

suite("The made-up history", () => {
  test("is the same at every call, and nothing in it is impossible", () => {
    assert.deepEqual(demoHistory({ lastDay, dayCount }, seededRandom(20)), history);
    for (const { insertedChars, keptChars, hour, minute } of history) {
      assert.ok(keptChars >= 0 && keptChars <= insertedChars);
      assert.ok(hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
    }
    assert.ok(days.every((day) => day > dayBack(dayCount) && day <= lastDay));
  });

  test("has several tools that start one after the other, and one with too little to say anything", () => {
    const first = new Map<string, string>();
    const edits = new Map<string, number>();
    for (const { origin, day } of history) {
      if (origin.kind !== "ai" || origin.tool === undefined) continue;
      if (!first.has(origin.tool)) first.set(origin.tool, day);
      edits.set(origin.tool, (edits.get(origin.tool) ?? 0) + 1);
    }
    assert.deepEqual([...first.keys()], ["github-copilot", "claude-code", "cursor", "codex"]);
    assert.ok(edits.get("codex")! > 0 && edits.get("codex")! < 20, String(edits.get("codex")));
  });

  test("has weekends, a week of holidays, and a week that went wrong for AI alone", () => {
    assert.equal(between(49, 42).length, 0);
    const weekend = history.filter(({ day }) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
    assert.ok(weekend.length < history.length / 10);
    const wrong = between(23, 18);
    assert.ok(kept(wrong.filter(isAi)) < kept(between(15, 0).filter(isAi)) - 0.1);
    const typed = (edits: readonly DemoEdit[]) => edits.filter(({ origin }) => origin.kind === "human");
    assert.ok(Math.abs(kept(typed(wrong)) - kept(typed(history))) < 0.1);
  });

  test("is kept less while a tool is learnt, and more once it is", () => {
    const byClaude = history.filter(({ origin }) => origin.kind === "ai" && origin.tool === "claude-code");
    const learning = byClaude.filter(({ day }) => day < dayBack(75));
    const learnt = byClaude.filter(({ day }) => day >= dayBack(15));
    assert.ok(kept(learnt) > kept(learning) + 0.05, `${kept(learnt)} ${kept(learning)}`);
  });

  test("follows edits of AI to what is kept of them, and never back", () => {
    for (const { insertedChars, keptChars, followed } of history.filter(isAi)) {
      const arcs = followed!.samples.map(({ arc }) => arc);
      assert.equal(arcs.length, sampleTimes.length);
      assert.deepEqual([arcs[0], arcs.at(-1)], [insertedChars, keptChars]);
      assert.deepEqual(
        arcs,
        [...arcs].sort((one, other) => other - one),
      );
    }
    assert.ok(history.filter((edit) => !isAi(edit)).every(({ followed }) => followed === undefined));
  });
});
