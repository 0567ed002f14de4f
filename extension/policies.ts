import { readFileSync, statSync } from "node:fs";
import * as vscode from "vscode";
import { mayRecord, readPolicy, type PolicyReading } from "../core/organisation/policy.ts";
import type { Problem } from "../protocol/errors.ts";
import { Scope } from "./scope.ts";

const policyFile = ".kept/policy.json";
/** Whoever reads a pipe waits, and a device never ends; nobody writes so long a policy. */
const mostBytes = 1024 * 1024;

/**
 * The policies of the window's folders. Each is read before the first event of its folder is looked at, which is why it
 * is read without waiting: the file is small and local. Folders that are not on this machine have none.
 */
export class Policies implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #onMalformed: (problem: Problem) => void;
  readonly #readings = new Map<string, PolicyReading>();

  constructor(onMalformed: (problem: Problem) => void, onChanged: () => void) {
    this.#onMalformed = onMalformed;
    const watcher = this.#scope.add(vscode.workspace.createFileSystemWatcher(`**/${policyFile}`));
    const forget = () => {
      this.#readings.clear();
      onChanged();
    };
    this.#scope.add(watcher.onDidCreate(forget));
    this.#scope.add(watcher.onDidChange(forget));
    this.#scope.add(watcher.onDidDelete(forget));
    this.#scope.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
  }

  mayRecord(document: vscode.TextDocument): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    return folder === undefined || mayRecord(this.#of(folder));
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #of(folder: vscode.WorkspaceFolder): PolicyReading {
    const key = folder.uri.toString();
    let reading = this.#readings.get(key);
    if (!reading) {
      const uri = vscode.Uri.joinPath(folder.uri, policyFile);
      reading = readPolicy(uri.scheme === "file" ? textOf(uri.fsPath) : undefined);
      this.#readings.set(key, reading);
      if (reading.state === "malformed") {
        const details = { file: vscode.workspace.asRelativePath(uri, true), reason: reading.reason };
        this.#onMalformed({ code: "policy.malformed", details });
      }
    }
    return reading;
  }
}

/** What cannot be read although it is there is as good as malformed. */
function textOf(file: string): string | undefined {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= mostBytes ? readFileSync(file, "utf8") : "";
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "";
  }
}
