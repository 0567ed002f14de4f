/** Longer lines are read whole: what they say is worth it. */
const longestLine = 16 * 1024;
const usageKey = '"usage":{';
/** Of a part that is more than talk: what a tool is called with. */
const inputKey = '"input":';

interface Told {
  readonly id: string;
  readonly request: string;
}

/**
 * Knows lines that say again what the one before said of an answer. It stands in a line for each of its parts, each with all of
 * its tokens, and most parts are talk. Within a text quotes would be escaped: what is found here are keys.
 */
export class RepeatedAnswer {
  #text = "";
  #usageAt = -1;
  #told: Told | undefined;

  /** Whether a line has tokens and says nothing new; undefined where it has none. */
  isIn(line: Buffer): boolean | undefined {
    const text = line.length > longestLine ? "" : line.toString("latin1");
    const usageAt = text.lastIndexOf(usageKey);
    if (usageAt !== -1 && this.#told && this.#isSaidIn(text, usageAt, this.#told)) return true;
    this.#text = text;
    this.#usageAt = usageAt;
    this.#told = undefined;
    return usageAt === -1 ? undefined : false;
  }

  /** That the line that was looked at last was taken in, and which answer it is of. */
  set(told: Told): void {
    if (this.#usageAt !== -1) this.#told = told;
  }

  clear(): void {
    this.#told = undefined;
  }

  #isSaidIn(text: string, usageAt: number, { id, request }: Told): boolean {
    const usage = this.#text.slice(this.#usageAt, endOfObject(this.#text, this.#usageAt));
    return (
      text.startsWith(usage, usageAt) &&
      text.includes(`"id":"${id}"`) &&
      text.includes(`"requestId":"${request}"`) &&
      !text.includes(inputKey)
    );
  }
}

/** Behind the brace that closes the first one. */
function endOfObject(text: string, from: number): number {
  let close = text.indexOf("}", from);
  let open = text.indexOf("{", text.indexOf("{", from) + 1);
  while (open !== -1 && open < close) {
    close = text.indexOf("}", close + 1);
    open = text.indexOf("{", open + 1);
  }
  return close + 1;
}
