import { evidenceFromObservation } from "../../core/origin/evidence.ts";
import {
  isAlike,
  movedInside,
  runsOfPassage,
  shortestMoved,
  type MovedText,
} from "../../core/spans/movedText.ts";
import { resolveOrigin } from "../../core/origin/origin.ts";
import type { Run } from "../../core/spans/spans.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { AppliedChange, OpenDocument } from "./openDocument.ts";
import { knownEdit } from "../provenance/knownEdit.ts";
import type { EditRow } from "../store/store.ts";

/** What was cut is pasted soon or not at all; in memory only, and no more than that. */
const longestCutMs = 10 * 60_000;
const mostCuts = 20;
const longestCut = 200_000;
/** Longer texts are not looked through for what was pasted. */
const longestSearched = 2_000_000;

export interface PastedOptions {
  readonly now: () => number;
  readonly openDocuments: () => readonly OpenDocument[];
  readonly readEdit: (id: string) => EditRow | undefined;
}

/** Finds whose a text was that is put in anew: moved inside one edit, cut lately, or copied from an open document. */
export class Pasted {
  readonly #options: PastedOptions;
  #cuts: { readonly text: string; readonly runs: readonly Run[]; readonly at: number }[] = [];

  constructor(options: PastedOptions) {
    this.#options = options;
  }

  /**
   * Text that stood elsewhere stays whose it was, and nothing of it is new. Says how much that is of a change, and who
   * wrote it if it was one. `document` has the change in it already.
   */
  take(
    document: OpenDocument,
    observation: Observation,
    applied: AppliedChange,
  ): { readonly length: number; readonly from: Origin | undefined } | undefined {
    if (observation.reason !== undefined || observation.reloaded) return undefined;
    this.#noteCut(applied);
    const known = resolveOrigin(observation, evidenceFromObservation(observation, { texts: applied.texts }));
    // Who is known to have made a change did not paste it, unless the change moves a text inside itself.
    if (known.strength !== undefined && applied.edit.length < 2) return undefined;
    const moved = this.#find(document, applied);
    if (moved.length === 0) return undefined;
    for (const { start, runs } of moved) document.giveBack(start, runs);
    const runs = moved.flatMap((each) => each.runs);
    return { length: runs.reduce((sum, { length }) => sum + length, 0), from: this.#writerOf(runs) };
  }

  #writerOf(runs: readonly Run[]): Origin | undefined {
    const [owner, ...others] = new Set(runs.map((run) => run.owner));
    const edit = owner === undefined || others.length > 0 ? undefined : this.#options.readEdit(owner);
    const origin = edit && knownEdit(edit).origin;
    return origin?.kind === "unknown" ? undefined : origin;
  }

  /** Remembers what a change took out, in case it is put in elsewhere. */
  #noteCut({ edit, removed }: AppliedChange): void {
    const [only] = edit;
    if (!only || edit.length > 1 || only.text !== "") return;
    if (only.removed.length < shortestMoved || only.removed.length > longestCut) return;
    this.#cuts = [...this.#cuts, { text: only.removed, runs: removed, at: this.#options.now() }].slice(
      -mostCuts,
    );
  }

  /** The stretches of a change that stood elsewhere before. Where they could be several people's, there are none. */
  #find(document: OpenDocument, applied: AppliedChange): MovedText[] {
    const { edit, removed } = applied;
    const inside = movedInside(edit, removed);
    const [only] = edit;
    if (inside.length > 0 || !only || edit.length > 1 || only.text.length < shortestMoved) return inside;
    const runs = this.#cutOf(only.text) ?? this.#copiedFrom(only.text, document, only.start);
    return runs ? [{ start: only.start, runs }] : [];
  }

  #cutOf(text: string): readonly Run[] | undefined {
    const since = this.#options.now() - longestCutMs;
    this.#cuts = this.#cuts.filter(({ at }) => at >= since && at <= this.#options.now());
    const same = this.#cuts.filter((cut) => cut.text === text);
    return same.every(({ runs }) => isAlike(runs, same[0]!.runs)) ? same.at(-1)?.runs : undefined;
  }

  #copiedFrom(text: string, into: OpenDocument, at: number): readonly Run[] | undefined {
    let found: readonly Run[] | undefined;
    for (const document of this.#options.openDocuments()) {
      const { view, spans } = document;
      if (view.length > longestSearched) continue;
      const here = runsOfPassage(text, {
        text: view,
        runs: (start, end) => spans.runs(start, end),
        except: document === into ? at : undefined,
      });
      if (here && found && !isAlike(here, found)) return undefined;
      found ??= here;
    }
    return found;
  }
}
