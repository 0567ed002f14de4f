import type { Git } from "./git.ts";

/** The commit that a name stands for. A name that begins as an option does is none. */
export async function commitNamed(git: Git, folder: string, name: string): Promise<string | undefined> {
  if (name === "" || name.startsWith("-")) return undefined;
  const args = ["--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return firstLine(await git.ask({ folder, command: "rev-parse", args }));
}

/** The commits up to one that are not in the history of another. */
export async function commitsBetween(
  git: Git,
  folder: string,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<Set<string> | undefined> {
  const args = [to, ...(from === null ? [] : [`^${from}`]), "--"];
  const answer = await git.ask({ folder, command: "rev-list", args });
  if (!answer.ok) return undefined;
  return new Set(answer.output.toString("utf8").split("\n").filter(Boolean));
}

/** Where one's own work begins, as far as names tell: at the branch that it goes to, or at the last release. */
export async function usualStart(git: Git, folder: string, to: string): Promise<string | undefined> {
  for (const name of ["@{upstream}", "origin/HEAD", "main", "master"]) {
    const commit = await commitNamed(git, folder, name);
    if (commit !== undefined && commit !== to) return commit;
  }
  const args = ["--sort=-creatordate", "--count=2", "--format=%(refname)", `--merged=${to}`, "refs/tags"];
  const tags = await git.ask({ folder, command: "for-each-ref", args });
  const names = tags.ok ? tags.output.toString("utf8").split("\n").filter(Boolean) : [];
  for (const name of names) {
    const commit = await commitNamed(git, folder, name);
    if (commit !== undefined && commit !== to) return commit;
  }
  return undefined;
}

function firstLine(answer: Awaited<ReturnType<Git["ask"]>>): string | undefined {
  const line = answer.ok ? answer.output.toString("utf8").split("\n")[0]!.trim() : "";
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(line) ? line : undefined;
}
