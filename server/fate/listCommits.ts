import {
  hasBody,
  isCorrective,
  revertedBy,
  subjectKindOf,
  trailersOf,
} from "../../core/fate/commitMessage.ts";
import { declarationsOf } from "../../core/notes/commitTrailers.ts";
import type { SubjectKind } from "../../protocol/fates.ts";
import type { Origin } from "../../protocol/origin.ts";
import type { Answered } from "../git/committedFiles.ts";
import type { Git } from "../git/git.ts";

/** What a commit and its message say, as far as the fate of lines needs it. */
export interface CommitFacts {
  /** Stands for the person, after the repository's own list of names. */
  readonly person: string;
  /** A fix or a revert. */
  readonly isCorrective: boolean;
  /** The commits that it says it takes back. */
  readonly reverts: readonly string[];
  /** Who made all of it, as its author or a trailer says. Who only assisted did not. */
  readonly declared: Origin | null;
  readonly subject: SubjectKind;
  /** Whether the message says more than its first line and its trailers. */
  readonly hasBody: boolean;
  /** Whether its author or a trailer says that AI had a part in it. */
  readonly namesAi: boolean;
}

export interface ListedCommit extends CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface ListOptions {
  readonly head: string;
  /** A commit whose history need not be listed. It may be gone by now. */
  readonly known: string | undefined;
  readonly nameOf: (address: string) => string;
  readonly signal?: AbortSignal;
}

/** More are held by no history that people of one repository made. */
const mostCommits = 1_000_000;

/** The commits of a history, parents first. */
export async function listCommits(
  git: Git,
  folder: string,
  { head, known, nameOf, signal }: ListOptions,
): Promise<Answered<ListedCommit[]>> {
  const commits: ListedCommit[] = [];
  const names = new Map<string, string>();
  const personOf = (address: string) => {
    const name = names.get(address) ?? nameOf(address);
    names.set(address, name);
    return name;
  };
  let rest = "";
  const decoder = new TextDecoder();
  const args = [...asRecords, head, ...(known === undefined ? [] : ["--not", known])];
  const question = { folder, command: "log", args } as const;
  const tooLong = new AbortController();
  const signals = [tooLong.signal, ...(signal ? [signal] : [])];
  const answer = await git.read({ ...question, signal: AbortSignal.any(signals) }, (part) => {
    const records = (rest + decoder.decode(part, { stream: true })).split("\0");
    rest = records.pop()!;
    for (const record of records) commits.push(commitOf(record, personOf));
    if (commits.length > mostCommits) tooLong.abort();
  });
  if (tooLong.signal.aborted) return { ok: false, why: "tooLong" };
  if (!answer.ok) return answer;
  if (rest !== "") commits.push(commitOf(rest, personOf));
  return { ok: true, value: commits };
}

const asRecords = [
  "-z",
  "--topo-order",
  "--reverse",
  "--ignore-missing",
  "--no-show-signature",
  "--no-notes",
  "--no-decorate",
  "--no-color",
  "--no-patch",
  "--encoding=UTF-8",
  "--format=%H%n%P%n%ct%n%aE%n%an <%ae>%n%B",
];

function commitOf(record: string, personOf: (address: string) => string): ListedCommit {
  const [id = "", parents = "", at = "", address = "", author = "", ...message] = record.split("\n");
  const text = message.join("\n");
  const declared = declarationsOf({ author, trailers: trailersOf(text) });
  return {
    id,
    parents: parents.split(" ").filter(Boolean),
    at: Number(at) * 1000,
    person: personOf(address.toLowerCase()),
    isCorrective: isCorrective(text),
    reverts: revertedBy(text),
    declared: declared.find(({ part }) => part !== "assisted")?.origin ?? null,
    subject: subjectKindOf(text),
    hasBody: hasBody(text),
    namesAi: declared.length > 0,
  };
}
