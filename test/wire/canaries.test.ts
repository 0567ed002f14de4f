import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { agree, readInvitation } from "../../server/sync/joining.ts";
import { networkTransport, type Transport } from "../../server/sync/transport.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startService } from "../org/support/service.ts";
import { recordOf } from "../support/coaching/situation.ts";
import {
  batchOf,
  copilot,
  documentOf,
  editOf,
  requestOf,
  taskEditOf,
  taskOf,
} from "../support/store/rows.ts";
import { canariesIn, makeCanaries, unpacked, type Canary } from "../support/sync/canaries.ts";
import { invite } from "../support/sync/invite.ts";
import { makeMachine, type Machine } from "../support/sync/machine.ts";

const folder = "file:///project";

/** Puts a canary where one of a row's texts stands, and writes the row as the editor's server does. */
const places: readonly ((machine: Machine, canary: Canary, index: number) => void)[] = [
  (machine, { text }) => machine.edit({ origin: { ...copilot, tool: text } }),
  (machine, { text }) => machine.edit({ origin: { ...copilot, model: text } }),
  (machine, { text, mark }) =>
    machine.edit({
      origin: copilot,
      evidence: [
        { source: mark, strength: "exact", origin: JSON.stringify({ tool: text }), at: machine.now() },
      ],
    }),
  (machine, { text }, index) => {
    const uri = `${folder}/${text}`;
    const document = documentOf({ uri, window: text, languageId: text });
    const edit = editOf({
      id: `of a file ${index}`,
      uri,
      window: text,
      version: 2,
      at: machine.now(),
      origin: copilot,
    });
    machine.store.write(batchOf({ documents: [document], edits: [edit] }));
  },
  (machine, { text }, index) => {
    const task = taskOf({ key: `task ${index}`, place: `${folder}/${text}` });
    machine.store.requests.write({
      requests: [requestOf({ key: text, task, at: machine.now() })],
      edits: [],
    });
  },
  (machine, { text }, index) => {
    const task = taskOf({ key: text, tool: text, place: folder });
    const request = { key: `request ${index}`, task, at: machine.now(), model: text, priceVersion: text };
    machine.store.requests.write({ requests: [requestOf(request)], edits: [] });
  },
  (machine, { text }, index) => {
    const task = taskOf({ key: `task with a file ${index}`, place: folder });
    const edit = taskEditOf({ key: text, task, uri: `${folder}/${text}`, at: machine.now() });
    const request = requestOf({ key: `request beside a file ${index}`, task, at: machine.now() });
    machine.store.requests.write({ requests: [request], edits: [edit] });
  },
  (machine, { text }, index) => {
    const rule = index % 2 === 0 ? text : `C${10 + Math.floor(index / places.length)}`;
    const tip = recordOf({ id: text, rule, message: text, at: machine.now() });
    const written = { folders: [folder], at: machine.now(), utcOffsetMinutes: 0 };
    machine.store.coaching.writeTips([{ ...tip, state: "seen" }], written);
  },
  (machine, { text }, index) => {
    machine.edit({ id: `committed ${index}`, origin: copilot });
    const ranges = [{ firstLine: 1, lastLine: 2, editId: `committed ${index}` }];
    const commit = { repository: folder, name: text, at: machine.now(), files: [{ path: text, ranges }] };
    machine.store.write(
      batchOf({
        commits: [commit],
        stages: [
          { editId: `committed ${index}`, stage: "accepted", outcome: "accepted" },
          { editId: `committed ${index}`, stage: "committed", outcome: "committed" },
        ],
        drops: [{ name: text, count: 1 }],
      }),
    );
  },
];

suite("Five hundred secrets", function () {
  this.timeout(120_000);

  test("P4: leave no byte in what waits, in what is sent, at the organisation or in its log", async () => {
    const canaries = makeCanaries(500);
    const org = makeFolder();
    const environment = { KEPT_ORG_DATA: org.folder, KEPT_ORG_LOG: "debug" };
    const service = await startService(environment);
    const sent: (Buffer | string)[] = [];
    const network = networkTransport({
      proxyFor: () => undefined,
      signal: () => new AbortController().signal,
    });
    const transport: Transport = (request) => {
      sent.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      sent.push(unpacked(request.body ?? new Uint8Array(), request.headers["content-encoding"]));
      return network(request);
    };
    const machine = makeMachine({ at: Date.now() - 2 * 86_400_000, transport });
    try {
      const read = readInvitation(await invite(environment, service.address));
      assert.ok(read.ok);
      agree(read.invitation, { host: machine.host, store: machine.store, bytes: randomBytes });
      machine.sync.setWorkFolder(folder, machine.now());
      await machine.sendAll();
      for (const [index, canary] of canaries.entries()) {
        places[index % places.length]!(machine, canary, index);
      }
      machine.tomorrow();
      await machine.sendAll();
      const batches = machine.sync.readBatches();
      const waited = batches.map(({ bytes }) => unpacked(bytes, "gzip"));
      await service.stop();

      const names = new Set(waited.flatMap((body) => body.toString().match(/"eventName":"([^"]+)"/g) ?? []));
      assert.deepEqual(
        [...names].sort(),
        ["kept.day", "kept.funnel", "kept.requests", "kept.tip"].map((name) => `"eventName":"${name}"`),
      );
      assert.deepEqual([...new Set(batches.map(({ state, reason }) => `${state} ${reason}`))], ["sent "]);
      assert.deepEqual(canariesIn(canaries, waited), [], "what waited");
      assert.deepEqual(canariesIn(canaries, sent), [], "what was sent");
      assert.deepEqual(canariesIn(canaries, filesIn(org.folder)), [], "what the organisation has");
      const printed = service.printed.join("\n");
      assert.deepEqual(canariesIn(canaries, [printed]), [], "what its log has");
      assert.ok(!printed.includes(machine.consent()?.credential ?? "kept_device_"), "who sent is in no log");
      // Else the search would prove nothing.
      assert.equal(
        canariesIn(canaries, filesIn(machine.folder)).length,
        canaries.length,
        "what the machine has",
      );
    } finally {
      await service.kill();
      machine.close();
      org.remove();
    }
  });
});

function filesIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
}
