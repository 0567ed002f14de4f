import { Spans } from "../../core/spans.ts";
import { spansOfRow } from "../gap.ts";
import type { Store } from "../store/store.ts";

/** A file as it is on disk, with its spans where they are known for exactly this text. */
export interface ClosedDocument {
  readonly text: string;
  readonly spans: Spans;
  /** `changed`: recorded once, with another text. The spans then belong to nobody. */
  readonly state: "known" | "changed" | "never";
}

/**
 * Finds whose a file's text is without a server. Only hashes of texts are stored, so a text that differs cannot be
 * compared with the one that was recorded: it is nobody's then, never somebody else's.
 */
export function readClosedDocument(
  raw: string,
  addresses: readonly string[],
  {
    store,
    hashText,
  }: { readonly store: Pick<Store, "readDocument">; readonly hashText: (text: string) => string },
): ClosedDocument {
  const texts = textsAsOpened(raw);
  const hashes = texts.map((text) => hashText(text));
  let state: ClosedDocument["state"] = "never";
  for (const address of addresses) {
    const row = store.readDocument(address)?.spans;
    if (!row) continue;
    state = "changed";
    const text = texts[hashes.indexOf(row.textHash)];
    const spans = text === undefined ? undefined : spansOfRow(row, text.length);
    if (text !== undefined && spans) return { text, spans, state: "known" };
  }
  return { text: raw, spans: Spans.ofLength(raw.length), state };
}

/** An editor takes off the byte order mark and gives all lines of a file the same break. */
function textsAsOpened(raw: string): string[] {
  const text = raw.replace(/^\uFEFF/, "");
  const withLf = text.replace(/\r\n?/g, "\n");
  return [...new Set([text, withLf, withLf.replaceAll("\n", "\r\n")])];
}
