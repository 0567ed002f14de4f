import type { Git } from "../git/git.ts";
import { ObjectStream } from "../git/objectStream.ts";

/** No text that anybody wrote is longer. */
const mostBytes = 64 * 1024 * 1024;
const newline = 10;
/** In so many bytes git looks for one that no text has. */
const lookedAtBytes = 8000;

/** How many lines files have in commits, by `fileName`. What is not in this clone, or is no file, has no length. */
export function lengthsOfFiles(
  git: Git,
  folder: string,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  return lengthsOf(git, folder, { names, isWanted: () => true });
}

/** The same of those alone that git takes for text. */
export function lengthsOfTexts(
  git: Git,
  folder: string,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const isWanted = (content: Buffer) => !content.subarray(0, lookedAtBytes).includes(0);
  return lengthsOf(git, folder, { names, isWanted });
}

interface Asked {
  readonly names: Iterable<string>;
  readonly isWanted: (content: Buffer) => boolean;
}

async function lengthsOf(
  git: Git,
  folder: string,
  { names, isWanted }: Asked,
): Promise<ReadonlyMap<string, number>> {
  // A name with a line's end cannot be asked for.
  const asked = [...names].filter((name) => !name.includes("\n"));
  if (asked.length === 0) return new Map();
  const parts: Buffer[] = [];
  const input = asked.map((name) => `${name}\n`);
  await git.read(
    { folder, command: "cat-file", args: ["--batch-check=%(objectname) %(objecttype)"], input },
    (part) => void parts.push(part),
  );
  const answers = Buffer.concat(parts).toString("utf8").split("\n");
  const blobs = asked.map((_, index) => /^([0-9a-f]+) blob$/.exec(answers[index] ?? "")?.[1]);
  const all = new Set(blobs.filter((blob) => blob !== undefined));
  const lengths = await lengthsOfBlobs(git, folder, all, isWanted);
  return new Map(
    asked.flatMap((name, index) => {
      const length = lengths.get(blobs[index] ?? "");
      return length === undefined ? [] : [[name, length] as const];
    }),
  );
}

export function fileName(commit: string, path: string): string {
  return `${commit}:${path}`;
}

async function lengthsOfBlobs(
  git: Git,
  folder: string,
  blobs: ReadonlySet<string>,
  isWanted: Asked["isWanted"],
): Promise<ReadonlyMap<string, number>> {
  const lengths = new Map<string, number>();
  const objects = new ObjectStream(mostBytes, (name, content) => {
    if (content && isWanted(content)) lengths.set(name, linesIn(content));
  });
  const input = [...blobs].map((blob) => `${blob}\n`);
  if (input.length > 0)
    await git.read({ folder, command: "cat-file", args: ["--batch"], input }, (part) => objects.push(part));
  return lengths;
}

function linesIn(content: Buffer): number {
  let lines = content.length > 0 && content.at(-1) !== newline ? 1 : 0;
  for (let at = content.indexOf(newline); at !== -1; at = content.indexOf(newline, at + 1)) lines++;
  return lines;
}
