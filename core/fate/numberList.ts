/** A list of 32-bit numbers that grows, and can be taken up again from where it was left. */
export class NumberList {
  #numbers: Int32Array;
  #length: number;

  constructor(numbers: Int32Array = new Int32Array(64)) {
    this.#numbers = numbers;
    this.#length = arguments.length === 0 ? 0 : numbers.length;
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#numbers[index]!;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const more = new Int32Array(Math.max(64, 2 * this.#length));
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[this.#length++] = number;
  }

  set(index: number, number: number): void {
    this.#numbers[index] = number;
  }

  /** No copy: it is what the list holds now. */
  numbers(): Int32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}

/** Numbers that follow each other become the first of them and how many they are. */
export function pushRuns(list: NumberList, numbers: Int32Array | readonly number[]): void {
  const countAt = list.length;
  list.push(0);
  let runs = 0;
  for (let at = 0; at < numbers.length; runs++) {
    const first = numbers[at]!;
    let count = 1;
    while (at + count < numbers.length && numbers[at + count] === first + count) count++;
    list.push(first);
    list.push(count);
    at += count;
  }
  list.set(countAt, runs);
}

/** Reads numbers one after the other. */
export class NumberReader {
  readonly #numbers: Int32Array;
  #at: number;

  constructor(numbers: Int32Array, at = 0) {
    this.#numbers = numbers;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#numbers.length;
  }

  next(): number {
    return this.#numbers[this.#at++]!;
  }

  /** What `pushRuns` wrote. */
  runs(): Int32Array {
    const runs = this.next();
    const from = this.#at;
    let length = 0;
    for (let run = 0; run < runs; run++) length += this.#numbers[from + 2 * run + 1]!;
    const all = new Int32Array(length);
    let at = 0;
    for (let run = 0; run < runs; run++) {
      const first = this.next();
      const count = this.next();
      for (let each = 0; each < count; each++) all[at++] = first + each;
    }
    return all;
  }
}
