import type { FactName } from "./factTable.ts";

/** What is known of one thing that rules speak of. */
export type Found = { readonly [Name in FactName]?: number | string };

export interface Part {
  readonly values: Found;
  /** What it is about. */
  readonly files?: readonly string[];
}
