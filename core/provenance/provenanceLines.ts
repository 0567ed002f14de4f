import type { Evidence, Origin, OriginKind, Strength } from "../../protocol/origin.ts";
import { originKey } from "../origin/originKey.ts";
import type { PlacedRun, Spans } from "../spans/spans.ts";

/** What is known of an edit that text comes from. */
export interface KnownEdit {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly utcOffsetMinutes: number;
  readonly insertedChars: number;
  readonly origin: Origin;
  readonly strength: Strength | undefined;
  /** Tools claimed it with equal strength. */
  readonly conflict: boolean;
  readonly evidence: readonly Evidence[];
}

/** Gives nothing for an edit that was pruned. */
export type ReadEdit = (id: string) => KnownEdit | undefined;

/** Gives nothing for an edit that was pruned. */
export type ReadOrigin = (id: string) => Origin | undefined;

/** A line of a text, by offsets. */
export interface Line {
  /** Counted from 0. */
  readonly number: number;
  readonly start: number;
  /** Before its line break. */
  readonly end: number;
  /** Behind its line break. */
  readonly next: number;
}

/** What one origin has on a line. */
export interface LinePart {
  readonly origin: Origin;
  /** UTF-16 code units; a line break counts only where the line is nothing else. */
  readonly chars: number;
  readonly visibleChars: number;
  /** Share of the visible code units of the line, or of all where none can be seen. */
  readonly share: number;
  /** Code units that no edit is known for. */
  readonly unclaimedChars: number;
  /** Most on this line first, then newest. */
  readonly edits: readonly KnownEdit[];
}

/** Lines as editors count them, without the empty one behind a last line break: no text of it can be anybody's. */
export function linesOf(text: string): Line[] {
  return [...eachLine(text)];
}

/** One line of a text, counted from 0. */
export function lineAt(text: string, number: number): Line | undefined {
  for (const line of eachLine(text)) if (line.number === number) return line;
  return undefined;
}

/** Who wrote a line, most visible first. What was indented or wrapped by somebody else does not change whose it is. */
export function partsOfLine(text: string, line: Line, spans: Spans, readEdit: ReadEdit): LinePart[] {
  const end = endOfOwned(line);
  const parts = new Map<string, PartBeingMade>();
  for (const run of spans.runs(line.start, end)) {
    const edit = run.owner === undefined ? undefined : readEdit(run.owner);
    const origin = edit?.origin ?? unknown;
    const key = originKey(origin);
    let part = parts.get(key);
    if (!part) parts.set(key, (part = new PartBeingMade(origin)));
    part.add(edit, run.length, countVisible(text, run));
  }
  const made = [...parts.values()];
  const visible = made.reduce((sum, { visibleChars }) => sum + visibleChars, 0);
  return made
    .map((part) => part.done(visible > 0 ? part.visibleChars / visible : part.chars / (end - line.start)))
    .sort((one, other) => other.visibleChars - one.visibleChars || other.chars - one.chars);
}

/** The part of a line that an offset lies in, or the first of them where the offset is behind the line's text. */
export function partAt(
  offset: number,
  line: Line,
  parts: readonly LinePart[],
  spans: Spans,
  readEdit: ReadEdit,
): LinePart | undefined {
  const [run] = offset < line.end ? spans.runs(offset, offset + 1) : [];
  if (!run) return parts[0];
  const key = originKey(originOf(run.owner, (id) => readEdit(id)?.origin));
  return parts.find(({ origin }) => originKey(origin) === key);
}

export interface KindRange {
  /** Counted from 0; both ends included. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly kind: OriginKind;
}

/** Lines in a row whose text is mostly of one kind. Lines of unknown origin are left out. */
export function kindRanges(text: string, spans: Spans, readOrigin: ReadOrigin): KindRange[] {
  const ranges: KindRange[] = [];
  for (const line of eachLine(text)) {
    const kind = kindOfLine(text, line, spans, readOrigin);
    if (kind === "unknown") continue;
    const last = ranges.at(-1);
    if (last?.kind === kind && last.lastLine === line.number - 1) {
      ranges[ranges.length - 1] = { ...last, lastLine: line.number };
    } else ranges.push({ firstLine: line.number, lastLine: line.number, kind });
  }
  return ranges;
}

export interface OriginShare {
  readonly origin: Origin;
  readonly chars: number;
}

/** How much of a text each origin wrote, in code units, most first. */
export function originShares(spans: Spans, readOrigin: ReadOrigin): OriginShare[] {
  const shares = new Map<string, { origin: Origin; chars: number }>();
  for (const { owner, length } of spans.runs()) {
    const origin = originOf(owner, readOrigin);
    const key = originKey(origin);
    const share = shares.get(key);
    if (share) share.chars += length;
    else shares.set(key, { origin, chars: length });
  }
  return [...shares.values()].sort((one, other) => other.chars - one.chars);
}

/** Of edits together: what they inserted, what of it was never removed, and what came back after it was. */
export interface EditsLeft {
  readonly inserted: number;
  readonly kept: number;
  readonly restored: number;
}

export function leftOf(edits: readonly KnownEdit[], spans: Spans): EditsLeft {
  let left = { inserted: 0, kept: 0, restored: 0 };
  for (const { id, insertedChars } of edits) {
    const { kept, restored } = spans.ownedBy(id);
    left = {
      inserted: left.inserted + insertedChars,
      kept: left.kept + Math.min(kept, insertedChars),
      restored: left.restored + restored,
    };
  }
  return left;
}

const unknown: Origin = { kind: "unknown" };

function* eachLine(text: string): Generator<Line> {
  const lineBreaks = /\r\n|\r|\n/g;
  let start = 0;
  for (let number = 0; start < text.length; number++) {
    const found = lineBreaks.exec(text);
    const end = found?.index ?? text.length;
    const next = end + (found?.[0].length ?? 0);
    yield { number, start, end, next };
    start = next;
  }
}

function originOf(owner: string | undefined, readOrigin: ReadOrigin): Origin {
  return (owner === undefined ? undefined : readOrigin(owner)) ?? unknown;
}

/** What is judged of a line: an empty one is its break. */
function endOfOwned({ start, end, next }: Line): number {
  return end === start ? next : end;
}

/** The kind that most of a line is, whichever of its tools wrote more. */
function kindOfLine(text: string, line: Line, spans: Spans, readOrigin: ReadOrigin): OriginKind {
  const kinds = new Map<OriginKind, { chars: number; visible: number }>();
  for (const run of spans.runs(line.start, endOfOwned(line))) {
    const { kind } = originOf(run.owner, readOrigin);
    const sum = kinds.get(kind) ?? { chars: 0, visible: 0 };
    kinds.set(kind, { chars: sum.chars + run.length, visible: sum.visible + countVisible(text, run) });
  }
  const [most] = [...kinds].sort(
    ([, one], [, other]) => other.visible - one.visible || other.chars - one.chars,
  );
  return most?.[0] ?? "unknown";
}

function countVisible(text: string, { start, end }: PlacedRun): number {
  let visible = 0;
  for (let at = start; at < end; at++) if (!isBlank(text.charCodeAt(at))) visible++;
  return visible;
}

/** Space, tab and the line breaks: what formatters move. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

class PartBeingMade {
  readonly origin: Origin;
  chars = 0;
  visibleChars = 0;
  #unclaimedChars = 0;
  readonly #edits = new Map<string, { readonly edit: KnownEdit; visible: number }>();

  constructor(origin: Origin) {
    this.origin = origin;
  }

  add(edit: KnownEdit | undefined, chars: number, visible: number): void {
    this.chars += chars;
    this.visibleChars += visible;
    if (!edit) {
      this.#unclaimedChars += chars;
      return;
    }
    const found = this.#edits.get(edit.id);
    if (found) found.visible += visible;
    else this.#edits.set(edit.id, { edit, visible });
  }

  done(share: number): LinePart {
    const edits = [...this.#edits.values()]
      .sort((one, other) => other.visible - one.visible || other.edit.at - one.edit.at)
      .map(({ edit }) => edit);
    const { origin, chars, visibleChars } = this;
    return { origin, chars, visibleChars, share, unclaimedChars: this.#unclaimedChars, edits };
  }
}
