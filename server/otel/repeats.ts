import { createHash } from "node:crypto";

/** A tool sends again what it got no answer for within a minute or so: so many messages are remembered. */
const mostRemembered = 500;

/** Knows a message again that was taken in. Each has the nanoseconds of what it tells, so no two are the same by chance. */
export class Repeats {
  readonly #known = new Set<string>();

  has(tool: string, body: Uint8Array): boolean {
    return this.#known.has(keyOf(tool, body));
  }

  add(tool: string, body: Uint8Array): void {
    this.#known.add(keyOf(tool, body));
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.values().next().value!);
  }
}

function keyOf(tool: string, body: Uint8Array): string {
  return createHash("sha256").update(`${tool} `).update(body).digest("base64");
}
