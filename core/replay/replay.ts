import type { Evidence, Origin } from "../../protocol/origin.ts";
import type { ReplayAnswer, ReplayFile, ReplaySample, ReplayStep } from "../../protocol/replay.ts";
import { ChunkedText } from "../text/chunkedText.ts";
import { FollowedEdits, type FollowedEdit } from "../spans/followedEdits.ts";
import { minimiseAll } from "../text/minimise.ts";
import { resolveOrigin, type Resolution } from "../origin/origin.ts";
import { originKey } from "../origin/originKey.ts";
import { Ownership, type Followed } from "../spans/ownership.ts";
import { checkEdits, checkSteps } from "./replayRules.ts";
import { Spans } from "../spans/spans.ts";
import type { TextChange } from "../text/textReplacement.ts";

/**
 * Plays a recorded sequence of edits. AI edits are minimised one by one; all others are taken as they come, except
 * that an undo or redo is followed as the exact opposite of what it takes back. Throws `ReplayProblem`.
 */
export function replay(file: ReplayFile): ReplayAnswer {
  checkSteps(file);
  const player = new Player(file);
  file.steps.forEach((step, index) => player.play(step, index));
  return player.finish();
}

interface TrackedEdit {
  readonly id: string;
  readonly branch: string | undefined;
  readonly followed: FollowedEdit;
  /** In the order they fall due; `place` is where each stands in the answer. */
  readonly due: { readonly at: number; readonly place: number }[];
  readonly samples: (ReplaySample | undefined)[];
}

class Player {
  readonly #file: ReplayFile;
  readonly #ownership: Ownership;
  readonly #followed = new FollowedEdits();
  readonly #edits: TrackedEdit[] = [];
  /** Those that still have samples to come. */
  #sampled: TrackedEdit[] = [];
  readonly #resolved: NonNullable<ReplayAnswer["resolved"]> = [];
  /** By owner: every step that inserts owns what it inserts. */
  readonly #steps = new Map<string, { key: string; id: string | undefined }>();
  readonly #inserted = new Map<string, number>();
  readonly #text: ChunkedText;
  #branch: string | undefined;
  #isClosed = false;

  constructor(file: ReplayFile) {
    this.#file = file;
    this.#text = new ChunkedText(file.initial);
    this.#ownership = new Ownership(Spans.ofLength(file.initial.length));
  }

  play(step: ReplayStep, index: number): void {
    checkEdits(step, index, this.#text.length);
    this.#sampleUntil(step.at);
    const edits = step.edits ?? [];
    this.#branch = step.branch ?? this.#branch;
    this.#isClosed = step.close === true || (this.#isClosed && edits.length === 0);

    if (step.reason) this.#playReturn(step, index, step.reason);
    else if (step.origin) this.#playEdit(step, index, step.origin, step.id);
    else if (step.evidence ?? step.reload ?? step.save) {
      const resolution = resolveOrigin(step, evidenceOf(step));
      const { origin } = resolution;
      const id = step.id ?? (origin.kind === "ai" ? this.#freeId(index) : undefined);
      this.#resolved.push(asRow(resolution, index, id));
      this.#playEdit(step, index, origin, id);
    }
  }

  finish(): ReplayAnswer {
    this.#sampleUntil(Infinity);
    const isResolved = this.#file.steps.some((step) => !step.origin);
    return {
      final: this.#text.toString(),
      edits: this.#edits.map(({ id, followed, samples }) => ({
        id,
        insertedChars: followed.insertedChars,
        samples: samples.filter((sample) => sample !== undefined),
      })),
      origins: this.#origins(),
      ...(isResolved ? { resolved: this.#resolved, spans: this.#spans() } : {}),
    };
  }

  #playEdit({ at, edits = [] }: ReplayStep, index: number, origin: Origin, id: string | undefined): void {
    const isAi = origin.kind === "ai";
    const edit = isAi ? minimiseAll(this.#text, edits) : edits;
    const followed = this.#ownership.change(this.#text, edit, String(index));
    this.#account(index, originKey(origin), id, followed);
    this.#followed.apply(followed.edit);
    if (isAi) this.#track(id!, at, this.#followed.follow(this.#text, edits));
    this.#change(followed.edit);
  }

  /** What comes back from where nobody knows is of unknown origin. */
  #playReturn({ id, edits = [] }: ReplayStep, index: number, reason: "undo" | "redo"): void {
    const owner = String(index);
    const followed =
      reason === "undo"
        ? this.#ownership.undo(this.#text, edits, owner)
        : this.#ownership.redo(this.#text, edits, owner);
    if (followed.insertedLength > 0) this.#account(index, "unknown", id, followed);
    this.#followed.apply(followed.edit);
    this.#change(followed.edit);
  }

  #account(index: number, key: string, id: string | undefined, { insertedLength }: Followed): void {
    this.#steps.set(String(index), { key, id });
    this.#inserted.set(key, (this.#inserted.get(key) ?? 0) + insertedLength);
  }

  #change(edit: readonly TextChange[]): void {
    for (const { start, end, text } of edit.toReversed()) this.#text.replace(start, end, text);
  }

  #track(id: string, at: number, followed: FollowedEdit): void {
    const due = this.#file.sampleAt
      .map((after, place) => ({ at: at + after, place }))
      .sort((first, second) => first.at - second.at);
    const samples = due.map(() => undefined);
    const tracked: TrackedEdit = { id, branch: this.#branch, followed, due, samples };
    this.#edits.push(tracked);
    this.#sampled.push(tracked);
  }

  /** A sample sees the steps before its time, and not those of the same moment. */
  #sampleUntil(now: number): void {
    this.#sampled = this.#sampled.filter(({ due, followed }) => {
      if (due.length === 0) followed.stop();
      return due.length > 0;
    });
    for (const { branch, followed, due, samples } of this.#sampled) {
      while (due.length > 0 && due[0]!.at <= now) {
        const { place } = due.shift()!;
        if (this.#isClosed) continue;
        const { fourGram, noRevert, ...counts } = followed.retention(this.#text);
        samples[place] = {
          at: this.#file.sampleAt[place]!,
          ...counts,
          fourGram: rounded(fourGram),
          noRevert: rounded(noRevert),
          ...(branch === this.#branch ? {} : { branchChanged: true }),
        };
      }
    }
  }

  #origins(): ReplayAnswer["origins"] {
    const kept = new Map<string, number>();
    for (const owner of this.#ownership.spans.owners()) {
      const { key } = this.#steps.get(owner)!;
      kept.set(key, (kept.get(key) ?? 0) + this.#ownership.spans.ownedBy(owner).kept);
    }
    return [...this.#inserted]
      .filter(([, insertedChars]) => insertedChars > 0)
      .map(([key, insertedChars]) => ({ key, insertedChars, keptChars: kept.get(key) ?? 0 }));
  }

  #spans(): NonNullable<ReplayAnswer["spans"]> {
    const spans: NonNullable<ReplayAnswer["spans"]> = [];
    for (const { owner, start, end, restored } of this.#ownership.spans.runs()) {
      if (owner === undefined) continue;
      const { key, id } = this.#steps.get(owner)!;
      const previous = spans.at(-1);
      const isSame =
        previous?.end === start &&
        previous.origin === key &&
        previous.editId === id &&
        (previous.restored ?? false) === restored;
      if (isSame) previous.end = end;
      else {
        spans.push({ start, end, origin: key, ...(id && { editId: id }), ...(restored && { restored }) });
      }
    }
    return spans;
  }

  #freeId(index: number): string {
    const taken = new Set(this.#file.steps.map(({ id }) => id));
    let id = `step-${index}`;
    while (taken.has(id)) id += "-";
    return id;
  }
}

function evidenceOf({ at, evidence = [], reload, save }: ReplayStep): Evidence[] {
  const given = evidence.map((item): Evidence => ({ ...item, at: item.at ?? at }));
  if (reload) given.push({ source: "reload", strength: "exact", origin: { kind: "external" }, at });
  if (save) given.push({ source: "save", strength: "inferred", origin: { kind: "tooling" }, at });
  return given;
}

function asRow(
  { origin, strength, sources, conflict, hint }: Resolution,
  step: number,
  id: string | undefined,
): NonNullable<ReplayAnswer["resolved"]>[number] {
  return {
    step,
    ...(id && { id }),
    origin: originKey(origin),
    strength: strength ?? null,
    sources: [...sources],
    ...(conflict && { conflict: conflict.map(originKey) }),
    ...(hint && { hint: originKey(hint) }),
  };
}

/** To six decimals. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
