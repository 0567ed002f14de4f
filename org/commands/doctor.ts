import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { readTrustedKeys } from "../bundles/bundleKeys.ts";
import { isLoopback, type Settings } from "../env.ts";
import { sqliteFile, whyMovedAway } from "../store/open.ts";
import { openPostgres } from "../store/postgres/open.ts";
import { postgresMigrations, postgresSchemaVersion } from "../store/postgres/migrate.ts";
import { migrations, schemaVersion } from "../store/sqlite/migrate.ts";
import {
  checkRuntime,
  checkSqlite,
  openSqliteReadOnly,
  sqliteCode,
  sqliteVersion,
} from "../store/sqlite/open.ts";
import { StoreOpenError } from "../store/store.ts";
import { answerAt, authorityOf } from "./answering.ts";
import { checkBundle } from "./checkBundle.ts";
import type { Command } from "./command.ts";
import {
  bad,
  checkCertificate,
  checkClock,
  checkDisk,
  checkProvider,
  checkSecrets,
  good,
  type Finding,
} from "./examinations.ts";

/** The version of the tables from which on there are bundles. */
const bundlesSince = 2;
const newestBundle = "SELECT envelope FROM bundle ORDER BY sequence DESC LIMIT 1";

export const doctorCommand: Command = {
  about: "Says what is there, what works and what to do. Changes no data.",
  options: {},
  async run(settings, { host, print, version }) {
    const findings = [
      good(`kept-org ${version} on Node ${process.versions.node}`),
      ...checkDataFolder(settings),
      ...checkDisk(settings),
      ...checkSecrets(settings),
      ...(settings.databaseUrl === undefined
        ? checkSqliteDatabase(settings, host.now())
        : await checkPostgres(settings, settings.databaseUrl, host.now())),
      checkHost(settings),
      ...(await checkCertificate(settings, host)),
      ...(await checkProvider(settings.provider)),
      ...(await checkClock(settings, host)),
      await checkAddress(settings),
    ];
    for (const { ok, says } of findings) {
      print(`${ok ? "ok     " : "PROBLEM"}  ${says}`);
    }
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};

function checkDataFolder({ dataFolder }: Settings): Finding[] {
  const above = nearestThere(dataFolder);
  if (!statSync(above).isDirectory()) {
    return [bad(`${above} is a file, and the data folder ${dataFolder} cannot lie there: set KEPT_ORG_DATA`)];
  }
  if (above !== dataFolder) {
    return [good(`the data folder ${dataFolder} is not there yet; serve makes it`)];
  }
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK);
  } catch {
    return [bad(`the data folder ${dataFolder} cannot be written: check its owner and mode`)];
  }
  // Windows has no such modes.
  const open = process.platform !== "win32" && (statSync(dataFolder).mode & 0o077) !== 0;
  return [
    open
      ? bad(`others on this machine can look into ${dataFolder}: chmod 700`)
      : good(`the data folder is ${dataFolder}`),
  ];
}

function nearestThere(place: string): string {
  let there = place;
  while (!existsSync(there)) there = path.dirname(there);
  return there;
}

function checkSqliteDatabase(settings: Settings, now: number): Finding[] {
  const file = sqliteFile(settings.dataFolder);
  try {
    checkRuntime(process.versions["napi"]);
    const why = whyMovedAway(settings.dataFolder);
    if (why !== undefined) return [bad(why)];
    if (!existsSync(file)) {
      return [good(`SQLite: no database yet; serve or migrate makes ${path.basename(file)}`)];
    }
    const database = openSqliteReadOnly({ file, nativeBinding: settings.nativeBinding });
    try {
      checkSqlite(sqliteVersion(database));
      const check: unknown = database.pragma("quick_check(1)", { simple: true });
      return [
        check === "ok"
          ? good(`SQLite ${sqliteVersion(database)}: ${path.basename(file)} is sound`)
          : bad(`SQLite: ${path.basename(file)} is damaged; stop the service and restore a backup`),
        checkVersion(schemaVersion(database), migrations.length),
        ...checkBundle(
          schemaVersion(database) < bundlesSince
            ? undefined
            : database.prepare<[], { envelope: string }>(newestBundle).get()?.envelope,
          readTrustedKeys(settings.dataFolder),
          now,
        ),
      ];
    } finally {
      database.close();
    }
  } catch (error) {
    const code = sqliteCode(error);
    return [
      bad(
        error instanceof StoreOpenError
          ? error.message
          : `SQLite cannot read ${file} (${code ?? "unknown reason"}); check its mode, or restore a backup`,
      ),
    ];
  }
}

async function checkPostgres(settings: Settings, url: string, now: number): Promise<Finding[]> {
  try {
    const { pool, engine } = await openPostgres(url);
    const found = await postgresSchemaVersion(pool);
    const bundles = found < bundlesSince ? [] : (await pool.query<{ envelope: string }>(newestBundle)).rows;
    await pool.end();
    return [
      good(`${engine} answers`),
      checkVersion(found, postgresMigrations.length),
      ...checkBundle(bundles[0]?.envelope, readTrustedKeys(settings.dataFolder), now),
    ];
  } catch (error) {
    return [bad(error instanceof StoreOpenError ? error.message : "PostgreSQL refused a question")];
  }
}

function checkVersion(found: number, known: number): Finding {
  if (found > known) {
    return bad(`the tables have version ${found}, this kept-org knows ${known}: run the newer kept-org`);
  }
  return found === known
    ? good(`the tables have version ${found}`)
    : good(`the tables have version ${found}; serve or migrate brings them to ${known}`);
}

function checkHost({ host }: Settings): Finding {
  return isLoopback(host)
    ? good(`${host} can be reached from this machine only`)
    : good(`${host} can be reached from elsewhere: put a proxy with TLS before it`);
}

async function checkAddress(settings: Settings): Promise<Finding> {
  const authority = authorityOf(settings);
  const status = await answerAt(settings);
  if (status === undefined) return good(`nothing answers at ${authority}; serve starts the service`);
  return status === 200
    ? good(`a service answers at ${authority} and is ready`)
    : bad(`something answers at ${authority} with status ${status} and is not ready`);
}
