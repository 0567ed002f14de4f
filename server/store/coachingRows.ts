import type { CommittedLines } from "../../core/coaching/recentEdits.ts";
import type { LocalMoment } from "../../core/day.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { Mode, OriginKind } from "../../protocol/origin.ts";
import type { Written } from "./store.ts";

/** An edit of late, as far as advice rests on it. */
export interface RecentEditRow {
  readonly uri: string;
  readonly workspace: string | null;
  readonly languageId: string;
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly mode: Mode | null;
  readonly keptChars: number;
  /** Lines it had inserted when that was counted. */
  readonly lines: number | null;
  /** After 15 minutes, where that was looked at in time and on the same branch. */
  readonly fourGram: number | null;
  readonly noRevert: number | null;
  readonly seen: string | null;
  /** What became of it on its way to a commit; null while it is on its way. */
  readonly committed: string | null;
  readonly recordAt: string | null;
}

/** That somebody edited a document on a day. */
export interface EditedRow {
  readonly uri: string;
  readonly kind: OriginKind;
  /** The latest of the day. */
  readonly at: number;
  readonly utcOffsetMinutes: number;
}

export interface DocumentName {
  readonly uri: string;
  readonly workspace: string | null;
  readonly languageId: string;
}

/** In which window, by its folders, and when. */
export interface TipsWritten extends LocalMoment {
  readonly folders: readonly string[];
}

/** What advice rests on, and what was said. None of it is added up for a screen. */
export interface CoachingStore {
  /** AI edits made since, the newest first. */
  readRecentAiEdits(since: number, most: number): RecentEditRow[];
  /** Documents of which something was written since. */
  readRecentDocuments(since: number): DocumentName[];
  /** On which days since who edited these documents. */
  readEdited(uris: readonly string[], since: number): EditedRow[];
  /** AI and other lines of commits made since; generated files left out. */
  readCommittedLines(since: number): CommittedLines[];
  /** In no particular order. */
  readTips(): TipRecord[];
  /**
   * One of the same id is replaced. Of a rule's tips of one day the first stays. With where and when it is written, what
   * is new of it is counted for the organisation, as far as the person agreed to that.
   */
  writeTips(tips: readonly TipRecord[], written?: TipsWritten): Written;
}

/** When a sample says whether an edit was kept. */
export const lookedAtMs = 15 * 60_000;
