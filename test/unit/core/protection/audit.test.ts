import assert from "node:assert/strict";
import { audit, type AuditContributor } from "../../../../core/protection/audit.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { ProtectedCell, PublishedTable } from "../../../../protocol/protection.ts";
import { exposedGroup } from "../../../support/protection/attacker.ts";
import { teamName, type Member } from "../../../support/protection/organisation.ts";

const needed = 5;

/** Few people, and places shown or hidden by chance: most such tables expose somebody, some do not. */
function randomTable(seed: number): {
  people: Member[];
  table: PublishedTable;
  rows: number;
  columns: number;
} {
  const random = seededRandom(seed);
  const rows = 1 + Math.floor(random() * 3);
  const columns = 1 + Math.floor(random() * 3);
  const people = Array.from({ length: 5 + Math.floor(random() * 8) }, (_, index): Member => {
    const amounts = new Map(
      Array.from({ length: 1 + Math.floor(random() * columns) }, () => [
        `tool${Math.floor(random() * columns)}`,
        { edits: 1, insertedChars: 1, keptChars: 1 },
      ]),
    );
    return { id: `m${index}`, team: teamName(Math.floor(random() * rows)), activeDays: 5, amounts };
  });
  const shownShare = random();
  const names = Array.from({ length: columns }, (_, column) => `tool${column}`);
  const cell = (size: number): ProtectedCell =>
    random() < shownShare && size >= needed
      ? { state: "shown", people: size, edits: 0, insertedChars: 0, keptChars: 0 }
      : { state: "hidden", why: "fewPeople" };
  const line = (some: readonly Member[]) => ({
    all: cell(some.length),
    cells: names.map((name) => cell(some.filter(({ amounts }) => amounts.has(name)).length)),
  });
  const teams = Array.from({ length: rows }, (_, row) => ({
    team: teamName(row),
    line: line(people.filter(({ team }) => team === teamName(row))),
  }));
  return {
    people,
    table: { week: "2026-W47", floor: 5, columns: names, total: line(people), teams },
    rows,
    columns,
  };
}

function auditOf({ people, table, rows, columns }: ReturnType<typeof randomTable>) {
  const isShown = (cell: ProtectedCell | undefined) => cell?.state === "shown";
  return audit({
    contributors: people.map(({ team, amounts }): AuditContributor => ({
      row: table.teams.findIndex((each) => each.team === team),
      shares: new Map([...amounts.keys()].map((name) => [table.columns.indexOf(name), [1]])),
    })),
    rows,
    columns,
    needed,
    shown: {
      cell: (row, column) => isShown(table.teams[row]?.line.cells[column]),
      rowSum: (row) => isShown(table.teams[row]?.line.all),
      columnSum: (column) => isShown(table.total.cells[column]),
      total: isShown(table.total.all),
    },
  });
}

suite("The audit", () => {
  test("agrees with linear algebra over every small group of a dozen people", function () {
    this.timeout(60_000);
    let passed = 0;
    let derived = 0;
    for (let seed = 1; seed <= 1500; seed++) {
      const made = randomTable(seed);
      const result = auditOf(made);
      const exposed = exposedGroup(made.people, made.table, needed);
      if (result.passes) {
        passed++;
        assert.equal(exposed, undefined, `seed ${seed}: a false pass`);
      } else if (result.finding !== "dominated") {
        if (result.finding === "derived") derived++;
        assert.notEqual(exposed, undefined, `seed ${seed}: refused (${result.finding}) without a reason`);
      }
    }
    assert.ok(passed > 100 && derived > 20, `${passed} passed, ${derived} derived`);
  });

  test("sees what needs more than one sum and its parts", () => {
    // Two small places at the corner of two sums: neither sum's rest is small, their difference is of two people.
    const of = (row: number, column: number, count: number): AuditContributor[] =>
      Array.from({ length: count }, () => ({ row, shares: new Map([[column, [1]]]) }));
    const contributors = [
      ...[of(0, 0, 20), of(0, 1, 1), of(1, 0, 1), of(1, 1, 20)].flat(),
      ...[of(2, 0, 20), of(2, 1, 20)].flat(),
    ];
    const result = audit({
      contributors,
      rows: 3,
      columns: 2,
      needed,
      shown: { cell: (row) => row === 2, rowSum: () => true, columnSum: () => true, total: true },
    });
    assert.deepEqual(result, { passes: false, finding: "derived" });
  });

  test("refuses a shown number about too few, and one that is mostly one person's", () => {
    const of = (...values: number[]) =>
      audit({
        contributors: values.map((value) => ({ row: 0, shares: new Map([[0, [value]]]) })),
        rows: 1,
        columns: 1,
        needed,
        shown: { cell: () => true, rowSum: () => true, columnSum: () => true, total: true },
      });
    assert.deepEqual(of(1, 1, 1, 1), { passes: false, finding: "smallGroup" });
    assert.deepEqual(of(9, 1, 1, 1, 1), { passes: false, finding: "dominated" });
    assert.deepEqual(of(1, 1, 1, 1, 1), { passes: true });
  });

  test("refuses what it cannot prove", () => {
    const shown = { cell: () => false, rowSum: () => false, columnSum: () => false, total: false };
    const result = audit({ contributors: [], rows: 1, columns: 30, needed, shown });
    assert.deepEqual(result, { passes: false, finding: "tooWide" });
  });
});
