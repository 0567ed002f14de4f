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

export interface Command {
  /** One line of the usage text. */
  readonly about: string;
  /** Options that may follow the command's name. */
  readonly options: readonly string[];
  run(settings: Settings, surroundings: Surroundings, options: ReadonlySet<string>): Promise<ExitCode>;
}
