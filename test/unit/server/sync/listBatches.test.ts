import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { syncCommand } from "../../../../server/commands/sync.ts";
import { listBatches } from "../../../../server/sync/listBatches.ts";
import { copilot } from "../../../support/store/rows.ts";
import { openTestStore } from "../../../support/store/temporaryStore.ts";
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

  const run = (...args: string[]) =>
    syncCommand(args, {
      ...{ host: machine.host, folder: machine.folder },
      openStore: () => openTestStore({ folder: machine.folder, now: machine.now }),
    });

  test("is taken out of here where it was refused, and deleted when the person says so", () => {
    assert.ok(machine.sync.isSender());
    machine.sync.settle({ change: "ended", id: "batch-3", state: "refused", reason: "It answered 400" });
    machine.sync.settle({ change: "ended", id: "batch-4", state: "sent", reason: "" });
    const shown = run("--refused", "--json");
    assert.deepEqual(JSON.parse(shown.stdout), {
      isDeleted: false,
      batches: [
        {
          ...{ id: "batch-3", week: "2026-W05", records: 1, refusedAt: machine.now() },
          ...{ reason: "It answered 400", batch: { batch: 3 } },
        },
      ],
    });
    assert.match(run("--refused").stdout, /2026-W05, 1 record, refused .*It answered 400\n\{"batch":3\}\n/);
    assert.equal(machine.sync.readBatches().length, many);
    assert.match(run("--refused", "--delete").stdout, /\{"batch":3\}[^]*deleted here/);
    assert.ok(!machine.sync.readBatches().some(({ id }) => id === "batch-3"));
    assert.equal(machine.sync.readBatches().length, many - 1);
    assert.equal(run("--refused").stdout, "Nothing was refused.\n");
  });

  test("is not deleted by half a sentence", () => {
    for (const args of [[], ["--delete"], ["--dry-run", "--delete"], ["--dry-run", "--refused"]])
      assert.equal(run(...args).exitCode, 2, args.join(" "));
  });
});
