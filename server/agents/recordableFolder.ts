import path from "node:path";
import { pathToFileURL } from "node:url";
import { mayRecord, readPolicy } from "../../core/organisation/policy.ts";
import { readTextFile } from "../unseen/textFile.ts";

const policyFile = path.join(".kept", "policy.json");

/** Where a tool says it worked: undefined for what is no folder of this machine, which is never looked into. */
export function folderOfTool(folder: string | undefined): string | undefined {
  if (folder === undefined || !path.isAbsolute(folder) || /^[\\/]{2}/.test(folder)) return undefined;
  return path.resolve(folder);
}

/** Whether no policy in a folder, or above it, forbids that what is done there is recorded. */
export function mayRecordIn(folder: string): boolean {
  for (let place = folder; ; place = path.dirname(place)) {
    const read = readTextFile(pathToFileURL(path.join(place, policyFile)).href);
    // One that is there and cannot be read wanted to restrict something.
    const text = read === "missing" ? undefined : read === "unreadable" ? "" : read.text;
    if (!mayRecord(readPolicy(text))) return false;
    if (path.dirname(place) === place) return true;
  }
}
