import { writtenText, type WrittenText } from "../../core/tools/toolText.ts";
import { applyReplacements, type TextReplacement } from "../../core/text/textReplacement.ts";
import type { News } from "../edits/news.ts";
import type { OpenDocument } from "../edits/openDocument.ts";
import type { Sampling } from "../retention/sampling.ts";
import type { Unseen } from "../unseen/unseen.ts";
import { evidenceOf, numberOfName, recordPlaceOf, type Told } from "./toldRecords.ts";

export interface ClaimsOptions {
  readonly uuid: () => string;
  readonly news: News;
  readonly unseen: Unseen;
  readonly sampling: Sampling;
}

/** What was written while a document was closed was made in no window, and at no opening of it. */
export const closedPlace = { window: "records", session: 0 } as const;

/** Records what a tool wrote into documents that nobody had open. */
export class Claims {
  readonly #options: ClaimsOptions;

  constructor(options: ClaimsOptions) {
    this.#options = options;
  }

  /**
   * The document has the text that it was opened with, and nobody watched how it came about. What the tool wrote is an
   * edit in any case; as much of it is kept as stands where nobody else is known to have written.
   */
  claim(document: OpenDocument, told: Told, isOpen: boolean): string | undefined {
    const { uuid, unseen } = this.#options;
    const { record } = told;
    const text = document.text;
    const written = writtenText(text, record.text);
    if (!written || written.insertedChars + written.deletedChars === 0) return undefined;
    const stretches = this.#unowned(document, written);
    // What an editor does not show yet, it may be about to read again.
    if (isOpen && stretches.length === 0) return undefined;
    const id = uuid();
    for (const { start, end } of stretches) document.spans.replace(start, end - start, end - start, id);
    const keptChars = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
    const { insertedChars, deletedChars } = written;
    const applied = { texts: [], insertedChars, deletedChars, removed: [] };
    this.#add(document, told, { id, applied, keptChars });
    if (keptChars > 0)
      unseen.follow(document, { id, since: record.at, ...withoutStretches(text, stretches) });
    return id;
  }

  /** The document has the text that was there before the tool wrote, and `after` is the text since. */
  apply(document: OpenDocument, after: string, told: Told): string | undefined {
    const { uuid, unseen, sampling } = this.#options;
    const id = uuid();
    const change = { version: document.version, contentChanges: [{ text: after }] };
    const applied = document.apply(change, { owner: id, reason: undefined, reloaded: true });
    if (applied.edit.length === 0) return undefined;
    sampling.apply(document, applied.edit);
    this.#add(document, told, { id, applied });
    const original = document.textBefore(applied.edit);
    unseen.follow(document, { id, since: told.record.at, original, edit: applied.asItCame });
    return id;
  }

  #add(
    document: OpenDocument,
    told: Told,
    made: Pick<Parameters<News["addEdit"]>[0], "id" | "applied" | "keptChars">,
  ): void {
    const { news } = this.#options;
    const { name, record } = told;
    const edit = news.addEdit({
      ...made,
      document: { uri: document.uri, session: closedPlace.session },
      window: closedPlace.window,
      version: numberOfName(name),
      at: record.at,
    });
    edit.evidence.push(...evidenceOf(told));
    news.noteRecordAt(made.id, recordPlaceOf(record));
    document.dirty = true;
  }

  /** All of it or nothing: where a part is somebody's already, the text came about in another way. */
  #unowned({ spans }: OpenDocument, { stretches }: WrittenText): WrittenText["stretches"] {
    const isNobodys = stretches.every(({ start, end }) =>
      spans.runs(start, end).every(({ owner }) => owner === undefined),
    );
    return isNobodys ? stretches : [];
  }
}

/** A text without what was put into it, and the edit that put it there. */
export function withoutStretches(
  text: string,
  stretches: WrittenText["stretches"],
): { original: string; edit: TextReplacement[] } {
  const original = applyReplacements(
    text,
    stretches.map(({ start, end }) => ({ start, end, text: "" })),
  );
  let taken = 0;
  const edit = stretches.map(({ start, end }) => {
    const at = start - taken;
    taken += end - start;
    return { start: at, end: at, text: text.slice(start, end) };
  });
  return { original, edit };
}
