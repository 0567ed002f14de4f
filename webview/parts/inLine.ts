import { html } from "lit";

/** What is said one after the other in an element of the class `parts`. */
export function inLine(parts: readonly unknown[]) {
  return parts.map((part) => html`<span>${part}</span> `);
}
