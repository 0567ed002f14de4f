import type { Git } from "../git/git.ts";

/** The attributes by which repositories mark files that nobody writes by hand. */
const names = ["linguist-generated", "linguist-vendored"];
const attributesFile = /(?:^|\/)\.gitattributes$/;

/** Which of some paths a repository's own attributes set apart, or expressly do not. The others are in no row. */
export async function readAttributes(
  git: Git,
  folder: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const apart = new Map<string, boolean>();
  if (!paths.some((path) => attributesFile.test(path))) return apart;
  const input = paths.map((path) => `${path}\0`).join("");
  const answer = await git.ask({
    folder,
    command: "check-attr",
    args: ["-z", "--stdin", ...names],
    input,
  });
  if (!answer.ok) return apart;
  const fields = answer.output.toString("utf8").split("\0");
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path, value] = [fields[at]!, fields[at + 2]!];
    if (value === "unspecified") continue;
    const says = value !== "unset" && value !== "false";
    apart.set(path, says || (apart.get(path) ?? false));
  }
  return apart;
}
