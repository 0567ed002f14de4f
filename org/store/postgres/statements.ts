import type { RunWork } from "../statements.ts";
import { inTransaction, type PostgresPool } from "./open.ts";

export function runOnPostgres(pool: PostgresPool): RunWork {
  return (work) =>
    inTransaction(pool, async (client) => {
      const steps = work();
      let step = steps.next();
      while (step.done !== true) {
        const { rows } = await client.query<object>(step.value.sql, [...step.value.values]);
        step = steps.next(rows);
      }
      return step.value;
    });
}
