import type { Mode, OriginKind } from "../../protocol/origin.ts";
import { localDay } from "../day.ts";

/** A recent edit, as far as coaching looks at it. */
export interface RecentEdit {
  readonly uri: string;
  /** In its workspace folder: what lies above says nothing of it. */
  readonly path: string;
  readonly languageId: string;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly mode: Mode | null;
  readonly keptChars: number;
  /** Lines it inserted; null where nobody counted. */
  readonly lines: number | null;
  /** How much of its text was left after 15 minutes; null where that was not told in time. */
  readonly survival: number | null;
  /** Below a half its change was taken back within 15 minutes. */
  readonly noRevert: number | null;
  readonly isSeen: boolean;
  /** In no commit yet, though it could be: it lies in a repository that git may be asked about. */
  readonly isWaiting: boolean;
  /** Of the tool's own; null where it is not known. */
  readonly session: string | null;
  readonly request: string | null;
}

/** A commit and the lines in it whose origin is known. */
export interface CommittedLines {
  readonly at: number;
  readonly lines: number;
  readonly aiLines: number;
}

/** From so many lines on an edit is a block that takes reading. */
export const blockLines = 30;
/** So many AI lines of source code in a day want a test beside them. */
export const muchSource = 80;
/** Larger changes are harder to review. */
export const largeCommit = 400;
/** An edit that is younger cannot be blamed for not having been read. */
const timeToReadMs = 10 * 60_000;

export const undoneBelow = 0.5;

export function isAi({ kind }: Pick<RecentEdit, "kind">): boolean {
  return kind === "ai";
}

export function dayOf(edit: Pick<RecentEdit, "at" | "utcOffsetMinutes">): string {
  return localDay(edit).day;
}

/** A block of AI text of which it can be said whether it was read. */
export function isReadableBlock({ kind, lines, keptChars, at }: RecentEdit, now: number): boolean {
  return kind === "ai" && lines !== null && lines >= blockLines && keptChars > 0 && now - at >= timeToReadMs;
}

export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
