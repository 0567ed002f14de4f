import { createHash } from "node:crypto";
import { writeAgentTraces } from "../../core/notes/agentTrace.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { ownAttribution } from "../notes/ownCommits.ts";
import type { Store } from "../store/store.ts";
import type { Output } from "./export.ts";
import { noGit, type RepositoryOptions } from "./notes.ts";
import { repositoryNamed } from "./repository.ts";
import { badInput, failed, type CommandResult } from "./usage.ts";

/** `kept export --format agent-trace`: what Kept knows of the lines of a repository's commits, one record in a line. */
export async function exportTraces(
  { repo, out }: { readonly repo: string; readonly out: string | undefined },
  options: RepositoryOptions & { readonly openStore: () => Store },
): Promise<CommandResult> {
  const found = repositoryNamed(repo, options.resolve);
  if ("exitCode" in found) return found;
  const { root } = found;
  const args = ["--exclude=refs/notes/*", "--exclude=refs/stash", "--all", "--"];
  const listed = await options.git.ask({ folder: root, command: "rev-list", args });
  if (!listed.ok) return failed(1, "request.failed", { reason: noGit(listed.why) });
  const store = options.openStore();
  let output: Output;
  try {
    output = options.openOutput(out);
  } catch (thrown) {
    store.close();
    return badInput(out ?? "the output", reasonOf(thrown));
  }
  let records = 0;
  try {
    for (const commit of listed.output.toString("utf8").split("\n").filter(Boolean)) {
      const own = ownAttribution(store, root, commit);
      if (!own) continue;
      const timestamp = new Date(own.at).toISOString();
      const traces = writeAgentTraces({ id: idOf(commit), timestamp, revision: commit, files: own.files });
      for (const trace of traces) output.write(`${trace}\n`);
      records += traces.length;
    }
    output.close();
  } catch (thrown) {
    output.discard();
    return failed(1, "request.failed", { reason: reasonOf(thrown) });
  } finally {
    store.close();
  }
  return {
    exitCode: 0,
    stdout: out === undefined ? "" : `Exported ${records} records to ${out}.\n`,
    stderr: "",
  };
}

/** The same each time: a UUID of version 8, made of the commit. */
function idOf(commit: string): string {
  const hash = createHash("sha256").update(`agent trace of ${commit}`).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    `${hash.slice(20, 30)}00`,
  ].join("-");
}
