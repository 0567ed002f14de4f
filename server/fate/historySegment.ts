import * as z from "zod";
import type { HistoryCommit, KeptHistory, LineHistory } from "../../core/fate/lineHistory.ts";
import { subjectKindSchema } from "../../protocol/fates.ts";
import { originSchema, type Origin } from "../../protocol/origin.ts";
import { version } from "../../protocol/version.ts";
import type { CommitFacts } from "./listCommits.ts";

const format = 3;
/** What only ever grows: a later segment goes on where the one before ended. */
const lists = ["births", "ends", "patches", "patchAt", "changes", "changesAt"] as const;
const columns = [
  ...lists,
  "parents",
  "parentCounts",
  "times",
  "people",
  "flags",
  "declared",
  "state",
] as const;
type Column = (typeof columns)[number];
type Columns = Record<Column, Int32Array>;

const isApartFlag = 1;
const isCorrectiveFlag = 2;
const hasBodyFlag = 4;
const namesAiFlag = 8;
const subjectShift = 8;
const subjects = subjectKindSchema.options;
const noColumn = new Int32Array(0);

const number = z.int().nonnegative();
const headSchema = z.strictObject({
  format: z.literal(format),
  /** What follows lines, and what knows tools by their names, differs between versions. */
  version: z.literal(version),
  /** What else the lives of lines depend on, such as which commits are ignored. */
  key: z.string(),
  /** The commit whose files were followed last. */
  head: z.string(),
  /** How many lines there ever were. */
  count: number,
  commits: number,
  idLength: number,
  /** Those that no segment before has. */
  paths: z.array(z.string()),
  people: z.array(z.string()),
  origins: z.array(originSchema),
  reverts: z.array(z.tuple([number, z.array(z.string())])),
  sizes: z.array(number).length(columns.length),
});
type Head = z.infer<typeof headSchema>;

/** How much of a history some segments hold. */
export interface Held {
  readonly commits: number;
  readonly paths: number;
  readonly lengths: Readonly<Record<(typeof lists)[number], number>>;
  readonly people: readonly string[];
  readonly origins: readonly Origin[];
}

export interface Followed {
  readonly lines: LineHistory;
  readonly facts: readonly CommitFacts[];
  readonly head: string;
}

/** What of a history is not held yet, as bytes; all of it, with the files of its last commit, where nothing is. */
export function encodeSegment(
  { lines, facts, head }: Followed,
  key: string,
  held: Held | undefined,
): Buffer[] {
  const kept = lines.keep(held ? undefined : lines.placeOf(head)!);
  const commits = kept.commits.slice(held?.commits ?? 0);
  const own = facts.slice(held?.commits ?? 0);
  const people = new Numbers(held?.people ?? []);
  const origins = new Numbers<Origin>(held?.origins ?? [], (origin) => JSON.stringify(origin));
  const numbers: Columns = {
    ...(Object.fromEntries(
      lists.map((list) => [list, kept[list].subarray(held?.lengths[list] ?? 0)]),
    ) as Pick<Columns, (typeof lists)[number]>),
    parents: Int32Array.from(commits.flatMap(({ parents }) => parents)),
    parentCounts: Int32Array.from(commits, ({ parents }) => parents.length),
    times: new Int32Array(Float64Array.from(commits, ({ at }) => at).buffer),
    people: Int32Array.from(own, ({ person }) => people.of(person)),
    flags: Int32Array.from(commits, ({ isApart }, index) => flagsOf(isApart, own[index]!)),
    declared: Int32Array.from(own, ({ declared }) => (declared ? origins.of(declared) + 1 : 0)),
    state: kept.state,
  };
  const header: Head = {
    format,
    version,
    key,
    head,
    count: kept.count,
    commits: commits.length,
    idLength: head.length,
    paths: kept.paths.slice(held?.paths ?? 0),
    people: people.added,
    origins: origins.added,
    reverts: own.flatMap(({ reverts }, index): Head["reverts"] =>
      reverts.length === 0 ? [] : [[index, [...reverts]]],
    ),
    sizes: columns.map((column) => numbers[column].length),
  };
  return [
    Buffer.from(`${JSON.stringify(header)}\n${commits.map(({ id }) => id).join("")}`),
    ...columns.map((column) => {
      const { buffer, byteOffset, byteLength } = numbers[column];
      return Buffer.from(buffer, byteOffset, byteLength);
    }),
  ];
}

/** Puts segments together again, one after the other. */
export class SegmentReader {
  readonly #commits: HistoryCommit[] = [];
  readonly #facts: CommitFacts[] = [];
  readonly #paths: string[] = [];
  readonly #people: string[] = [];
  readonly #origins: Origin[] = [];
  readonly #parts = new Map<Column, Int32Array[]>(columns.map((column) => [column, []]));
  #head: Head | undefined;

  /** Whether it goes with those before. */
  add(content: Buffer, key: string): boolean {
    const end = content.indexOf(10);
    const parsed = headSchema.safeParse(JSON.parse(content.toString("utf8", 0, end)));
    if (!parsed.success || parsed.data.key !== key) return false;
    const head = parsed.data;
    let at = end + 1 + head.commits * head.idLength;
    const ids = content.toString("latin1", end + 1, at);
    const numbers = Object.fromEntries(
      head.sizes.map((size, index) => {
        const column = new Int32Array(size);
        content.copy(Buffer.from(column.buffer), 0, at, (at += 4 * size));
        return [columns[index]!, column];
      }),
    ) as Columns;
    for (const list of [...lists, "state"] as const) this.#parts.get(list)!.push(numbers[list]);
    for (const path of head.paths) this.#paths.push(path);
    for (const person of head.people) this.#people.push(person);
    for (const origin of head.origins) this.#origins.push(origin);
    this.#addCommits(head, ids, numbers);
    this.#head = head;
    return true;
  }

  /** Undefined where there was none. */
  end():
    | {
        readonly kept: KeptHistory;
        readonly facts: CommitFacts[];
        readonly head: string;
        readonly held: Held;
      }
    | undefined {
    if (!this.#head) return undefined;
    const { head, count } = this.#head;
    const whole = Object.fromEntries(
      [...lists, "state" as const].map((list) => [list, joined(this.#parts.get(list)!)]),
    ) as Pick<Columns, (typeof lists)[number] | "state">;
    const lengths = Object.fromEntries(lists.map((list) => [list, whole[list].length])) as Held["lengths"];
    return {
      kept: { commits: this.#commits, paths: this.#paths, count, ...whole },
      facts: this.#facts,
      head,
      held: {
        commits: this.#commits.length,
        paths: this.#paths.length,
        lengths,
        people: this.#people,
        origins: this.#origins,
      },
    };
  }

  #addCommits({ commits, idLength, reverts }: Head, ids: string, numbers: Columns): void {
    const times = new Float64Array(numbers.times.buffer);
    const reverted = new Map(reverts);
    let parentAt = 0;
    for (let at = 0; at < commits; at++) {
      const flags = numbers.flags[at]!;
      const parents = Array.from(numbers.parents.subarray(parentAt, (parentAt += numbers.parentCounts[at]!)));
      const id = ids.slice(at * idLength, (at + 1) * idLength);
      this.#commits.push({ id, parents, at: times[at]!, isApart: (flags & isApartFlag) !== 0 });
      this.#facts.push({
        person: this.#people[numbers.people[at]!]!,
        isCorrective: (flags & isCorrectiveFlag) !== 0,
        reverts: reverted.get(at) ?? [],
        declared: this.#origins[numbers.declared[at]! - 1] ?? null,
        subject: subjects[flags >> subjectShift]!,
        hasBody: (flags & hasBodyFlag) !== 0,
        namesAi: (flags & namesAiFlag) !== 0,
      });
    }
  }
}

function flagsOf(isApart: boolean, { isCorrective, hasBody, namesAi, subject }: CommitFacts): number {
  return (
    (isApart ? isApartFlag : 0) +
    (isCorrective ? isCorrectiveFlag : 0) +
    (hasBody ? hasBodyFlag : 0) +
    (namesAi ? namesAiFlag : 0) +
    (subjects.indexOf(subject) << subjectShift)
  );
}

function joined(parts: readonly Int32Array[]): Int32Array {
  if (parts.length <= 1) return parts[0] ?? noColumn;
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Things by their number: those that are known, and after them those that are added. */
class Numbers<Thing> {
  readonly added: Thing[] = [];
  readonly #nameOf: (thing: Thing) => unknown;
  readonly #numbers: Map<unknown, number>;

  constructor(known: readonly Thing[], nameOf: (thing: Thing) => unknown = (thing) => thing) {
    this.#nameOf = nameOf;
    this.#numbers = new Map(known.map((thing, number) => [nameOf(thing), number]));
  }

  of(thing: Thing): number {
    const name = this.#nameOf(thing);
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
      this.added.push(thing);
    }
    return number;
  }
}
