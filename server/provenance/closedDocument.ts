import type { Spans } from "../../core/spans/spans.ts";
import { textsAsOpened } from "../retention/closedSampling.ts";
import { recall, type Recalled, type RecallOptions } from "../unseen/recall.ts";
import type { Store } from "../store/store.ts";

/** A file as it is on disk, with its spans as far as they can be told. */
export interface ClosedDocument {
  readonly text: string;
  readonly spans: Spans;
  readonly state: Recalled["state"];
}

/** Finds whose a file's text is without a server. What was changed unseen is nobody's, never somebody else's. */
export function readClosedDocument(
  raw: string,
  addresses: readonly string[],
  options: Omit<RecallOptions, "store"> & {
    readonly store: Pick<Store, "readDocument" | "readSnapshots">;
  },
): ClosedDocument {
  const texts = textsAsOpened(raw);
  const rows = addresses.flatMap((address) => options.store.readDocument(address) ?? []);
  const known = rows.flatMap((row) => {
    const text = texts.find((each) => options.hashes.text(each) === row.spans.textHash);
    return text === undefined ? [] : [{ text, row }];
  });
  const { text, row } = known[0] ?? { text: texts[0]!, row: rows[0] };
  const { spans, state } = recall(text, row, options);
  return { text, spans, state };
}
