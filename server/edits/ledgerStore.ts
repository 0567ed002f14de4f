import type { Store } from "../store/store.ts";

/** What the ledger reads of the store; it writes by `commit` alone. */
export type LedgerStore = Pick<
  Store,
  | "readDocument"
  | "readDocumentsOfText"
  | "readDue"
  | "readEdit"
  | "readEditById"
  | "readFollowed"
  | "readOrigins"
  | "readReceipt"
  | "readSnapshots"
>;
