import type { RunWork, Statement, Work } from "../statements.ts";
import type { SqliteDatabase } from "./open.ts";

/** Work runs to its end before anything else happens on the connection. */
export function runOnSqlite(
  database: SqliteDatabase,
  answered: <Answer>(work: () => Answer) => Promise<Answer>,
): RunWork {
  const prepared = new Map<string, ReturnType<SqliteDatabase["prepare"]>>();
  const rowsOf = ({ sql, values }: Statement): unknown[] => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    // `$1` is a name to SQLite.
    const named = Object.fromEntries(values.map((value, index) => [index + 1, value]));
    if (statement.reader) return statement.all(named);
    statement.run(named);
    return [];
  };
  const transaction = database.transaction((work: () => Work<unknown>) => {
    const steps = work();
    let step = steps.next();
    while (step.done !== true) step = steps.next(rowsOf(step.value));
    return step.value;
  });
  return <Answer>(work: () => Work<Answer>) => answered(() => transaction.immediate(work) as Answer);
}
