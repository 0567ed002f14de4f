import type { MeasuredShare } from "../../protocol/share.ts";
import type { Language } from "../language.ts";

/** A share with its interval, or that there is too little for one. */
export function shareWords(
  { text, fill, percent, interval }: Language,
  { value, low, high, n }: MeasuredShare,
): string {
  if (value === null || low === null || high === null) return fill(text.coach.unsure, { n });
  return fill(text.coach.sure, { share: percent(value), interval: interval(low, high) });
}
