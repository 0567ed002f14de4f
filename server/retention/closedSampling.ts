import { RecoveredEdit } from "../../core/retention/recoveredEdit.ts";
import { toCompact } from "../../core/spans/compactSpans.ts";
import { isLate } from "../../core/retention/sampleTimes.ts";
import type { Hashes } from "../deviceKey.ts";
import type { GitView } from "../gitView.ts";
import type { News } from "../edits/news.ts";
import { recall, type Recalled } from "../unseen/recall.ts";
import { restOf } from "../unseen/restingText.ts";
import { isOther } from "./sampling.ts";
import type { DocumentRow, DueRow, Store } from "../store/store.ts";
import { readStoredEdit } from "./storedGrams.ts";
import type { ReadFile } from "../unseen/textFile.ts";

/**
 * How long a sample that another window should take is left to it. A window that is gone takes none, and one that
 * slept is back by then.
 */
const leftToOthersMs = 60_000;

export interface ClosedSamplingOptions {
  readonly window: string;
  readonly store: Pick<Store, "readDocument" | "readDocumentsOfText" | "readDue" | "readSnapshots">;
  readonly news: News;
  readonly hashes: Hashes;
  readonly git: GitView;
  readonly readFile: ReadFile;
  readonly now: () => number;
  readonly isOpen: (uri: string) => boolean;
  readonly branchOf: (uri: string) => string | null;
}

/** Samples edits whose document is not open, by what its file holds when the time has come. */
export class ClosedSampling {
  readonly #options: ClosedSamplingOptions;
  /** Since when samples of other windows' documents were seen to be due. */
  #seen = new Map<string, number>();

  constructor(options: ClosedSamplingOptions) {
    this.#options = options;
  }

  takeDue(): void {
    const { store, news, now, isOpen } = this.#options;
    // What was taken is written first, and would be due again until then.
    if (news.hasSamples) return;
    const seen = new Map<string, number>();
    const documents = new Map<string, DueRow[]>();
    for (const row of store.readDue(now())) {
      if (isOpen(row.uri)) continue;
      documents.set(row.uri, [...(documents.get(row.uri) ?? []), row]);
    }
    for (const [uri, rows] of documents) {
      const document = store.readDocument(uri);
      const since = this.#seen.get(uri) ?? now();
      const isOurs = document?.spans.window === this.#options.window;
      if (!isOurs && now() - since < leftToOthersMs) seen.set(uri, since);
      else this.#sample(document, uri, rows);
    }
    this.#seen = seen;
  }

  #sample(document: DocumentRow | undefined, uri: string, rows: readonly DueRow[]): void {
    const { news, readFile } = this.#options;
    const file = readFile(uri);
    if (file === "unreadable" || (file === "missing" && !uri.startsWith("file:"))) {
      for (const { editId } of rows) news.stopFollowing(editId);
      news.addDrop("sample.unreadable", rows.length);
      return;
    }
    // A file that is gone holds nothing any more.
    const raw = file === "missing" ? "" : file.text;
    const { text, recalled } = this.#recall(raw, document);
    if (document) this.#write(document, text, recalled);
    for (const row of rows) this.#take(row, text, recalled);
  }

  /** An editor may give all lines of a file the same break: the text that was recorded decides. */
  #recall(raw: string, document: DocumentRow | undefined): { text: string; recalled: Recalled } {
    const texts = textsAsOpened(raw);
    const known = texts.find((text) => this.#options.hashes.text(text) === document?.spans.textHash);
    const text = known ?? raw;
    return { text, recalled: recall(text, document, this.#options) };
  }

  /** The next one to look begins with what was found now. */
  #write(document: DocumentRow, text: string, { state, spans, ranges, removed, left }: Recalled): void {
    const { news, hashes, git, window } = this.#options;
    if (state === "same") return;
    const { uri } = document;
    news.addGone(uri, document.spans.session, removed);
    if (left) news.addSnapshot(left);
    news.addDocument({
      ...document,
      spans: {
        ...document.spans,
        window,
        version: -1,
        textLength: text.length,
        textHash: hashes.text(text),
        spans: JSON.stringify(toCompact(spans)),
      },
      rest: restOf(text, { ranges, gitMark: git.markOf(uri), hashes }),
    });
  }

  #take(row: DueRow, text: string, { state, spans, ranges }: Recalled): void {
    const { news, hashes, now, branchOf } = this.#options;
    const { editId, uri, since, insertedChars, branch, nextDueMs: dueMs } = row;
    if (state === "lost" || state === "never") {
      news.stopFollowing(editId);
      news.addDrop("sample.textLost", 1);
      return;
    }
    const edit = new RecoveredEdit(readStoredEdit(row), ranges.get(editId));
    const takenAt = now();
    news.addSample({
      editId,
      dueMs,
      takenAt,
      insertedChars,
      ...edit.retention(text, spans.ownedBy(editId).kept, (gram) => hashes.gram(gram)),
      late: isLate(dueMs, takenAt - since - dueMs),
      otherBranch: isOther(branch, branchOf(uri)),
    });
  }
}

/** An editor takes off the byte order mark and gives all lines of a file the same break. */
export function textsAsOpened(raw: string): string[] {
  const text = raw.replace(/^\uFEFF/, "");
  const withLf = text.replace(/\r\n?/g, "\n");
  return [...new Set([text, withLf, withLf.replaceAll("\n", "\r\n")])];
}
