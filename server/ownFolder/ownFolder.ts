import path from "node:path";
import { fileURLToPath } from "node:url";
import { reasonOf, type Problem } from "../../protocol/errors.ts";
import { findGitFolder } from "../git/gitFolder.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import { noteOwnFolder, ownPlaceOf, writeOwnFile } from "./ownFile.ts";

/** Stands for the git directory of the first workspace folder, which outlives a container. */
const gitDirectory = "${gitDirectory}";
/** How often this store writes what changed. A container that is thrown away loses no more. */
const writeMs = 60_000;

export interface OwnFolderOptions {
  readonly host: Host;
  readonly store: Store;
  readonly folders: () => readonly string[];
  readonly onProblem: (problem: Problem) => void;
}

/** Keeps this store's file in the person's own folder up to date. */
export class OwnFolder {
  readonly #options: OwnFolderOptions;
  #setting = "";
  #stop: (() => void) | undefined;
  #revision: number | undefined;
  #said = "";
  #isWriting = false;

  constructor(options: OwnFolderOptions) {
    this.#options = options;
  }

  follow(setting: string): void {
    if (setting === this.#setting && this.#stop) return;
    this.#setting = setting;
    this.#revision = undefined;
    this.#stop?.();
    this.#stop = undefined;
    if (setting !== "") this.#writeAfter(0);
    else if (ownPlaceOf(this.#options.store)) noteOwnFolder(this.#options.store, "", () => "");
  }

  stop(): void {
    this.#stop?.();
  }

  #writeAfter(afterMs: number): void {
    this.#stop = this.#options.host.startTimer(afterMs, () => {
      void this.write().finally(() => {
        if (this.#setting !== "") this.#writeAfter(writeMs);
      });
    });
  }

  /** Never throws: a folder that cannot be written now is tried again. */
  async write(): Promise<void> {
    const { host, store, onProblem } = this.#options;
    if (this.#isWriting || this.#setting === "") return;
    this.#isWriting = true;
    try {
      const folder = this.#resolve();
      noteOwnFolder(store, folder, () => host.uuid());
      const revision = store.revision();
      const place = ownPlaceOf(store);
      if (place && revision !== this.#revision) await writeOwnFile(store, place, host.now());
      this.#revision = revision;
      this.#said = "";
    } catch (thrown) {
      const problem: Problem = {
        code: "ownFolder.cannotUse",
        details: { folder: this.#setting, reason: reasonOf(thrown) },
      };
      if (this.#said !== reasonOf(thrown)) onProblem(problem);
      this.#said = reasonOf(thrown);
    } finally {
      this.#isWriting = false;
    }
  }

  #resolve(): string {
    if (!this.#setting.startsWith(gitDirectory)) {
      if (!path.isAbsolute(this.#setting)) throw new Error("it is not an absolute path");
      return this.#setting;
    }
    const [first] = this.#options.folders();
    const found = first?.startsWith("file:") ? findGitFolder(fileURLToPath(first)) : undefined;
    if (!found) throw new Error("the first workspace folder is in no git repository");
    return path.join(found.shared, "kept", this.#setting.slice(gitDirectory.length));
  }
}
