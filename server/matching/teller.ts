import { realpathSync } from "node:fs";
import path from "node:path";
import type { ToldBy } from "../../core/origin/toldEvidence.ts";
import type { ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Ledger } from "../edits/ledger.ts";
import { addressesOfFile, fileOfAddress } from "../provenance/fileAddress.ts";

export interface TellerOptions {
  readonly ledger: Ledger;
  readonly folderOf: (uri: string) => string | null;
  /** Asks the window whether closed documents are recorded at all; undefined where nobody can be asked. */
  readonly ask: ((id: number, uris: readonly string[]) => void) | undefined;
  /** Something was told. */
  readonly wake: () => void;
}

/** Questions that nobody answers are given up. */
const mostAsked = 100;

/** A record of a document in one of the window's folders. */
export interface OwnRecord {
  readonly edit: ToolEdit;
  readonly by: ToldBy;
  /** The addresses that the document may be open at. */
  readonly uris: readonly string[];
  readonly folder: string;
}

/** Tells the ledger what tools say of edits in the window's folders, and of nothing that is not recorded. */
export class Teller {
  readonly #options: TellerOptions;
  readonly #asked = new Map<number, (recordable: readonly boolean[]) => void>();
  #questions = 0;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  /** Undefined for what lies in none of the window's folders, be it by its name or by where a link leads. */
  ownRecord(edit: ToolEdit, by: ToldBy): OwnRecord | undefined {
    const { folderOf, ledger } = this.#options;
    const uris = addressesOfFile(edit.path);
    const uri = uris.find((each) => folderOf(each) !== null);
    const folder = uri === undefined ? null : folderOf(uri);
    if (folder === null) return undefined;
    if (isWithin(edit.path, fileOfAddress(folder))) return { edit, by, uris, folder };
    ledger.drop("record.outside", 1);
    return undefined;
  }

  tell(records: readonly OwnRecord[]): void {
    const { ledger, wake } = this.#options;
    const isOpen = ({ uris }: OwnRecord) => uris.some((uri) => ledger.peek(uri) !== undefined);
    const open = records.filter(isOpen);
    for (const { edit, by, uris } of open) ledger.tell(uris, edit, by);
    if (open.length > 0) wake();
    const closed = records.filter((record) => !open.includes(record));
    if (closed.length === 0) return;
    const uris = closed.map((record) => record.uris[0]!);
    this.#ask(uris, (recordable) => {
      const told = closed.filter((_, index) => recordable[index] === true);
      for (const record of told) ledger.tell(record.uris, record.edit, record.by);
      if (told.length > 0) wake();
    });
  }

  /** Says of edits whether their files are recorded; `unknown` of those in none of the window's folders. */
  recordable<Edit extends Pick<ToolEdit, "path">>(
    edits: readonly Edit[],
    take: (answered: readonly { readonly edit: Edit; readonly may: "yes" | "no" | "unknown" }[]) => void,
  ): void {
    const { folderOf, ledger, ask } = this.#options;
    const places = edits.map(({ path: file }) => addressesOfFile(file).find((uri) => folderOf(uri) !== null));
    const isOpen = places.map((uri) => uri !== undefined && ledger.peek(uri) !== undefined);
    const doubtful = places.flatMap((uri, index) =>
      uri === undefined || isOpen[index] ? [] : [{ uri, index }],
    );
    const answer = (said: ReadonlyMap<number, boolean>) =>
      take(
        edits.map((edit, index) => {
          if (isOpen[index]) return { edit, may: "yes" };
          const may = said.get(index);
          return { edit, may: may === undefined ? "unknown" : may ? "yes" : "no" };
        }),
      );
    if (doubtful.length === 0 || !ask) {
      answer(new Map());
      return;
    }
    const uris = doubtful.map(({ uri }) => uri);
    this.#ask(uris, (recordable) =>
      answer(new Map(doubtful.map(({ index }, at): [number, boolean] => [index, recordable[at] === true]))),
    );
  }

  /** The window says which of the documents that it was asked about are recorded. */
  answered(id: number, recordable: readonly boolean[]): void {
    const take = this.#asked.get(id);
    this.#asked.delete(id);
    take?.(recordable);
  }

  #ask(uris: readonly string[], take: (recordable: readonly boolean[]) => void): void {
    const { ask } = this.#options;
    if (!ask) return;
    this.#asked.set(++this.#questions, take);
    if (this.#asked.size > mostAsked) this.#asked.delete(this.#asked.keys().next().value!);
    ask(this.#questions, uris);
  }
}

function isWithin(file: string, folder: string | undefined): boolean {
  if (folder === undefined) return false;
  const below = path.relative(realOf(folder), realOf(file));
  return below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
}

/** Of a file that is gone, by its folder. */
function realOf(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(realOf(folder), path.basename(file));
  }
}
