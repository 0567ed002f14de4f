import { readHead } from "../git/head.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import type { Host } from "../host.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { StepRow } from "../store/steps.ts";

/** A branch that everybody works on has no first run. */
const shared = /^(?:main|master|trunk|develop|dev)$/;

/** A test run of the editor's own, with the branch that is checked out by its keyed hash; undefined where nothing can be told. */
export function testRunStep(
  { at, isPassed }: { readonly at: number; readonly isPassed: boolean },
  around: {
    readonly folders: readonly string[];
    readonly hashText: (text: string) => string;
    readonly host: Pick<Host, "utcOffsetMinutes">;
  },
): StepRow | undefined {
  const { folders, hashText, host } = around;
  const [folder] = folders;
  if (folder === undefined) return undefined;
  const file = fileOfAddress(folder);
  const repository = file === undefined ? undefined : findGitFolder(file);
  const branch = repository && readHead(repository)?.branch?.replace("refs/heads/", "");
  const isOwn = repository && branch !== undefined && !shared.test(branch);
  return {
    key: hashText(`step editor ${folder} ${at}`),
    taskKey: null,
    tool: "editor",
    place: folder,
    at,
    utcOffsetMinutes: host.utcOffsetMinutes(at),
    kind: isPassed ? "passed" : "failed",
    subject: isOwn ? hashText(`branch ${repository.root} ${branch}`) : null,
  };
}
