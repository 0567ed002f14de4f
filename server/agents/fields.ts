import path from "node:path";

/** Reads fields of records that other programs wrote, of which nothing can be taken for granted. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A name that may be stored: not empty and not endless. */
export function nameOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 200 ? value : undefined;
}

/** No request takes more tokens; sums of what does would be no numbers any more. */
const mostCounted = 1e12;

/** Whether it can be a count of tokens. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= mostCounted;
}

/** Dollars that no single request costs. */
const mostMoney = 1e6;

/** What something cost, where it is said. */
export function countedMoney(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 && value <= mostMoney ? value : undefined;
}

/** A count; anything else counts as none. */
export function countOf(value: unknown): number {
  return typeof value === "number" && value > 0 && value <= mostCounted ? Math.floor(value) : 0;
}

/** Where a file lies; undefined where a tool gives it relative to a folder and does not say to which. */
export function placeOf(folder: string | undefined, file: string): string | undefined {
  if (path.isAbsolute(file)) return path.resolve(file);
  return folder !== undefined && path.isAbsolute(folder) ? path.resolve(folder, file) : undefined;
}

/** Milliseconds since 1970, of a date as text or as a number of them. */
export function timeOf(value: unknown): number | undefined {
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) && at > 0 && at < 8.64e15 ? Math.trunc(at) : undefined;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}
