import { toCompact } from "../../core/spans/compactSpans.ts";
import { Spans } from "../../core/spans/spans.ts";
import type { Observation } from "../../protocol/observation.ts";
import { followGap, precedes, type FollowedChange } from "./gap.ts";
import type { News } from "./news.ts";
import type { Place } from "./place.ts";
import type { DocumentRow, Store } from "../store/store.ts";

export interface MissedOptions {
  readonly window: string;
  readonly store: Pick<Store, "readDocument">;
  readonly uuid: () => string;
  readonly workspaceOf: (uri: string) => string | null;
}

/** Changes of which only the observations came: the texts had been sent to a server that is gone. */
export class Missed {
  readonly #options: MissedOptions;
  readonly #news: News;

  constructor(options: MissedOptions, news: News) {
    this.#options = options;
    this.#news = news;
  }

  /** Follows those of an open document, made before it was opened, once all their observations are there. */
  recoverGap(place: Place): void {
    const { document, joint } = place;
    if (joint.gap.length === 0) return;
    const observations = joint.gap.splice(0);
    const stored = this.#options.store.readDocument(document.uri)?.spans;
    const followed = document.canRebase
      ? followGap(observations, {
          stored: precedes(stored, observations[0]!, this.#options.window) ? stored : undefined,
          finalLength: document.openedLength,
          uuid: this.#options.uuid,
        })
      : undefined;
    if (followed) {
      document.rebase(followed.spans);
      place.unseen = undefined;
    } else {
      this.#news.addDrop("gap.notFollowed", observations.length);
    }
    this.add(document, observations, followed?.changes);
  }

  /** Follows one of a document that is closed, through its spans as they are known. */
  recoverClosed(observation: Observation, known: DocumentRow | undefined): void {
    const { uri, session, version, languageId } = observation;
    const { window, workspaceOf, uuid } = this.#options;
    const stored = precedes(known?.spans, observation, window) ? known?.spans : undefined;
    const followed = stored && followGap([observation], { stored, finalLength: undefined, uuid });
    const place = { uri, session, workspace: workspaceOf(uri), languageId };
    this.#news.addDocument({
      ...place,
      spans: {
        window,
        session,
        version,
        textLength: followed?.spans.length ?? 0,
        textHash: "",
        spans: JSON.stringify(toCompact(followed?.spans ?? Spans.ofLength(0))),
      },
    });
    this.add(place, [observation], followed?.changes);
  }

  /** What cannot be followed was inserted all the same, and nothing of it counts as kept. */
  add(
    document: { readonly uri: string; readonly session: number },
    observations: readonly Observation[],
    changes: readonly FollowedChange[] | undefined,
  ): void {
    observations.forEach((observation, index) => {
      const unfollowed = () => ({ id: this.#options.uuid(), removed: [], followed: false });
      this.#news.addMissedEdit(document, observation, changes?.[index] ?? unfollowed());
    });
  }
}
