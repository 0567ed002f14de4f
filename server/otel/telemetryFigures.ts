import { localDay } from "../../core/day.ts";
import type { FigureRow, FigureStore, HeardRow } from "../store/figures.ts";
import type { TelemetryRead } from "./telemetryReader.ts";

/** Stores what tools count of their own edits, and that they were heard. What cannot be written yet waits, added up. */
export class TelemetryFigures {
  readonly #store: FigureStore;
  readonly #utcOffsetMinutes: (at: number) => number;
  #figures = new Map<string, FigureRow>();
  #heard = new Map<string, HeardRow>();

  constructor(store: FigureStore, utcOffsetMinutes: (at: number) => number) {
    this.#store = store;
    this.#utcOffsetMinutes = utcOffsetMinutes;
  }

  take({ tool, at, requests, figures, problems }: TelemetryRead): void {
    for (const { at: toldAt, ...figure } of figures) {
      const { day } = localDay({ at: toldAt, utcOffsetMinutes: this.#utcOffsetMinutes(toldAt) });
      const key = JSON.stringify([day, figure.tool, figure.measure, figure.detail]);
      const { count, total } = this.#figures.get(key) ?? { count: 0, total: 0 };
      this.#figures.set(key, { ...figure, day, count: figure.count + count, total: figure.total + total });
    }
    const { taken, notUnderstood } = this.#heard.get(tool) ?? { taken: 0, notUnderstood: 0 };
    this.#heard.set(tool, {
      tool,
      way: "telemetry",
      at,
      taken: taken + requests.length + figures.length,
      notUnderstood: notUnderstood + problems,
    });
    const { outcome } = this.#store.write({
      figures: [...this.#figures.values()],
      heard: [...this.#heard.values()].map((row) => ({ ...row, isAll: false })),
    });
    if (outcome === "retry") return;
    this.#figures = new Map();
    this.#heard = new Map();
  }
}
