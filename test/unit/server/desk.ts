import type { Observation } from "../../../protocol/observation.ts";
import type { Hashes } from "../../../server/deviceKey.ts";
import { noGit } from "../../../server/gitView.ts";
import { Ledger, type LedgerOptions } from "../../../server/edits/ledger.ts";
import { MemoryStore } from "../../../server/store/memoryStore.ts";
import type { Batch, Store } from "../../../server/store/store.ts";

export const uri = "file:///work/a.ts";
/** Hashes that can be read, for tests. */
export const plainHashes: Hashes = {
  text: (text) => `hash of ${text}`,
  line: (line) => `line ${line}`,
  gram: (gram) => [...gram].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) >>> 0, 7),
};

export const copilot = {
  detailedReason: {
    source: "inlineCompletionAccept",
    metadata: { source: "inlineCompletionAccept", $extensionId: "github.copilot" },
  },
};

/** What the editor says of an edit that a conversation wrote. */
export const chat = chatOf("gpt-5");

export function chatOf(model: string) {
  return {
    detailedReason: {
      source: "Chat.applyEdits",
      metadata: { source: "Chat.applyEdits", $extensionId: "github.copilot-chat", $modelId: model },
    },
  };
}

/** A window with one document, one observation a millisecond. */
export class Desk {
  now = 1000;
  readonly ledger: Ledger;
  readonly store: Store;
  #version = 1;
  #observed = 1;
  #sequence = 0;
  #ids = 0;

  constructor(
    text: string,
    store: Store = new MemoryStore({ now: () => this.now, problems: [] }),
    window = "one",
    outside: Partial<Pick<LedgerOptions, "git" | "readFile">> & { readonly isBare?: boolean } = {},
  ) {
    this.store = store;
    this.ledger = new Ledger({
      window,
      store,
      now: () => this.now,
      utcOffsetMinutes: () => 0,
      uuid: () => `${window}-${++this.#ids}`,
      hashes: plainHashes,
      git: noGit,
      readFile: () => "unreadable",
      ...outside,
      workspaceOf: () => "file:///work",
    });
    if (outside.isBare) return;
    this.ledger.opening(uri, 1);
    this.ledger.open({ uri, languageId: "typescript", version: 1, text });
  }

  /** Replaces characters of the first line, and says what the editor knows of it. */
  edit(start: number, end: number, text: string, known: Partial<Observation> = {}): void {
    const observation = this.observationOfNext(start, end, text);
    this.ledger.observe({ ...observation, ...known });
    this.changeNext(start, end, text);
  }

  /** Another text was read from disk. */
  reload(text: string): void {
    const { length } = this.ledger.look(uri)!.text;
    this.ledger.observe({ ...this.observationOfNext(0, length, text), reloaded: true });
    this.ledger.change({ uri, version: ++this.#version, contentChanges: [{ text }] });
  }

  /** What the editor says of the next change. */
  observationOfNext(start: number, end: number, text: string, version = ++this.#observed): Observation {
    this.now++;
    return {
      sequence: ++this.#sequence,
      uri,
      languageId: "typescript",
      session: 1,
      version,
      at: this.now,
      utcOffsetMinutes: 0,
      changes: [{ offset: start, deletedLength: end - start, insertedLength: text.length }],
      reloaded: false,
      focused: true,
      active: true,
      carets: 1,
      pending: [],
    };
  }

  /** The next change, as it comes by document sync. */
  changeNext(start: number, end: number, text: string): void {
    this.ledger.change({
      uri,
      version: ++this.#version,
      contentChanges: [
        { range: { start: { line: 0, character: start }, end: { line: 0, character: end } }, text },
      ],
    });
  }

  commit(): Batch | undefined {
    return this.ledger.commit((batch) => this.store.write(batch))?.batch;
  }

  /** Origin, inserted and kept characters of everything recorded so far, in the order of origins' names. */
  sums(): unknown[] {
    this.commit();
    return this.store
      .readSums({ from: "1970-01-01", to: "1970-01-02", workspaces: undefined })
      .map(({ kind, tool, edits, insertedChars, keptChars }) => [
        tool ?? kind,
        edits,
        insertedChars,
        keptChars,
      ])
      .sort();
  }
}
