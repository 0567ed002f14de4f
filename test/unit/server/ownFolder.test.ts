import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { requestRow } from "../../../server/agents/requestRows.ts";
import { noteOwnFolder, ownPlaceOf, writeOwnFile } from "../../../server/ownFolder/ownFile.ts";
import { OthersReader } from "../../../server/ownFolder/otherMachines.ts";
import { readSummary } from "../../../server/numbers/readSummary.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import { hostAt } from "../../support/hostAt.ts";

const at = Date.UTC(2026, 2, 10, 12);
const host = hostAt(at);

suite("Requests of several machines", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(os.tmpdir(), "kept-own-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  const machine = async (id: number, requests: number) => {
    const store = new MemoryStore({ now: () => at });
    noteOwnFolder(store, folder, () => `${id}1111111-1111-4111-8111-111111111111`);
    const ask = (number: number) =>
      requestRow(
        {
          ...{
            tool: "codex",
            session: `s${id}`,
            id: `r${id} ${number}`,
            at,
            model: "gpt-5",
            isSubagent: false,
          },
          tokens: { input: 1000, output: 10, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 },
          folder: "/secret/place",
        },
        { hashText: (text) => text, utcOffsetMinutes: () => 0, prices: [] },
      );
    const made = Array.from({ length: requests }, (_, number) => ask(number));
    store.requests.write({ requests: made, edits: [] });
    await writeOwnFile(store, ownPlaceOf(store)!, at);
    return store;
  };
  const requestsOf = async (store: MemoryStore, scope: "all" | "workspace") => {
    const question = { days: 7, scope } as const;
    const summary = await readSummary(store, host, question, ["file:///secret/place"], {
      others: new OthersReader(),
    });
    return [summary.requests.requests, summary.requests.tokens.input, summary.otherMachines?.machines];
  };

  test("are added up, the own ones once, and name no place", async () => {
    const one = await machine(1, 2);
    const other = await machine(2, 3);
    assert.deepEqual(await requestsOf(one, "all"), [5, 5000, 1]);
    assert.deepEqual(await requestsOf(other, "all"), [5, 5000, 1]);
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), "utf8");
      assert.ok(text.includes("gpt-5") && !text.includes("secret"), text);
    }
  });

  test("of one workspace are of this machine alone", async () => {
    const one = await machine(1, 2);
    await machine(2, 3);
    assert.deepEqual((await requestsOf(one, "workspace")).slice(0, 2), [2, 2000]);
  });

  test("are written again only where they changed", async () => {
    const one = await machine(1, 2);
    const file = path.join(folder, readdirSync(folder)[0]!);
    const before = readFileSync(file, "utf8");
    await writeOwnFile(one, ownPlaceOf(one)!, at + 60_000);
    assert.equal(readFileSync(file, "utf8"), before);
  });
});
