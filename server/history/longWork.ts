import type { Work } from "../../protocol/server.ts";
import type { Host } from "../host.ts";

/** What ends sooner is not told of, and what goes on is told no oftener. */
const restMs = 1000;

/** Says how far work is that takes long: the first reading of records, the first pass over a history. */
export class LongWork {
  readonly #host: Pick<Host, "elapsedMs">;
  readonly #tell: (works: readonly Work[]) => void;
  readonly #works = new Map<Work["work"], { since: number; told: Work | undefined }>();

  constructor(host: Pick<Host, "elapsedMs">, tell: (works: readonly Work[]) => void) {
    this.#host = host;
    this.#tell = tell;
  }

  report(work: Work): void {
    const now = this.#host.elapsedMs();
    const known = this.#works.get(work.work);
    if (!known) {
      this.#works.set(work.work, { since: now, told: undefined });
      return;
    }
    if (now - known.since < restMs) return;
    this.#works.set(work.work, { since: now, told: work });
    this.#tellAll();
  }

  ended(work: Work["work"]): void {
    const wasTold = this.#works.get(work)?.told !== undefined;
    this.#works.delete(work);
    if (wasTold) this.#tellAll();
  }

  #tellAll(): void {
    this.#tell([...this.#works.values()].flatMap(({ told }) => told ?? []));
  }
}
