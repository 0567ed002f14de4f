import { toCompact } from "../core/compactSpans.ts";
import type { OpenDocument } from "./openDocument.ts";
import type { DocumentRow } from "./store/store.ts";

/** An open document as the store keeps it. */
export function documentRow(
  document: OpenDocument,
  { window, hashText }: { readonly window: string; readonly hashText: (text: string) => string },
): DocumentRow {
  const { uri, workspace, languageId, session, version, text, spans } = document;
  return {
    uri,
    workspace,
    languageId,
    spans: {
      window,
      session,
      version,
      textLength: text.length,
      textHash: hashText(text),
      spans: JSON.stringify(toCompact(spans)),
    },
  };
}
