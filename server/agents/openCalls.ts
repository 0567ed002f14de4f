/** A session that forgets to answer must not fill the memory. */
const mostCalls = 200;

/** Calls of tools that wait for their results, by the tool's own id. The oldest is forgotten when there are too many. */
export class OpenCalls<Call> {
  readonly #calls = new Map<string, Call>();

  add(id: string, call: Call): void {
    this.#calls.set(id, call);
    if (this.#calls.size > mostCalls) this.#calls.delete(this.#calls.keys().next().value!);
  }

  isOpen(id: string): boolean {
    return this.#calls.has(id);
  }

  /** The call, which waits no longer. */
  take(id: string): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }
}
