import { closeSync, readSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import { reasonOf } from "../../../protocol/errors.ts";
import { openRegularFile, readRegularFile } from "../../regularFile.ts";
import { parsed } from "../fields.ts";
import type { Agent, DatabaseAccess, RecordReader, Sink, Surroundings } from "../agent.ts";
import { databaseState, readNumberedRows, readRows, readStrays } from "./recordDatabase.ts";
import { readLines } from "./readLines.ts";

/** A file that is written anew each time is read whole; longer ones are not. */
const longestDocument = 64 * 1024 * 1024;
/** In a long line most marks stand near its beginning or its end, and what is between them is talk. */
const endBytes = 2048;
/** A file that is shorter may well tell nothing. */
const longFile = { lines: 20, bytes: 20_000 };
/** By so many bytes at its start, and before where it was left, a file is known again, though another may have taken its place. */
const knownBytes = 512;

/** What of a file was read. */
export interface Mark {
  readonly inode: number;
  readonly size: number;
  readonly changedAt: number;
  /** In bytes; of a database, the time of its latest row in ms, or its number. */
  readonly offset: number;
  readonly lines: number;
  /** Hash of its first bytes and of the last that were read, as many as there were up to a limit. */
  readonly head: string;
}

/** A problem with a line, 1-based; 0 for the file as a whole. */
export interface FileSink extends Omit<Sink, "problem"> {
  problem(line: number, reason: string): void;
}

export interface RecordFileOptions {
  /** Those that the file was found in. */
  readonly around?: Surroundings;
  /** Where nothing is said of what is around. */
  readonly databases?: DatabaseAccess | undefined;
  /** Rows of a database from before are of no interest: milliseconds since 1970. */
  readonly since?: number;
  /** Where another process left off. */
  readonly mark?: Mark | undefined;
}

/** One file of records, read as it grows. An unchanged file costs a look at its size and time. */
export class RecordFile {
  readonly path: string;
  readonly #agent: Agent;
  readonly #options: RecordFileOptions;
  #reader: RecordReader | undefined;
  #mark: Mark | undefined;
  /** The last row that was looked at for those of other names. */
  #straysBeyond = 0;
  /** As of the look that goes on. */
  #writtenAt = 0;
  /** What it told of since it was read from its start on; undefined where another process began. */
  #told: { requests: number; anything: number } | undefined;
  #isSaidToBeUnknown = false;

  constructor(file: string, agent: Agent, options: RecordFileOptions = {}) {
    this.path = file;
    this.#agent = agent;
    this.#options = options;
    this.#mark = options.mark;
    if (!options.mark) this.#told = { requests: 0, anything: 0 };
    if (agent.isUndated && !options.mark && options.since !== undefined) this.#passOverOld(options.since);
  }

  get mark(): Mark | undefined {
    return this.#mark;
  }

  /** When it was last written to, and how long it is; undefined where it is gone. */
  get state(): Pick<Mark, "changedAt" | "size"> | undefined {
    return stateOf(this.path, this.#agent);
  }

  /** Says whether there was anything to read. A file that cannot be read is a problem, and tried again. */
  read(sink: FileSink): boolean {
    try {
      const isNew = this.#readNew(this.#counting(sink));
      if (isNew) this.#sayUnknown(sink);
      return isNew;
    } catch (thrown) {
      sink.problem(0, reasonOf(thrown));
      return false;
    }
  }

  #readNew(sink: FileSink): boolean {
    const state = stateOf(this.path, this.#agent);
    if (!state) throw new Error("ENOENT: the file is gone");
    const { inode, size, changedAt } = state;
    this.#writtenAt = changedAt;
    const known = this.#mark;
    if (known && known.size === size && known.changedAt === changedAt && known.inode === inode) return false;
    if (this.#agent.form(this.path) === "database") {
      const left = known?.inode === inode ? known.offset : undefined;
      this.#mark = { ...state, offset: this.#readDatabase(left, sink), lines: 0, head: "" };
      return true;
    }
    if (this.#agent.form(this.path) === "document") {
      this.#mark = { inode, size, changedAt, offset: 0, lines: 0, head: "" };
      this.#readDocument(size, sink);
      return true;
    }
    // A shorter file, or one that begins in another way, was written anew.
    const goesOn = known !== undefined && size >= known.offset && known.head === this.#head(known.offset);
    if (!goesOn) this.#reader = undefined;
    const reader = (this.#reader ??= this.#make());
    const from = goesOn ? known : { offset: 0, lines: 0 };
    const { offset, lines } = readLines(this.path, from, this.#takerOf(reader, sink));
    this.#mark = { inode, size, changedAt, offset, lines, head: this.#head(offset) };
    return true;
  }

  #counting(sink: FileSink): FileSink {
    const count = (isRequest: boolean) => {
      if (!this.#told) return;
      this.#told.anything++;
      if (isRequest) this.#told.requests++;
    };
    return {
      request: (request) => {
        count(true);
        sink.request(request);
      },
      edit: (edit) => {
        count(false);
        sink.edit(edit);
      },
      allowance: (window) => sink.allowance?.(window),
      step: (step) => {
        count(false);
        sink.step?.(step);
      },
      problem: (line, reason) => {
        count(false);
        sink.problem(line, reason);
      },
    };
  }

  /** A long file that tells nothing of what all others do is of a form that is not known: no silent zero. */
  #sayUnknown(sink: FileSink): void {
    const { tells } = this.#agent;
    const { lines = 0, size = 0 } = this.#mark ?? {};
    const form = this.#agent.form(this.path);
    const isLong = form === "lines" ? lines >= longFile.lines : form === "document" && size >= longFile.bytes;
    const isSilent = tells && this.#told?.[tells] === 0;
    if (!isLong || !isSilent || this.#isSaidToBeUnknown) return;
    this.#isSaidToBeUnknown = true;
    sink.problem(0, "nothing in it is of a form that is known");
  }

  /** Of a file that was there before, what is in it by now is not read; where nobody says how old it is, it is old. */
  #passOverOld(since: number): void {
    const state = stateOf(this.path, this.#agent);
    const bornAt = statSync(this.path, { throwIfNoEntry: false })?.birthtimeMs ?? 0;
    if (!state || bornAt >= since) return;
    const { inode, size, changedAt } = state;
    if (this.#agent.form(this.path) === "document") {
      this.#mark = { inode, size, changedAt, offset: 0, lines: 0, head: "" };
      this.#readDocument(size, deaf);
      return;
    }
    const passing = { line: () => undefined, tooLong: () => undefined, rest: () => false };
    try {
      const { offset, lines } = readLines(this.path, { offset: 0, lines: 0 }, passing);
      this.#mark = { inode, size, changedAt, offset, lines, head: this.#head(offset) };
    } catch {
      // Whoever reads it is told why that cannot be done.
    }
  }

  #make(): RecordReader {
    return this.#agent.makeReader(this.path, () => Math.trunc(this.#writtenAt), this.#options.around);
  }

  /** `left` is where the last look ended. */
  #readDatabase(left: number | undefined, sink: FileSink): number {
    const { around, databases = around?.databases, since = 0 } = this.#options;
    const { query, latest, older, strays } = this.#agent;
    if (!databases || query === undefined) {
      sink.problem(0, "no database can be opened here");
      return left ?? 0;
    }
    const reader = (this.#reader ??= this.#make());
    const rowSink = sinkOf(sink, () => 0);
    const file = this.path;
    const take = (row: unknown) => reader.read(row, rowSink);
    if (latest === undefined) return readRows({ file, query, since: left ?? since }, databases, take);
    const last = readNumberedRows({ file, latest, query, older, beyond: left, since }, databases, take);
    if (strays !== undefined)
      this.#straysBeyond = readStrays({ file, query: strays, beyond: this.#straysBeyond }, databases, take);
    return last;
  }

  #readDocument(size: number, sink: FileSink): void {
    if (size > longestDocument) {
      sink.problem(0, "longer than what is read");
      return;
    }
    const record = parsed(readRegularFile(this.path, longestDocument).toString("utf8"));
    if (record === undefined) {
      sink.problem(0, "not JSON");
      return;
    }
    // Where nothing says of when it is, the reader has to know what it was told of before.
    const reader = this.#agent.isUndated ? (this.#reader ??= this.#make()) : this.#make();
    reader.read(
      record,
      sinkOf(sink, () => 0),
    );
  }

  #takerOf(reader: RecordReader, sink: FileSink): Parameters<typeof readLines>[2] {
    const marks = this.#agent.marks.map((mark) => Buffer.from(mark));
    const isMarked = (line: Buffer) => marks.length === 0 || includesAny(line, marks);
    const matters = (line: Buffer) => reader.matters?.(line) ?? isMarked(line);
    let number = 0;
    const lineSink = sinkOf(sink, () => number);
    const take = (line: Buffer): boolean => {
      const record = parsed(reader.shortened?.(line) ?? line.toString("utf8"));
      if (record === undefined) return false;
      reader.read(record, lineSink);
      return true;
    };
    return {
      line: (line, at) => {
        number = at;
        if (line.length === 0 || (line.length === 1 && line[0] === 13) || !matters(line)) return;
        if (!take(line)) sink.problem(at, "not JSON");
      },
      tooLong: (start, at) => {
        if (isMarked(start)) sink.problem(at, "a line longer than what is read");
      },
      rest: (rest, at) => {
        number = at;
        return matters(rest) && take(rest);
      },
    };
  }

  #head(offset: number): string {
    const known = Buffer.alloc(Math.min(knownBytes, offset));
    const handle = openRegularFile(this.path);
    try {
      const hash = createHash("sha256");
      for (const from of [0, offset - known.length])
        hash.update(known.subarray(0, readSync(handle, known, 0, known.length, from)));
      return hash.digest("hex").slice(0, 16);
    } finally {
      closeSync(handle);
    }
  }
}

function includesAny(line: Buffer, marks: readonly Buffer[]): boolean {
  if (line.length > 2 * endBytes) {
    const [start, end] = [line.subarray(0, endBytes), line.subarray(-endBytes)];
    if (marks.some((mark) => start.includes(mark) || end.includes(mark))) return true;
  }
  return marks.some((mark) => line.includes(mark));
}

const deaf: FileSink = { request: () => undefined, edit: () => undefined, problem: () => undefined };

function stateOf(file: string, agent: Agent) {
  if (agent.form(file) === "database") return databaseState(file);
  const found = statSync(file, { throwIfNoEntry: false });
  return found && { inode: found.ino, size: found.size, changedAt: found.mtimeMs };
}

function sinkOf(sink: FileSink, line: () => number): Sink {
  return {
    request: (request) => sink.request(request),
    edit: (edit) => sink.edit(edit),
    allowance: (window) => sink.allowance?.(window),
    step: (step) => sink.step?.(step),
    problem: (reason) => sink.problem(line(), reason),
  };
}
