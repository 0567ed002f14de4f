/**
 * A part of a keyed hash tells records apart as well as all of it, and the indexes that every new record dirties a page of
 * become half as long.
 */
export const statements: readonly string[] = ["requests", "task_edits", "steps"].map(
  (table) => `UPDATE ${table} SET key = substr(key, -16)`,
);
