import type { TextReplacement } from "./textReplacement.ts";

/**
 * A replaced range and what takes its place. An edit is a list of them: sorted, disjoint, all referring to the same
 * text. What content is (a text, a text with an owner, a bare length) is up to the caller.
 */
export interface Replacement<Content> {
  readonly start: number;
  readonly end: number;
  readonly content: Content;
}

/** What composing needs to know of a content. */
export interface ContentKind<Content> {
  length(content: Content): number;
  slice(content: Content, from: number, to: number): Content;
  /** Both as one, or undefined where they must stay apart. */
  join(first: Content, second: Content): Content | undefined;
}

export const textContent: ContentKind<string> = {
  length: (text) => text.length,
  slice: (text, from, to) => text.slice(from, to),
  join: (first, second) => first + second,
};

/** For those who know only how much was inserted. */
export const lengthContent: ContentKind<number> = {
  length: (length) => length,
  slice: (_length, from, to) => to - from,
  join: (first, second) => first + second,
};

/**
 * One edit with the effect of `earlier` and then `later`. A replacement of `earlier` that `later` overlaps or touches
 * hands the range it replaced to `later` and keeps what remains of its content as an insertion: the left rest at the
 * start of that range, the right rest at its end.
 */
export function compose<Content>(
  kind: ContentKind<Content>,
  earlier: readonly Replacement<Content>[],
  later: readonly Replacement<Content>[],
): Replacement<Content>[] {
  const first = normalise(kind, earlier);
  const second = normalise(kind, later);
  const result: Replacement<Content>[] = [];
  let next = 0;
  /** The right rest of a replacement that the previous one of `later` cut through; comes before `first[next]`. */
  let rest: Replacement<Content> | undefined;
  /** How far a position after what has been passed so far has moved from the original to the text between. */
  let shift = 0;

  const head = () => rest ?? first[next];
  const growth = (item: Replacement<Content>) => kind.length(item.content) - (item.end - item.start);
  const pass = () => {
    const item = head()!;
    if (rest) rest = undefined;
    else next++;
    shift += growth(item);
    return item;
  };

  for (const replacement of second) {
    for (let item = head(); item && endBetween(kind, item, shift) < replacement.start; item = head()) {
      result.push(pass());
    }

    let start = replacement.start - shift;
    const item = head();
    if (item && item.start + shift <= replacement.end) {
      const leftLength = replacement.start - (item.start + shift);
      if (leftLength >= 0) {
        start = item.start;
        result.push({ start, end: start, content: kind.slice(item.content, 0, leftLength) });
      }
    }

    let last: Replacement<Content> | undefined;
    for (let item = head(); item && item.start + shift <= replacement.end; item = head()) last = pass();

    const rightLength = last ? last.end + shift - replacement.end : 0;
    if (last && rightLength > 0) {
      const length = kind.length(last.content);
      const content = kind.slice(last.content, length - rightLength, length);
      rest = { start: last.end, end: last.end, content };
      shift -= rightLength;
    }
    result.push({ start, end: replacement.end - shift, content: replacement.content });
  }
  while (head()) result.push(pass());
  return normalise(kind, result);
}

/** One edit with the effect of all `edits`, each applying to the text the ones before it left. */
export function composeAll<Content>(
  kind: ContentKind<Content>,
  edits: readonly (readonly Replacement<Content>[])[],
): Replacement<Content>[] {
  // Halves are composed first, so that a long sequence is not walked once for each of its edits.
  if (edits.length <= 1) return normalise(kind, edits[0] ?? []);
  const middle = edits.length >> 1;
  return compose(kind, composeAll(kind, edits.slice(0, middle)), composeAll(kind, edits.slice(middle)));
}

/** Leaves out what does nothing and joins what touches, where the contents allow it. */
export function normalise<Content>(
  kind: ContentKind<Content>,
  replacements: readonly Replacement<Content>[],
): Replacement<Content>[] {
  const result: Replacement<Content>[] = [];
  for (const replacement of replacements) {
    if (replacement.start === replacement.end && kind.length(replacement.content) === 0) continue;
    const previous = result.at(-1);
    const joined =
      previous?.end === replacement.start ? kind.join(previous.content, replacement.content) : undefined;
    if (previous && joined !== undefined) {
      result[result.length - 1] = { start: previous.start, end: replacement.end, content: joined };
    } else {
      result.push(replacement);
    }
  }
  return result;
}

export function toOffsetEdit(replacements: readonly TextReplacement[]): Replacement<string>[] {
  return replacements.map(({ start, end, text }) => ({ start, end, content: text }));
}

export function toTextReplacements(edit: readonly Replacement<string>[]): TextReplacement[] {
  return edit.map(({ start, end, content }) => ({ start, end, text: content }));
}

/** Where a replacement's content ends in the text between the two edits. */
function endBetween<Content>(kind: ContentKind<Content>, item: Replacement<Content>, shift: number): number {
  return item.start + shift + kind.length(item.content);
}
