import { parseArgs } from "node:util";
import { accessCommand } from "./commands/access.ts";
import { backupCommand } from "./commands/backup.ts";
import type { Asked, Command, ExitCode, Surroundings } from "./commands/command.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { keysCommand } from "./commands/keys.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { moveCommand } from "./commands/move.ts";
import { publishCommand } from "./commands/publish.ts";
import { restoreCommand } from "./commands/restore.ts";
import { serveCommand } from "./commands/serve.ts";
import { tokenCommand } from "./commands/token.ts";
import { readSettings, variableNames } from "./env.ts";
import { describeError } from "./errors.ts";
import { StoreOpenError } from "./store/store.ts";

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  migrate: migrateCommand,
  token: tokenCommand,
  access: accessCommand,
  keys: keysCommand,
  publish: publishCommand,
  backup: backupCommand,
  restore: restoreCommand,
  move: moveCommand,
  doctor: doctorCommand,
};

export const usage = [
  "Usage: kept-org COMMAND",
  "",
  ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`),
  "",
  "It is configured by the environment; docs/org.md says what each variable does:",
  ...variableNames.map((name) => `  ${name}`),
  "Without any it listens on 127.0.0.1:4390 and keeps its data in SQLite.",
].join("\n");

const whereToRead = "kept-org --help says what there is.";

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
  const asked = command === undefined ? undefined : readAsked(command, options);
  if (command === undefined) {
    complain(name === undefined ? usage : `${name} is no command of kept-org. ${whereToRead}`);
    return 2;
  }
  if (options[0] === "--help") {
    print(`kept-org ${name} takes ${takes(command)}. ${command.about}`);
    return 0;
  }
  if (asked === undefined) {
    complain(`kept-org ${name} takes ${takes(command)}. ${command.about} ${whereToRead}`);
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
    return await command.run(settings, surroundings, asked);
  } catch (error) {
    complain(sentenceFor(error));
    return 1;
  }
}

function readAsked(command: Command, args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...command.options },
      allowPositionals: true,
    });
    if (positionals.length !== (command.words ?? []).length) return undefined;
    const valueOf = (option: string) => {
      const value = values[option];
      return typeof value === "string" ? value : undefined;
    };
    return { has: (option) => values[option] === true, valueOf, words: positionals };
  } catch {
    return undefined;
  }
}

function pathOf(error: unknown): string {
  return error instanceof Error && "path" in error ? String(error.path) : "that place";
}

function takes({ words = [], options }: Command): string {
  const named = Object.entries(options).map(([option, { type }]) =>
    type === "boolean" ? `--${option}` : `--${option} VALUE`,
  );
  const all = [...words, ...named];
  return all.length === 0 ? "nothing behind it" : all.join(", ");
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
    case "ENOENT":
    case "EISDIR":
    case "ENOTDIR":
      return `There is no file at ${pathOf(error)}.`;
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
