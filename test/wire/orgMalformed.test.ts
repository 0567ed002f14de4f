import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { problemDocumentSchema } from "../../protocol/collector.ts";
import { requestWith } from "../org/support/batches.ts";
import { makeFolder } from "../org/support/folder.ts";
import { malformedPayloads } from "../org/support/malformed.ts";
import { heldIn, post, startService, type RunningService } from "../org/support/service.ts";

/** Of each kind; the kinds are 32. */
const perGenerator = Number(process.env["KEPT_MALFORMED_PER_KIND"] ?? 20);
const allowedGrowthBytes = 128 * 1024 * 1024;

suite("The service, sent nonsense", function () {
  this.timeout(600_000);
  let remove: () => void;
  let environment: Record<string, string>;
  let service: RunningService;

  suiteSetup(async () => {
    const made = makeFolder();
    remove = made.remove;
    environment = { KEPT_ORG_DATA: made.folder };
    service = await startService(environment);
  });

  suiteTeardown(async () => {
    await service.kill();
    remove();
  });

  test("H1: refuses all of it with a problem that names a field, keeps none of it, and stays useful", async () => {
    const payloads = malformedPayloads(perGenerator);
    assert.ok(
      payloads.length >= 200 && new Set(payloads.map(({ body }) => body.toString("base64"))).size >= 200,
    );
    const memoryBefore = memoryOf(service);
    const statuses: Record<number, number> = {};
    for (const { name, body, encoding } of payloads) {
      const response = await post(
        service.address,
        new Uint8Array(body),
        encoding === undefined ? {} : { "content-encoding": encoding },
      );
      const text = await response.text();
      assert.ok(response.status >= 400 && response.status < 500, `${name}: ${response.status} ${text}`);
      assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/, name);
      const problem = problemDocumentSchema.parse(JSON.parse(text));
      assert.equal(problem.status, response.status, name);
      assert.ok((problem.errors ?? []).length > 0, `${name}: no field is named in ${text}`);
      statuses[response.status] = (statuses[response.status] ?? 0) + 1;
    }
    assert.deepEqual(Object.keys(statuses), ["400", "413", "415"]);
    assert.deepEqual(await heldIn(environment), { batches: 0, events: 0 });
    assert.ok(memoryOf(service) - memoryBefore < allowedGrowthBytes, "memory grew too much");
    assert.deepEqual(
      service.printed.filter((line) => line.includes('"level":50')),
      [],
    );

    const valid = await post(service.address, JSON.stringify(requestWith("valid", 3)));
    assert.equal(valid.status, 200);
    assert.deepEqual(await heldIn(environment), { batches: 1, events: 3 });
  });
});

/** Resident bytes of the process; 0 where the system does not tell that way. */
function memoryOf({ process: { pid } }: RunningService): number {
  if (process.platform !== "linux") {
    return 0;
  }
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}
