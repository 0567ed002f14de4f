import type { Mutations } from "./mutation.ts";

const unit = "test/unit/org";
const fuzzing = `${unit}/ingest/fuzz.test.ts`;

/** For each promise of the service, what the code is without what keeps it, and the test that must then fail. */
export const orgMutations: Mutations = {
  "H1: what begins with a mark is no JSON": {
    file: "org/ingest/parseJson.ts",
    from: "ignoreBOM: true",
    to: "ignoreBOM: false",
    tests: `${unit}/ingest/readBatch.test.ts`,
    test: "is refused whole when it is not JSON in UTF-8",
  },
  "H2: no more is unpacked than is allowed": {
    file: "org/ingest/decompress.ts",
    from: "{ maxOutputLength: limits.bodyBytes, chunkSize",
    to: "{ chunkSize",
    tests: `${unit}/app.test.ts`,
    test: "takes a batch of the largest size, and not one record or byte more",
  },
  "H3: a place is given back": {
    file: "org/identity/gate.ts",
    from: 'reply.raw.once("close", giveBack).once("finish", giveBack)',
    to: "void giveBack",
    tests: `${unit}/limits.test.ts`,
    test: "is told when to come back",
  },
  "H4: too much is refused": {
    file: "org/limits/tokenBuckets.ts",
    from: "const isAllowed = tokens >= 1;",
    to: "const isAllowed = true;",
    tests: `${unit}/limits.test.ts`,
    test: "is told when to come back",
  },
  "H4: guesses are not looked up for ever": {
    file: "org/identity/gate.ts",
    from: "const wait = limits.strangers.wouldWait(wrongCredential, host.now());",
    to: "const wait = undefined as number | undefined;",
    tests: `${unit}/limits.test.ts`,
    test: "are not looked up for ever, and hold up no device that is known",
  },
  "H5: a batch counts once": {
    file: "org/store/sqlite/sqliteStore.ts",
    from: "if (earlier !== undefined) return outcomeOfRepeat(earlier, batch);",
    to: 'if (earlier !== undefined) database.prepare("DELETE FROM batch").run();',
    tests: `${unit}/store/sqlite.test.ts`,
    test: "gives a batch that comes again the receipt of the first time",
  },
  "H5: an event counts once": {
    file: "org/store/sqlite/sqliteStore.ts",
    from: ".changes === 1,",
    to: ".changes <= 1,",
    tests: `${unit}/store/sqlite.test.ts`,
    test: "counts an event once when it comes again in another batch",
  },
  "H6: what is acknowledged is on the disk": {
    file: "org/store/sqlite/open.ts",
    from: 'setPragma(database, "synchronous", "FULL", 2);',
    to: "",
    tests: `${unit}/store/sqlite.test.ts`,
    test: "is durable at each commit",
  },
  "H7: the quick reading of a record is no laxer than the contract": {
    file: "org/ingest/usualRecord.ts",
    from: " && isCoarse(number)",
    to: "",
    tests: `${unit}/ingest/usualBatch.test.ts`,
    test: "with any one byte changed is read as the schemas read it, or left to them",
  },
  "H7: no more reasons than are told": {
    file: "org/ingest/readBatch.ts",
    from: "read.reasons.push(...outcome.reasons.slice(0, limits.reasons - read.reasons.length));",
    to: "read.reasons.push(...outcome.reasons);",
    tests: fuzzing,
    test: "H7: does what it must with a thousand inputs",
  },
  "H7: what reaches something new is gone on from": {
    file: "test/support/fuzz/fuzz.ts",
    from: "if (tryOne(input)) kept.push(input);",
    to: "tryOne(input);",
    tests: fuzzing,
    test: "H7: finds what lies behind conditions",
  },
  "H8: a damaged backup is not restored": {
    file: "org/transfer/backup.ts",
    from: " || told.data.sha256 !== sha256",
    to: "",
    tests: `${unit}/commandLine.test.ts`,
    test: "restores nothing of a backup that is damaged",
  },
  "P5: a device goes by one pseudonym": {
    file: "org/store/sqlite/sqliteStore.ts",
    from: 'if (claimed !== undefined && claimed !== batch.pseudonym) return { kind: "otherPseudonym" };',
    to: "",
    tests: `${unit}/store/sqlite.test.ts`,
    test: "takes one pseudonym in a week from each device",
  },
  "An invitation is used up": {
    file: "org/store/registry.ts",
    from: "uses_left = uses_left - 1",
    to: "uses_left = uses_left - 0",
    tests: `${unit}/store/sqlite.test.ts`,
    test: "that were let in, as often as the invitation says",
  },
  "A credential ends": {
    file: "org/store/registry.ts",
    from: " AND left_on IS NULL AND expires_on >= $2",
    to: " AND $2 = $2",
    tests: `${unit}/store/sqlite.test.ts`,
    test: "that were let in, as often as the invitation says",
  },
  "A revoked credential is not believed for long": {
    file: "org/identity/gate.ts",
    from: "known.until > host.now()",
    to: "known.until > 0",
    tests: `${unit}/identity.test.ts`,
    test: "believes a revoked credential for half a minute at most",
  },
  "Who leaves is out at once": {
    file: "org/routes/devices.ts",
    from: 'gate.forget(credential);\n      return { status: "left" };',
    to: 'return { status: "left" };',
    tests: `${unit}/identity.test.ts`,
    test: "ends a credential at once when its device leaves",
  },
  "A published week never changes": {
    file: "org/publishWeeks.ts",
    from: "if (published.has(week)) continue;",
    to: 'if (published.has(week)) (store as unknown as { addPublication: unknown }).addPublication = () => { throw new Error("again"); };',
    tests: `${unit}/publishWeeks.test.ts`,
    test: "never changes, whatever arrives or is deleted later",
  },
};
