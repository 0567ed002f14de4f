import { DamageError } from "./failures.ts";
import type { Connection } from "./open.ts";

const dayMs = 86_400_000;
const checkEveryDays = 7;

/**
 * Looks for damage that nothing has met yet, when there is a reason to: the database was not closed properly, or the
 * last look was a week ago. It takes about a quarter of a second for each 100 MB.
 */
export function checkIntegrity(
  connection: Connection,
  { now, mayBeDamaged }: { now: number; mayBeDamaged: boolean },
): void {
  const checkedAt = connection
    .prepare<[], number>("SELECT value FROM marks WHERE name = 'checkedAt'")
    .pluck()
    .get();
  const isRecent = checkedAt !== undefined && checkedAt <= now && now < checkedAt + checkEveryDays * dayMs;
  if (isRecent && !mayBeDamaged) return;
  const found = connection.prepare<[], string>("PRAGMA quick_check(1)").pluck().get();
  if (found !== "ok") throw new DamageError(found);
  connection
    .prepare<[number]>(
      `INSERT INTO marks (name, value) VALUES ('checkedAt', ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    )
    .run(now);
}
