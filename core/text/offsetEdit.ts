import { ComposedEdit, type ContentKind } from "./composedEdit.ts";
import type { TextReplacement } from "./textReplacement.ts";

export type { ContentKind } from "./composedEdit.ts";

/**
 * A replaced range and what takes its place. An edit is a list of them: sorted, disjoint, all referring to the same
 * text. What content is (a text, a text with an owner, a bare length) is up to the caller.
 */
export interface Replacement<Content> {
  readonly start: number;
  readonly end: number;
  readonly content: Content;
}

export const textContent: ContentKind<string> = {
  length: (text) => text.length,
  slice: (text, from, to) => text.slice(from, to),
  join: (first, second) => first + second,
};

/** For those who know only how much there is. */
export const lengthContent: ContentKind<number> = {
  length: (length) => length,
  slice: (_length, from, to) => to - from,
  join: (first, second) => first + second,
};

/** One edit with the effect of `earlier` and then `later`. */
export function compose<Content>(
  kind: ContentKind<Content>,
  earlier: readonly Replacement<Content>[],
  later: readonly Replacement<Content>[],
): Replacement<Content>[] {
  return composeAll(kind, [earlier, later]);
}

/** One edit with the effect of all `edits`, each applying to the text the ones before it left. */
export function composeAll<Content>(
  kind: ContentKind<Content>,
  edits: readonly (readonly Replacement<Content>[])[],
): Replacement<Content>[] {
  const [first = [], ...rest] = edits;
  const composed = new ComposedEdit(
    lengthContent,
    kind,
    first.map(({ start, end, content }) => ({ start, base: end - start, content })),
  );
  for (const edit of rest) {
    let shift = 0;
    for (const { start, end, content } of normalise(kind, edit)) {
      composed.replace(start + shift, end - start, content);
      shift += kind.length(content) - (end - start);
    }
  }
  return composed.pieces.map(({ start, base, content }) => ({ start, end: start + base, content }));
}

/** Leaves out what does nothing and joins what touches, where the contents allow it. */
export function normalise<Content>(
  kind: ContentKind<Content>,
  replacements: readonly Replacement<Content>[],
): Replacement<Content>[] {
  return composeAll(kind, [replacements]);
}

export function toOffsetEdit(replacements: readonly TextReplacement[]): Replacement<string>[] {
  return replacements.map(({ start, end, text }) => ({ start, end, content: text }));
}

export function toTextReplacements(edit: readonly Replacement<string>[]): TextReplacement[] {
  return edit.map(({ start, end, content }) => ({ start, end, text: content }));
}
