import { resolveOrigin } from "../../core/origin/origin.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Missed } from "./missed.ts";
import type { NewEdit } from "./newEdit.ts";
import type { News } from "./news.ts";
import type { OpenDocument } from "./openDocument.ts";
import { isSampled, type Sampling } from "../retention/sampling.ts";
import type { Store } from "../store/store.ts";

export interface LateObservationsOptions {
  readonly window: string;
  readonly store: Pick<Store, "readDocument" | "readEdit">;
  readonly news: News;
  readonly missed: Missed;
  readonly sampling: Sampling;
  readonly documentOf: (uri: string) => OpenDocument | undefined;
}

/** What the editor knows of changes that were recorded without it, or that no text came for. */
export class LateObservations {
  readonly #options: LateObservationsOptions;

  constructor(options: LateObservationsOptions) {
    this.#options = options;
  }

  /** The change is not in the store yet. */
  joinFresh(document: OpenDocument, edit: NewEdit, observation: Observation): void {
    const { news, sampling } = this.#options;
    if (observation.reason === undefined) news.addEvidence(edit, observation);
    else news.dropEdit(edit);
    const isEdit = observation.reason === undefined;
    if (!isEdit || !isSampled(resolveOrigin(edit, edit.evidence).origin)) {
      sampling.keepOnly(document, (id) => id !== edit.id);
    }
    document.dirty = true;
  }

  joinStored(observation: Observation): boolean {
    const { store, window, news } = this.#options;
    const { uri, session, version } = observation;
    const stored = store.readEdit({ uri, window, session, version });
    if (stored) news.sharpen(stored, observation);
    return stored !== undefined;
  }

  /** The text has passed that version without a change: nothing can be said of it. */
  recoverPassed(observation: Observation): void {
    if (!this.joinStored(observation)) this.#options.news.addDrop("observation.withoutChange", 1);
  }

  /** The document is closed, so there is no text; its spans, if the store has them, are followed all the same. */
  recoverClosed(observation: Observation): void {
    const { store, news, missed, documentOf } = this.#options;
    const { uri, session, version } = observation;
    const edit = news.edit(uri, session, version);
    if (edit) {
      if (observation.reason === undefined) news.addEvidence(edit, observation);
      else news.dropEdit(edit);
      return;
    }
    if (this.joinStored(observation)) return;
    const opened = documentOf(uri);
    if (opened) {
      // It is open anew, and its row is about that.
      opened.dirty = true;
      missed.add({ uri, session }, [observation], undefined);
      return;
    }
    missed.recoverClosed(observation, news.document(uri) ?? store.readDocument(uri));
  }
}
