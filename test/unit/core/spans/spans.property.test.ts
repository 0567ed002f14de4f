import assert from "node:assert/strict";
import fc from "fast-check";
import { fromCompact, toCompact } from "../../../../core/spans/compactSpans.ts";
import { Spans, type Run } from "../../../../core/spans/spans.ts";
import { seed, sequences } from "../randomEdits.ts";

const anyRun: fc.Arbitrary<Run> = fc.record({
  owner: fc.constantFrom("e1", "e2", undefined),
  length: fc.nat(5),
  restored: fc.constant(false),
});

const anyOperation = fc.record({
  at: fc.nat(1_000),
  deletes: fc.nat(12),
  inserts: fc.oneof(fc.constant(0), fc.nat(9)),
  owner: fc.constantFrom("e1", "e2", "e3", undefined),
  /** Puts back what the last operation took out, instead. */
  restores: fc.boolean(),
});

/** One entry for each code unit. */
type Units = Omit<Run, "length">[];

suite("Spans under any changes", function () {
  this.timeout(0);

  test(`agree with one owner per character (${sequences} sequences, KEPT_SEED=${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(anyRun, { maxLength: 6 }),
        fc.array(anyOperation, { maxLength: 12 }),
        (runs, operations) => {
          const spans = Spans.ofRuns(runs);
          const units: Units = runs.flatMap(toUnits);
          let last: Run[] = [];
          for (const { at, deletes, inserts, owner, restores } of operations) {
            const offset = at % (units.length + 1);
            const deleted = Math.min(deletes, units.length - offset);
            const back = last.map((run) => ({ ...run, restored: run.owner !== undefined }));
            const inserted = restores ? back : [{ owner, length: inserts, restored: false }];
            const removed = restores
              ? spans.restore(offset, deleted, last)
              : spans.replace(offset, deleted, inserts, owner);
            const expected = units.splice(offset, deleted, ...inserted.flatMap(toUnits));
            assert.deepEqual(removed.flatMap(toUnits), expected);
            last = removed;
          }
          assertSame(spans, units);
          assertSame(fromCompact(JSON.parse(JSON.stringify(toCompact(spans))))!, units);
        },
      ),
      { numRuns: sequences, seed },
    );
  });
});

function assertSame(spans: Spans, units: Units): void {
  const runs = spans.runs();
  assert.equal(spans.length, units.length);
  assert.deepEqual(runs.flatMap(toUnits), units);
  runs.forEach((run, index) => {
    const next = runs[index + 1];
    assert.equal(run.end - run.start, run.length);
    assert.ok(run.length > 0);
    assert.ok(!next || next.start === run.end);
    assert.ok(!next || next.owner !== run.owner || next.restored !== run.restored, "alike runs are one");
  });
  for (const owner of ["e1", "e2", "e3"]) {
    const owned = units.filter((unit) => unit.owner === owner);
    const restored = owned.filter((unit) => unit.restored).length;
    assert.deepEqual(spans.ownedBy(owner), { kept: owned.length - restored, restored });
    assert.equal(spans.owners().includes(owner), owned.length > 0);
  }
  const from = units.length >> 2;
  const to = units.length - (units.length >> 3);
  assert.deepEqual(spans.runs(from, to).flatMap(toUnits), units.slice(from, to));
}

function toUnits({ owner, length, restored }: Run): Units {
  return Array.from({ length }, () => ({ owner, restored }));
}
