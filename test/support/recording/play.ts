import assert from "node:assert/strict";
import type { Observation } from "../../../protocol/observation.ts";
import type { GitView } from "../../../server/gitView.ts";
import { Ledger } from "../../../server/edits/ledger.ts";
import type { Store } from "../../../server/store/store.ts";
import { plainHashes } from "../../unit/server/desk.ts";
import type { Spot, Step } from "./steps.ts";

const second = 1000;
const keyMs = 120;

interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface OpenFile {
  text: string;
  version: number;
  readonly session: number;
  /** What takes back each step, the newest last. */
  readonly undo: (readonly Replaced[])[];
  readonly redo: (readonly Replaced[])[];
}

export interface PlayOptions {
  readonly store: Store;
  /** Without it, what only some editors tell is left out. */
  readonly hasAccounts: boolean;
  readonly setNow: (now: number) => void;
}

/** Plays a recording into a ledger as an editor and its extension would, with time passing as it did. */
export class Player {
  readonly ledger: Ledger;
  readonly #options: PlayOptions;
  readonly #open = new Map<string, OpenFile>();
  readonly #files = new Map<string, string>();
  #branch = "main";
  #movement: ReturnType<GitView["movedSince"]>;
  #now = 0;
  #sequence = 0;
  #session = 0;
  #ids = 0;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.ledger = new Ledger({
      window: "window",
      store: options.store,
      now: () => this.#now,
      utcOffsetMinutes: () => 0,
      uuid: () => `e${++this.#ids}`,
      hashes: plainHashes,
      workspaceOf: () => "file:///work",
      git: {
        branchOf: () => this.#branch,
        markOf: () => "mark",
        movedSince: (_uri, mark) => (mark === undefined ? undefined : this.#movement),
      },
      readFile: (uri) => {
        const text = this.#files.get(uri);
        return text === undefined ? "missing" : { text };
      },
    });
  }

  play(steps: readonly Step[], endsAt: number): void {
    for (const step of steps) {
      this.#waitUntil(step.at * second);
      this.#do(step);
    }
    this.#waitUntil(endsAt * second);
  }

  text(file: string): string {
    return this.#open.get(uriOf(file))!.text;
  }

  #do(step: Step): void {
    switch (step.does) {
      case "open":
        return this.#openFile(uriOf(step.file), step.text);
      case "close":
        this.#files.set(uriOf(step.file), this.text(step.file));
        this.ledger.close(uriOf(step.file));
        this.#open.delete(uriOf(step.file));
        return this.#commit();
      case "write":
        this.#files.set(uriOf(step.file), step.text);
        return;
      case "git":
        this.#branch = step.branch;
        this.#movement = step.movement;
        return;
      case "type":
        return this.#type(step.file, step.text, step.at_);
      case "erase":
        return this.#erase(step.file, step.text);
      case "undo":
      case "redo":
        for (let times = step.times; times > 0; times--) {
          this.#takeBack(step.file, step.does);
          this.#waitUntil(this.#now + keyMs);
        }
        return;
      case "reload": {
        const file = this.#open.get(uriOf(step.file))!;
        const whole = { start: 0, end: file.text.length, text: step.text };
        return this.#change(step.file, [whole], {
          reloaded: true,
          detailedReason: { source: "reloadFromDisk", metadata: { source: "reloadFromDisk" } },
        });
      }
      case "edit": {
        const { file, text, at_, account, reason, pending, carets, focused } = step;
        const places = spotsIn(this.text(file), at_);
        const detailedReason = account && { source: account.source, metadata: account };
        this.#change(
          file,
          places.map((place) => ({ ...place, text })),
          {
            ...(reason && { reason }),
            ...(pending && { pending }),
            ...(carets !== undefined && { carets }),
            ...(focused !== undefined && { focused }),
            ...(detailedReason && { detailedReason }),
          },
        );
      }
    }
  }

  #openFile(uri: string, text: string): void {
    const session = ++this.#session;
    this.#open.set(uri, { text, version: 1, session, undo: [], redo: [] });
    this.ledger.opening(uri, session);
    this.ledger.open({ uri, languageId: "typescript", version: 1, text });
  }

  #type(file: string, text: string, spot: Spot): void {
    let [{ end: at }] = spotsIn(this.text(file), spot) as [Replaced];
    for (const key of text) {
      this.#change(file, [{ start: at, end: at, text: key }], typed);
      at += key.length;
      this.#waitUntil(this.#now + keyMs);
    }
  }

  #erase(file: string, text: string): void {
    let [{ end }] = spotsIn(this.text(file), { after: text }) as [Replaced];
    for (let count = text.length; count > 0; count--, end--) {
      this.#change(file, [{ start: end - 1, end, text: "" }], typed);
      this.#waitUntil(this.#now + keyMs);
    }
  }

  #takeBack(name: string, reason: "undo" | "redo"): void {
    const file = this.#open.get(uriOf(name))!;
    const step = file[reason].pop();
    assert.ok(step, `There is nothing to ${reason} in ${name}`);
    this.#change(name, step, { reason });
  }

  /** The replacements are of one text, in its order. */
  #change(name: string, replaced: readonly Replaced[], known: Partial<Observation>): void {
    const uri = uriOf(name);
    const file = this.#open.get(uri)!;
    const version = ++file.version;
    const back: Replaced[] = [];
    let shift = 0;
    let after = file.text;
    for (const { start, end, text } of replaced) {
      back.push({
        start: start + shift,
        end: start + shift + text.length,
        text: file.text.slice(start, end),
      });
      after = after.slice(0, start + shift) + text + after.slice(end + shift);
      shift += text.length - (end - start);
    }
    if (known.reason === undefined) {
      file.undo.push(back);
      file.redo.length = 0;
    } else {
      file[known.reason === "undo" ? "redo" : "undo"].push(back);
    }
    const { detailedReason, ...rest } = known;
    this.ledger.observe({
      sequence: ++this.#sequence,
      uri,
      languageId: "typescript",
      session: file.session,
      version,
      at: this.#now,
      utcOffsetMinutes: 0,
      changes: replaced.toReversed().map(({ start, end, text }) => ({
        offset: start,
        deletedLength: end - start,
        insertedLength: text.length,
      })),
      reloaded: false,
      focused: true,
      active: true,
      carets: 1,
      pending: [],
      ...rest,
      ...(this.#options.hasAccounts && detailedReason && { detailedReason }),
    });
    const contentChanges = replaced.toReversed().map(({ start, end, text }) => ({
      range: { start: positionIn(file.text, start), end: positionIn(file.text, end) },
      text,
    }));
    file.text = after;
    this.ledger.change({ uri, version, contentChanges });
    assert.equal(this.ledger.look(uri)!.text, after);
  }

  /** As a running server: it writes four times a second, and looks after closed files. */
  #waitUntil(at: number): void {
    while (this.#now < at) {
      this.#now = Math.min(this.#now + 250, at);
      this.#options.setNow(this.#now);
      this.ledger.sampleClosed();
      this.#commit();
    }
  }

  #commit(): void {
    this.ledger.commit((batch) => this.#options.store.write(batch));
  }
}

const typed = {
  detailedReason: { source: "cursor", metadata: { source: "cursor", kind: "type" } },
};

export function uriOf(file: string): string {
  return `file:///work/${file}`;
}

function spotsIn(text: string, { after, afterEach, instead }: Spot): { start: number; end: number }[] {
  const wanted = after ?? afterEach ?? instead ?? "";
  const starts: number[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) starts.push(at);
  assert.ok(starts.length > 0 && (afterEach !== undefined || starts.length === 1), `Where is ${wanted}?`);
  return starts.map((start) => {
    const end = start + wanted.length;
    return instead === undefined ? { start: end, end } : { start, end };
  });
}

function positionIn(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
