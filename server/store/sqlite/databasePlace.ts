import type { Problem } from "../../../protocol/errors.ts";

export interface DatabasePlace {
  /** Kept's own folder: see home.ts. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** This process, among those that share the database. */
  readonly owner: string;
  readonly uuid: () => string;
  /** Path of the database's binary; undefined lets the package find its own. */
  readonly nativeBinding: string | undefined;
  readonly log: (message: string) => void;
  /** Says what was met and put right. */
  readonly report: (problem: Problem) => void;
}
