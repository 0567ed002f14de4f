import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ApprovedTools } from "../../core/coaching/recentTools.ts";
import { readPolicy } from "../../core/policy.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import { readTextFile } from "../textFile.ts";

/** The folders whose policy names tools. */
export function approvedTools(folders: readonly string[]): ApprovedTools[] {
  return folders.flatMap((folder) => {
    const root = fileOfAddress(folder);
    if (root === undefined) return [];
    const policy = pathToFileURL(path.join(root, ".kept", "policy.json")).href;
    const text = readTextFile(policy);
    const read = typeof text === "object" ? readPolicy(text.text) : undefined;
    const tools = read?.state === "read" ? read.policy.approvedTools : undefined;
    return tools ? [{ folder, policy, tools }] : [];
  });
}
