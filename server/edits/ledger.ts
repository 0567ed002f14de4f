import { isRejection } from "../../core/origin/editorAccount.ts";
import { resolveOrigin } from "../../core/origin/origin.ts";
import type { ToldBy } from "../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import { disown } from "../../core/spans/disown.ts";
import type { Observation } from "../../protocol/observation.ts";
import type { Saying } from "../../protocol/provenance.ts";
import { Joint } from "./joint.ts";
import { Telling, type TellingOptions } from "../matching/telling.ts";
import { readAsOpened } from "../unseen/closedFile.ts";
import { LateObservations } from "./lateObservations.ts";
import type { LedgerStore } from "./ledgerStore.ts";
import { Missed } from "./missed.ts";
import { ClosedSampling } from "../retention/closedSampling.ts";
import type { Hashes } from "../deviceKey.ts";
import { documentRow } from "./documentRow.ts";
import type { GitView } from "../gitView.ts";
import { News } from "./news.ts";
import { OpenDocument, type SyncedChange } from "./openDocument.ts";
import { Pasted } from "./pasted.ts";
import type { Place } from "./place.ts";
import { isSampled, Sampling } from "../retention/sampling.ts";
import type { Batch, EditRow, OriginRow, Written } from "../store/store.ts";
import type { ReadFile } from "../unseen/textFile.ts";
import { restAfterMs, Unseen } from "../unseen/unseen.ts";
import { conversationChange, Stream } from "./stream.ts";

export interface LedgerOptions {
  /** Random id of this editor window. */
  readonly window: string;
  /** Read for what is known already; written by `commit` alone. */
  readonly store: LedgerStore;
  readonly git: GitView;
  readonly readFile: ReadFile;
  readonly now: () => number;
  /** Milliseconds of a clock that is never set, for measuring how long something waits; `now` where there is none. */
  readonly elapsedMs?: () => number;
  readonly utcOffsetMinutes: (at: number) => number;
  readonly uuid: () => string;
  readonly hashes: Hashes;
  readonly workspaceOf: (uri: string) => string | null;
}

interface OpenedText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** How long a change waits for what the editor knows of it. What comes later sharpens what was recorded. */
export const patienceMs = 150;
/** How long an observation waits for its change: longer than any change takes, so that it holds nothing else up. */
const longestWaitMs = 10_000;
/** A window keeps no more than that: a number further ahead is no number of an observation. */
const mostUnacknowledged = 1000;

/**
 * Turns what the editor sends into edits: texts come by document sync, what the editor knows of each change comes as
 * observations, and the two are joined on uri, session and version in either order.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #places = new Map<string, Place>();
  readonly #sessions = new Map<string, number>();
  readonly #news: News;
  readonly #sampling: Sampling;
  readonly #unseen: Unseen;
  readonly #missed: Missed;
  readonly #pasted: Pasted;
  readonly #closed: ClosedSampling;
  readonly #telling: Telling;
  readonly #late: LateObservations;
  #lastSequence: number;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#news = new News(options);
    this.#sampling = new Sampling({
      now: options.now,
      onSample: (sample) => this.#news.addSample(sample),
      onGivenUp: () => this.drop("sample.givenUp", 1),
      branchOf: (uri) => this.#unseen.branchOf(uri),
      hashGram: (gram) => options.hashes.gram(gram),
    });
    this.#unseen = new Unseen(options, this.#news, this.#sampling);
    this.#pasted = new Pasted({
      now: options.now,
      openDocuments: () => [...this.#places.values()].map(({ document }) => document),
      readEdit: (id) => this.readEdit(id),
    });
    this.#missed = new Missed(options, this.#news);
    this.#late = new LateObservations({
      ...options,
      news: this.#news,
      missed: this.#missed,
      sampling: this.#sampling,
      documentOf: (uri) => this.#places.get(uri)?.document,
    });
    this.#closed = new ClosedSampling({
      ...options,
      news: this.#news,
      isOpen: (uri) => this.#places.has(uri),
      branchOf: (uri) => this.#unseen.branchOf(uri),
    });
    this.#telling = new Telling({
      ...options,
      news: this.#news,
      unseen: this.#unseen,
      readEdit: (id) => this.readEdit(id),
      placeOf: (uri) => this.#places.get(uri),
      withClosed: this.#withClosed,
      sampling: this.#sampling,
    });
    this.#lastSequence = options.store.readReceipt(options.window);
  }

  get hasNews(): boolean {
    return (
      this.#news.any ||
      [...this.#places.values()].some(({ document, joint }) => document.dirty || !joint.isEmpty)
    );
  }

  /** When `commit` has something to do though nothing happens. */
  get nextAt(): number {
    let next = this.#telling.matcher.restsAt;
    for (const { document, joint, stream, restsAt, unseen } of this.#places.values()) {
      // While something is still to come, a text is neither at rest nor sampled, however long it takes.
      const isBusy = stream !== undefined || !joint.isEmpty;
      const due = isBusy ? Infinity : Math.min(restsAt, this.#sampling.dueAt(document));
      next = Math.min(next, due, stream?.endsAt(patienceMs) ?? Infinity, unseen?.until ?? Infinity);
    }
    return next;
  }

  /** The window says which time it opens a document, right before it does. */
  opening(uri: string, session: number): void {
    this.#sessions.set(uri, session);
  }

  open(opened: OpenedText): void {
    if (this.#places.has(opened.uri)) this.close(opened.uri);
    const { uri, text } = opened;
    const found = this.#unseen.recall(uri, text, (other) => this.#places.has(other));
    const document = new OpenDocument({
      ...opened,
      workspace: this.#options.workspaceOf(uri),
      session: this.#sessions.get(uri) ?? 1,
      spans: found.recalled.spans,
    });
    const openedAt = this.#options.now();
    this.#places.set(uri, { document, joint: new Joint(), openedAt, ...this.#unseen.begin(document, found) });
  }

  change({ uri, ...change }: SyncedChange & { readonly uri: string }): void {
    const place = this.#places.get(uri);
    if (!place) {
      this.drop("change.withoutDocument", 1);
      return;
    }
    place.joint.addChange(change, this.#options.now(), this.#elapsed());
    // A window that never said that it observes has nothing to wait for.
    this.#settle(place, this.#sessions.has(uri) ? this.#waitedSince() : Infinity);
  }

  close(uri: string): void {
    const place = this.#places.get(uri);
    if (!place) return;
    const { document, joint } = place;
    this.#settle(place, Infinity);
    this.#endStream(place);
    if (this.#telling.matcher.isGathering(uri)) this.#telling.matcher.noteText(uri, document.text);
    this.#sampling.takeDue(document, this.#options.now());
    for (const observation of joint.takePassed(Infinity)) this.#late.recoverClosed(observation);
    this.#unseen.accept(place);
    if (document.dirty || place.restsAt < Infinity) this.#news.addDocument(this.#unseen.rowAtRest(place));
    this.#sampling.forget(document);
    this.#places.delete(uri);
  }

  /** The window goes: what is open is open no more. */
  closeAll(): void {
    for (const uri of [...this.#places.keys()]) this.close(uri);
  }

  /** Takes the samples that are due of documents that are not open. */
  sampleClosed(): void {
    this.#closed.takeDue();
  }

  /** Takes in what the editor knows of one change, whether the change has come, will come, or was missed. */
  observe(observation: Observation): void {
    // Sent again after a restart, although it had been committed.
    if (observation.sequence <= this.#lastSequence) return;
    this.#lastSequence = observation.sequence;
    this.#news.noteSequence(observation.sequence);
    const place = this.#places.get(observation.uri);
    if (place?.document.session !== observation.session) {
      this.#late.recoverClosed(observation);
      return;
    }
    const { document, joint } = place;
    if (observation.version > document.version) {
      joint.addObservation(observation, this.#elapsed());
      this.#settle(place, this.#waitedSince());
    } else if (observation.version > document.openedVersion) {
      document.forgetOpening();
      const edit = this.#news.edit(document.uri, document.session, observation.version);
      if (edit) this.#late.joinFresh(document, edit, observation);
      else this.#late.joinStored(observation);
    } else if (!this.#late.joinStored(observation)) {
      joint.gap.push(observation);
    }
  }

  /** An observation without the agreed form: nothing is known of it but, perhaps, its number. */
  skip(sequence: number | undefined): void {
    this.drop("observation.malformed", 1);
    if (sequence === undefined || sequence > this.#lastSequence + mostUnacknowledged) return;
    if (sequence > this.#lastSequence) {
      this.#lastSequence = sequence;
      this.#news.noteSequence(sequence);
    }
  }

  drop(name: string, count: number): void {
    this.#news.addDrop(name, count);
  }

  /** Follows the changes that were made while no server listened, once all their observations are there. */
  recoverGaps(): void {
    for (const place of this.#places.values()) this.#missed.recoverGap(place);
  }

  /** An open document as it is now, with everything that is known of it recorded. */
  look(uri: string): OpenDocument | undefined {
    const place = this.#places.get(uri);
    if (!place) return undefined;
    this.#settle(place, Infinity);
    this.#growStream(place);
    return place.document;
  }

  /** An open document, and whether changes of it still wait for what the editor knows of them. */
  peek(uri: string): { readonly document: OpenDocument; readonly waiting: boolean } | undefined {
    const place = this.#places.get(uri);
    if (!place) return undefined;
    this.#settle(place, this.#sessions.has(uri) ? this.#waitedSince() : Infinity);
    this.#growStream(place);
    return { document: place.document, waiting: !place.joint.isEmpty };
  }

  /** An edit as it is known by now, written or not. */
  readEdit(id: string): EditRow | undefined {
    return this.#news.known(id, (stored) => this.#options.store.readEditById(stored));
  }

  /** The origins of edits as they are known by now, written or not. */
  readOrigins(ids: readonly string[]): Map<string, OriginRow> {
    return this.#news.origins(ids, (stored) => this.#options.store.readOrigins(stored));
  }

  /** Takes in what a tool tells of an edit, of a document by any of the addresses it may have been opened at. */
  tell(uris: readonly string[], record: ToolEdit, by: ToldBy): void {
    this.#telling.tell(uris, record, by);
  }

  /** Takes in what the person says of edits. Gives back how many of them there are. */
  label(ids: readonly string[], label: Saying, at: number): number {
    const read = (id: string) => this.#options.store.readEditById(id);
    return ids.filter((id) => this.#news.label(id, label, at, read)).length;
  }

  /** Records every change there is, whether or not its observation has come. */
  settleAll(): void {
    for (const place of this.#places.values()) this.#settle(place, Infinity);
  }

  /** Hands everything new to `write`, and forgets it where that worked. */
  commit(write: (batch: Batch) => Written): { written: Written; batch: Batch } | undefined {
    for (const place of this.#places.values()) {
      this.#settle(place, this.#waitedSince());
      const stale = place.joint.takeStale(this.#elapsed() - longestWaitMs);
      for (const observation of stale) this.#late.recoverPassed(observation);
      if (place.joint.isEmpty && place.stream?.isOver(this.#options.now() - patienceMs))
        this.#endStream(place);
      else this.#growStream(place);
      // A change that waits may be earlier than what is due, and a stream is sampled as a whole.
      const canSample = place.joint.isEmpty && !place.stream;
      if (canSample) this.#sampling.takeDue(place.document, this.#options.now());
      if (place.unseen && place.unseen.until <= this.#options.now()) this.#unseen.accept(place);
      if (place.document.dirty && place.restsAt === Infinity)
        place.restsAt = this.#options.now() + restAfterMs;
    }
    this.#telling.matcher.settle();
    const resting = [...this.#places.values()].filter((place) => this.#unseen.isAtRest(place));
    const dirty = [...this.#places.values()].filter(
      (place) => place.document.dirty && !resting.includes(place),
    );
    const batch = this.#news.batch(
      [
        ...dirty.map(({ document }) => documentRow(document, this.#options)),
        ...resting.map((place) => this.#unseen.rowAtRest(place)),
      ],
      this.#committable(),
    );
    if (!batch) return undefined;
    const forget = () => {
      for (const { document } of [...dirty, ...resting]) document.dirty = false;
      for (const place of resting) place.restsAt = Infinity;
      this.#news.clear();
    };
    let written: Written;
    try {
      written = write(batch);
    } catch (thrown) {
      // What the store refuses by mistake it would refuse again, and everything after it.
      forget();
      this.drop("batch.refused", 1);
      throw thrown;
    }
    if (written.outcome === "forgotten") this.#giveUp(written.at);
    else if (written.outcome !== "retry") forget();
    return { written, batch };
  }

  /**
   * Something was deleted: open documents go on, and what edits that are gone inserted is nobody's. A document whose row
   * is gone too is not written again before its next change.
   */
  forgetDeleted(): void {
    this.#telling.matcher.clear();
    for (const place of this.#places.values()) {
      place.stream = undefined;
      place.unseen = undefined;
      const { document } = place;
      const owners = document.spans.owners();
      const known = this.readOrigins(owners);
      const isAllKnown = owners.every((owner) => known.has(owner));
      if (!isAllKnown) document.adopt(disown(document.spans, (owner) => known.has(owner)));
      this.#sampling.keepOnly(document, (id) => this.readEdit(id) !== undefined);
      place.restsAt = this.#isStored(document.uri) ? this.#options.now() + restAfterMs : Infinity;
      document.dirty &&= this.#news.hasEditOf(document.uri) || this.#isStored(document.uri);
    }
  }

  /** What was made until then and is not written yet may be of what was deleted. */
  #giveUp(until: number): void {
    const lost = this.#news.giveUp(until, (uri) => this.#isStored(uri));
    if (lost > 0) this.drop("edit.forgotten", lost);
    this.forgetDeleted();
  }

  #withClosed: TellingOptions["withClosed"] = (uri, textsBefore, look) => {
    const file = readAsOpened(uri, textsBefore, this.#options);
    if (!file) return;
    this.open({ uri, version: 0, ...file });
    look(this.#places.get(uri)!, file.after);
    this.close(uri);
  };

  #settle(place: Place, waitedSince: number): void {
    const { joint } = place;
    for (let next = joint.take(waitedSince); next; next = joint.take(waitedSince)) {
      for (const observation of joint.takePassed(next.change.version - 1))
        this.#late.recoverPassed(observation);
      this.#record(place, next.change, next.observation, next.at);
    }
  }

  #growStream({ document, stream }: Place): void {
    const grown = stream?.grow(document);
    if (grown) this.#news.grow(grown);
  }

  /** Only now it is one edit, for those that are followed too. */
  #endStream(place: Place): void {
    const { document, stream } = place;
    if (!stream) return;
    this.#growStream(place);
    place.stream = undefined;
    const edit = stream.editOf(document);
    this.#sampling.apply(document, edit);
    const { id, at: since } = stream;
    this.#unseen.follow(document, { id, since, original: document.textBefore(edit), edit });
  }

  #record(place: Place, change: SyncedChange, observation: Observation | undefined, arrivedAt: number): void {
    const { document } = place;
    const { uri } = document;
    const said = conversationChange(observation);
    const at = observation?.at ?? arrivedAt;
    const isReload = observation?.reloaded ?? false;
    const adopted = isReload ? this.#unseen.spansKnownElsewhere(document, change) : undefined;
    const movement = isReload && !adopted ? this.#unseen.movementOf(place) : undefined;
    const gathered = this.#telling.matcher.isGathering(uri) ? document.text : undefined;
    if (gathered !== undefined && (adopted || movement)) this.#telling.matcher.noteText(uri, gathered);
    if (movement) {
      this.#endStream(place);
      this.#unseen.takeFromGit(place, change, movement);
      this.drop("edit.fromGit", 1);
      return;
    }
    place.restsAt = this.#options.now() + restAfterMs;
    if (adopted || !place.stream?.isContinuedBy(said)) this.#endStream(place);
    if (!place.stream) this.#sampling.takeDue(document, at);
    const continued = place.stream;
    const id = continued?.id ?? this.#options.uuid();
    const applied = document.apply(change, {
      owner: id,
      reason: observation?.reason,
      reloaded: isReload,
      diffed: said !== undefined,
    });
    if (adopted || !said) this.#sampling.apply(document, applied.edit);
    if (adopted) {
      document.adopt(adopted);
      return;
    }
    if (observation) document.forgetOpening();
    if (applied.edit.length === 0) return;
    if (continued && said) {
      continued.continue(said);
      this.#news.addRemoved(id, change.version, applied.removed);
      if (gathered !== undefined)
        this.#telling.matcher.note(document, { edit: id, at, origin: said.origin, applied, gathered });
      return;
    }
    if (said) place.stream = new Stream(id, said, document, applied.edit);
    const moved = observation && !said ? this.#pasted.take(document, observation, applied) : undefined;
    const insertedChars = applied.insertedChars - (moved?.length ?? 0);
    const counted = { ...applied, insertedChars };
    const edit = this.#news.addEdit({ id, document, version: change.version, applied: counted, at });
    if (observation?.reason !== undefined && applied.insertedChars === 0) this.#news.dropEdit(edit);
    else if (observation) this.#news.addEvidence(edit, observation, moved?.from);
    if (isRejection(observation?.detailedReason)) {
      const owners = applied.removed.map(({ owner }) => owner);
      this.#news.reject(owners, (owner) => document.spans.ownedBy(owner).kept === 0);
    }
    const { origin } = resolveOrigin(edit, edit.evidence);
    const isEdit = observation?.reason === undefined && insertedChars + applied.deletedChars > 0;
    const maker = isEdit ? origin : undefined;
    this.#telling.matcher.note(document, { edit: id, at, origin: maker, isReload, applied, gathered });
    if (moved && insertedChars === 0) return;
    // What nobody knows the maker of yet may turn out to be a tool's.
    if (!said && isSampled(origin)) {
      const original = document.textBefore(applied.edit);
      this.#unseen.follow(document, { id, since: at, original, edit: applied.asItCame });
    }
  }

  #isStored(uri: string): boolean {
    return this.#options.store.readDocument(uri) !== undefined;
  }

  /** An observation whose change is still to come is not committed yet, and neither is any after it. */
  #committable(): number {
    const waiting = [...this.#places.values()].flatMap(({ joint }) => joint.sequences);
    return Math.min(this.#lastSequence, ...waiting.map((sequence) => sequence - 1));
  }

  #waitedSince(): number {
    return this.#elapsed() - patienceMs;
  }

  #elapsed(): number {
    return (this.#options.elapsedMs ?? this.#options.now)();
  }
}
