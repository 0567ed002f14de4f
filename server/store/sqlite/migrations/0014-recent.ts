/** What advice asks of the last month is answered from indexes alone: who edited a document, and what commits hold. */
export const statements: readonly string[] = [
  `CREATE INDEX edits_of_documents ON edits (document_id, at, kind, utc_offset_minutes)`,
  `DROP INDEX committed_ranges_by_commit`,
  `CREATE INDEX committed_ranges_by_commit ON committed_ranges (commit_id, path, committed_edit_id, first_line, last_line)`,
];
