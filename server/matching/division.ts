import type { DividedChange, Step } from "../../core/tools/dividedChange.ts";
import { diffTexts } from "../../core/text/textDiff.ts";
import type { TextReplacement } from "../../core/text/textReplacement.ts";
import type { OpenDocument } from "../edits/openDocument.ts";
import { closedPlace, withoutStretches, type ClaimsOptions } from "./claims.ts";
import { numberOfName, type Told } from "./toldRecords.ts";

/** Makes several edits of one that several made, each of what its maker has in the text. */
export class Division {
  readonly #options: ClaimsOptions;

  constructor(options: ClaimsOptions) {
    this.#options = options;
  }

  /**
   * Gives back the edits of the parts, in their order. The edit that was is the one of what no record explains, or of
   * the first part where they explain all of it.
   */
  divide(
    document: OpenDocument,
    edit: { readonly id: string; readonly at: number },
    change: DividedChange<Told>,
  ) {
    const { uuid, news } = this.#options;
    const { parts, rest } = change;
    const own = rest ?? parts[0]!;
    const after = (rest ?? parts.at(-1)!).after;
    const text = document.text;
    const changedSince = diffTexts(after, text);
    const isAsItWas = changedSince.length === 0;
    if (isAsItWas) this.#options.sampling.keepOnly(document, (id) => id !== edit.id);
    const ids = parts.map((part) => {
      if (part === own) return edit.id;
      const id = uuid();
      const stretches = part.stretches
        .flatMap((stretch) => carried(stretch, changedSince))
        .flatMap(({ start, end }) => ownedStretches(document, start, end, edit.id));
      for (const { start, end } of stretches) document.spans.replace(start, end - start, end - start, id);
      news.addEdit({
        id,
        document: { uri: document.uri, session: closedPlace.session },
        window: closedPlace.window,
        version: numberOfName(part.record.name),
        at: part.record.record.at,
        applied: { texts: [], removed: [], ...countsOf(part) },
        keptChars: document.spans.ownedBy(id).kept,
      });
      if (isAsItWas) this.#follow(document, id, edit.at, part);
      return id;
    });
    const { kept } = document.spans.ownedBy(edit.id);
    news.grow({ editId: edit.id, ...countsOf(own), keptChars: kept + news.removedOf(edit.id) });
    if (isAsItWas) this.#follow(document, edit.id, edit.at, own);
    else news.addDrop("sample.textLost", parts.length);
    document.dirty = true;
    return ids;
  }

  #follow(document: OpenDocument, id: string, since: number, { stretches }: Step): void {
    if (stretches.length === 0) return;
    this.#options.unseen.follow(document, { id, since, ...withoutStretches(document.text, stretches) });
  }
}

function countsOf({ before, after }: Step) {
  const edit = diffTexts(before, after);
  return {
    insertedChars: edit.reduce((sum, { text }) => sum + text.length, 0),
    deletedChars: edit.reduce((sum, { start, end }) => sum + end - start, 0),
  };
}

/** Where a stretch of a text lies after it changed; what the change touched is left out. */
function carried(
  { start, end }: Step["stretches"][number],
  changes: readonly TextReplacement[],
): Step["stretches"] {
  const left: { start: number; end: number }[] = [];
  let shift = 0;
  let from = start;
  for (const change of changes) {
    if (change.end <= from) shift += change.text.length - (change.end - change.start);
    else if (change.start < end) {
      if (change.start > from) left.push({ start: from + shift, end: change.start + shift });
      shift += change.text.length - (change.end - change.start);
      from = Math.min(end, change.end);
    }
  }
  if (from < end) left.push({ start: from + shift, end: end + shift });
  return left;
}

function ownedStretches(
  document: OpenDocument,
  start: number,
  end: number,
  owner: string,
): Step["stretches"] {
  return document.spans.runs(start, end).filter((run) => run.owner === owner && !run.restored);
}
