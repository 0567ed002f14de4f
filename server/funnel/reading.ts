import {
  rangesOfLines,
  readSeen,
  seenAfter,
  timeToRead,
  unreadLines,
  writeSeen,
  type Seen,
  type SeenOf,
} from "../../core/summary/seen.ts";
import { linesOf } from "../../core/provenance/provenanceLines.ts";
import type { Spans } from "../../core/spans/spans.ts";
import type { Shown, Unread } from "../../protocol/seen.ts";
import type { Hashes } from "../deviceKey.ts";
import type { GitView } from "../gitView.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import { readClosedDocument } from "../provenance/closedDocument.ts";
import { addressesOfFile, fileOfAddress } from "../provenance/fileAddress.ts";
import { readRegularFile } from "../regularFile.ts";
import type { Store } from "../store/store.ts";
import { longestFile } from "../unseen/textFile.ts";
import { StageQueue } from "./stageQueue.ts";

export interface ReadingOptions {
  readonly host: Host;
  readonly ledger: Pick<Ledger, "peek" | "readOrigins" | "readEdit">;
  readonly store: Store;
  readonly hashes: Hashes;
  readonly view: GitView;
  /** Writes the ledger's news. */
  readonly flush: () => void;
  /** Something was seen. */
  readonly onSeen: () => void;
}

/** How often what is on screen is looked at. */
const lookMs = 500;
/** Older AI text that was never committed is nobody's next commit. */
const mostAgeMs = 30 * 24 * 60 * 60_000;
/** Files named at once. */
const mostFiles = 100;

/** Notes which AI text was on screen, and says which was not. Nothing of it is ever sent. */
export class Reading {
  readonly #options: ReadingOptions;
  readonly #queue: StageQueue;
  /** Since when each line of a document has been on screen. */
  #shown = new Map<string, Map<number, number>>();
  #stopTimer: (() => void) | undefined;

  constructor(options: ReadingOptions) {
    this.#options = options;
    const { store, ledger, flush } = options;
    this.#queue = new StageQueue({ store, flush, readOrigins: (ids) => ledger.readOrigins(ids) });
  }

  /** What is on screen in a focused window from now on; nothing where it lost the focus. */
  show({ documents }: Shown): void {
    this.look();
    const now = this.#options.host.now();
    const before = this.#shown;
    this.#shown = new Map(
      documents.map(({ uri, ranges }) => {
        const known = before.get(uri);
        const lines = ranges.flatMap(({ firstLine, lastLine }) =>
          Array.from({ length: lastLine - firstLine + 1 }, (_, index) => firstLine + index),
        );
        return [uri, new Map(lines.map((line) => [line, known?.get(line) ?? now]))];
      }),
    );
    this.#lookLater();
  }

  /** Notes what has been on screen for long enough. */
  look(): void {
    let isNews = false;
    for (const [uri, lines] of this.#shown) isNews = this.#lookAt(uri, lines) || isNews;
    if (!isNews) return;
    this.#queue.write();
    this.#options.onSeen();
  }

  stop(): void {
    this.#stopTimer?.();
    this.#queue.write();
  }

  /** AI text that is in no commit and was never on screen, by file. */
  unread(isWanted: (uri: string) => boolean): Unread {
    const files: Unread["files"] = [];
    for (const { uri, document, seenOf } of this.#uncommitted(isWanted)) {
      if (files.length === mostFiles) break;
      const lines = unreadLines(document.text, document.spans, seenOf);
      if (lines.length > 0) files.push({ uri, lines: lines.length, ranges: rangesOfLines(lines) });
    }
    return { files: files.sort((one, other) => (one.uri < other.uri ? -1 : 1)) };
  }

  /** Files with AI text that is in no commit: its lines, and those of them that were never on screen. */
  uncommitted(isWanted: (uri: string) => boolean): { uri: string; lines: number; unread: number }[] {
    const files: { uri: string; lines: number; unread: number }[] = [];
    for (const { uri, document, seenOf } of this.#uncommitted(isWanted)) {
      if (files.length === mostFiles) break;
      const { text, spans } = document;
      const lines = unreadLines(text, spans, (id) => seenOf(id) && "unread").length;
      if (lines > 0) files.push({ uri, lines, unread: unreadLines(text, spans, seenOf).length });
    }
    return files;
  }

  /** Unread AI lines of an open document, committed or not. */
  unreadIn(uri: string): ReturnType<typeof rangesOfLines> {
    const document = this.#options.ledger.peek(uri)?.document;
    if (!document) return [];
    return rangesOfLines(unreadLines(document.text, document.spans, this.#seenIn(document.spans)));
  }

  #lookAt(uri: string, shown: ReadonlyMap<number, number>): boolean {
    const { ledger, host } = this.#options;
    const document = ledger.peek(uri)?.document;
    if (!document) return false;
    const { text, spans } = document;
    const seenOf = this.#seenIn(spans);
    const unread = unreadLines(text, spans, seenOf).filter((line) => shown.has(line));
    if (unread.length === 0) return false;
    const lines = linesOf(text);
    const until = host.now() - timeToRead(unread.length);
    const read = unread.flatMap((number) => {
      const { start, next } = lines[number]!;
      // A line cannot have been read before it was written.
      const since = Math.max(shown.get(number)!, this.#writtenAt(spans, start, next));
      return since <= until ? { start, end: next } : [];
    });
    const news = seenAfter(spans, read, seenOf);
    for (const [id, seen] of news) this.#queue.see(id, writeSeen(seen));
    return news.size > 0;
  }

  #writtenAt(spans: Spans, start: number, end: number): number {
    const owners = new Set(spans.runs(start, end).flatMap(({ owner }) => owner ?? []));
    return Math.max(0, ...[...owners].map((id) => this.#options.ledger.readEdit(id)?.at ?? 0));
  }

  #seenIn(spans: Spans): SeenOf {
    const { ledger, store } = this.#options;
    const owners = spans.owners();
    const origins = ledger.readOrigins(owners);
    const ai = owners.filter((id) => origins.get(id)?.kind === "ai");
    const seen = ai.length === 0 ? new Map<string, string>() : store.readSeen(ai);
    const wanted = new Set(ai);
    return (id) => (wanted.has(id) ? seenFrom(this.#queue.seenOf(id) ?? seen.get(id)) : undefined);
  }

  *#uncommitted(isWanted: (uri: string) => boolean) {
    const { store, host, flush } = this.#options;
    flush();
    const byUri = new Map<string, Map<string, string | null>>();
    for (const { editId, uri, seen } of store.readUncommitted(host.now() - mostAgeMs)) {
      if (!isWanted(uri)) continue;
      const edits = byUri.get(uri);
      if (edits) edits.set(editId, seen);
      else byUri.set(uri, new Map([[editId, seen]]));
    }
    for (const [uri, edits] of byUri) {
      const document = this.#documentOf(uri);
      if (!document) continue;
      const seenOf: SeenOf = (id) =>
        edits.has(id) ? seenFrom(this.#queue.seenOf(id) ?? edits.get(id)) : undefined;
      yield { uri, document, seenOf };
    }
  }

  #documentOf(uri: string): { readonly text: string; readonly spans: Spans } | undefined {
    const { ledger, store, hashes, view } = this.#options;
    const open = ledger.peek(uri)?.document;
    if (open) return open;
    const file = fileOfAddress(uri);
    const raw = file === undefined ? undefined : readIfThere(file);
    if (file === undefined || raw === undefined) return undefined;
    const closed = readClosedDocument(raw, [uri, ...addressesOfFile(file)], { store, hashes, git: view });
    return closed.state !== "never" && closed.state !== "lost" ? closed : undefined;
  }

  #lookLater(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#shown.size === 0) return;
    this.#stopTimer = this.#options.host.startTimer(lookMs, () => {
      this.look();
      this.#lookLater();
    });
  }
}

function seenFrom(stored: string | null | undefined): Seen | "unread" {
  return (stored == null ? undefined : readSeen(stored)) ?? "unread";
}

function readIfThere(file: string): string | undefined {
  try {
    return readRegularFile(file, longestFile).toString("utf8");
  } catch {
    return undefined;
  }
}
