import { declarationsOf, type Declaration } from "../../core/notes/commitTrailers.ts";
import type { Git, NoAnswer } from "../git/git.ts";

export interface CommitDeclaration extends Declaration {
  readonly commit: string;
}

/** What the commits of all branches say of tools, by their authors and trailers. */
export async function readDeclarations(
  git: Git,
  folder: string,
): Promise<{ readonly found: readonly CommitDeclaration[]; readonly failure: NoAnswer | undefined }> {
  const found: CommitDeclaration[] = [];
  let rest = "";
  const decoder = new TextDecoder();
  const answer = await git.read(
    {
      folder,
      command: "log",
      args: [
        "-z",
        "--no-show-signature",
        "--no-notes",
        "--no-decorate",
        "--no-color",
        "--no-patch",
        "--encoding=UTF-8",
        "--format=%H%n%an <%ae>%n%(trailers:only,unfold)",
        "--exclude=refs/notes/*",
        "--exclude=refs/stash",
        "--all",
      ],
    },
    (part) => {
      const records = (rest + decoder.decode(part, { stream: true })).split("\0");
      rest = records.pop()!;
      for (const record of records) take(record);
    },
  );
  if (rest !== "") take(rest);
  return { found, failure: answer.ok ? undefined : answer.why };

  function take(record: string): void {
    const [commit = "", author = "", ...trailers] = record.split("\n");
    for (const declaration of declarationsOf({ author, trailers })) found.push({ commit, ...declaration });
  }
}
