interface OpenObject {
  readonly name: string;
  /** Its bytes, and the newline that git puts after them. */
  left: number;
  readonly isTooLong: boolean;
}

/** Takes apart what `git cat-file --batch` answers, however it is cut into parts. Only one object is held at a time. */
export class ObjectStream {
  readonly #mostBytes: number;
  readonly #take: (name: string, content: Buffer | undefined) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #object: OpenObject | undefined;

  /** An object that is missing, or longer than `mostBytes`, has no content. */
  constructor(mostBytes: number, take: (name: string, content: Buffer | undefined) => void) {
    this.#mostBytes = mostBytes;
    this.#take = take;
  }

  push(part: Buffer): void {
    let at = 0;
    while (at < part.length) {
      if (this.#object) at += this.#content(part, at, this.#object);
      else at += this.#header(part, at);
    }
  }

  #header(part: Buffer, at: number): number {
    const end = part.indexOf(10, at);
    this.#hold(part.subarray(at, end === -1 ? part.length : end));
    if (end === -1) return part.length - at;
    const header = this.#release().toString("utf8");
    const [, name = "", size] = /^(\S+) \w+ (\d+)$/.exec(header) ?? [];
    if (size === undefined) this.#take(header.replace(/ \w+$/, ""), undefined);
    else this.#object = { name, left: Number(size) + 1, isTooLong: Number(size) > this.#mostBytes };
    return end + 1 - at;
  }

  #content(part: Buffer, at: number, object: OpenObject): number {
    const length = Math.min(object.left, part.length - at);
    if (!object.isTooLong) this.#hold(part.subarray(at, at + length));
    object.left -= length;
    if (object.left === 0) {
      this.#object = undefined;
      this.#take(object.name, object.isTooLong ? undefined : this.#release().subarray(0, -1));
    }
    return length;
  }

  #hold(piece: Buffer): void {
    this.#held.push(piece);
    this.#heldBytes += piece.length;
  }

  #release(): Buffer {
    const whole = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held, this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    return whole;
  }
}
