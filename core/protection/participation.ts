export type Participation =
  { readonly state: "shown"; readonly joined: number; readonly of: number } | { readonly state: "hidden" };

/** How many of a group joined: only where neither those who did nor those who did not could be counted off. */
export function participation(joined: number, of: number, needed: number): Participation {
  return joined >= needed && of - joined >= needed ? { state: "shown", joined, of } : { state: "hidden" };
}
