import type { Origin } from "../../protocol/origin.ts";
import { isSourceFile, isTestFile } from "../coaching/fileKinds.ts";

/** What AI did in a range of commits, counted in the lines that they brought. */
export interface Description {
  readonly from: string | null;
  readonly to: string;
  /** The commit up to which lines were followed: later than `to` where work went on from there. */
  readonly reworkedUntil: string;
  readonly commits: number;
  readonly lines: number;
  /** By tool and model, the most first. */
  readonly byModel: readonly ModelLines[];
  /**
   * The same of lines of which only their commit's trailer or author says it. That is said of all that a commit brought, a
   * person's lines with it, and is in none of the others.
   */
  readonly saidByCommit: readonly ModelLines[];
  readonly humanLines: number;
  /** Lines of which nobody says whose they are. They are no person's and no tool's. */
  readonly unknownLines: number;
  /** Lines in files of tests. */
  readonly testLines: number;
  /** Lines of files that nobody writes by hand, which are in none of the others. */
  readonly linesSetApart: number;
}

export interface ModelLines {
  /** Null where it is only known that it was AI. */
  readonly tool: string | null;
  readonly model: string | null;
  readonly lines: number;
  /** Of these, those that a later commit, up to `reworkedUntil`, changed or took away. */
  readonly reworked: number;
  /** Of these, those that were reworked where the later commit brought a person's lines and none of AI. */
  readonly reworkedByHand: number;
  readonly testLines: number;
  /** Lines of source, in commits that changed a test, too. */
  readonly besideTests: number;
  readonly sourceLines: number;
  /** Lines that were never on screen in this editor; null where that is of no line known. */
  readonly unread: number | null;
  /** Lines of which it is known whether they were on screen. */
  readonly readKnown: number;
}

/** Lines that a commit of the range brought. */
export interface DescribedRun {
  readonly origin: Origin;
  /** Whether that is said of the commit, and not of its lines. */
  readonly isOfWhole: boolean;
  readonly count: number;
  readonly path: string;
  readonly end: "alive" | "reworked" | "reworkedByHand";
  readonly isSetApart: boolean;
  /** Whether its commit changed a test. */
  readonly isBesideTests: boolean;
  /** How many of the lines are known to have been on screen or not, and how many, or which part of one, were not. */
  readonly reading: { readonly known: number; readonly unread: number };
}

/** What shares of lines may be wrong by, once they are added up. */
const tiny = 1e-6;

type Growing = { -readonly [Part in keyof ModelLines]: ModelLines[Part] };

/** Adds lines up. */
export class DescribedLines {
  readonly #byModel = new Map<string, Growing>();
  readonly #saidByCommit = new Map<string, Growing>();
  #lines = 0;
  #human = 0;
  #unknown = 0;
  #tests = 0;
  #setApart = 0;

  add({ origin, isOfWhole, count, path, end, isSetApart, isBesideTests, reading }: DescribedRun): void {
    if (isSetApart) {
      this.#setApart += count;
      return;
    }
    const isTest = isTestFile(path);
    this.#lines += count;
    if (isTest) this.#tests += count;
    if (origin.kind !== "ai") {
      // A formatter's lines are as little a person's as those of which nobody knows.
      if (origin.kind === "human") this.#human += count;
      else this.#unknown += count;
      return;
    }
    const { tool = null, model = null } = origin;
    const key = JSON.stringify([tool, model]);
    const all = isOfWhole ? this.#saidByCommit : this.#byModel;
    let sums = all.get(key);
    if (!sums) all.set(key, (sums = noLines(tool, model)));
    sums.lines += count;
    if (end !== "alive") sums.reworked += count;
    if (end === "reworkedByHand") sums.reworkedByHand += count;
    if (isTest) sums.testLines += count;
    if (isSourceFile(path)) {
      sums.sourceLines += count;
      if (isBesideTests) sums.besideTests += count;
    }
    if (reading.known === 0) return;
    sums.readKnown += reading.known;
    sums.unread = (sums.unread ?? 0) + reading.unread;
  }

  describe(range: Pick<Description, "from" | "to" | "reworkedUntil" | "commits">): Description {
    return {
      ...range,
      lines: this.#lines,
      byModel: mostFirst(this.#byModel),
      saidByCommit: mostFirst(this.#saidByCommit),
      humanLines: this.#human,
      unknownLines: this.#unknown,
      testLines: this.#tests,
      linesSetApart: this.#setApart,
    };
  }
}

function mostFirst(byModel: ReadonlyMap<string, ModelLines>): ModelLines[] {
  return (
    [...byModel.values()]
      // A line of which a part was not on screen counts as unread.
      .map((sums) => ({ ...sums, unread: sums.unread === null ? null : Math.ceil(sums.unread - tiny) }))
      .sort((one, other) => other.lines - one.lines)
  );
}

function noLines(tool: string | null, model: string | null): Growing {
  const none = { lines: 0, reworked: 0, reworkedByHand: 0, testLines: 0, besideTests: 0, sourceLines: 0 };
  return { tool, model, ...none, unread: null, readKnown: 0 };
}
