import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { copilotCli } from "../../../../server/agents/copilotCli.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { RecordFile } from "../../../../server/agents/reading/recordFile.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { requestRow } from "../../../../server/agents/requestRows.ts";
import { copilotCliTelemetry } from "../../../../server/otel/copilotTelemetry.ts";
import { TelemetryRequests } from "../../../../server/otel/telemetryRequests.ts";
import type { ToolRequest } from "../../../../core/tools/toolRecords.ts";
import { MemoryRequests } from "../../../../server/store/memoryRequests.ts";
import {
  addStored,
  makeSessionStore,
  sessionRows,
  usageRow,
  writeCopilotHome,
} from "../../../support/agents/copilotSessions.ts";
import { Found } from "../../../support/agents/found.ts";
import { makeDatabase } from "../../../support/agents/toolDatabases.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const at = Date.UTC(2026, 0, 5, 9);
const databases = { nativeBinding: undefined };
const table = "assistant_usage_events";

suite("Requests of Copilot's command line", () => {
  let home: string;
  let file: string;
  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-copilot-"));
    file = path.join(home, ".copilot", "session-store.db");
  });
  teardown(() => rmSync(home, { recursive: true }));

  const around = () => ({ platform: "linux", userHome: home, environment: {}, databases });
  function look(record: RecordFile): Found {
    const found = new Found();
    record.read(found);
    return found;
  }
  const read = () => look(new RecordFile(file, copilotCli, { databases }));
  const timesOf = ({ requests }: Found) => requests.map((request) => request.at - at);

  test("are what its database has of each, without what was cached", () => {
    const database = makeSessionStore(file);
    addStored(database, sessionRows(at));
    addStored(database, [usageRow(at + 3000, { total_nano_aiu: 8_966_200_000, duration_ms: null })]);
    const { requests, edits, problems } = read();
    database.close();
    const known = { tool: "copilot-cli", session: "s1", mode: "agent", folder: "/work" };
    const tokens = { cacheWrite: 0, cacheWriteLong: 0 };
    const asked = { input: 401, output: 41, cacheRead: 710, reasoning: 6, ...tokens };
    assert.deepEqual([edits, problems], [[], []]);
    assert.deepEqual(
      requests.map(({ id, ...request }) => ({ ...request, row: id.split(" ").at(-1) })),
      [
        { ...known, row: "1", at, model: "gpt-5", tokens: asked, latencyMs: 200, isSubagent: false },
        {
          ...{ ...known, row: "2", at: at + 1000, model: "gpt-5", latencyMs: 156, isSubagent: true },
          tokens: { input: 704, output: 44, cacheRead: 740, reasoning: 9, ...tokens },
        },
        {
          ...{
            ...known,
            row: "3",
            at: at + 2000,
            model: "claude-sonnet-4",
            latencyMs: 34,
            isSubagent: false,
          },
          tokens: {
            input: 301,
            output: 78,
            cacheRead: 1001,
            cacheWrite: 51,
            cacheWriteLong: 0,
            reasoning: 0,
          },
        },
        {
          ...{ ...known, row: "4", at: at + 3000, model: "gpt-5", tokens: asked, isSubagent: false },
          billed: { amount: 0.089662, currency: "USD" },
        },
      ],
    );
  });

  test("are looked for beside its sessions, and nowhere else", () => {
    writeCopilotHome(home, at);
    for (const other of ["logs", "session-state/s1"])
      makeSessionStore(path.join(home, ".copilot", other, "session-store.db")).close();
    const events = path.join(home, ".copilot/session-state/s1/events.jsonl");
    assert.deepEqual(findRecords(copilotCli, around()), [events, file]);
    const environment = { COPILOT_HOME: path.dirname(file) };
    assert.deepEqual(findRecords(copilotCli, { ...around(), userHome: "/nowhere", environment }), [
      events,
      file,
    ]);
  });

  test("are read beside it as it writes, once each, and nothing is where nothing was written", () => {
    const database = makeSessionStore(file);
    addStored(database, sessionRows(at));
    const record = new RecordFile(file, copilotCli, { databases });
    assert.deepEqual(timesOf(look(record)), [0, 1000, 2000]);
    assert.equal(record.read(new Found()), false);
    addStored(database, [usageRow(at + 3000)]);
    database.exec("BEGIN IMMEDIATE");
    addStored(database, [usageRow(at + 4000)]);
    assert.deepEqual(timesOf(look(record)), [3000]);
    database.exec("COMMIT");
    const { mark } = record;
    const later = new RecordFile(file, copilotCli, { databases, mark });
    assert.deepEqual([timesOf(look(record)), timesOf(look(later))], [[4000], [4000]]);
    assert.ok(statSync(`${file}-wal`).size > 0, "it is in the log beside the database");
    database.pragma("journal_mode = DELETE");
    database.exec("BEGIN EXCLUSIVE");
    addStored(database, [usageRow(at + 5000)]);
    assert.match(look(record).problems[0]!, /^0: .*locked/);
    database.exec("COMMIT");
    assert.deepEqual(timesOf(look(record)), [5000]);
    database.close();
  });

  test("of before the time that is asked for are left out, and many are read in their order", () => {
    const database = makeSessionStore(file);
    const count = 1200;
    addStored(
      database,
      Array.from({ length: count }, (_, index) => usageRow(at + index * 1000)),
    );
    database.close();
    const whole = timesOf(read());
    assert.deepEqual([whole.length, whole.at(-1)], [count, (count - 1) * 1000]);
    const since = at + 900_000;
    const watch = new RecordWatch({
      ...{ around: around(), since, requestsSince: since },
      now: () => at + count * 1000,
    });
    const { requests } = wholeLook(watch);
    assert.deepEqual([requests[0]!.at, requests.length], [since, 300]);
  });

  test("have the time of Greenwich, in both ways in which it is written", () => {
    const database = makeSessionStore(file);
    addStored(database, [usageRow(at, { created_at: "2026-01-05 09:00:07" })]);
    addStored(database, [usageRow(at, { created_at: "2026-01-05T09:00:08.250Z" })]);
    addStored(database, [usageRow(at, { created_at: "some day" })]);
    database.close();
    const found = read();
    assert.deepEqual([timesOf(found), found.problems], [[7000, 8250], ["0: no time"]]);
  });

  test("that nobody counted are not understood, instead of none", () => {
    const database = makeSessionStore(file);
    const uncounted = { input_tokens: null, output_tokens: null, reasoning_tokens: null };
    addStored(database, [usageRow(at, uncounted)]);
    for (const wrong of [{ input_tokens: "many" }, { output_tokens: null }, { cache_read_tokens: -1 }])
      addStored(database, [usageRow(at, wrong)]);
    database.close();
    const { requests, problems } = read();
    const unknown = "0: tokens of an unknown form";
    assert.deepEqual(
      [requests, problems],
      [[], ["0: an answer without its tokens", unknown, unknown, unknown]],
    );
  });

  test("of a form that is wrong in any way give no exception, and no count that was not there", () => {
    const [row] = [usageRow(at)];
    const odd = [null, "", -1, 1e300, 0.5, "text", "\u0000", Buffer.from([255, 0]), "__proto__"];
    const database = makeSessionStore(file);
    let tried = 0;
    for (const name of Object.keys(row.values)) {
      for (const value of odd) {
        // It would not be written.
        if (value === null && (name === "model" || name === "session_id")) continue;
        addStored(database, [usageRow(at, { [name]: value })]);
        tried++;
      }
    }
    database.close();
    const { requests, problems } = read();
    assert.equal(requests.length + problems.length, tried);
    assert.ok(problems.length > 30, `${problems.length} of ${tried} were not understood`);
    for (const { tokens, latencyMs = 0, session } of requests) {
      assert.ok(
        Object.values(tokens).every((count) => Number.isInteger(count) && count >= 0 && count <= 1111),
      );
      assert.ok(Number.isInteger(latencyMs) && latencyMs >= 0 && session !== "");
    }
  });

  test("are none where an older version wrote no table of them, and its first ones are found later", () => {
    const database = makeSessionStore(file);
    database.exec(`ALTER TABLE ${table} RENAME TO later; UPDATE schema_version SET version = 2`);
    const record = new RecordFile(file, copilotCli, { databases });
    const { requests, problems } = look(record);
    assert.deepEqual([requests, problems], [[], []]);
    database.exec(`ALTER TABLE later RENAME TO ${table}; UPDATE schema_version SET version = 8`);
    addStored(database, sessionRows(at));
    database.close();
    assert.deepEqual(timesOf(look(record)), [0, 1000, 2000]);
  });

  test("are found out when what is read has another name, or nothing is lost", () => {
    const database = makeSessionStore(file);
    addStored(database, sessionRows(at));
    const told = () => {
      const { requests, problems } = read();
      return { problems, told: JSON.stringify(requests) };
    };
    const sound = told();
    const columns = database.pragma(`table_info(${table})`) as { name: string }[];
    let foundOut = 0;
    for (const { name } of columns) {
      database.exec(`ALTER TABLE ${table} RENAME COLUMN ${name} TO new_${name}`);
      const changed = told();
      assert.ok(changed.told === sound.told || changed.problems.length > 0, name);
      if (changed.problems.length > 0) foundOut++;
      database.exec(`ALTER TABLE ${table} RENAME COLUMN new_${name} TO ${name}`);
    }
    assert.ok(foundOut >= 12, `${foundOut} columns are read`);
    for (const name of [table, "sessions", "schema_version"]) {
      database.exec(`ALTER TABLE ${name} RENAME TO new_name`);
      assert.match(told().problems[0]!, /^0: no such table/, name);
      database.exec(`ALTER TABLE new_name RENAME TO ${name}`);
    }
    assert.deepEqual(told(), sound);
    database.close();
    rmSync(file);
    makeDatabase(file, "CREATE TABLE another (id)").close();
    assert.match(read().problems[0]!, /^0: no such table/);
  });

  for (const first of ["telemetry", "the database"])
    test(`count once where telemetry tells of them, too, and ${first} comes first`, () => {
      const database = makeSessionStore(file);
      addStored(database, sessionRows(at));
      database.close();
      const hashText = (text: string) => createHash("sha256").update(text).digest("base64url");
      const options = { hashText, utcOffsetMinutes: () => 0, prices: [] };
      const store = new MemoryRequests(() => undefined);
      const requests: ToolRequest[] = [];
      const span = (when: number, tokens: readonly [number, number, number]) => {
        const attributes = new Map<string, string | number>([
          ["gen_ai.operation.name", "chat"],
          ["gen_ai.conversation.id", "s1"],
          ["gen_ai.response.model", "gpt-5"],
          ["gen_ai.usage.input_tokens", tokens[0]],
          ["gen_ai.usage.output_tokens", tokens[1]],
          ["gen_ai.usage.cache_read.input_tokens", tokens[2]],
        ]);
        const times = { at: when, startedAt: when - 163 };
        copilotCliTelemetry.read({ signal: "traces", name: "chat", id: "a1", attributes, ...times }, at, {
          request: (request) => requests.push(request),
          began: () => assert.fail(),
          figure: () => assert.fail(),
          problem: (reason) => assert.fail(reason),
        });
      };
      span(at + 5, [1111, 41, 710]);
      span(at + 1002, [1444, 44, 740]);
      // Of another request: it took as much as one that was asked for long before.
      span(at + 3_600_000, [1444, 44, 740]);
      const steps = [
        () => new TelemetryRequests(store, () => options).take({ requests }),
        () => {
          const own = read().requests.map((request) => requestRow(request, options));
          store.write({ requests: own, edits: [] });
        },
      ];
      for (const step of first === "telemetry" ? steps : steps.reverse()) step();
      const everything = { from: "1970-01-01", to: "2999-12-31", workspaces: undefined };
      assert.deepEqual(
        store.newest(everything, 9).map((row) => [row.at - at, row.input, row.cacheRead, row.latencyMs]),
        [
          [3_600_000, 704, 740, 163],
          [2000, 301, 1001, 34],
          [1000, 704, 740, 156],
          [0, 401, 710, 200],
        ],
      );
    });
});
