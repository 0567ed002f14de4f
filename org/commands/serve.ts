import { openAccessToken, tokenState } from "../accessToken.ts";
import { createApp } from "../app.ts";
import { isLoopback, type Settings } from "../env.ts";
import { describeError } from "../errors.ts";
import { epochDayOf, isoWeekOf } from "../ingest/isoWeek.ts";
import { createMetrics } from "../metrics.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { limits } from "../../protocol/collector.ts";
import type { Command, Surroundings } from "./command.ts";

const dayMs = 86_400_000;
/** Thirteen months, so that a month can be compared with the same month of the year before. */
const sumDays = 400;

export const serveCommand: Command = {
  about: "Runs the service until it is asked to end.",
  options: [],
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
  const accessToken = openAccessToken({
    dataFolder: settings.dataFolder,
    configured: settings.token,
    secret: () => host.secret(),
  });
  const app = await createApp({
    store,
    host,
    accessToken,
    metrics: createMetrics(),
    version,
    consoleFiles: surroundings.consoleFiles(),
    log: { level: settings.logLevel, write: (line) => surroundings.print(line.trimEnd()) },
  });
  const forgetAndSay = () =>
    forget(store, surroundings).catch((error: unknown) => {
      app.log.error({ error: error instanceof Error ? describeError(error) : undefined }, "not forgotten");
    });
  await forgetAndSay();
  app.log.info({ engine: store.engine, tables }, "store opened");
  await app.listen({
    host: settings.host,
    port: settings.port,
    listenTextResolver: (address) => `kept-org ${version} listens at ${address}`,
  });
  for (const hint of hintsFor(settings)) {
    app.log.warn(hint);
  }
  const forgetting = setInterval(() => void forgetAndSay(), dayMs);
  await aborted(stop);
  clearInterval(forgetting);
  await app.close();
  app.log.info("stopped");
}

/** Deletes what is older than its field says it may be. */
async function forget(store: Store, { host }: Pick<Surroundings, "host">): Promise<void> {
  const today = epochDayOf(host.now());
  // A week is dropped when none of its days could still be accepted: its ids are not needed any more.
  const eventsBefore = isoWeekOf(today - limits.ageDays - 1);
  await store.forget({ eventsBefore, sumsBefore: isoWeekOf(today - sumDays) });
}

function hintsFor(settings: Settings): string[] {
  const hints: string[] = [];
  if (settings.token === undefined && tokenState(settings) === "waiting") {
    hints.push("An access token was made. Run kept-org token to see it; it is shown once.");
  }
  if (!isLoopback(settings.host)) {
    hints.push("This service speaks plain HTTP. Put a proxy with TLS before it.");
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
