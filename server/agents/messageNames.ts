/** Lines of one message stand near each other. */
const mostMessages = 500;

/** Under which name the answer that a message is was told of first. The oldest is forgotten when there are too many. */
export class MessageNames {
  readonly #names = new Map<string, string>();

  /** The name that a message has already, or else has from now on. */
  of(message: string, name: string): string {
    const known = this.#names.get(message);
    if (known !== undefined) return known;
    this.#names.set(message, name);
    if (this.#names.size > mostMessages) this.#names.delete(this.#names.keys().next().value!);
    return name;
  }
}
