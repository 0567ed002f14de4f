import type { Consent } from "../../protocol/sync.ts";
import { isListed } from "./remotePattern.ts";

/** What is known of a folder. */
export interface FolderFacts {
  readonly uri: string;
  /** Addresses of its repository's remotes; none where it is in no repository. */
  readonly remotes: readonly string[];
  /** What its own policy says; null where it says nothing of it. */
  readonly policyAllows: boolean | null;
}

/** Why a folder is work or not. */
export type WorkReason = "policy" | "person" | "list" | "none";

/** A folder's policy can only forbid; then the person decides, and then the organisation's list. */
export function isWorkFolder(
  { uri, remotes, policyAllows }: FolderFacts,
  marks: Consent["marks"],
  /** The organisation's list. */
  patterns: readonly string[],
): { readonly isWork: boolean; readonly because: WorkReason } {
  if (policyAllows === false) return { isWork: false, because: "policy" };
  const mark = Object.hasOwn(marks, uri) ? marks[uri] : undefined;
  if (mark !== undefined) return { isWork: mark === "work", because: "person" };
  const isOnList = remotes.some((remote) => isListed(remote, patterns));
  return { isWork: isOnList, because: isOnList ? "list" : "none" };
}
