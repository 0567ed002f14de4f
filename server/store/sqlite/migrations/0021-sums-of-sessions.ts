/** Requests that are the sum of a session, of a tool that tells of no single ones. */
export const statements: readonly string[] = [
  `ALTER TABLE requests ADD COLUMN is_sum INTEGER NOT NULL DEFAULT 0 CHECK (is_sum IN (0, 1))`,
];
