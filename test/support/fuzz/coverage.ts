import { Session } from "node:inspector";

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}
interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/**
 * What code a call reaches, as the engine counts it: places, and roughly how often each was passed. A place that was passed
 * as often as what is around it is not told apart from that, so what was not passed is told, too.
 */
export class Coverage {
  readonly #session = new Session();
  readonly #isMeant: (url: string) => boolean;

  constructor(isMeant: (url: string) => boolean) {
    this.#isMeant = isMeant;
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** The places in functions that were called since the last time it was asked. */
  take(): string[] {
    const found: string[] = [];
    this.#session.post("Profiler.takePreciseCoverage", (_error, { result }: { result: Script[] }) => {
      for (const { url, functions } of result) {
        if (!this.#isMeant(url)) continue;
        for (const { ranges } of functions)
          for (const { startOffset, endOffset, count } of ranges)
            found.push(`${url} ${startOffset} ${endOffset} ${count && 1 + Math.ceil(Math.log2(count))}`);
      }
    });
    return found;
  }

  close(): void {
    this.#session.disconnect();
  }
}
