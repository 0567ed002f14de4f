import { ask, type RunWork, type Work } from "../store/statements.ts";
import type { Act } from "./acts.ts";

/** One administrative act. It is about the organisation's own doing and never about somebody who is measured. */
export interface AuditEntry {
  /** Random. */
  readonly entry: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Name of the account, or of the command that did it. */
  readonly who: string;
  readonly act: Act;
  /** What it was done to, in words. */
  readonly subject: string;
}

export interface AuditLog {
  /** Newest first, beginning with those before a time, or after an entry in that order; where it is asked for, without one kind. */
  auditEntries(options: {
    readonly before: number;
    readonly after?: string | undefined;
    readonly limit: number;
    readonly without?: Act;
  }): Promise<AuditEntry[]>;
  /** For what changes nothing in the store, such as an export; a change writes its own entry with it. */
  note(entry: AuditEntry): Promise<void>;
}

/** An entry in an address; undefined where it is none. */
export function readEntryName(text: string): string | undefined {
  return /^[\w-]{1,64}$/.test(text) ? text : undefined;
}

export function createAuditLog(run: RunWork): AuditLog {
  return {
    auditEntries: ({ before, after = "", limit, without = "" }) =>
      run(() =>
        ask<AuditEntry>(
          "SELECT entry, at, who, act, subject FROM audit_entry WHERE at < $1 AND act <> $3 " +
            "AND ($4 = '' OR (at, entry) < (SELECT at, entry FROM audit_entry WHERE entry = $4)) ORDER BY at DESC, entry DESC LIMIT $2",
          ...[before, limit, without, after],
        ),
      ),

    note: (entry) => run(() => noteEntry(entry)),
  };
}

/** In the transaction of what it is about, so that neither is there without the other. */
export function* noteEntry({ entry, at, who, act, subject }: AuditEntry): Work<void> {
  yield* ask(
    "INSERT INTO audit_entry (entry, at, who, act, subject) VALUES ($1, $2, $3, $4, $5)",
    ...[entry, at, who, act, subject],
  );
}
