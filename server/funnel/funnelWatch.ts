import path from "node:path";
import { pathToFileURL } from "node:url";
import { carriedRanges, filledIn } from "../../core/spans/carriedLines.ts";
import { committedRanges, spansOfOther, type CommittedRange } from "../../core/spans/committedLines.ts";
import { givenUpAfterMs } from "../../core/summary/funnel.ts";
import type { Movement } from "../../core/spans/gitMovement.ts";
import type { Spans } from "../../core/spans/spans.ts";
import { typeOfCommit, type TaskType } from "../../core/requests/taskType.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { changedPaths, readCommitted, type Answered, type CommittedFile } from "../git/committedFiles.ts";
import type { Git } from "../git/git.ts";
import { Repositories, type MovementMark } from "../git/repositories.ts";
import type { Hashes } from "../deviceKey.ts";
import type { GitView } from "../gitView.ts";
import type { Host } from "../host.ts";
import { patienceMs, type Ledger } from "../edits/ledger.ts";
import { readClosedDocument } from "../provenance/closedDocument.ts";
import { addressesOfFile, fileOfAddress } from "../provenance/fileAddress.ts";
import type { CommitRow, KnownCommit, StageRow } from "../store/stages.ts";
import type { Store } from "../store/store.ts";
import { arrivedCommits } from "./arrivedCommits.ts";
import { StageQueue } from "./stageQueue.ts";

export interface FunnelWatchOptions {
  readonly host: Host;
  readonly ledger: Pick<Ledger, "peek" | "readOrigins" | "drop">;
  readonly store: Store;
  readonly git: Git;
  readonly hashes: Hashes;
  readonly view: GitView;
  /** Writes the ledger's news. */
  readonly flush: () => void;
  /** Whose lines are in a commit has become known, or is known of one that took the place of another. */
  readonly onCommit?: (root: string, commit: CommitRow) => void;
}

/** How often repositories are looked at: two stats each. */
const lookMs = 2000;
/** Movements after which what was committed is compared; all others only move what was committed before. */
const committing: readonly Movement["kind"][] = ["commit", "cherryPick", "revert"];
/** Movements that may leave commits behind whose place others take. */
const rewriting: readonly Movement["kind"][] = ["commit", "rebase"];
/** Movements after which commits may be there that a server made of those of here. */
const bringing: readonly Movement["kind"][] = ["pull", "merge", "rebase", "reset", "checkout"];
/** A commit of more files imports somebody else's work. */
const mostFiles = 2000;
/** Commits that others may have taken the place of. */
const mostReplaced = 200;
/** Of what a rebase makes, a commit is made when it says; what it begins at was made before. */
const rebaseMs = 60_000;

interface Followed {
  readonly root: string;
  mark: MovementMark | undefined;
}

/** Follows AI edits to the disk and into commits, of open documents and of closed ones. */
export class FunnelWatch {
  readonly #options: FunnelWatchOptions;
  readonly #repositories = new Repositories();
  readonly #followed = new Map<string, Followed>();
  readonly #queue: StageQueue;
  #stopTimer: (() => void) | undefined;
  #stopped = false;

  constructor(options: FunnelWatchOptions) {
    this.#options = options;
    const { store, ledger, flush } = options;
    this.#queue = new StageQueue({ store, flush, readOrigins: (ids) => ledger.readOrigins(ids) });
  }

  start(folders: readonly string[]): void {
    for (const folder of folders) {
      const directory = fileOfAddress(folder);
      if (directory !== undefined) this.#follow(path.join(directory, "any"));
    }
    this.#lookLater();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopTimer?.();
    this.#queue.write();
  }

  opened(uri: string): void {
    const file = fileOfAddress(uri);
    if (file !== undefined) this.#follow(file);
  }

  /** A document was saved: what is in it is on disk. */
  saved(uri: string): void {
    const { ledger, host } = this.#options;
    if (!ledger.peek(uri)?.waiting) this.#settle(uri, true);
    else host.startTimer(2 * patienceMs, () => this.#settle(uri, true));
  }

  /** A document is about to be closed. */
  closing(uri: string): void {
    this.#settle(uri, false);
  }

  /** Looks whether anything was committed. Resolves when that is written. */
  async look(): Promise<void> {
    const { host, store } = this.#options;
    const unkept = store.readUnkept(host.now() - givenUpAfterMs);
    this.#queue.add(unkept.map((editId) => ({ editId, stage: "keptAt15", outcome: "notRead" })));
    for (const followed of this.#followed.values()) await this.#lookAt(followed);
    this.#queue.write();
  }

  #lookLater(): void {
    this.#stopTimer = this.#options.host.startTimer(lookMs, () => {
      void this.look()
        .catch((thrown: unknown) => {
          this.#options.ledger.drop("handler.failed", 1);
          this.#options.host.log.warn(`Repositories were not looked at: ${reasonOf(thrown)}`);
        })
        .finally(() => {
          if (!this.#stopped) this.#lookLater();
        });
    });
  }

  #follow(file: string): void {
    const { host, store } = this.#options;
    const folder = this.#repositories.folderOf(file, host.now());
    if (!folder || this.#followed.has(folder.own)) return;
    const { mark } = this.#repositories.movementsSince(file, undefined, host.now());
    const followed = { root: folder.root, mark: readMark(store, folder.root) ?? mark };
    this.#followed.set(folder.own, followed);
    if (mark && followed.mark === mark) store.writeNote(noteOf(folder.root), JSON.stringify(mark));
  }

  #settle(uri: string, isSaved: boolean): void {
    const { ledger, git, host } = this.#options;
    const document = ledger.peek(uri)?.document;
    if (!document) return;
    const file = fileOfAddress(uri);
    const folder = file === undefined ? undefined : this.#repositories.folderOf(file, host.now());
    const refusal = folder && git.refusal(folder.root);
    const rows: StageRow[] = [];
    for (const editId of document.spans.owners()) {
      if (file === undefined) {
        rows.push(
          { editId, stage: "saved", outcome: "noFile" },
          { editId, stage: "committed", outcome: "noFile" },
        );
        continue;
      }
      if (isSaved) rows.push({ editId, stage: "saved", outcome: "saved" });
      if (!folder) rows.push({ editId, stage: "committed", outcome: "noRepository" });
      else if (refusal === "missing") rows.push({ editId, stage: "committed", outcome: "noGit" });
      else if (refusal === "untrusted") rows.push({ editId, stage: "committed", outcome: "notTrusted" });
    }
    this.#queue.add(rows);
  }

  async #lookAt(followed: Followed): Promise<void> {
    const { host, ledger, store } = this.#options;
    const { root, mark: before } = followed;
    const { mark, movements, missed } = this.#repositories.movementsSince(
      path.join(root, "any"),
      before,
      host.now(),
    );
    if (missed) ledger.drop("movement.missed", 1);
    if (!mark || mark === before) return;
    const replaced = await this.#replaced(root, movements);
    for (const { kind, from, to, at } of movements) {
      const isUnlogged = kind === "other" && from !== null;
      if (to === null) continue;
      if (committing.includes(kind) || isUnlogged) await this.#readCommit(root, { from, to, at }, replaced);
      else if (kind === "rebase" && (await this.#isMadeAt(root, to, at)))
        await this.#readCommit(root, { from, to, at }, replaced);
    }
    // What is known of by now need not be looked for.
    if (!this.#queue.write()) return;
    for (const { kind, from, to } of movements)
      if (bringing.includes(kind))
        for (const row of await arrivedCommits(this.#options, root, { from, to })) this.#add(root, row);
    // What was committed is written before it is noted as read: twice does no harm.
    if (!this.#queue.write()) return;
    followed.mark = mark;
    store.writeNote(noteOf(root), JSON.stringify(mark));
  }

  /** What is known of commits that are in no branch's history any more, since HEAD moved from them. */
  async #replaced(root: string, movements: readonly Movement[]): Promise<KnownCommit[]> {
    const { git, store } = this.#options;
    const last = movements.at(-1)?.to ?? null;
    const left = new Set(
      movements.flatMap(({ kind, from }) => (rewriting.includes(kind) ? (from ?? []) : [])),
    );
    if (last === null || left.size === 0) return [];
    const args = [`--max-count=${mostReplaced}`, ...left, `^${last}`, "--"];
    const answer = await git.ask({ folder: root, command: "rev-list", args });
    if (!answer.ok) return [];
    const repository = pathToFileURL(root).href;
    return answer.output
      .toString("utf8")
      .split("\n")
      .flatMap((name) => (name === "" ? [] : (store.readCommit(repository, name) ?? [])));
  }

  /** A rebase begins where it was told to, at a commit of any age, and makes others after it. */
  async #isMadeAt(root: string, commit: string, at: number): Promise<boolean> {
    const args = ["-1", "--no-show-signature", "--no-patch", "--format=%ct", commit, "--"];
    const answer = await this.#options.git.ask({ folder: root, command: "log", args });
    if (!answer.ok) return false;
    return Math.abs(Number(answer.output.toString("utf8").trim()) * 1000 - at) <= rebaseMs;
  }

  async #readCommit(
    root: string,
    { from, to, at }: { from: string | null; to: string; at: number },
    replaced: readonly KnownCommit[],
  ) {
    const { git, ledger } = this.#options;
    const changed = await this.#pathsOf(root, { from, to });
    if (!changed.ok || changed.value.length > mostFiles) {
      ledger.drop(changed.ok ? "commit.tooLong" : "commit.notRead", 1);
      return;
    }
    const known = changed.value.filter(
      (name) =>
        this.#addressOf(path.join(root, name)) !== undefined ||
        replaced.some(({ files }) => files.some((file) => file.path === name)),
    );
    const files = await readCommitted(git, root, to, known);
    if (!files.ok) {
      ledger.drop("commit.notRead", 1);
      return;
    }
    const committed: CommitRow["files"][number][] = [];
    for (const file of files.value) {
      const found = this.#spansOf(root, file);
      const carried = await this.#carried(root, file, replaced);
      const ranges = filledIn([...(found ? [committedRanges(found.text, found.spans)] : []), ...carried]);
      if (ranges.length > 0) committed.push({ path: file.path, ranges });
      this.#queue.add(
        (found?.spans.owners() ?? []).flatMap((editId): StageRow[] => [
          { editId, stage: "saved", outcome: "saved" },
          { editId, stage: "committed", outcome: "committed" },
        ]),
      );
    }
    if (committed.length === 0) return;
    const repository = pathToFileURL(root).href;
    const row = { repository, name: to, at, files: committed, type: await this.#typeOf(root, to) };
    this.#add(root, row);
  }

  #add(root: string, row: CommitRow): void {
    this.#queue.addCommit(row);
    this.#options.onCommit?.(root, row);
  }

  /** What kind of work its message says it is, or the branch that is checked out. */
  async #typeOf(root: string, commit: string): Promise<TaskType | undefined> {
    const { git, view } = this.#options;
    const args = ["-1", "--no-show-signature", "--no-patch", "--format=%B", commit, "--"];
    const answer = await git.ask({ folder: root, command: "log", args });
    const branch = view.branchOf(pathToFileURL(path.join(root, "any")).href);
    return typeOfCommit(answer.ok ? answer.output.toString("utf8") : "", branch);
  }

  /** Compared with its parent: one that was amended differs from the one before it in what was amended alone. */
  async #pathsOf(
    root: string,
    { from, to }: { from: string | null; to: string },
  ): Promise<Answered<string[]>> {
    const { git } = this.#options;
    const own = await changedPaths(git, root, { from: null, to });
    // Of a merge git says nothing in this way.
    return own.ok && own.value.length === 0 && from !== null ? changedPaths(git, root, { from, to }) : own;
  }

  /** Whose lines of a file are, by what was known of them in commits whose place this one took. */
  async #carried(
    root: string,
    file: CommittedFile,
    replaced: readonly KnownCommit[],
  ): Promise<CommittedRange[][]> {
    const found: CommittedRange[][] = [];
    for (const { name, files } of replaced) {
      const before = files.find((each) => each.path === file.path);
      if (!before) continue;
      const texts = await readCommitted(this.#options.git, root, name, [file.path]);
      const [old] = texts.ok ? texts.value : [];
      if (old) found.push(carriedRanges(old.text, before.ranges, file.text));
    }
    return found;
  }

  /** Under which a document of that file is known. */
  #addressOf(file: string): string | undefined {
    const { ledger, store } = this.#options;
    return addressesOfFile(file).find(
      (address) => ledger.peek(address) !== undefined || store.readDocument(address) !== undefined,
    );
  }

  #spansOf(root: string, file: CommittedFile): { readonly text: string; readonly spans: Spans } | undefined {
    const { ledger, store, hashes, view } = this.#options;
    const addresses = addressesOfFile(path.join(root, file.path));
    for (const address of addresses) {
      const document = ledger.peek(address)?.document;
      if (document) return { text: file.text, spans: spansOfOther(document.text, document.spans, file.text) };
    }
    const closed = readClosedDocument(file.text, addresses, { store, hashes, git: view });
    return closed.state !== "never" && closed.state !== "lost" ? closed : undefined;
  }
}

/** Ends with the folder's address, so that it goes when the repository is forgotten. */
function noteOf(root: string): string {
  return `movements of ${pathToFileURL(root).href}`;
}

function readMark(store: Pick<Store, "readNote">, root: string): MovementMark | undefined {
  const note = store.readNote(noteOf(root));
  return note === undefined ? undefined : (JSON.parse(note) as MovementMark);
}
