import type { Mutation, Mutations } from "./mutation.ts";

const unit = "test/unit/org";
const sender = "test/unit/server/sync/sender.test.ts";
const store = "test/unit/server/store/store.test.ts";
const canaries = { tests: "test/wire/canaries.test.ts", test: "P4: leave no byte" };

/** For each promise to people, what the code is without what keeps it, and the short test that must then fail. */
export const peopleMutations: Mutations = {
  "P6: who joins again is somebody else": {
    file: "server/sync/joining.ts",
    from: 'secret: secret ?? bytes(32).toString("hex"),',
    to: 'secret: secret ?? Buffer.alloc(Math.min(32, bytes(32).length)).toString("hex"),',
    tests: sender,
    test: "is somebody else after it left and joined again",
  },
  "P6: nothing of before leaves": {
    file: "server/store/sqlite/syncRows.ts",
    from: "AND since <= ? AND EXISTS",
    to: "AND ? > 0 AND EXISTS",
    tests: store,
    test: "lets nothing wait that was made before",
  },
  "P4: a tool's own name stays here": {
    file: "core/sync/coarse.ts",
    from: 'return names.has(tool) ? (tool as ToolName) : "other";',
    to: "return tool as ToolName;",
    tests: sender,
    test: "lets nothing of a document leave",
  },
  "P4: a tool is named by the list alone": {
    file: "core/sync/coarse.ts",
    from: 'return names.has(tool) ? (tool as ToolName) : "other";',
    to: "return tool as ToolName;",
    ...canaries,
  },
  "P4: a model is a tier": {
    file: "core/sync/tallyEvents.ts",
    from: 'tier: tierOf(keys["model"] ?? null)',
    to: 'tier: keys["model"] ?? tierOf(null)',
    ...canaries,
  },
  "P4: a rule of a workspace is nobody else's business": {
    file: "core/sync/tallyEvents.ts",
    from: "const tip = tipNameSchema.safeParse(prompt ?? rule).data;",
    to: "const tip = prompt ?? (tipNameSchema ? rule : undefined);",
    ...canaries,
  },
  "P4: the log of the service tells nobody who sent": {
    file: "org/routes/logs.ts",
    from: "const read = readBatch(decompressed.bytes, startedAt);",
    to: "const read = readBatch(decompressed.bytes, startedAt); request.log.info(String(request.headers.authorization));",
    ...canaries,
  },
  "P7: what was deleted does not come back": {
    file: "org/store/sqlite/sqliteStore.ts",
    from: 'if (deleted === 1) return { kind: "deleted" };',
    to: "",
    tests: `${unit}/identity.test.ts`,
    test: "deletes what was sent under the pseudonym that the key proves",
  },
  "P7: what was deleted leaves no byte": {
    file: "org/store/sqlite/open.ts",
    from: 'setPragma(database, "secure_delete", "ON", 1);',
    to: 'database.pragma("secure_delete = OFF");',
    tests: `${unit}/store/sqlite.test.ts`,
    test: "leaves no byte of what was deleted",
  },
  "P3: a floor of four is refused": {
    file: "org/env.ts",
    from: ".refine((people) => readFloor(people).ok)",
    to: ".refine((people) => people > 0)",
    tests: `${unit}/env.test.ts`,
    test: "refuses what it does not know or cannot use",
  },
  "P5: a pseudonym is another each week": {
    file: "server/sync/pseudonym.ts",
    from: "update(`${org}/${week}`)",
    to: "update(`${org}/${week.slice(0, 0)}`)",
    ...linkedBy("a value that both have"),
  },
  "P5: what a person's devices go by is another each week": {
    file: "org/identity/secrets.ts",
    from: "update(`kept-week/${week}`)",
    to: "update(`kept-week/${week.slice(0, 0)}`)",
    ...linkedBy("a value that both have"),
  },
  "P5: a model that nobody else has is a tier": {
    file: "core/sync/tallyEvents.ts",
    from: 'tier: tierOf(keys["model"] ?? null)',
    to: 'tier: keys["model"] ?? tierOf(null)',
    ...linkedBy("a value that both have"),
  },
  "P5: a tool that nobody else has is another": {
    file: "core/sync/coarse.ts",
    from: 'return names.has(tool) ? (tool as ToolName) : "other";',
    to: "return tool as ToolName;",
    ...linkedBy("a value that both have"),
  },
  "P5: numbers are rounded": {
    file: "core/sync/coarse.ts",
    from: "const digits = 2;",
    to: "const digits = 9;",
    ...linkedBy("the numbers that are nearest"),
  },
  "P5: the id of a record is made of nothing": {
    file: "core/sync/dayEvents.ts",
    from: '"event.id": uuid(),',
    to: '"event.id": uuid().slice(0, 24) + pseudonymOf("").slice(0, 12),',
    ...linkedBy("the ids that are nearest"),
  },
  "P5: no log has pseudonyms in the order in which they came": {
    file: "org/routes/logs.ts",
    from: "const { batch } = read;",
    to: "const { batch } = read; request.log.info(batch.pseudonym);",
    ...linkedBy("the place in the log"),
  },
  "P5: no row lies where it came": {
    file: "org/store/sqlite/migrations/0001-ingest.ts",
    from: "PRIMARY KEY (week, pseudonym, batch_id)\n    ) STRICT, WITHOUT ROWID;",
    to: "PRIMARY KEY (week, pseudonym, batch_id)\n    ) STRICT;",
    ...linkedBy("the place in the table of batches"),
  },
};

function linkedBy(how: string): Pick<Mutation, "tests" | "test"> {
  return {
    tests: "test/unit/server/sync/linking.test.ts",
    test: `P5: are not told apart by ${how}`,
  };
}
