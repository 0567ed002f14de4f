import * as vscode from "vscode";
import type { Host } from "../host.ts";
import { Scope, Slot } from "../scope.ts";
import { onSettingChange, readSetting } from "../settings.ts";
import type { IsRecorded } from "../recordedDocuments.ts";
import type { Session } from "../session.ts";
import type { Problem } from "../../protocol/errors.ts";
import { Problems } from "./problems.ts";
import { Review } from "./review.ts";

export interface MomentsOptions {
  readonly session: Session;
  readonly host: Host;
  readonly isRecorded: IsRecorded;
  readonly onInvalid: (problem: Problem) => void;
}

/** Tells the server what the window does, so that nobody is disturbed in it. What is typed it knows already. */
export class Moments implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #session: Session;
  #isPresenting = false;
  #testedAt: number | null = null;
  #testPassed: boolean | null = null;
  readonly #review = this.#scope.add(new Slot<Review>());

  constructor({ session, host, isRecorded, onInvalid }: MomentsOptions) {
    this.#session = session;
    const problems = this.#scope.add(new Slot<Problems>());
    const follow = () => {
      const isOn = readSetting("kept.coaching", onInvalid) !== "off";
      const isReview = isOn && readSetting("kept.reviewTips", onInvalid);
      if (isOn !== (problems.held !== undefined))
        problems.set(isOn ? new Problems(session, host, isRecorded) : undefined);
      if (isReview === (this.#review.held !== undefined)) return;
      this.#review.set(isReview ? new Review(host, () => this.#tell()) : undefined);
    };
    follow();
    this.#scope.add(onSettingChange(["kept.coaching", "kept.reviewTips"], follow));
    const { debug, tasks, window } = vscode;
    this.#scope.add(window.onDidChangeWindowState(() => this.#tell()));
    this.#scope.add(debug.onDidStartDebugSession(() => this.#tell()));
    this.#scope.add(debug.onDidTerminateDebugSession(() => this.#tell()));
    this.#scope.add(
      tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.group?.id !== vscode.TaskGroup.Test.id) return;
        this.#testedAt = host.now();
        this.#testPassed = exitCode === undefined ? null : exitCode === 0;
        this.#tell();
      }),
    );
    this.#scope.add(
      session.onStateChanged(({ state }) => {
        if (state === "running") this.#tell();
      }),
    );
  }

  /** No editor says by itself whether somebody presents. */
  togglePresenting(): void {
    this.#isPresenting = !this.#isPresenting;
    this.#tell();
    vscode.window.setStatusBarMessage(
      this.#isPresenting
        ? vscode.l10n.t(
            "Kept gives no tips by itself in this window until you say that you stopped presenting.",
          )
        : vscode.l10n.t("Kept may give tips again."),
      6000,
    );
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #tell(): void {
    this.#session.notify("kept/moment", {
      isFocused: vscode.window.state.focused,
      isDebugging: vscode.debug.activeDebugSession !== undefined,
      isPresenting: this.#isPresenting,
      testedAt: this.#testedAt,
      testPassed: this.#testPassed,
      review: this.#review.held?.now ?? null,
    });
  }
}
