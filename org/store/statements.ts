/** A value that every engine stores alike. */
export type SqlValue = string | number | null;

export interface Statement {
  /** With $1, $2 …, in words that every engine understands. */
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A transaction, written once: it yields statements and is handed their rows, whatever the engine is. */
export type Work<Answer> = Generator<Statement, Answer, unknown[]>;

/** Runs work in one transaction that is on disk when it resolves. */
export type RunWork = <Answer>(work: () => Work<Answer>) => Promise<Answer>;

/** One statement and its rows. Numbers must be safe integers, truth values are 0 and 1. */
export function* ask<Row>(sql: string, ...values: readonly SqlValue[]): Work<Row[]> {
  return (yield { sql, values }) as Row[];
}
