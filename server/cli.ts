import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCommand } from "./commandLine.ts";
import { hashesWithKeyIn } from "./deviceKey.ts";
import { findGit } from "./git/findGit.ts";
import { Git } from "./git/git.ts";
import { homeFolder } from "./home.ts";
import type { Host } from "./host.ts";
import { findNativeBinding } from "./nativeBinding.ts";
import { openOutput } from "./output.ts";
import { openStore } from "./store/openStore.ts";
import { canLoadDatabase } from "./store/sqlite/open.ts";

/** The first Node whose Node-API the database's binary can use without a crash. */
const oldestNode = "22.14";

/** What the editor puts before the arguments of the command that it runs after uninstalling. */
const editorsOwn = /^--type=extension-post-/;
/** Commands that open no database. */
const withoutStore = ["hook", "uninstall"];

async function main(): Promise<void> {
  const args = process.argv.slice(2).filter((argument) => !editorsOwn.test(argument));
  if (!withoutStore.includes(args[0] ?? "") && !canLoadDatabase(process.versions)) {
    process.stderr.write(
      `kept: Node ${process.versions.node} is too old. Install Node ${oldestNode} or later and run the command again.\n`,
    );
    process.exitCode = 1;
    return;
  }
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
      info: () => undefined,
      warn: (message) => process.stderr.write(`kept: ${message}\n`),
    },
  };
  // Whoever reads only the first lines closes the pipe before the last.
  process.stdout.on("error", () => process.exit());
  const folder = homeFolder({
    platform: process.platform,
    environment: absoluteHome(process.env),
    userHome: os.homedir(),
  });
  const { exitCode, stdout, stderr } = await runCommand(args, {
    host,
    folder,
    inContainer: isContainer(),
    openStore: () =>
      openStore({
        folder,
        now: () => host.now(),
        uuid: () => host.uuid(),
        nativeBinding: findNativeBinding(process.argv[1]!),
        log: (message) => host.log.warn(message),
        environmentVersions: process.versions,
      }),
    makeHashes: () => hashesWithKeyIn(folder, () => host.uuid(), randomBytes),
    openOutput: (file) => openOutput(file, (text) => void process.stdout.write(text)),
    readInput: () => readFileSync(0),
    readUtf8: (file) => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)),
    versions: process.versions,
    git: new Git({
      program: findGit(process.platform, process.env),
      environment: process.env,
      // Who names a repository on a command line trusts it.
      isTrusted: () => true,
    }),
    records: {
      around: {
        platform: process.platform,
        userHome: os.homedir(),
        environment: process.env,
        databases: { nativeBinding: findNativeBinding(process.argv[1]!) },
      },
      resolve: (given) => path.resolve(given),
      isFolder: (given) => statSync(given, { throwIfNoEntry: false })?.isDirectory() ?? false,
    },
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}

/** What container runtimes, and the editors that make containers, leave there to be known by. */
function isContainer(): boolean {
  const named = ["REMOTE_CONTAINERS", "CODESPACES", "DEVCONTAINER"].some(
    (name) => process.env[name] !== undefined,
  );
  return named || ["/.dockerenv", "/run/.containerenv"].some((file) => existsSync(file));
}

/** On a command line a relative folder means one below the present one. */
function absoluteHome(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { KEPT_HOME } = environment;
  return KEPT_HOME === undefined || KEPT_HOME === ""
    ? environment
    : { ...environment, KEPT_HOME: path.resolve(KEPT_HOME) };
}

void main();
