import * as z from "zod";
import { addDays, localDay } from "../../core/day.ts";
import { beforeKeptSchema, type Baseline, type BeforeKept } from "../../protocol/history.ts";
import type { Surroundings } from "../agents/agent.ts";
import type { StartWorker } from "../agents/startWorker.ts";
import type { Host } from "../host.ts";
import { syntheticNote } from "../numbers/syntheticNote.ts";
import type { Store, Written } from "../store/store.ts";
import type { MonthOrder, MonthRead } from "./readMonth.ts";

const monthDays = 30;
const dayMs = 24 * 60 * 60_000;
const noteName = "before Kept watched";

const noteSchema = beforeKeptSchema.omit({ baseline: true }).extend({
  /** From when on Kept watched: milliseconds since 1970. */
  until: z.number(),
});
type Note = z.infer<typeof noteSchema>;

export type StartMonth = StartWorker<MonthOrder, MonthRead>;

export interface BeforeKeptOptions {
  readonly host: Host;
  readonly store: Pick<Store, "readNote" | "writeNote" | "readSums">;
  readonly around: Surroundings;
  readonly startMonth: StartMonth;
  readonly onChanged: () => void;
  readonly onProgress?: (done: number, all: number) => void;
  readonly onEnded?: () => void;
}

/** Reads once, after Kept was installed, what tools recorded of the thirty days before. */
export class BeforeKeptReading {
  readonly #options: BeforeKeptOptions;
  #now: Note | undefined;
  #stop: (() => void) | undefined;

  constructor(options: BeforeKeptOptions) {
    this.#options = options;
  }

  /** Does nothing where it was done, or ended by the person. */
  start(otherHomes: readonly string[]): void {
    const { host, store, around, startMonth } = this.#options;
    if (this.#stop || store.readNote(syntheticNote) !== undefined) return;
    const known = readNote(store);
    if (known && known.state !== "reading") return;
    const utcOffsetMinutes = host.utcOffsetMinutes(host.now());
    const to = known?.until ?? watchedSince(store, host);
    const month = { from: to - monthDays * dayMs, to, utcOffsetMinutes };
    const dayOf = (at: number) => localDay({ at, utcOffsetMinutes }).day;
    const days = { from: dayOf(month.from), to: dayOf(month.to), until: to };
    this.#note({ state: "reading", read: 0, all: 0, tools: [], ...days });
    this.#stop = startMonth(
      { month, around: { ...around, otherHomes } },
      ({ read, all, tools, isDone }) => {
        this.#note({ ...this.#now!, read, all, tools: [...tools], state: isDone ? "done" : "reading" });
      },
      (reason) => {
        host.log.warn(`What tools recorded before was not read to its end: ${reason}`);
        this.#note({ ...this.#now!, state: "failed" });
      },
    );
  }

  /** The person has seen enough, or wants none of it. */
  cancel(): void {
    if (this.#now?.state === "reading") this.#note({ ...this.#now, state: "stopped" });
  }

  /** The process ends: the next one begins anew. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#now = undefined;
  }

  #note(note: Note): void {
    this.#now = note;
    this.#options.store.writeNote(noteName, JSON.stringify(note));
    const { onChanged, onProgress, onEnded } = this.#options;
    if (note.state === "reading") onProgress?.(note.read, note.all);
    else {
      this.stop();
      onEnded?.();
    }
    onChanged();
  }
}

/** What is known by now. Null where nobody looked. */
export function readBeforeKept(
  store: Pick<Store, "readNote">,
  utcOffsetMinutes: number,
  /** Of the time before any tool's record, and before Kept watched. */
  baselineBefore: (until: number) => Baseline | null,
): BeforeKept | null {
  const note = readNote(store);
  if (!note) return null;
  const { until, ...before } = note;
  const firsts = before.tools.flatMap(({ first }) =>
    first === undefined ? [] : startOf(first, utcOffsetMinutes),
  );
  return { ...before, baseline: baselineBefore(Math.min(until, ...firsts)) };
}

function startOf(day: string, utcOffsetMinutes: number): number {
  return Date.parse(`${day}T00:00:00Z`) - utcOffsetMinutes * 60_000;
}

/** Writes what was there before as if it had been read. */
export function writeBeforeKept(
  store: Pick<Store, "writeNote">,
  note: Omit<BeforeKept, "baseline"> & { readonly until: number },
): Written {
  return store.writeNote(noteName, JSON.stringify(note));
}

/** Where days are counted already, from the first of them. */
function watchedSince(store: Pick<Store, "readSums">, host: Host): number {
  const now = host.now();
  const utcOffsetMinutes = host.utcOffsetMinutes(now);
  const { day: today } = localDay({ at: now, utcOffsetMinutes });
  const range = { from: addDays(today, -800), to: addDays(today, -1), workspaces: undefined };
  const first = store.readSums(range).reduce((least, { day }) => (day < least ? day : least), today);
  return first === today ? now : startOf(first, utcOffsetMinutes);
}

function readNote(store: Pick<Store, "readNote">): Note | undefined {
  const text = store.readNote(noteName);
  return text === undefined ? undefined : noteSchema.safeParse(JSON.parse(text)).data;
}
