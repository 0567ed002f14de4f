import assert from "node:assert/strict";
import { hiddenCells, rangeOf, teamRows } from "../../../../core/organisation/teamNumbers.ts";
import type { ProtectedCell } from "../../../../protocol/protection.ts";

const shown = (insertedChars: number, keptChars: number): ProtectedCell => ({
  ...{ state: "shown", people: 6, edits: 10, insertedChars, keptChars },
});
const hidden: ProtectedCell = { state: "hidden", why: "complement" };
const columns = ["codex", "human", "tooling"];
const week = {
  ...{ week: "2026-W14", floor: 5, columns },
  team: { all: shown(1000, 700), cells: [shown(300, 150), shown(600, 500), shown(100, 50)] },
  everybody: { all: shown(9000, 8000), cells: [hidden, shown(6000, 5500), hidden] },
};

suite("Numbers of a team", () => {
  test("stand beside one's own, by tool and origin", () => {
    const own = {
      week: "2026-W14",
      all: { edits: 3, insertedChars: 50, keptChars: 45 },
      columns: {
        codex: { edits: 1, insertedChars: 20, keptChars: 18 },
        human: { edits: 2, insertedChars: 30, keptChars: 27 },
      },
    };
    const [ai, kept, codex, human, tooling] = teamRows(week, own);
    const of = (share: number, all: number) => ({ state: "shown", share, of: all });
    assert.deepEqual(
      [ai?.measure, ai?.column, ai?.team, ai?.own],
      ["aiShare", null, of(300 / 900, 900), of(0.4, 50)],
    );
    assert.deepEqual([kept?.column, kept?.team, kept?.own], [null, of(0.7, 1000), of(0.9, 50)]);
    assert.deepEqual([codex?.team, codex?.everybody], [of(0.5, 300), hidden]);
    assert.deepEqual(human?.team, of(500 / 600, 600));
    assert.deepEqual(tooling?.own, { state: "nothing" });
  });

  test("a sum of which a part is hidden is hidden", () => {
    const [ai] = teamRows(week, undefined);
    assert.deepEqual(ai?.everybody, hidden);
    const withoutTooling = { ...week.team, cells: [shown(300, 150), shown(600, 500), hidden] };
    assert.equal(teamRows({ ...week, team: withoutTooling }, undefined)[0]?.team.state, "shown");
  });

  test("range over the weeks that are shown, of two or more", () => {
    const share = (value: number) => ({ state: "shown", share: value, of: 1 }) as const;
    assert.deepEqual(rangeOf([share(0.4), hidden as never, share(0.2)]), { low: 0.2, high: 0.4 });
    assert.equal(rangeOf([share(0.4)]), undefined);
  });

  test("say how many of their cells are hidden", () => {
    assert.deepEqual(hiddenCells([week, { ...week, team: week.everybody }]), { hidden: 2, of: 8 });
  });
});
