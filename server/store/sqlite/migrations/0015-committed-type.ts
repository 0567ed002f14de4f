/** What kind of work the commits say that a task's edits went into: a type, or `mixed` where they say several. */
export const statements: readonly string[] = [`ALTER TABLE tasks ADD COLUMN committed_type TEXT`];
