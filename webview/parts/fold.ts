import { html } from "lit";
import type { TableId } from "../memory.ts";
import { act } from "./act.ts";

/** Below this many pixels a view shows first what is needed at once. */
const narrow = 440;

export interface Fold {
  readonly id: TableId;
  /** How many of what are in it. */
  readonly name: string;
  readonly isOpen: boolean;
}

/** What is not needed at once stands folded where there is little room, and is remembered as it was left. */
export function fold(from: EventTarget, width: number, { id, name, isOpen }: Fold, content: unknown) {
  if (width >= narrow) return content;
  const toggled = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLDetailsElement && currentTarget.open !== isOpen) {
      act(from, { type: "tableToggled", table: id });
    }
  };
  return html`<details ?open=${isOpen} @toggle=${toggled}>
    <summary>${name}</summary>
    ${content}
  </details>`;
}
