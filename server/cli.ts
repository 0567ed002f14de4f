import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import os from "node:os";
import { runCommand } from "./commandLine.ts";
import { hashWith, readOrMakeDeviceKey } from "./deviceKey.ts";
import { homeFolder } from "./home.ts";
import type { Host } from "./host.ts";
import { findNativeBinding } from "./nativeBinding.ts";
import { openStore } from "./store/openStore.ts";

/** The first Node whose Node-API the database's binary can use without a crash. */
const oldestNode = 22;

function main(): void {
  if (Number(process.versions.node.split(".")[0]) < oldestNode) {
    process.stderr.write(
      `kept: Node ${process.versions.node} is too old. Install Node ${oldestNode} or later and run the command again.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const host: Host = {
    now: () => Date.now(),
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
  const folder = homeFolder({ platform: process.platform, environment: process.env, userHome: os.homedir() });
  const { exitCode, stdout, stderr } = runCommand(process.argv.slice(2), {
    host,
    folder,
    openStore: () =>
      openStore({
        folder,
        now: () => host.now(),
        uuid: () => host.uuid(),
        nativeBinding: findNativeBinding(process.argv[1]!),
        log: (message) => host.log.warn(message),
        environmentVersions: process.versions,
      }),
    makeHashText: () => hashWith(readOrMakeDeviceKey(folder, () => host.uuid(), randomBytes)),
    readFile: (path) => readFileSync(path, "utf8"),
    versions: process.versions,
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}

main();
