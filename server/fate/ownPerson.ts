import path from "node:path";
import type { Git } from "../git/git.ts";
import type { GitFolder } from "../git/gitFolder.ts";
import { statOf } from "../git/gitFiles.ts";

const identity = /<([^<>\n]*)>/;

/** The address that a commit made here would bear, after the repository's own list of names. Undefined where git does not know. */
export async function ownAddress(git: Git, { root }: GitFolder): Promise<string | undefined> {
  const answer = await git.ask({ folder: root, command: "var", args: ["GIT_AUTHOR_IDENT"] });
  const given = answer.ok ? identity.exec(answer.output.toString("utf8")) : null;
  if (!given || given[1] === "") return undefined;
  const address = given[1]!;
  if (!statOf(path.join(root, ".mailmap"))) return address.toLowerCase();
  const mapped = await git.ask({ folder: root, command: "check-mailmap", args: [`<${address}>`] });
  const listed = mapped.ok ? identity.exec(mapped.output.toString("utf8"))?.[1] : undefined;
  return (listed ?? address).toLowerCase();
}
