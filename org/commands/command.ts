import type { Environment, Place, Settings } from "../env.ts";
import type { Host } from "../host.ts";
import type { ConsoleFiles } from "../routes/console.ts";

/** The process around a command: what it may read, and where it speaks. */
export interface Surroundings {
  readonly environment: Environment;
  readonly place: Place;
  readonly version: string;
  readonly host: Host;
  /** Read when the service starts, and not before. */
  readonly consoleFiles: () => ConsoleFiles;
  /** Where SQLite's native part lies when nothing else is said; undefined: in node_modules. */
  readonly nativeBinding: string | undefined;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Aborts when the process was asked to end. */
  readonly stop: AbortSignal;
}

/** 0 done, 1 failed, 2 wrong input. */
export type ExitCode = 0 | 1 | 2;

/** What stood behind the command's name. */
export interface Asked {
  has(option: string): boolean;
  /** The value of an option that takes one. */
  valueOf(option: string): string | undefined;
  readonly words: readonly string[];
}

export interface Command {
  /** One line of the usage text. */
  readonly about: string;
  /** Options that may follow the command's name, and whether they take a value. */
  readonly options: Readonly<Record<string, { readonly type: "boolean" | "string" }>>;
  /** What stands for each word that must follow. */
  readonly words?: readonly string[];
  run(settings: Settings, surroundings: Surroundings, asked: Asked): Promise<ExitCode>;
}
