import type { FateRecord } from "../../protocol/fates.ts";
import { FatesReader } from "../fate/fatesReader.ts";

/** What looks at histories left, read anew: that is once a week, and not worth holding. */
export function readFates(folder: string): readonly FateRecord[] {
  return new FatesReader(folder).records();
}
