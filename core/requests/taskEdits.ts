/** What the tool's own record says of one edit of a task. */
export interface ToldEdit {
  readonly uri: string;
  readonly linesAdded: number | null;
  readonly linesDeleted: number | null;
  readonly outcome: "proposed" | "applied" | "rejected" | "failed" | "unknown";
}

/** What the edits of a task came to, as the tool's own records tell it. */
export interface TriedEdits {
  readonly failed: number;
  readonly rejected: number;
  /** Files of those that were applied, and lines added and deleted in them; null where a record does not tell these. */
  readonly files: number;
  readonly lines: number | null;
}

export function triedEdits(edits: readonly ToldEdit[]): TriedEdits {
  const files = new Set<string>();
  let lines: number | null = 0;
  let failed = 0;
  let rejected = 0;
  for (const { uri, linesAdded, linesDeleted, outcome } of edits) {
    if (outcome === "failed") failed++;
    if (outcome === "rejected") rejected++;
    if (outcome !== "applied") continue;
    files.add(uri);
    lines = lines === null || linesAdded === null ? null : lines + linesAdded + (linesDeleted ?? 0);
  }
  return { failed, rejected, files: files.size, lines };
}
