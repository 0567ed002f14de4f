import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  healthAnswerSchema,
  ingestAnswerSchema,
  limits,
  problemDocumentSchema,
  readinessAnswerSchema,
  type IngestAnswer,
  type ProblemDocument,
} from "../../../protocol/collector.ts";
import { StoreUnavailableError } from "../../../org/store/store.ts";
import { signInAs } from "../../org/support/visitor.ts";
import { makeApp, testHost, type Answer, type AppForTest } from "../../org/support/app.ts";
import { idOf, recordOf, requestOf, requestWith, today } from "../../org/support/batches.ts";

function problemIn(response: Answer): ProblemDocument {
  assert.match(String(response.headers["content-type"]), /^application\/problem\+json/);
  const problem = problemDocumentSchema.parse(response.json());
  assert.equal(problem.status, response.statusCode);
  return problem;
}

function answerIn(response: Answer): IngestAnswer {
  assert.equal(response.statusCode, 200, response.body);
  return ingestAnswerSchema.parse(response.json());
}

suite("The service", () => {
  let service: AppForTest;
  let aheadMs: number;

  setup(async () => {
    aheadMs = 0;
    service = await makeApp(undefined, { host: { ...testHost, now: () => Date.now() + aheadMs } });
  });

  teardown(() => service.close());

  test("stores a batch, plain or as gzip, and gives a receipt", async () => {
    const plain = await service.post(requestWith("plain", 3));
    assert.deepEqual(answerIn(plain), { receipt: { stored: 3, duplicates: 0, replayed: false } });
    const zipped = await service.post(requestWith("zipped", 2), {
      "content-encoding": "gzip",
      "content-type": "application/json; charset=utf-8",
    });
    assert.deepEqual(answerIn(zipped), { receipt: { stored: 2, duplicates: 0, replayed: false } });
  });

  test("answers the same bytes with the same receipt, however they were packed", async () => {
    const batch = Buffer.from(JSON.stringify(requestWith("first", 2)));
    await service.post(batch);
    const again = await service.post(gzipSync(batch), { "content-encoding": "gzip" });
    assert.deepEqual(answerIn(again), { receipt: { stored: 2, duplicates: 0, replayed: true } });
  });

  test("says that an address is none's, as a page to a reader of pages and as a problem to a program", async () => {
    const page = await service.app.inject({ url: "/coaching/new", headers: { accept: "text/html,*/*" } });
    assert.equal(page.statusCode, 404);
    assert.match(String(page.headers["content-type"]), /^text\/html/);
    assert.match(page.body, /nothing at this address/);
    assert.doesNotMatch(page.body, /aria-label="Console"/);
    const { cookie } = await signInAs(service, "coeLead");
    const known = await service.app.inject({ url: "/nothing", headers: { accept: "text/html", cookie } });
    assert.match(known.body, /aria-label="Console"/);
    assert.equal(problemIn(await service.app.inject({ url: "/coaching/new" })).status, 404);
    const sent = { method: "POST", url: "/coaching/new", headers: { accept: "text/html" } } as const;
    assert.equal(problemIn(await service.app.inject(sent)).status, 404);
  });

  test("refuses other bytes under the same batch id", async () => {
    await service.post(requestWith("first", 1));
    const problem = problemIn(await service.post(requestWith("first", 2)));
    assert.deepEqual([problem.status, problem.type], [409, "urn:kept:problem:batch-conflict"]);
  });

  test("tells which records of a batch it refused, the second time too", async () => {
    const bad = recordOf({ name: "bad", day: today, edits: 1234 });
    const batch = requestOf("mixed", [recordOf({ name: "good", day: today }), bad]);
    const expected = {
      partialSuccess: {
        rejectedLogRecords: "1",
        errorMessage: "1 of 2 records do not have the agreed form.",
      },
      reasons: [
        {
          pointer: "#/resourceLogs/0/scopeLogs/0/logRecords/1/attributes/6/value",
          field: "edits",
          detail: "expected a number rounded to two significant digits",
        },
      ],
    };
    const receipt = { stored: 1, duplicates: 0, replayed: false };
    assert.deepEqual(answerIn(await service.post(batch)), { ...expected, receipt });
    assert.deepEqual(answerIn(await service.post(batch)), {
      ...expected,
      receipt: { ...receipt, replayed: true },
    });
  });

  test("refuses a batch without one good record, and names the field", async () => {
    const bad = requestOf("bad", [recordOf({ name: "bad", day: today, edits: 1234 })]);
    const problem = problemIn(await service.post(bad));
    assert.equal(problem.status, 400);
    assert.equal(problem.errors?.[0]?.field, "edits");
  });

  test("H2: takes a batch of the largest size, and not one record or byte more", async () => {
    assert.equal(
      answerIn(await service.post(requestWith("full", limits.records))).receipt.stored,
      limits.records,
    );
    assert.equal(problemIn(await service.post(requestWith("over", limits.records + 1))).status, 400);
    const text = JSON.stringify(requestWith("padded", 1));
    const padded = (length: number) => Buffer.from(text.padEnd(length));
    assert.equal((await service.post(padded(limits.bodyBytes))).statusCode, 200);
    assert.equal(problemIn(await service.post(padded(limits.bodyBytes + 1))).status, 413);
    const bomb = gzipSync(Buffer.alloc(50 * limits.bodyBytes));
    const packed = await service.post(bomb, { "content-encoding": "gzip" });
    assert.equal(problemIn(packed).status, 413);
  });

  test("lets nobody in without the token, and says so before it reads", async () => {
    for (const authorization of ["", "Bearer wrong", "Basic YTpi", "Bearer ", "bearer"]) {
      const response = await service.post(Buffer.alloc(limits.bodyBytes * 2), { authorization });
      assert.equal(problemIn(response).status, 401);
      assert.equal(response.headers["www-authenticate"], "Bearer");
    }
  });

  test("refuses other media types, other encodings and no body at all", async () => {
    const text = Buffer.from(JSON.stringify(requestWith("first", 1)));
    const statuses = [];
    for (const headers of [
      { "content-type": "application/x-protobuf" },
      { "content-type": "text/plain" },
      { "content-encoding": "br" },
      { "content-encoding": "gzip, gzip" },
    ]) {
      statuses.push(problemIn(await service.post(text, headers)).status);
    }
    statuses.push(problemIn(await service.post(Buffer.alloc(0))).status);
    assert.deepEqual(statuses, [415, 415, 415, 415, 400]);
  });

  test("wants the idempotency key, and that it repeats the batch id", async () => {
    const batch = requestWith("first", 1);
    for (const key of ["", idOf("other")]) {
      const problem = problemIn(await service.post(batch, { "idempotency-key": key }));
      assert.deepEqual([problem.status, problem.errors?.[0]?.field], [400, "idempotency-key"], key);
    }
    const { authorization } = await service.join("without a key");
    const without = await service.app.inject({
      ...{ method: "POST", url: "/v1/logs", payload: JSON.stringify(batch) },
      headers: { authorization, "content-type": "application/json" },
    });
    assert.deepEqual(
      problemIn(without).errors?.map(({ field, detail }) => [field, detail]),
      [["idempotency-key", "required"]],
    );
    assert.equal(answerIn(await service.post(batch, { "idempotency-key": idOf("first") })).receipt.stored, 1);
  });

  test("refuses a packed body by the length that is announced", async () => {
    const { authorization } = await service.join("a large one");
    const answer = await service.app.inject({
      ...{ method: "POST", url: "/v1/logs", payload: Buffer.alloc(limits.compressedBytes + 1) },
      headers: {
        ...{ authorization, "idempotency-key": idOf("large"), "content-encoding": "gzip" },
        "content-type": "application/json",
      },
    });
    assert.deepEqual([problemIn(answer).status, problemIn(answer).errors?.[0]?.field], [413, "body"]);
  });

  test("H3: holds a bounded number of connections, and none that is slow for long", () => {
    const { maxConnections, headersTimeout, requestTimeout } = service.app.server;
    assert.deepEqual(
      { maxConnections, headersTimeout, requestTimeout },
      {
        ...{ maxConnections: 4096, headersTimeout: 10_000, requestTimeout: 30_000 },
      },
    );
  });

  test("has addresses, and methods for them", async () => {
    const problem = problemIn(await service.app.inject("/v2/logs"));
    assert.deepEqual([problem.status, problem.type], [404, "urn:kept:problem:not-found"]);
    const wrongMethod = await service.app.inject({ method: "DELETE", url: "/v1/logs?all=1" });
    assert.equal(problemIn(wrongMethod).status, 405);
    assert.equal(wrongMethod.headers.allow, "POST");
    assert.equal(problemIn(await service.app.inject("/%ZZ")).status, 400);
  });

  test("says that it lives and that it is ready", async () => {
    const health = await service.app.inject("/healthz");
    assert.deepEqual(healthAnswerSchema.parse(health.json()), { status: "alive" });
    const readiness = await service.app.inject("/readyz");
    assert.deepEqual(readinessAnswerSchema.parse(readiness.json()), {
      status: "ready",
      version: "1.2.3",
      contract: "1",
    });
  });

  test("counts what it took and what it refused, and names no field of a stranger's making", async () => {
    await service.post(requestWith("first", 3));
    await service.post(requestWith("first", 3));
    await service.post({ 'kept_evil"}': 1 });
    await service.post(
      requestOf("mixed", [...requestRecords(), recordOf({ name: "bad", day: today, edits: 999 })]),
    );
    const text = (await service.app.inject("/metrics")).body;
    const lines = text.split("\n").filter((line) => /^kept_org_(batches|events|refusals)/.test(line));
    // What it took and what it refused is told later, and not of a single device.
    assert.deepEqual(lines.sort(), ["kept_org_batches_published 0", "kept_org_events_published 0"]);
    for (let device = 0; device < 4; device++) {
      const answer = await service.post({}, await service.join(`device ${device}`));
      assert.equal(answer.statusCode, 400);
    }
    aheadMs = 86_400_000;
    const later = (await service.app.inject("/metrics")).body;
    const told = later.split("\n").filter((line) => /^kept_org_(batches|events|refusals)/.test(line));
    assert.deepEqual(told.sort(), [
      "kept_org_batches_published 0",
      'kept_org_batches_total{result="refused"} 5',
      'kept_org_batches_total{result="replayed"} 1',
      'kept_org_batches_total{result="stored"} 2',
      "kept_org_events_published 0",
      'kept_org_events_total{result="duplicate"} 0',
      'kept_org_events_total{result="refused"} 1',
      'kept_org_events_total{result="stored"} 4',
      'kept_org_refusals_total{field="edits"} 1',
      'kept_org_refusals_total{field="other"} 1',
      'kept_org_refusals_total{field="resourceLogs"} 5',
    ]);
  });

  test("tells browsers to trust nothing but its own stylesheet", async () => {
    const page = await service.app.inject("/sign-in");
    assert.equal(
      page.headers["content-security-policy"],
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'",
    );
    for (const path of ["/", "/sign-in", "/console.css", "/icon.svg", "/readyz", "/nothing"]) {
      assert.equal((await service.app.inject(path)).headers["x-content-type-options"], "nosniff", path);
    }
  });

  test("logs nothing of what was sent, nor who sent it", async () => {
    const secret = "canary-7f3a";
    await service.post(requestOf(secret, [recordOf({ name: "one", day: today, tool: secret })]));
    await service.post(Buffer.from(`{"${secret}": ${secret}`));
    await service.app.inject(`/${secret}?${secret}`);
    await service.post(requestWith("good", 1));
    assert.deepEqual(service.logged, []);
  });
});

suite("A service whose store fails", () => {
  const secret = "canary-7f3a";

  test("answers 500, logs where it happened, and repeats no message", async () => {
    const service = await makeApp((store) => ({
      ...store,
      ingest: () => Promise.reject(new RangeError(`${secret} is out of range`)),
    }));
    const response = await service.post(requestWith(secret, 1));
    const problem = problemIn(response);
    assert.deepEqual([problem.status, problem.type], [500, "urn:kept:problem:internal"]);
    assert.equal(service.logged.length, 1);
    const line = JSON.parse(service.logged[0] ?? "") as { error: { type: string; frames: string[] } };
    assert.equal(line.error.type, "RangeError");
    assert.match(line.error.frames.join("\n"), /app\.test\.ts/);
    const digest = createHash("sha256").update(secret).digest("hex").slice(0, 8);
    for (const leak of [secret, digest, "127.0.0.1"]) {
      assert.ok(!`${service.logged.join("")}${response.body}`.includes(leak), leak);
    }
    await service.close();
  });

  test("answers 503 and when to come back, if it can pass", async () => {
    const service = await makeApp((store) => ({
      ...store,
      ingest: () => Promise.reject(new StoreUnavailableError("SQLITE_FULL", undefined)),
      whyNotReady: () => Promise.resolve("The store is unavailable (SQLITE_FULL)."),
    }));
    const response = await service.post(requestWith("first", 1));
    assert.equal(problemIn(response).status, 503);
    assert.equal(response.headers["retry-after"], "30");
    assert.match(service.logged.join(""), /SQLITE_FULL/);
    const readiness = await service.app.inject("/readyz");
    assert.equal(problemIn(readiness).detail, "The store is unavailable (SQLITE_FULL).");
    const admin = await signInAs(service, "admin");
    assert.match((await admin.get("/service")).body, /not ready[\s\S]*SQLITE_FULL/);
    await service.close();
  });
});

function requestRecords(): ReturnType<typeof recordOf>[] {
  return [recordOf({ name: "another", day: today })];
}
