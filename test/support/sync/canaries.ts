import { gunzipSync } from "node:zlib";

/** Something that must stay on its machine, and the part of it that is nowhere else in the world. */
export interface Canary {
  readonly text: string;
  readonly mark: string;
}

/** Of each kind that people keep in their editors: keys, paths, addresses, names of branches, lines of code. */
const kinds: readonly ((mark: string) => string)[] = [
  (mark) => `AKIA${mark.toUpperCase()}`,
  (mark) => `ghp_${mark}${mark}`,
  (mark) => `-----BEGIN PRIVATE KEY-----\n${mark}`,
  (mark) => `postgres://admin:${mark}@db.internal/prod`,
  (mark) => `ada.${mark}@example.com`,
  (mark) => `/home/ada/${mark}/secret-plan.ts`,
  (mark) => `C:\\Users\\Ada\\${mark}\\plan.docx`,
  (mark) => `feature/${mark}-acquisition`,
  (mark) => `git@github.com:example/${mark}.git`,
  (mark) => `const price_${mark} = 42; // "don't" tell`,
  (mark) => `${mark} – ﬁrma Müller & Söhne 🙈`,
];

export function makeCanaries(count: number): Canary[] {
  return Array.from({ length: count }, (_, index) => {
    const mark = `q${(0x5eed_0000 + index * 7_919).toString(36)}zq${index.toString(36)}x`;
    return { mark, text: kinds[index % kinds.length]!(mark) };
  });
}

/** Those of which bytes are in what left or was written: as they are, in another case, or as base64 or hexadecimal digits. */
export function canariesIn(canaries: readonly Canary[], places: readonly (Uint8Array | string)[]): string[] {
  const all = places.map((place) => Buffer.from(place).toString("latin1")).join("\n");
  const lower = all.toLowerCase();
  return canaries
    .filter(({ mark }) => {
      const [hex, ...base64] = encodedFormsOf(mark);
      return lower.includes(mark) || lower.includes(hex) || base64.some((digits) => all.includes(digits));
    })
    .map(({ text }) => text);
}

function encodedFormsOf(mark: string): [hex: string, ...base64: string[]] {
  const shifted = ["", "-", "--"].map((before) => Buffer.from(before + mark).toString("base64"));
  // The first and the last digits of base64 depend on the neighbours.
  return [Buffer.from(mark).toString("hex"), ...shifted.map((digits) => digits.slice(4, -4))];
}

export function unpacked(bytes: Uint8Array, encoding: string | undefined): Buffer {
  return encoding === "gzip" ? gunzipSync(bytes) : Buffer.from(bytes);
}
