/** What a failed call of the database means for what is to be done. */
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
  const code = codeOf(thrown);
  const isOneOf = (names: readonly string[]) =>
    names.some((name) => code === `SQLITE_${name}` || code.startsWith(`SQLITE_${name}_`));
  if (isOneOf(damaged)) return "damaged";
  return isOneOf(passing) ? "passing" : "mistake";
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error) || !("code" in thrown)) return "";
  return String(thrown.code);
}
