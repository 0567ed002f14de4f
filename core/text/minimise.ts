import type { TextReplacement, TextView } from "./textReplacement.ts";

/**
 * Takes off what a replacement leaves unchanged, first at its start, then at its end. Works on code units, so a
 * surrogate pair or a CRLF may be split. `text` is the text before the replacement.
 */
export function minimise(text: TextView, replacement: TextReplacement): TextReplacement {
  const { start, end, text: inserted } = replacement;
  if (start === end || inserted === "") return replacement;
  const { prefix, suffix } = commonEnds(text.slice(start, end), inserted);
  if (prefix === 0 && suffix === 0) return replacement;
  return {
    start: start + prefix,
    end: end - suffix,
    text: inserted.slice(prefix, inserted.length - suffix),
  };
}

/** Minimises each replacement by itself and leaves out those that change nothing. */
export function minimiseAll(text: TextView, replacements: readonly TextReplacement[]): TextReplacement[] {
  return replacements
    .map((replacement) => minimise(text, replacement))
    .filter(({ start, end, text: inserted }) => start < end || inserted !== "");
}

/** How many code units two texts have in common at their start, and of what is left, at their end. */
export function commonEnds(first: string, second: string): { prefix: number; suffix: number } {
  const shorter = Math.min(first.length, second.length);
  let prefix = 0;
  while (prefix < shorter && first.charCodeAt(prefix) === second.charCodeAt(prefix)) prefix++;
  const longestSuffix = shorter - prefix;
  let suffix = 0;
  while (
    suffix < longestSuffix &&
    first.charCodeAt(first.length - 1 - suffix) === second.charCodeAt(second.length - 1 - suffix)
  ) {
    suffix++;
  }
  return { prefix, suffix };
}
