import { randomBytes, randomUUID } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { readingIn } from "./agents/startWorker.ts";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { hashesWithKeyIn } from "./deviceKey.ts";
import { homeFolder } from "./home.ts";
import { findGit } from "./git/findGit.ts";
import type { Host } from "./host.ts";
import { runLanguageServer } from "./languageServer.ts";
import { findNativeBinding } from "./nativeBinding.ts";
import { openStore } from "./store/openStore.ts";
import { administratorPolicyFile } from "./sync/administratorPolicy.ts";
import { proxyFor } from "./sync/proxy.ts";
import { networkTransport } from "./sync/transport.ts";

const connection = createConnection(ProposedFeatures.all);

const host: Host = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  utcOffsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
  uuid: () => randomUUID(),
  startTimer: (afterMs, run) => {
    const timer = setTimeout(run, afterMs).unref();
    return () => clearTimeout(timer);
  },
  log: {
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
  },
};

const folder = homeFolder({ platform: process.platform, environment: process.env, userHome: os.homedir() });

const close = runLanguageServer({
  connection,
  host,
  folder,
  processId: process.pid,
  openStore: () =>
    openStore({
      folder,
      now: () => host.now(),
      uuid: () => host.uuid(),
      nativeBinding: findNativeBinding(process.argv[1]!),
      log: (message) => host.log.warn(message),
      environmentVersions: process.versions,
    }),
  recordPlaces: { platform: process.platform, environment: process.env, userHome: os.homedir() },
  makeHashes: () => hashesWithKeyIn(folder, () => host.uuid(), randomBytes),
  startReading: readingIn(path.join(path.dirname(process.argv[1]!), "records.js")),
  startMonth: readingIn(path.join(path.dirname(process.argv[1]!), "records.js")),
  sync: {
    bytes: randomBytes,
    chance: () => Math.random(),
    policyFile: administratorPolicyFile(process.platform, process.env),
    transport: (signal, proxy) =>
      networkTransport({ signal, proxyFor: (url) => proxyFor(url, proxy(), process.env) }),
  },
  git: { program: findGit(process.platform, process.env), environment: process.env },
});

process.on("exit", close);
