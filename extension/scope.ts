import type { Disposable } from "vscode";

/** Owns what lives as long as it does. Disposing it disposes everything in it, last first. */
export class Scope implements Disposable {
  #owned: Disposable[] = [];
  #ended = false;

  /** Takes over something at the moment it is made. */
  add<Owned extends Disposable>(owned: Owned): Owned {
    if (this.#ended) owned.dispose();
    else this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    this.#ended = true;
    const owned = this.#owned.reverse();
    this.#owned = [];
    for (const one of owned) one.dispose();
  }
}

/** Holds one thing at a time; setting another disposes the former. */
export class Slot<Held extends Disposable> implements Disposable {
  #held: Held | undefined;

  get held(): Held | undefined {
    return this.#held;
  }

  set(next: Held | undefined): void {
    const former = this.#held;
    this.#held = next;
    former?.dispose();
  }

  dispose(): void {
    this.set(undefined);
  }
}
