import type { TextReplacement } from "./textReplacement.ts";

/**
 * Takes off what a replacement leaves unchanged, first at its start, then at its end. Works on code units, so a
 * surrogate pair or a CRLF may be split. `text` is the text before the replacement.
 */
export function minimise(text: string, replacement: TextReplacement): TextReplacement {
  const { start, end, text: inserted } = replacement;
  const shorter = Math.min(end - start, inserted.length);
  let prefix = 0;
  while (prefix < shorter && text.charCodeAt(start + prefix) === inserted.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  const longestSuffix = shorter - prefix;
  while (
    suffix < longestSuffix &&
    text.charCodeAt(end - 1 - suffix) === inserted.charCodeAt(inserted.length - 1 - suffix)
  ) {
    suffix++;
  }
  if (prefix === 0 && suffix === 0) return replacement;
  return {
    start: start + prefix,
    end: end - suffix,
    text: inserted.slice(prefix, inserted.length - suffix),
  };
}

/** Minimises each replacement by itself and leaves out those that change nothing. */
export function minimiseAll(text: string, replacements: readonly TextReplacement[]): TextReplacement[] {
  return replacements
    .map((replacement) => minimise(text, replacement))
    .filter(({ start, end, text: inserted }) => start < end || inserted !== "");
}
