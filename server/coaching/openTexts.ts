import { statSync } from "node:fs";
import {
  blockOfLines,
  blocksOf,
  comparedLines,
  linesByEdit,
  sharedLines,
  type Duplicate,
  type NewProblems,
} from "../../core/coaching/openTexts.ts";
import type { RecentEdit } from "../../core/coaching/recentEdits.ts";
import type { ShownProblems } from "../../protocol/coaching.ts";
import type { Spans } from "../../core/spans/spans.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { StageRow } from "../store/stages.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import { readRegularFile } from "../regularFile.ts";

/** What is known of documents. */
export interface OpenTextsOptions {
  readonly now: () => number;
  /** A document that is open. */
  readonly peek: (uri: string) => { readonly text: string; readonly spans: Spans } | undefined;
  /** When the AI edits among these were made. */
  readonly madeAt: (ids: readonly string[]) => ReadonlyMap<string, number>;
}

/** Of the ledger's documents. */
export function openTextsOf(
  ledger: Pick<Ledger, "peek" | "readOrigins" | "readEdit">,
  now: () => number,
): OpenTexts {
  return new OpenTexts({
    now,
    peek: (uri) => ledger.peek(uri)?.document,
    madeAt: (ids) => {
      const origins = ledger.readOrigins(ids);
      const ai = ids.filter((id) => origins.get(id)?.kind === "ai");
      return new Map(
        ai.flatMap((id): [string, number][] => {
          const edit = ledger.readEdit(id);
          return edit ? [[id, edit.at]] : [];
        }),
      );
    },
  });
}

const minuteMs = 60_000;
/** What is there after so long is no passing state of typing. */
const settledMs = 5 * minuteMs;
const recentMs = 60 * minuteMs;
const mostDocuments = 200;
const mostLooks = 100;
/** Other files that AI text is looked for in. */
const mostFiles = 100;
/** What is looked at later than so is no answer for five minutes. */
const longestSettledMs = 15 * minuteMs;
/** Edits that were met, so that each is asked for its maker no longer than it can be judged. */
const mostMet = 50_000;
const mostBytes = 1024 * 1024;
const mostBytesOfFile = 128 * 1024;

/** Looks at texts that are open: errors in AI lines, and AI text that is elsewhere already. It keeps no text. */
export class OpenTexts {
  readonly #options: OpenTextsOptions;
  /** Errors of each document, the oldest look first. */
  readonly #looks = new Map<string, { readonly at: number; readonly lines: readonly number[] }[]>();
  readonly #met = new Map<string, number>();
  readonly #judged = new Set<string>();
  readonly #blocks = new Map<string, { readonly state: string; readonly blocks: ReadonlySet<string> }>();

  constructor(options: OpenTextsOptions) {
    this.#options = options;
  }

  /** What the editor shows as errors. */
  take({ documents }: ShownProblems): void {
    const at = this.#options.now();
    for (const { uri, lines } of documents) {
      const looks = this.#looks.get(uri) ?? [];
      looks.push({ at, lines });
      // The oldest says what was there before.
      if (looks.length > mostLooks) looks.splice(1, 1);
      this.#looks.delete(uri);
      this.#looks.set(uri, looks);
      if (this.#looks.size > mostDocuments) this.#looks.delete(this.#looks.keys().next().value!);
    }
  }

  /** AI edits of the last hour with errors in their lines after five minutes, more than there were. Undefined where no editor tells. */
  problems(): NewProblems[] | undefined {
    if (this.#looks.size === 0) return undefined;
    const now = this.#options.now();
    return [...this.#looks].flatMap(([uri, looks]) => {
      const last = looks.at(-1)!.lines;
      const document = last.length === 0 ? undefined : this.#options.peek(uri);
      if (!document) return [];
      const { text, spans } = document;
      const edits = [...this.#options.madeAt(spans.owners())].filter(
        ([, at]) => at > now - recentMs && at <= now - settledMs,
      );
      if (edits.length === 0) return [];
      const lines = linesByEdit(text, spans, new Set(edits.map(([id]) => id)));
      return edits.flatMap(([id, at]) => {
        const errors = newErrors(looks, at, lines.get(id) ?? []);
        return errors !== undefined && errors > 0 ? { uri, errors } : [];
      });
    });
  }

  /** What is found of AI edits that were made five minutes ago. Each is judged once; `others` are files to look through. */
  judge(others: () => readonly { readonly uri: string; readonly languageId: string }[]): StageRow[] {
    const now = this.#options.now();
    if (this.#met.size > mostMet) this.#met.clear();
    return [...this.#looks].flatMap(([uri, looks]) => {
      const document = this.#options.peek(uri);
      if (!document) return [];
      const { text, spans } = document;
      const edits = [...this.#options.madeAt(this.#unjudged(spans.owners(), now))].filter(
        ([id, at]) => at > now - longestSettledMs && at <= now - settledMs && !this.#judged.has(id),
      );
      if (edits.length === 0) return [];
      const all = others();
      const language = all.find((other) => other.uri === uri)?.languageId;
      const files = all.filter((other) => other.uri !== uri && other.languageId === language);
      const lines = linesByEdit(text, spans, new Set(edits.map(([id]) => id)));
      return edits.flatMap(([editId, at]): StageRow[] => {
        this.#judged.add(editId);
        const errors = newErrors(looks, at, lines.get(editId) ?? []);
        const runs = runsOf(text, new Set(lines.get(editId)));
        return [
          ...(errors === undefined
            ? []
            : [
                {
                  editId,
                  stage: "problems" as const,
                  outcome: errors > 0 ? ("more" as const) : ("none" as const),
                },
              ]),
          ...(runs.length === 0
            ? []
            : [
                {
                  ...{ editId, stage: "repeated" as const },
                  outcome: this.#isElsewhere(runs, files) ? ("some" as const) : ("none" as const),
                },
              ]),
        ];
      });
    });
  }

  /** Those that may still turn out to be AI's and young. */
  #unjudged(owners: readonly string[], now: number): string[] {
    return owners.filter((id) => {
      const met = this.#met.get(id);
      if (met === undefined) this.#met.set(id, now);
      return met === undefined || (now - met <= longestSettledMs && !this.#judged.has(id));
    });
  }

  #isElsewhere(runs: readonly string[][], files: readonly { readonly uri: string }[]): boolean {
    const found = this.#files(files.map(({ uri }) => uri));
    return found.some(([, blocks]) => runs.some((run) => sharedLines(run, blocks) > 0));
  }

  /** Blocks of today's AI text in open documents that another file has, of those that were recorded lately. */
  duplicates(
    edits: readonly RecentEdit[],
    others: readonly { uri: string; languageId: string }[],
  ): Duplicate[] {
    const from = this.#options.now() - 24 * 60 * minuteMs;
    const fresh = edits.filter(
      ({ kind, at, lines, keptChars }) =>
        kind === "ai" && at >= from && keptChars > 0 && (lines ?? 0) >= blockOfLines,
    );
    const languages = new Map(fresh.map(({ uri, languageId }) => [uri, languageId]));
    return [...languages].flatMap(([uri, languageId]) => {
      const own = this.#freshLines(uri, from);
      if (own.length === 0) return [];
      const sameLanguage = others.filter((other) => other.uri !== uri && other.languageId === languageId);
      return this.#files(sameLanguage.map((other) => other.uri)).flatMap(([other, blocks]) => {
        const lines = Math.max(...own.map((run) => sharedLines(run, blocks)));
        return lines > 0 ? { uri, other, lines } : [];
      });
    });
  }

  /** Stretches of lines that AI wrote since. */
  #freshLines(uri: string, from: number): string[][] {
    const document = this.#options.peek(uri);
    if (!document) return [];
    const { text, spans } = document;
    const ids = [...this.#options.madeAt(spans.owners())].flatMap(([id, at]) => (at >= from ? id : []));
    return runsOf(text, new Set([...linesByEdit(text, spans, new Set(ids)).values()].flat()));
  }

  #files(uris: readonly string[]): [string, ReadonlySet<string>][] {
    let bytes = 0;
    const found: [string, ReadonlySet<string>][] = [];
    for (const uri of uris.slice(0, mostFiles)) {
      const file = fileOfAddress(uri);
      const state = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
      if (!state?.isFile() || state.size > mostBytesOfFile || bytes + state.size > mostBytes) continue;
      bytes += state.size;
      const known = this.#blocks.get(uri);
      const key = `${state.mtimeMs} ${state.size}`;
      const blocks = known?.state === key ? known.blocks : blocksIn(file!);
      this.#blocks.set(uri, { state: key, blocks });
      found.push([uri, blocks]);
    }
    for (const uri of this.#blocks.keys()) if (!uris.includes(uri)) this.#blocks.delete(uri);
    return found;
  }
}

/** Errors in the lines of an edit now, as far as the document has more than before; undefined where nobody told. */
function newErrors(
  looks: readonly { readonly at: number; readonly lines: readonly number[] }[],
  at: number,
  lines: readonly number[],
): number | undefined {
  const before = looks.findLast((look) => look.at <= at);
  if (!before) return undefined;
  const own = new Set(lines);
  const last = looks.at(-1)!.lines;
  const more = last.length - before.lines.length;
  return Math.max(0, Math.min(more, last.filter((line) => own.has(line)).length));
}

/** Stretches of lines of these numbers that are long enough to be blocks, as they are compared. */
function runsOf(text: string, numbers: ReadonlySet<number>): string[][] {
  const runs: string[][] = [[]];
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    if (numbers.has(number)) runs.at(-1)!.push(line);
    else if (line.trim() !== "" && runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.map((run) => comparedLines(run.join("\n"))).filter(({ length }) => length >= blockOfLines);
}

function blocksIn(file: string): ReadonlySet<string> {
  try {
    return new Set(blocksOf(comparedLines(readRegularFile(file, mostBytesOfFile).toString("utf8"))));
  } catch {
    return new Set();
  }
}
