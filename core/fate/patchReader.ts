import type { FileChange, Hunk } from "./fileChange.ts";

interface OpenFile {
  from: string | undefined;
  to: string | undefined;
  readonly hunks: Hunk[];
  isText: boolean;
}

/**
 * Reads what `git diff-tree --stdin -p -U0` prints, line by line: for each question a line with the commit, and its
 * patch. Lines are byte strings: one character for each byte.
 */
export class PatchReader {
  readonly #take: (changes: FileChange[]) => void;
  readonly #textOf: (bytes: string) => string;
  #changes: FileChange[] | undefined;
  #file: OpenFile | undefined;
  #hunk: { removed: string[]; added: string[] } | undefined;
  #removedLeft = 0;
  #addedLeft = 0;

  constructor(take: (changes: FileChange[]) => void, textOf: (bytes: string) => string) {
    this.#take = take;
    this.#textOf = textOf;
  }

  line(line: string): void {
    if (this.#removedLeft + this.#addedLeft > 0) this.#content(line);
    else if (line.startsWith("@@ ")) this.#openHunk(line);
    else if (line.startsWith("diff --git ")) this.#openFile(line.slice(11));
    else if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(line)) this.#openCommit();
    else if (this.#file) this.#header(line, this.#file);
  }

  end(): void {
    this.#closeFile();
    if (this.#changes) this.#take(this.#changes);
    this.#changes = undefined;
  }

  #openCommit(): void {
    this.end();
    this.#changes = [];
  }

  /** Both names are the same here, or told again further down. */
  #openFile(names: string): void {
    this.#closeFile();
    const path = this.#pathOf(names.slice(0, (names.length - 1) / 2)).slice("a/".length);
    this.#file = { from: path, to: path, hunks: [], isText: true };
  }

  #header(line: string, file: OpenFile): void {
    if (line.startsWith("new file mode ")) file.from = undefined;
    else if (line.startsWith("deleted file mode ")) file.to = undefined;
    else if (line.startsWith("rename from ")) file.from = this.#pathOf(line.slice(12));
    else if (line.startsWith("rename to ")) file.to = this.#pathOf(line.slice(10));
    else if (line.startsWith("Binary files ")) file.isText = false;
  }

  #openHunk(line: string): void {
    const [, from, removed = "1", added = "1"] = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? [];
    if (from === undefined || !this.#file) return;
    this.#removedLeft = Number(removed);
    this.#addedLeft = Number(added);
    this.#hunk = { removed: [], added: [] };
    const at = this.#removedLeft === 0 ? Number(from) : Number(from) - 1;
    this.#file.hunks.push({ at, ...this.#hunk });
  }

  #content(line: string): void {
    if (line.startsWith("-")) {
      this.#hunk!.removed.push(line.slice(1));
      this.#removedLeft--;
    } else if (line.startsWith("+")) {
      this.#hunk!.added.push(line.slice(1));
      this.#addedLeft--;
    }
  }

  /** Git puts a path in quotes where it has other than plain characters. */
  #pathOf(given: string): string {
    return this.#textOf(given.startsWith('"') ? unquote(given.slice(1, -1)) : given);
  }

  #closeFile(): void {
    const file = this.#file;
    this.#file = undefined;
    if (!file) return;
    const { from, hunks, isText } = file;
    const { to } = file;
    this.#changes?.push(isText ? { from, to, hunks } : { from, to: undefined, hunks, unshown: to });
  }
}

const escapes: Readonly<Partial<Record<string, string>>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unquote(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/g, (_whole, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
}
