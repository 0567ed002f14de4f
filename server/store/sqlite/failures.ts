/** What a failed call of the database or the file system means for what is to be done. */
export type Failure =
  /** Nothing was written; it may be tried again: the disk is full or fails, or another program holds the file. */
  | "passing"
  /** The file is damaged, or was no database at all. */
  | "damaged"
  /** A mistake of ours. */
  | "mistake";

const passing = [
  "BUSY",
  "LOCKED",
  "FULL",
  "IOERR",
  "READONLY",
  "CANTOPEN",
  "PROTOCOL",
  "NOMEM",
  "PERM",
  "AUTH",
];
const damaged = ["CORRUPT", "NOTADB", "FORMAT"];

export function classifyFailure(thrown: unknown): Failure {
  if (thrown instanceof DamageError) return "damaged";
  if (!(thrown instanceof Error)) return "mistake";
  if ("syscall" in thrown) return "passing";
  const code = "code" in thrown ? String(thrown.code) : "";
  const isOneOf = (names: readonly string[]) =>
    names.some((name) => code === `SQLITE_${name}` || code.startsWith(`SQLITE_${name}_`));
  if (isOneOf(damaged)) return "damaged";
  return isOneOf(passing) ? "passing" : "mistake";
}

/** Damage that a check found before a read or a write met it. */
export class DamageError extends Error {}
