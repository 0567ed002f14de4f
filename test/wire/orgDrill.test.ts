import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import path from "node:path";
import { readSettings } from "../../org/env.ts";
import { isoWeekOf } from "../../org/ingest/isoWeek.ts";
import { openStore } from "../../org/store/open.ts";
import type { Store } from "../../org/store/store.ts";
import { digestOf } from "../../org/transfer/backup.ts";
import { ingestAnswerSchema, limits } from "../../protocol/collector.ts";
import { endpoints } from "../../protocol/endpoints.ts";
import { bundleEnvelopeSchema } from "../../protocol/bundle.ts";
import { teamAnswerSchema } from "../../protocol/enrolment.ts";
import { batchOf, eventOf, pseudonymOf, requestWith, today } from "../org/support/batches.ts";
import { runIn } from "../org/support/commandLine.ts";
import { secretOf } from "../org/support/devices.ts";
import { makeFolder } from "../org/support/folder.ts";
import { startPostgres, type RunningPostgres } from "../org/support/postgres.ts";
import { letIn, post, startService } from "../org/support/service.ts";
import { publishMadeWeeks } from "../org/support/weeks.ts";

type Environment = Readonly<Record<string, string>>;

/** Of people in a week that is not over yet, besides the published ones. */
const events = Number(process.env["KEPT_DRILL_EVENTS"] ?? 20_000);
const teams = [
  { team: "Payments", people: 9, tools: ["codex", "cursor"], kept: 0.7 },
  { team: "Search", people: 8, tools: ["claude-code"], kept: 0.8 },
];

suite("A service that is lost, and restored from its backup", function () {
  this.timeout(900_000);
  let folder: string;
  let remove: () => void;
  let postgres: RunningPostgres;

  suiteSetup(async () => {
    ({ folder, remove } = makeFolder());
    postgres = await startPostgres();
  });

  suiteTeardown(async () => {
    await postgres.stop();
    remove();
  });

  const placeFor = async (name: string, engine: "SQLite" | "PostgreSQL"): Promise<Environment> => ({
    KEPT_ORG_DATA: path.join(folder, name),
    ...(engine === "PostgreSQL" ? { KEPT_ORG_DATABASE_URL: await postgres.makeDatabase() } : {}),
  });

  async function command(environment: Environment, ...words: string[]): Promise<string> {
    const { code, out, err } = await runIn(folder, words, environment);
    assert.equal(code, 0, err.join("\n"));
    return out[0] ?? "";
  }

  async function inStore<Result>(
    environment: Environment,
    work: (store: Store) => Promise<Result>,
  ): Promise<Result> {
    const read = readSettings(environment, { homeFolder: folder, platform: process.platform });
    assert.ok(read.ok);
    const { store } = await openStore(read.settings);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** A year's beginning: people in teams, published weeks, prompts that were signed, acts, and a week on its way. */
  async function fill(environment: Environment): Promise<void> {
    await letIn(environment);
    await inStore(environment, async (store) => {
      await publishMadeWeeks(store, teams, 3);
      for (let batch = 0; batch < events / limits.records; batch++) {
        const name = `filler ${batch}`;
        const made = Array.from({ length: limits.records }, (_, index) => eventOf(`${name} ${index}`));
        const person = { pseudonym: pseudonymOf(name), tag: pseudonymOf(`tag ${name}`) };
        const outcome = await store.ingest(batchOf(name, made, { ...person, week: isoWeekOf(today) }));
        assert.equal(outcome.kind, "stored");
      }
    });
    await command(environment, "token", "--team", "Payments");
    await command(environment, "keys", "--new");
    const service = await startService(environment);
    const sent = await post(service.address, JSON.stringify(requestWith("before", 20)));
    assert.equal(sent.status, 200);
    await service.stop();
  }

  /** Everything that is read from the store, in the words of its interface. */
  const stored = (environment: Environment) =>
    inStore(environment, async (store) => {
      const weeks = await store.contributedWeeks();
      return {
        weeks: await store.weekTotals(),
        rollups: await Promise.all(weeks.map((week) => store.contributions(week))),
        tallies: await Promise.all(weeks.map((week) => store.tallyShares(week))),
        published: await store.publications(),
        organisation: await store.organisation("not asked for"),
      };
    });

  /** What the service itself answers to devices. */
  async function answers(environment: Environment) {
    const service = await startService(environment);
    const ask = (address: string, name: string) =>
      fetch(service.address + address, {
        headers: { authorization: `Bearer ${secretOf("kept_device_", name)}` },
      });
    try {
      const repeated = await post(service.address, JSON.stringify(requestWith("before", 20)));
      const { receipt } = ingestAnswerSchema.parse(await repeated.json());
      assert.deepEqual(receipt, { stored: 20, duplicates: 0, replayed: true });
      const told = await Promise.all(
        teams.map(async ({ team }) => {
          const answer = await ask(endpoints.team.path, `${team} 0`);
          return teamAnswerSchema.parse(await answer.json());
        }),
      );
      for (const { weeks } of told) assert.ok(weeks.length >= 3, "nothing was published");
      const bundle = await ask(endpoints.bundle.path, "Payments 0");
      return { told, bundle: bundle.status === 204 ? null : bundleEnvelopeSchema.parse(await bundle.json()) };
    } finally {
      await service.stop();
    }
  }

  const totalOf = (weeks: readonly { readonly events: number }[]) =>
    weeks.reduce((sum, week) => sum + week.events, 0);

  for (const engine of ["SQLite", "PostgreSQL"] as const) {
    test(`H8: answers as before with every row, from ${engine} into either engine`, async () => {
      const lost = await placeFor(`lost ${engine}`, engine);
      await fill(lost);
      const before = await stored(lost);
      const { rows, sha256 } = await inStore(lost, (store) => digestOf(store.rows));
      assert.ok(totalOf(before.weeks) > events && rows > events);
      const file = path.join(folder, `${engine}.gz`);
      const began = performance.now();
      assert.ok((await command(lost, "backup", file)).startsWith(`${rows} rows, sha256 ${sha256}`));
      const backedUp = performance.now();
      for (const other of ["SQLite", "PostgreSQL"] as const) {
        const found = await placeFor(`from ${engine} to ${other}`, other);
        // The keys that sign are kept apart from the backup.
        cpSync(
          path.join(lost["KEPT_ORG_DATA"]!, "bundle-keys"),
          path.join(found["KEPT_ORG_DATA"]!, "bundle-keys"),
          {
            recursive: true,
          },
        );
        const restoring = performance.now();
        const said = await command(found, "restore", file);
        const seconds = (performance.now() - restoring) / 1000;
        assert.equal(said, `${rows} rows, sha256 ${sha256}, as in the backup.`);
        assert.deepEqual(await stored(found), before);
        const audit = (environment: Environment) =>
          inStore(environment, async (store) =>
            (await store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 1000 })).filter(
              ({ act }) => !isOfTheDrill.has(act),
            ),
          );
        assert.deepEqual(await audit(found), await audit(lost));
        assert.ok((await audit(found)).length > 0);
        assert.equal(await command(found, "keys"), await command(lost, "keys"));
        assert.deepEqual(await answers(found), await answers(lost));
        console.log(
          `      [found] H8: ${rows} rows with ${totalOf(before.weeks)} events: backed up in ` +
            `${((backedUp - began) / 1000).toFixed(1)} s from ${engine}, restored in ${seconds.toFixed(1)} s into ${other}`,
        );
      }
    });
  }
});

const isOfTheDrill: ReadonlySet<string> = new Set(["backupMade", "storeRestored"]);
