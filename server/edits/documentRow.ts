import { toCompact } from "../../core/spans/compactSpans.ts";
import type { Hashes } from "../deviceKey.ts";
import type { OpenDocument } from "./openDocument.ts";
import { restOf, type Ranges } from "../unseen/restingText.ts";
import type { DocumentRow } from "../store/store.ts";

export interface Rest {
  readonly ranges: Ranges;
  readonly gitMark: string | undefined;
}

/** An open document as the store keeps it; with what is known of its text at rest, where it is. */
export function documentRow(
  document: OpenDocument,
  { window, hashes }: { readonly window: string; readonly hashes: Hashes },
  rest?: Rest,
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
      textHash: hashes.text(text),
      spans: JSON.stringify(toCompact(spans)),
    },
    rest: rest && restOf(text, { ...rest, hashes }),
  };
}
