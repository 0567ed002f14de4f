import type { Mutations } from "./mutation.ts";

const sender = "test/unit/server/sync/sender.test.ts";
const outage = "test/unit/server/sync/outage.test.ts";
const store = "test/unit/server/store/store.test.ts";
const transport = "test/unit/server/sync/transport.test.ts";
const delivery = "test/unit/core/sync/delivery.test.ts";
const sink = "test/unit/server/sync/sink.test.ts";
const invitation = "test/unit/server/sync/invitation.test.ts";
const workspaces = "test/unit/server/sync/hostileWorkspaces.test.ts";

/** For each promise of sending, what the code is without what keeps it, and the short test that must then fail. */
export const syncMutations: Mutations = {
  "D1: an edit is frozen once": {
    file: "server/store/sqlite/syncRows.ts",
    from: "      for (const batch of make(days, tallies)) add(batch, now);\n      take(before);\n",
    to: "      for (const batch of make(days, tallies)) add(batch, now);\n",
    tests: store,
    test: "freezes each edit once, whole days alone",
  },
  "D1: the bytes stay the same": {
    file: "server/sync/deliver.ts",
    from: "...asking, body: batch.bytes }",
    to: '...asking, body: Buffer.concat([batch.bytes, process.getBuiltinModule("node:zlib").gzipSync(" ".repeat((globalThis["sendings"] = (globalThis["sendings"] ?? 0) + 1)))]) }',
    tests: sender,
    test: "sends the same bytes until they are taken",
  },
  "D2: an outage that ends is noticed within two hours": {
    file: "core/sync/delivery.ts",
    from: "return isLongOutage(failures, moment.now) && askedMs",
    to: "return moment.now < 0 && askedMs",
    tests: delivery,
    test: "gets all that waits within two hours",
  },
  "D2: what else waits does not come right after": {
    file: "server/sync/sender.ts",
    from: "return true;\n    const now = this.#now();",
    to: "return true;\n    if (left > 0) return true;\n    const now = this.#now();",
    tests: outage,
    test: "sends half of what waits at once",
  },
  "D2: whatever the collector answers ends the wait for it": {
    file: "server/sync/sender.ts",
    from: "dueAt: now, failures: batch.failures",
    to: "dueAt: batch.dueAt, failures: batch.failures",
    tests: outage,
    test: "notices that the collector is there",
  },
  "D3: an answer to something else does not end what was asked for": {
    file: "server/sync/sender.ts",
    from: "if (Number(store.readNote(askedToWaitNote) ?? 0) === batch.dueAt) return;",
    to: "",
    tests: outage,
    test: "waits as it was asked to, whatever else",
  },
  "D2: machines do not come back together": {
    file: "core/sync/delivery.ts",
    from: "return Math.floor(chance * Math.min(longest",
    to: "return Math.floor(Math.ceil(chance) * Math.min(longest",
    tests: delivery,
    test: "is a random part of a time that doubles",
  },
  "D3: what the collector asks for has a limit": {
    file: "core/sync/delivery.ts",
    from: "Math.min(asked, longestRetryAfterMs)",
    to: "Math.min(asked, Infinity)",
    tests: delivery,
    test: "is what the collector asks for, within a day: 1000000000",
  },
  "D3: what the collector asks for is honoured": {
    file: "core/sync/delivery.ts",
    from: "const asked = askedMs(retryAfter, now);",
    to: "const asked = retryAfter === undefined ? askedMs(String(now), now) : undefined;",
    tests: delivery,
    test: "is what the collector asks for, within a day: 3600",
  },
  "D4: what waits is given up with the consent": {
    file: "server/store/sqlite/syncRows.ts",
    from: 'empty("consents", "work_folders", ...outboxes, "batches");',
    to: 'empty("consents", "work_folders", ...outboxes);',
    tests: sender,
    test: "sends nothing more from the moment it may not",
  },
  "D4: deletions go on without consent": {
    file: "server/sync/sender.ts",
    from: "return sync.readConsent() !== undefined || sync.readDeletions().length > 0;",
    to: "return sync.readConsent() !== undefined;",
    tests: sender,
    test: "deletes each week by its proof alone",
  },
  "D5: a number of 64 bits is a text": {
    file: "core/sync/batches.ts",
    from: "value: { intValue: String(value) }",
    to: "value: { intValue: value as unknown as string }",
    tests: sink,
    test: "D5: reads every byte",
  },
  "D5: a record has the fields of OTLP alone": {
    file: "core/sync/batches.ts",
    from: "    eventName: name,\n",
    to: "    eventName: name,\n    ...{ name },\n",
    tests: sink,
    test: "D5: takes 10,000 records",
  },
  "D5: a stock collector is given sums of weeks": {
    file: "server/sync/freeze.ts",
    from: "dayEvents(asWeeks(days), naming)",
    to: "dayEvents(days, naming)",
    tests: sink,
    test: "D5: is given one record for a whole week",
  },
  "D5: nothing asks for Kept's own collector": {
    file: "server/sync/deliver.ts",
    from: 'if (mode === "sink") {',
    to: 'if (mode !== "sink" && credential === "") {',
    tests: sink,
    test: "D5: is asked by the specification alone",
  },
  "D6: a conflict leads to a new name": {
    file: "core/sync/delivery.ts",
    from: '{ step: "rename", failures: { ...failed(0), mistakes: mostMistakes } }',
    to: '{ step: "refuse", reason: answer.reason }',
    tests: sender,
    test: "has a batch sent after 409",
  },
  "D6: what is too large is split": {
    file: "core/sync/delivery.ts",
    from: '      return { step: "split" };',
    to: '      return { step: "rename" };',
    tests: sender,
    test: "has a batch sent,sent after 413",
  },
  "D6: a log-in page is no answer": {
    file: "core/sync/delivery.ts",
    from: 'return answer.isAgreed ? { step: "delivered" } : wait(failed(0));',
    to: 'return { step: "delivered" };',
    tests: sender,
    test: "sends the same bytes until they are taken",
  },
  "S4: a folder's policy can only forbid": {
    file: "core/sync/workFolder.ts",
    from: 'if (policyAllows === false) return { isWork: false, because: "policy" };',
    to: 'if (policyAllows !== null) return { isWork: policyAllows, because: "policy" };',
    tests: workspaces,
    test: "send nothing of theirs",
  },
  "S4: a remote's host is compared from its beginning": {
    file: "core/sync/remotePattern.ts",
    from: "if (!text.startsWith(first)) return false;",
    to: "if (!text.includes(first)) return false;",
    tests: invitation,
    test: "S4: has not https://evil.org",
  },
  "S4: a folder of other machines is nothing a workspace sets": {
    file: "protocol/settings.ts",
    from: 'schema: z.string().max(4096),\n    fallback: "",\n    section: "Several machines",\n    scope: "machine",',
    to: 'schema: z.string().max(4096),\n    fallback: "",\n    section: "Several machines",\n    scope: "window",',
    tests: "test/unit/protocol/settings.test.ts",
    test: "S4: ",
  },
  "S4: a policy that anybody could write is none": {
    file: "server/sync/administratorPolicy.ts",
    from: "(found.uid !== owner || (found.mode & 0o022) !== 0)",
    to: "found.uid < 0",
    tests: invitation,
    test: "S4: is believed only where nobody else",
  },
  "S8: a certificate has to be good": {
    file: "server/sync/transport.ts",
    from: "rejectUnauthorized: true",
    to: "rejectUnauthorized: false",
    tests: transport,
    test: "S8: never with one that has expired",
  },
  "S8: whatever the environment says": {
    file: "server/sync/transport.ts",
    from: "rejectUnauthorized: true, ",
    to: "",
    tests: transport,
    test: "S8: never with one for another host",
  },
  "S6: an address has a scheme, a host and a port alone": {
    file: "server/sync/endpoint.ts",
    from: 'if (url.origin !== text) return "it has more than a scheme, a host and a port";',
    to: "",
    tests: invitation,
    test: "S6: cannot be joined: https://kept.example.org/path",
  },
  "S6: no name leads into the machine": {
    file: "server/sync/endpoint.ts",
    from: 'forbidden.addSubnet("169.254.0.0", 16, "ipv4");',
    to: "",
    tests: invitation,
    test: "S6: of this machine is none that a name may lead to",
  },
};
