import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Surroundings } from "../../../../server/agents/agent.ts";
import { readAllRecords } from "../../../../server/agents/reading/readAll.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { requestRow } from "../../../../server/agents/requestRows.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { writeMadeHome } from "../../../support/agents/madeHome.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

suite("The requests of a home directory", () => {
  let home: string;
  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-home-"));
    writeMadeHome(home, 11, 5);
  });
  teardown(() => rmSync(home, { recursive: true }));

  const surroundings = (): Surroundings => ({ platform: process.platform, userHome: home, environment: {} });

  test("are stored as they are when all is read at once, however often they are read", () => {
    const store = new MemoryStore({ now: () => 0 });
    const options = { hashText: (text: string) => text, utcOffsetMinutes: () => 0, prices: [] };
    const now = () => Date.now();
    for (let time = 0; time < 2; time++) {
      const watch = new RecordWatch({ around: surroundings(), since: Infinity, requestsSince: 0, now });
      const { requests, edits } = wholeLook(watch);
      assert.deepEqual(edits, []);
      store.requests.write({ requests: requests.map((each) => requestRow(each, options)), edits: [] });
      assert.deepEqual(wholeLook(watch).requests, []);
    }
    const stored = store.requests.tasksSince(0);
    const read = readAllRecords(surroundings()).tasks.since(0);
    assert.ok(read.length >= 10);
    assert.deepEqual(
      stored.map(({ tool, requests, input, output, cacheRead, cacheWrite, models, beganAt }) => [
        tool,
        requests,
        input,
        output,
        cacheRead,
        cacheWrite,
        models,
        beganAt,
      ]),
      read.map(({ tool, requests, tokens: { input, output, cacheRead, cacheWrite }, models, startedAt }) => [
        tool,
        requests,
        input,
        output,
        cacheRead,
        cacheWrite,
        models,
        startedAt,
      ]),
    );
    const dollars = (sum: number) => Math.round(sum * 1e4);
    assert.equal(
      dollars(stored.reduce((sum, { costNano }) => sum + costNano, 0) / 1e9),
      dollars(read.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)),
    );
  });

  test("are not told of where nobody asks for them", () => {
    const watch = new RecordWatch({ around: surroundings(), since: 0, now: () => Date.now() });
    const { requests, taskEdits } = wholeLook(watch);
    assert.deepEqual([requests, taskEdits], [[], []]);
  });
});
