import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readGitAiNote } from "../../../core/notes/gitAiNote.ts";
import { FunnelWatch } from "../../../server/funnel/funnelWatch.ts";
import { findGit } from "../../../server/git/findGit.ts";
import { Git } from "../../../server/git/git.ts";
import { noGit } from "../../../server/gitView.ts";
import { NoteKeeper } from "../../../server/notes/noteKeeper.ts";
import { editorAddress } from "../../../server/provenance/fileAddress.ts";
import { chatOf, Desk, plainHashes } from "../../unit/server/desk.ts";
import type { GitPlayground } from "./repository.ts";

const program = findGit(process.platform, process.env);

/** A real repository in which people and conversations write, and what is noted of the commits made of it. */
export class NotedRepository {
  readonly desk = new Desk("");
  readonly watch: FunnelWatch;
  readonly keeper: NoteKeeper;
  readonly drops: string[] = [];
  readonly #play: GitPlayground;
  readonly #name: string;
  #sequence = 1000;

  constructor(play: GitPlayground, name: string) {
    this.#play = play;
    this.#name = name;
    const { desk, drops } = this;
    const host = {
      now: () => desk.now,
      elapsedMs: () => 0,
      utcOffsetMinutes: () => 0,
      uuid: () => "none",
      startTimer: () => () => undefined,
      log: { info: () => undefined, warn: (message: string) => assert.fail(message) },
    };
    const git = new Git({ program, environment: process.env, isTrusted: () => true });
    this.keeper = new NoteKeeper({
      host,
      git,
      store: desk.store,
      readOrigins: (ids) => desk.ledger.readOrigins(ids),
      drop: (drop) => drops.push(drop),
    });
    this.keeper.follow(true);
    this.watch = new FunnelWatch({
      host,
      ledger: desk.ledger,
      store: desk.store,
      git,
      hashes: plainHashes,
      view: noGit,
      flush: () => void desk.commit(),
      onCommit: (root, commit) => void this.keeper.take(root, commit),
    });
    this.watch.start([]);
  }

  /** Opens a file as it is in the repository. */
  open(file: string, text: string): string {
    const address = editorAddress(this.#play.write(this.#name, file, text), "/");
    this.desk.ledger.opening(address, 1);
    this.desk.ledger.open({ uri: address, languageId: "typescript", version: 1, text });
    this.watch.opened(address);
    return address;
  }

  /** Has a conversation write text at a place of an open document; or nobody known, where there is no model. */
  write(address: string, at: number, added: string, model: string | undefined): void {
    const { ledger } = this.desk;
    const { text, version } = ledger.look(address)!;
    const line = text.slice(0, at).split("\n").length - 1;
    const next = version + 1;
    ledger.observe({
      ...this.desk.observationOfNext(at, at, added, next),
      ...(model !== undefined && chatOf(model)),
      uri: address,
      sequence: ++this.#sequence,
    });
    const position = { line, character: at - (text.lastIndexOf("\n", at - 1) + 1) };
    const contentChanges = [{ range: { start: position, end: position }, text: added }];
    ledger.change({ uri: address, version: next, contentChanges });
    this.#play.write(this.#name, this.#file(address), ledger.look(address)!.text);
  }

  commit(...options: string[]): string {
    this.#play.run(this.#name, "add", "--all");
    this.#play.run(this.#name, "commit", "--quiet", "--message", "It says so", ...options);
    return this.#play.run(this.#name, "rev-parse", "HEAD");
  }

  /** Resolves when what git did since is known and noted. */
  async settle(): Promise<void> {
    await this.watch.look();
    await this.keeper.look();
  }

  noteText(of: string): string | undefined {
    try {
      return execFileSync("git", ["notes", "--ref=ai", "show", of], {
        cwd: this.#play.at(this.#name),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch {
      return undefined;
    }
  }

  noted(of: string): string[][] | undefined {
    const text = this.noteText(of);
    if (text === undefined) return undefined;
    const { files, unresolved, overlapping, problems } = readGitAiNote(text);
    assert.deepEqual({ unresolved, overlapping, problems }, { unresolved: 0, overlapping: 0, problems: [] });
    return files.map(({ path, ranges }) => [
      path,
      ...ranges.map(({ start, end, origin }) =>
        origin.kind === "ai" ? `${start}-${end} ${origin.tool} ${origin.model}` : origin.kind,
      ),
    ]);
  }

  #file(address: string): string {
    return decodeURIComponent(address.slice(address.lastIndexOf(`${this.#name}/`) + this.#name.length + 1));
  }
}
