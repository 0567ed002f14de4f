import type { Observation } from "../../../protocol/observation.ts";
import { noGit } from "../../../server/gitView.ts";
import { Ledger } from "../../../server/edits/ledger.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import { plainHashes } from "../../unit/server/desk.ts";

/** Who really wrote a character: a tool by its name, or somebody else. */
export type Truth = string;

export interface WorkFile {
  readonly uri: string;
  readonly path: string;
  text: string;
  /** One for each code unit. */
  truth: Truth[];
  /** Undefined while it is closed. */
  version: number | undefined;
}

/** Files with an editor that may have them open, Kept beside it, and who wrote each of their characters. */
export class Workplace {
  now = Date.UTC(2026, 0, 5, 9);
  readonly ledger: Ledger;
  readonly files: WorkFile[];
  readonly #commit: () => void;
  readonly #sessions = new Map<string, number>();
  #sequence = 0;
  #ids = 0;

  constructor() {
    const store = new MemoryStore({ now: () => this.now, problems: [] });
    this.files = Array.from({ length: 5 }, (_, index): WorkFile => {
      const lines = Array.from({ length: 12 }, (_, line) => `const first${index}_${line} = ${line};\n`);
      return fileWith(`/work/file${index}.ts`, lines.join(""), "before");
    });
    this.ledger = new Ledger({
      window: "window",
      store,
      now: () => this.now,
      utcOffsetMinutes: () => 0,
      uuid: () => `edit-${++this.#ids}`,
      hashes: plainHashes,
      git: noGit,
      readFile: (uri) => {
        const file = this.files.find((each) => each.uri === uri);
        return file ? { text: file.text } : "missing";
      },
      workspaceOf: () => "file:///work",
    });
    this.#commit = () => void this.ledger.commit((batch) => store.write(batch));
  }

  /** Whose Kept says that each character is. */
  attributed(
    file: WorkFile,
  ): { readonly kind: string; readonly tool: string | null; readonly source: string }[] {
    if (file.version === undefined) this.open(file);
    const { spans } = this.ledger.look(file.uri)!;
    return spans.runs().flatMap(({ owner, length }) => {
      const edit = owner === undefined ? undefined : this.ledger.readEdit(owner);
      const { kind, tool } = edit?.origin ?? { kind: "unknown", tool: null };
      const source = edit?.evidence.some((each) => each.source === "hook") ? "hook" : "log";
      return Array.from({ length }, () => ({ kind, tool, source }));
    });
  }

  commit(): void {
    this.#commit();
  }

  add(path: string): WorkFile {
    const file = fileWith(path, "", "before");
    this.files.push(file);
    return file;
  }

  open(file: WorkFile): void {
    file.version = 1;
    this.#ids++;
    this.ledger.opening(file.uri, this.#ids);
    this.#sessions.set(file.uri, this.#ids);
    this.ledger.open({ uri: file.uri, languageId: "typescript", version: 1, text: file.text });
  }

  close(file: WorkFile): void {
    this.ledger.close(file.uri);
    file.version = undefined;
  }

  put(file: WorkFile, start: number, end: number, text: string, who: Truth): void {
    file.text = file.text.slice(0, start) + text + file.text.slice(end);
    file.truth.splice(start, end - start, ...Array.from({ length: text.length }, () => who));
  }

  /** The editor reports a change; that the file has it is `put`. */
  change(file: WorkFile, start: number, end: number, text: string, known: Partial<Observation>): void {
    const before = file.text;
    const at = (offset: number) => {
      const lines = before.slice(0, offset).split("\n");
      return { line: lines.length - 1, character: lines.at(-1)!.length };
    };
    file.version!++;
    this.ledger.observe({
      sequence: ++this.#sequence,
      uri: file.uri,
      languageId: "typescript",
      session: this.#sessions.get(file.uri)!,
      version: file.version!,
      at: this.now,
      utcOffsetMinutes: 0,
      changes: [{ offset: start, deletedLength: end - start, insertedLength: text.length }],
      reloaded: false,
      focused: true,
      active: true,
      carets: 1,
      pending: [],
      ...known,
    });
    const range = { start: at(start), end: at(end) };
    this.ledger.change({ uri: file.uri, version: file.version!, contentChanges: [{ range, text }] });
  }

  /** Another program wrote the file; an editor that has it open reads it again. */
  writeToDisk(file: WorkFile, write: () => void): void {
    const before = file.text;
    write();
    if (file.version === undefined || before === file.text) return;
    const after = file.text;
    file.text = before;
    this.change(file, 0, before.length, after, { reloaded: true });
    file.text = after;
  }
}

function fileWith(path: string, text: string, who: Truth): WorkFile {
  return { uri: `file://${path}`, path, text, truth: [...text].map(() => who), version: undefined };
}
