import { filesWithoutKey, readBundleKeys, readTrustedKeys } from "../bundles/bundleKeys.ts";
import { renewBundle } from "../bundles/renewBundle.ts";
import { createApp } from "../app.ts";
import { isLoopback, type Settings } from "../env.ts";
import { describeError } from "../errors.ts";
import { createLimits } from "../limits/limits.ts";
import { consolePartsOf } from "../console/consoleParts.ts";
import { contributorsNeeded } from "../../core/protection/floor.ts";
import { createMetrics } from "../metrics.ts";
import { promisesOf } from "../promises.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { createUpkeep } from "../upkeep.ts";
import type { Command, Surroundings } from "./command.ts";

const upkeepMs = 3_600_000;
/** For what is under way when the service is asked to end; the process is ended after twice as long. */
const finishMs = 5000;

export const serveCommand: Command = {
  about: "Runs the service until it is asked to end.",
  options: {},
  async run(settings, surroundings) {
    const { store, migrated } = await openStore(settings);
    try {
      await serve(store, migrated.to, settings, surroundings);
    } finally {
      await store.close();
    }
    return 0;
  },
};

async function serve(
  store: Store,
  tables: number,
  settings: Settings,
  surroundings: Surroundings,
): Promise<void> {
  const { host, stop, version } = surroundings;
  const app = await createApp({
    store,
    host,
    promises: promisesOf(settings),
    limits: createLimits(settings.rate, settings.open),
    metrics: createMetrics({
      now: () => host.now(),
      needed: contributorsNeeded(settings.floor, settings.devicesEach),
    }),
    version,
    consoleFiles: surroundings.consoleFiles(),
    console: consolePartsOf(settings, host),
    log: { level: settings.logLevel, write: (line) => surroundings.print(line.trimEnd()) },
  });
  const upkeep = createUpkeep(store, promisesOf(settings));
  const keep = async () => {
    const { isClockDoubted } = await upkeep(host.now());
    if (isClockDoubted) {
      app.log.warn(
        "Nothing arrived for weeks, or this machine's clock is ahead: nothing is published or forgotten until the next day says the same.",
      );
    }
    const keys = readBundleKeys(settings.dataFolder);
    const trusted = readTrustedKeys(settings.dataFolder);
    const renewed = await renewBundle({ store, host, keys, trusted, needed: settings.signatures });
    if (renewed?.ok === true) app.log.info({ sequence: renewed.sequence }, "renewed what is in force");
  };
  const upkeepAndSay = () =>
    keep().catch((error: unknown) => {
      app.log.error({ error: error instanceof Error ? describeError(error) : undefined }, "upkeep failed");
    });
  await upkeepAndSay();
  app.log.info({ engine: store.engine, tables }, "store opened");
  await app.listen({
    host: settings.host,
    port: settings.port,
    listenTextResolver: (address) => `kept-org ${version} listens at ${address}`,
  });
  for (const hint of hintsFor(settings)) {
    app.log.warn(hint);
  }
  const upkeeping = setInterval(() => void upkeepAndSay(), upkeepMs);
  await aborted(stop);
  clearInterval(upkeeping);
  // Whoever opened a connection and says nothing, or not all of it, is not waited for any longer.
  const unfinished = setTimeout(() => app.server.closeAllConnections(), finishMs);
  await app.close();
  clearTimeout(unfinished);
  app.log.info("stopped");
}

function hintsFor(settings: Settings): string[] {
  const hints: string[] = [];
  if (!isLoopback(settings.host)) {
    hints.push("This service speaks plain HTTP. Put a proxy with TLS before it.");
  }
  for (const file of filesWithoutKey(settings.dataFolder)) {
    hints.push(`${file} holds no key that can be read; the service goes on without it.`);
  }
  return hints;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
