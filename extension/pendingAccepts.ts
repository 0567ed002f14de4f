import type * as vscode from "vscode";
import type { Observation } from "../protocol/observation.ts";
import type { AcceptedBy } from "./accept.ts";
import type { Host } from "./host.ts";

export type Unnumbered = Omit<Observation, "sequence">;

/** How long a change waits for the word that it is an accepted suggestion. The word follows within milliseconds. */
const waitMs = 50;

/**
 * Holds the last change of the editor in use until it is known whether it is an accepted suggestion: the editor
 * accepts first and tells Kept after it.
 */
export class PendingAccepts implements vscode.Disposable {
  isOn = false;
  readonly #host: Host;
  readonly #tell: (observation: Unnumbered) => void;
  #held: { observation: Unnumbered; stopTimer: () => void } | undefined;

  constructor(host: Host, tell: (observation: Unnumbered) => void) {
    this.#host = host;
    this.#tell = tell;
  }

  /** Passes a change on, at once or when it has waited. Changes of one document stay in their order. */
  take(observation: Unnumbered): void {
    const mayBeAccepted = this.isOn && couldBeAccepted(observation);
    if (mayBeAccepted || this.#held?.observation.uri === observation.uri) this.#release();
    if (!mayBeAccepted) {
      this.#tell(observation);
      return;
    }
    const held = { observation, stopTimer: () => {} };
    this.#held = held;
    // When this process was busy, the word may wait to be read: it is, before a second timer runs.
    held.stopTimer = this.#host.startTimer(waitMs, () => {
      held.stopTimer = this.#host.startTimer(1, () => this.#release());
    });
  }

  /** The held change is an accepted suggestion. With none held the accept changed nothing that is recorded. */
  note(by: AcceptedBy, completers: readonly string[] = []): void {
    const held = this.#held;
    if (!held) return;
    const pending = [...held.observation.pending, by];
    held.observation = { ...held.observation, pending, completers: [...completers] };
    this.#release();
  }

  dispose(): void {
    this.isOn = false;
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    held.stopTimer();
    this.#tell(held.observation);
  }
}

function couldBeAccepted({ active, focused, reloaded, reason, detailedReason }: Unnumbered): boolean {
  // The editor's own account is better than any note.
  return active && focused && !reloaded && reason === undefined && detailedReason === undefined;
}
