import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { LineHistory, type KeptHistory } from "../../core/fate/lineHistory.ts";
import type { HistoryOptions } from "../../core/fate/fileChange.ts";
import { subjectKindSchema } from "../../protocol/fates.ts";
import { originSchema } from "../../protocol/origin.ts";
import { version } from "../../protocol/version.ts";
import type { KnownHistory } from "./readHistory.ts";

const format = 2;
/** A history of more is followed anew each time. */
const mostBytes = 256 * 1024 * 1024;
const digestBytes = 20;
const sections = ["births", "ends", "patches", "patchAt", "changes", "changesAt", "state"] as const;
type Section = (typeof sections)[number];

const place = z.int().nonnegative();
const headSchema = z.strictObject({
  format: z.literal(format),
  /** What follows lines, and what knows tools by their names, differs between versions. */
  version: z.literal(version),
  /** What else the lives of lines depend on, such as which commits are ignored. */
  key: z.string(),
  head: z.string(),
  paths: z.array(z.string()),
  people: z.array(z.string()),
  commits: z.array(
    z.tuple([
      z.string(),
      z.array(place),
      z.number(),
      z.boolean(),
      place,
      z.boolean(),
      z.array(z.string()),
      originSchema.nullable(),
      subjectKindSchema,
      z.boolean(),
      z.boolean(),
    ]),
  ),
  sizes: z.array(place).length(sections.length),
});

export interface HistoryFileOptions extends HistoryOptions {
  readonly key: string;
}

/** What an earlier pass left. Undefined where there is nothing that fits, or what is there is damaged. */
export function readHistoryFile(file: string, options: HistoryFileOptions): KnownHistory | undefined {
  const bytes = readBytes(file);
  const end = bytes?.indexOf(10) ?? -1;
  if (!bytes || end === -1 || bytes.length > mostBytes) return undefined;
  const content = bytes.subarray(0, -digestBytes);
  if (!digestOf(content).equals(bytes.subarray(-digestBytes))) return undefined;
  const parsed = headSchema.safeParse(JSON.parse(content.toString("utf8", 0, end)));
  if (!parsed.success || parsed.data.key !== options.key) return undefined;
  const { commits, people, paths, sizes, head } = parsed.data;
  let at = end + 1;
  const read = sizes.map((size) => {
    const numbers = new Int32Array(size);
    content.copy(Buffer.from(numbers.buffer), 0, at, (at += 4 * size));
    return numbers;
  });
  const numbers = Object.fromEntries(sections.map((section, index) => [section, read[index]!]));
  const kept: KeptHistory = {
    commits: commits.map(([id, parents, when, isApart]) => ({ id, parents, at: when, isApart })),
    paths,
    ...(numbers as Record<Section, Int32Array>),
  };
  const facts = commits.map(
    ([, , , , person, isCorrective, reverts, declared, subject, hasBody, namesAi]) => ({
      person: people[person]!,
      isCorrective,
      reverts,
      declared,
      subject,
      hasBody,
      namesAi,
    }),
  );
  return { lines: new LineHistory(options, kept), facts, head };
}

/** Leaves everything for the next pass. Whoever reads meanwhile sees the file before or the file after. */
export function writeHistoryFile(
  file: string,
  { lines, facts, head }: KnownHistory,
  { key, uuid }: { readonly key: string; readonly uuid: string },
): void {
  const kept = lines.keep(lines.placeOf(head)!);
  const people = [...new Set(facts.map(({ person }) => person))];
  const numberOf = new Map(people.map((person, number) => [person, number]));
  const header: z.infer<typeof headSchema> = {
    format,
    version,
    key,
    head,
    paths: [...kept.paths],
    people,
    commits: kept.commits.map(({ id, parents, at, isApart }, index) => {
      const { person, isCorrective, reverts, declared, subject, hasBody, namesAi } = facts[index]!;
      const number = numberOf.get(person)!;
      const taken = [...reverts];
      return [
        id,
        [...parents],
        at,
        isApart,
        number,
        isCorrective,
        taken,
        declared,
        subject,
        hasBody,
        namesAi,
      ];
    }),
    sizes: sections.map((section) => kept[section].length),
  };
  const content = [
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...sections.map((section) => {
      const { buffer, byteOffset, byteLength } = kept[section];
      return Buffer.from(buffer, byteOffset, byteLength);
    }),
  ];
  if (content.reduce((sum, { length }) => sum + length, 0) > mostBytes) {
    rmSync(file, { force: true });
    return;
  }
  const unfinished = `${file}.${uuid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeParts(unfinished, [...content, digestOf(...content)]);
    renameSync(unfinished, file);
  } catch {
    // A full disk, or a file that another program holds: the next pass begins where this one did.
    rmSync(unfinished, { force: true });
  }
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Against damage, not against anybody. */
function digestOf(...content: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha1");
  for (const part of content) hash.update(part);
  return hash.digest();
}

function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const handle = openSync(file, "w", 0o600);
  try {
    for (const part of parts) for (let at = 0; at < part.length;) at += writeSync(handle, part, at);
  } finally {
    closeSync(handle);
  }
}
