import type { CharsByKind, Summary } from "../../protocol/summary.ts";
import { addUp } from "./kinds.ts";

/** One column of the chart over days. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly inserted: CharsByKind;
}

/** A column narrower than this cannot show its textures. */
const leastStep = 7;

/** Days, or stretches of seven of them where single days would be too narrow to read. The last one ends today. */
export function stretchesOf(days: Summary["days"], width: number): readonly Stretch[] {
  const length = days.length * leastStep > width ? 7 : 1;
  const stretches: Stretch[] = [];
  for (let end = days.length; end > 0; end -= length) {
    const part = days.slice(Math.max(0, end - length), end);
    stretches.unshift({
      from: part[0]!.day,
      to: part[part.length - 1]!.day,
      inserted: addUp(part.map(({ inserted }) => inserted)),
    });
  }
  return stretches;
}
