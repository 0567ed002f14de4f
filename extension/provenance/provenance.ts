import type * as vscode from "vscode";
import type { Problem } from "../../protocol/errors.ts";
import type { Saying } from "../../protocol/provenance.ts";
import { Scope, Slot } from "../scope.ts";
import { onSettingChange, readSetting } from "../settings.ts";
import { Explanations } from "./explanations.ts";
import { Gutter, type GutterOptions } from "./gutter.ts";
import { labelSelection } from "./labels.ts";

/** Whose text is, where the editor needs more than the Language Server Protocol has. */
export class Provenance implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #options: GutterOptions;
  readonly #explanations: Explanations;

  constructor(options: GutterOptions, onInvalid: (problem: Problem) => void) {
    this.#options = options;
    this.#explanations = this.#scope.add(new Explanations(options.session));
    const gutter = this.#scope.add(new Slot<Gutter>());
    const follow = () => {
      const enabled = readSetting("kept.gutter.enabled", onInvalid);
      if (enabled !== (gutter.held !== undefined)) gutter.set(enabled ? new Gutter(options) : undefined);
    };
    this.#scope.add(onSettingChange(["kept.gutter.enabled"], follow));
    follow();
  }

  explainLine(): Promise<void> {
    return this.#explanations.show();
  }

  label(label: Saying): Promise<void> {
    return labelSelection(this.#options.session, this.#options.isRecorded, label);
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
