import { createHash } from "node:crypto";
import { fieldsOf, parseJson } from "../../core/notes/attribution.ts";
import { noteOfCommit, type CommittedForNote, type NotedEdit } from "../../core/notes/committedNote.ts";
import { writeGitAiNote } from "../../core/notes/gitAiNote.ts";
import { broughtLines } from "../../core/notes/addedLines.ts";
import { readRecordAt } from "../../core/provenance/recordAt.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { version } from "../../protocol/version.ts";
import { patchesOf } from "../git/commitPatch.ts";
import type { Git } from "../git/git.ts";
import { GitNotes } from "../git/gitNotes.ts";
import type { Host } from "../host.ts";
import type { CommitRow } from "../store/stages.ts";
import type { OriginRow, Store } from "../store/store.ts";

export interface NoteKeeperOptions {
  readonly host: Host;
  readonly git: Git;
  readonly store: Pick<Store, "readRecordAt">;
  readonly readOrigins: (ids: readonly string[]) => Map<string, OriginRow>;
  readonly drop: (name: string, count: number) => void;
}

interface Recent {
  readonly root: string;
  readonly commit: CommittedForNote;
  readonly since: number;
  written: string | undefined;
}

const certain: readonly OriginRow["strength"][] = ["exact", "matched", "labelled"];
const writer = `kept/${version}`;
/** A tool may tell of an edit after it was committed: for so long, and so often, it is looked again. */
const followMs = 10 * 60_000;
const lookMs = 15_000;

/** Writes into notes which lines of new commits tools wrote, where the user wants that. */
export class NoteKeeper {
  readonly #options: NoteKeeperOptions;
  readonly #notes: GitNotes;
  #isOn = false;
  #recent: Recent[] = [];
  #stopTimer: (() => void) | undefined;
  /** One after the other: notes of one repository are one list. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: NoteKeeperOptions) {
    this.#options = options;
    this.#notes = new GitNotes(options.git);
  }

  follow(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    if (!isOn) this.stop();
    else this.#lookLater();
  }

  stop(): void {
    this.#isOn = false;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#recent = [];
  }

  /** Resolves when what is known by now is written. */
  take(root: string, { name, files }: CommitRow): Promise<void> {
    if (!this.#isOn) return Promise.resolve();
    return this.#next(async () => {
      const patches = await patchesOf(this.#options.git, root, name);
      if (!patches) {
        this.#options.drop("note.notWritten", 1);
        return;
      }
      const added = broughtLines(patches);
      const ours = files.map(({ path, ranges }) => ({
        path,
        added: added.get(path) ?? [],
        ranges: ranges.map(({ firstLine, lastLine, editId }) => ({
          start: firstLine,
          end: lastLine,
          editId,
        })),
      }));
      const since = this.#options.host.now();
      const recent = { root, commit: { writer, commit: name, files: ours }, since, written: undefined };
      this.#recent.push(recent);
      await this.#write(recent);
    });
  }

  /** Looks again at what was committed lately. */
  look(): Promise<void> {
    const { host } = this.#options;
    this.#recent = this.#recent.filter(({ since }) => host.now() - since <= followMs);
    return this.#next(async () => {
      for (const recent of this.#recent) await this.#write(recent);
    });
  }

  #lookLater(): void {
    this.#stopTimer = this.#options.host.startTimer(lookMs, () => {
      void this.look().finally(() => {
        if (this.#isOn) this.#lookLater();
      });
    });
  }

  /** The one place where a failure to write a note ends. */
  #next(work: () => Promise<void>): Promise<void> {
    return (this.#work = this.#work.then(work).catch((thrown: unknown) => {
      this.#options.drop("note.notWritten", 1);
      this.#options.host.log.warn(`A note was not written: ${reasonOf(thrown)}`);
    }));
  }

  async #write(recent: Recent): Promise<void> {
    const { root, commit } = recent;
    const note = noteOfCommit(commit, this.#editReader(commit), sha256);
    const text = note && writeGitAiNote(note);
    if (text === undefined || text === recent.written) return;
    const there = await this.#notes.read(root, commit.commit);
    // Another tool that writes such notes knows its own lines; two of them would fight over one.
    if (there !== null && (there === undefined || !isOwn(there))) return;
    if (there !== text) {
      const answer = await this.#notes.write(root, commit.commit, text);
      if (!answer.ok) {
        this.#options.drop("note.notWritten", 1);
        return;
      }
    }
    recent.written = text;
  }

  /** Of AI text that a tool or the editor told of, or the person. What is only guessed is said to nobody. */
  #editReader({ files }: CommittedForNote): (editId: string) => NotedEdit | undefined {
    const { readOrigins, store } = this.#options;
    const origins = readOrigins([
      ...new Set(files.flatMap(({ ranges }) => ranges.map(({ editId }) => editId))),
    ]);
    return (editId) => {
      const origin = origins.get(editId);
      if (origin?.kind !== "ai" || origin.tool === null || !certain.includes(origin.strength))
        return undefined;
      const record = store.readRecordAt(editId);
      const session = record === undefined ? undefined : readRecordAt(record)?.session;
      return { tool: origin.tool, model: origin.model ?? undefined, session };
    };
  }
}

function isOwn(note: string): boolean {
  const divider = note.indexOf("\n---\n");
  const metadata = fieldsOf(parseJson(note.slice(note.startsWith("---\n") ? 4 : divider + 5)));
  const by = metadata.get("git_ai_version");
  return typeof by === "string" && by.startsWith("kept/");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
