/**
 * A text as it may stand in a message of the editor, which makes a link of `[words](address)`, and of an address that
 * begins with `command:` one that runs a command. Names in it are somebody else's: a gap ends every such link.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
