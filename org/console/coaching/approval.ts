import type { BundleItem } from "../../../protocol/bundle.ts";
import { hashOf } from "../../identity/secrets.ts";
import type { StoredPrompt } from "./prompts.ts";

/** Of the text as it is: whoever approves says which one they read. */
export function digestOf({ item }: Pick<StoredPrompt, "item">): string {
  return hashOf(item).slice(0, 32);
}

export function itemOf({ item }: Pick<StoredPrompt, "item">): BundleItem {
  return JSON.parse(item) as BundleItem;
}

/** Why somebody cannot approve a prompt; undefined where they can. */
export function whyNotApproved(
  { state, author }: Pick<StoredPrompt, "state" | "author">,
  account: string,
  secondPerson: boolean,
  /** Whether an identity provider could say who both are, and did not. */
  isUnvouched = false,
): string | undefined {
  if (state === "retired") return "It was retired.";
  if (state === "approved") return "It is approved already.";
  if (!secondPerson) return undefined;
  if (author === account) return "Whoever wrote it cannot approve it: a second person is asked for.";
  if (isUnvouched) {
    return "Whoever wrote it and whoever approves it both have to sign in by the identity provider: a key does not say who holds it.";
  }
  return state === "proposed" ? undefined : "It is still being written.";
}

/** Whether a prompt may be signed as it is. */
export function isCleared(
  { state, author, approver }: Pick<StoredPrompt, "state" | "author" | "approver">,
  secondPerson: boolean,
): boolean {
  return state === "approved" && approver !== null && !(secondPerson && approver === author);
}

/** What the next bundle holds: cleared, and not over. Those whose first day is to come are in it, for editors wait for it. */
export function publishable(
  prompts: readonly StoredPrompt[],
  { today, secondPerson }: { readonly today: string; readonly secondPerson: boolean },
): StoredPrompt[] {
  return prompts.filter((prompt) => isCleared(prompt, secondPerson) && prompt.lastDay >= today);
}

/** Items of a bundle that are not cleared word for word: ids, for people to find them. */
export function notCleared(items: readonly BundleItem[], cleared: readonly StoredPrompt[]): string[] {
  const known = new Set(cleared.map(({ item }) => item));
  return items.filter((item) => !known.has(JSON.stringify(item))).map(({ id }) => id);
}
