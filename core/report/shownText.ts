/** Marks that turn the text after them round: a name must not do that to a line it stands in. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Somebody else's text as it may stand in a line: what would turn the rest of it is shown as a mark. */
export function shownText(text: string): string {
  return text.replace(turning, "\ufffd");
}
