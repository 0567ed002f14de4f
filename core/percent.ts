/** A share as it is said. It is 0 % and 100 % only where it is exactly that. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return "<1 %";
  if (share < 1 && share >= 0.995) return ">99 %";
  return `${Math.round(share * 100)} %`;
}

/** For screens: no line ends between a number and its unit. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(?<=\d) (?=(?:%|s|min|h|d|px|kB|MB)(?![\p{L}\p{N}]))/gu, "\u00a0");
}
