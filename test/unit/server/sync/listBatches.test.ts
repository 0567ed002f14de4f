import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { listBatches } from "../../../../server/sync/listBatches.ts";
import { copilot } from "../../../support/store/rows.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";

const many = 130;

suite("What is kept of batches", () => {
  let machine: Machine;

  setup(() => {
    machine = makeMachine();
    machine.join("http://127.0.0.1:9");
    machine.edit({ origin: copilot });
    machine.sync.freeze({
      ...{ from: "0000-01-01", before: "9999-12-31" },
      make: () =>
        Array.from({ length: many }, (_, index) => ({
          ...{ id: `batch-${index}`, week: "2026-W05", records: 1 },
          bytes: gzipSync(`{"batch":${index}}`),
        })),
    });
  });
  teardown(() => machine.close());

  test("is listed whole, however much that is, newest first", () => {
    const listed = listBatches(machine.sync);
    assert.equal(listed.length, many);
    assert.deepEqual([listed[0]?.text, listed.at(-1)?.text], [`{"batch":${many - 1}}`, '{"batch":0}']);
  });
});
