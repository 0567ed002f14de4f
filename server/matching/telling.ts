import { isToldBy, type ToldBy } from "../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { textsBefore } from "../../core/tools/toolText.ts";
import type { News } from "../edits/news.ts";
import type { Place } from "../edits/place.ts";
import type { EditRow, Store } from "../store/store.ts";
import { Claims, closedPlace, type ClaimsOptions } from "./claims.ts";
import { Division } from "./division.ts";
import { Matcher } from "./matcher.ts";
import { evidenceOf, matchingMs, numberOfName, recordPlaceOf, type Told } from "./toldRecords.ts";

export interface TellingOptions extends ClaimsOptions {
  readonly news: News;
  readonly now: () => number;
  readonly store: Pick<Store, "readDocument" | "readEdit" | "readEditById" | "readFollowed">;
  readonly readEdit: (id: string) => EditRow | undefined;
  readonly placeOf: (uri: string) => Place | undefined;
  /**
   * Shows a closed document as it is on disk; or with one of the texts that may have been there before, if that is how
   * it was recorded, and then the text on disk beside it. Nothing is done where there is no file.
   */
  readonly withClosed: (
    uri: string,
    textsBefore: (text: string) => string[],
    look: (place: Place, after: string | undefined) => void,
  ) => void;
}

/** Takes in what tools tell of their edits, whatever became of the document meanwhile. */
export class Telling {
  readonly #options: TellingOptions;
  readonly #claims: Claims;
  /** For the changes of open documents. */
  readonly matcher: Matcher;

  constructor(options: TellingOptions) {
    this.#options = options;
    const { now, readEdit, placeOf, news, store } = options;
    const division = new Division(options);
    this.matcher = new Matcher({
      now,
      readEdit,
      textOf: (uri) => placeOf(uri)?.document.text,
      attest: (id, said) => news.attest(id, said, (stored) => store.readEditById(stored)),
      divide: (uri, edit, change) => {
        const document = placeOf(uri)?.document;
        return document && division.divide(document, edit, change);
      },
    });
    this.#claims = new Claims(options);
  }

  /** `uris` are the addresses that the document may have been opened at. */
  tell(uris: readonly string[], record: ToolEdit, by: ToldBy): void {
    const { placeOf, store, withClosed } = this.#options;
    const open = uris.find((uri) => placeOf(uri));
    const uri = open ?? uris.find((one) => store.readDocument(one)) ?? uris[0];
    if (uri === undefined) return;
    const told = this.matcher.tell(uri, record, by);
    // A proposal is an edit once the tool says so, or once its text is there.
    if (told.edits.size > 0 || told.record.outcome !== "applied") return;
    const claim = ({ document }: Place, after?: string) => {
      const claims = this.#claims;
      const id =
        after === undefined
          ? claims.claim(document, told, open !== undefined)
          : claims.apply(document, after, told);
      if (id !== undefined) told.edits.set(id, "whole");
    };
    if (
      this.#isClaimed(uri, told) ||
      this.#wasTold(uri, told.record, by) ||
      this.#mayBeRecorded(uri, told.record)
    )
      return;
    const place = open === undefined ? undefined : placeOf(open);
    if (!place) withClosed(uri, (text) => textsBefore(text, told.record.text), claim);
    else if (place.openedAt > told.record.at) claim(place);
  }

  /** The same record was told before, as a hook, say, and now as a log: what it adds is taken in. */
  #isClaimed(uri: string, told: Told): boolean {
    const { news, store } = this.#options;
    const version = numberOfName(told.name);
    const key = { ...closedPlace, uri, version };
    const known = news.edit(uri, closedPlace.session, version) ?? store.readEdit(key);
    if (!known) return false;
    told.edits.set(known.id, "whole");
    const said = { evidence: evidenceOf(told), recordAt: recordPlaceOf(told.record), by: told.record };
    news.attest(known.id, said, (id) => store.readEditById(id));
    return true;
  }

  /** By another process of Kept's, to an edit of an open document: what was read last is read again after a crash. */
  #wasTold(uri: string, { tool, at }: ToolEdit, by: ToldBy): boolean {
    const { store, readEdit } = this.#options;
    return store.readFollowed(uri).some(({ editId }) => {
      const edit = readEdit(editId);
      if (!edit || edit.window === closedPlace.window || edit.origin.tool !== tool) return false;
      return edit.evidence.some((evidence) => evidence.source === by && evidence.at === at);
    });
  }

  /** A change at about that time is recorded whose maker is not known: it may be this one, and it is not counted twice. */
  #mayBeRecorded(uri: string, { tool, at }: ToolEdit): boolean {
    const { store, readEdit, news } = this.#options;
    const isUnclear =
      this.matcher.mayBeKnown(uri, at) ||
      store
        .readFollowed(uri)
        .some(({ since, editId }) => Math.abs(since - at) <= matchingMs && mayBeOf(tool, readEdit(editId)));
    if (isUnclear) news.addDrop("record.unclear", 1);
    return isUnclear;
  }
}

/** Whether an edit may be one that a tool tells of. Where a record told of it already, it is another's. */
function mayBeOf(tool: string, edit: EditRow | undefined): boolean {
  if (!edit || edit.evidence.some(({ source }) => isToldBy(source))) return false;
  const { origin } = edit;
  if (origin.kind === "ai") return origin.tool === null || origin.tool === tool;
  return origin.kind === "unknown" || origin.kind === "external";
}
