/**
 * What does more in a line than stand in it: it ends the line, commands a terminal, or turns the text after it round. A
 * name must not do that to a line it stands in.
 */
const commanding = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Somebody else's text as it may stand in a line: what would do more than that is shown as a mark. */
export function shownText(text: string): string {
  return text.replace(commanding, "\ufffd");
}
