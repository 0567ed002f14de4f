import type { Act } from "../controller.ts";

const actEvent = "kept-act";

/** Says upwards, through every shadow root, what a person did. */
export function act(from: EventTarget, what: Act): void {
  from.dispatchEvent(new CustomEvent(actEvent, { detail: what, bubbles: true, composed: true }));
}

export function onAct(on: EventTarget, take: (what: Act) => void): void {
  on.addEventListener(actEvent, (event) => take((event as CustomEvent<Act>).detail));
}
