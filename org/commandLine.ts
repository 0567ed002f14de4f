import type { Command, ExitCode, Surroundings } from "./commands/command.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { keysCommand } from "./commands/keys.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { serveCommand } from "./commands/serve.ts";
import { tokenCommand } from "./commands/token.ts";
import { readSettings } from "./env.ts";
import { describeError } from "./errors.ts";
import { StoreOpenError } from "./store/store.ts";

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  migrate: migrateCommand,
  token: tokenCommand,
  keys: keysCommand,
  doctor: doctorCommand,
};

export const usage = [
  "Usage: kept-org COMMAND",
  "",
  ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`),
  "",
  "It is configured by KEPT_ORG_DATA, KEPT_ORG_HOST, KEPT_ORG_PORT, KEPT_ORG_LOG, KEPT_ORG_TOKEN and",
  "KEPT_ORG_DATABASE_URL. Without any it listens on 127.0.0.1:4390 and keeps its data in SQLite.",
].join("\n");

/** Runs one command and says how it ended. The one catch site of the command line. */
export async function runCommandLine(
  [name, ...options]: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { complain, print, environment, place, version } = surroundings;
  if (name === "--help" || name === "help") {
    print(usage);
    return 0;
  }
  if (name === "--version") {
    print(version);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  const unknownOption = options.find((option) => !command?.options.includes(option));
  if (command === undefined || unknownOption !== undefined) {
    complain(usage);
    return 2;
  }
  const read = readSettings(environment, place);
  if (!read.ok) {
    read.problems.forEach((problem) => complain(problem));
    return 2;
  }
  const settings = {
    ...read.settings,
    nativeBinding: read.settings.nativeBinding ?? surroundings.nativeBinding,
  };
  try {
    return await command.run(settings, surroundings, new Set(options));
  } catch (error) {
    complain(sentenceFor(error));
    return 1;
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof StoreOpenError) {
    return error.message;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  switch (code) {
    case "EADDRINUSE":
      return "Something already listens at this host and port. Set KEPT_ORG_PORT to another port.";
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return "This machine has no such address. Check KEPT_ORG_HOST.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `A file or port may not be used (${code}). Check KEPT_ORG_DATA and KEPT_ORG_PORT.`;
    default:
      return error instanceof Error
        ? `kept-org failed: ${error.message}\n${describeError(error).frames.join("\n")}`
        : "kept-org failed.";
  }
}
