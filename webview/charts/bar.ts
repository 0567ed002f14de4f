import type { OriginKind } from "../../protocol/origin.ts";
import type { CharsByKind } from "../../protocol/summary.ts";
import { kindOrder, totalOf } from "./kinds.ts";

export interface Part {
  readonly kind: OriginKind;
  readonly x: number;
  readonly width: number;
}

/** A part that holds anything at all can be seen. */
const leastWidth = 2;

/** Parts of a whole, side by side over the full width. */
export function layOutBar(chars: CharsByKind, width: number): readonly Part[] {
  const all = totalOf(chars);
  if (all === 0 || width <= 0) return [];
  const present = kindOrder.filter((kind) => chars[kind] > 0);
  const room = Math.max(0, width - present.length * leastWidth);
  let x = 0;
  return present.map((kind) => {
    const part = { kind, x, width: leastWidth + (chars[kind] / all) * room };
    x += part.width;
    return part;
  });
}

/** An amount on a common scale, and how much of it is left. */
export function layOutAmount(inserted: number, kept: number, most: number, width: number) {
  const scale = most > 0 ? width / most : 0;
  const whole = inserted > 0 ? Math.max(leastWidth, inserted * scale) : 0;
  const left = inserted > 0 ? whole * Math.min(1, kept / inserted) : 0;
  return { whole, left };
}
