import { statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ToolServer } from "../../core/coaching/recentServers.ts";
import type { ToolActivity } from "../../core/coaching/recentSteps.ts";
import { fieldsOf, parsed } from "../agents/fields.ts";
import { digestOf } from "../agents/stepTeller.ts";
import { stepSubject } from "../agents/requestRows.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { Store } from "../store/store.ts";
import { readTextFile } from "../unseen/textFile.ts";

/** Beyond so many the newest say enough. */
const mostSteps = 20_000;

/** What tools' own records tell since a moment, in the order of time. */
export function toolActivity({ requests }: Pick<Store, "requests">, since: number): ToolActivity {
  return { steps: requests.stepsSince(since).slice(-mostSteps), edits: requests.triedSince(since) };
}

/** Where a folder names the tool servers of a tool whose records tell of their calls. */
const configurations = [{ file: ".mcp.json", tool: "claude-code" }] as const;

export function toolServers(folders: readonly string[], hashText: (text: string) => string): ToolServer[] {
  return folders.flatMap((folder) => {
    const root = fileOfAddress(folder);
    if (root === undefined) return [];
    return configurations.flatMap(({ file, tool }) => {
      const place = path.join(root, file);
      const uri = pathToFileURL(place).href;
      const text = readTextFile(uri);
      const since = statSync(place, { throwIfNoEntry: false })?.mtimeMs;
      if (typeof text !== "object" || since === undefined) return [];
      const servers = Object.keys(fieldsOf(fieldsOf(parsed(text.text))["mcpServers"]));
      return servers.slice(0, 100).map((name): ToolServer => {
        // As the tool writes it into the names of calls.
        const called = name.replace(/[^\w-]/g, "_");
        const subject = stepSubject(hashText, "server", digestOf(called));
        return { name, subject, folder, uri, tool, since };
      });
    });
  });
}
