import type { Origin, OriginKind } from "../../protocol/origin.ts";
import type { Overwrite } from "../../protocol/overwrites.ts";

/** What edits of one maker took out of the text of another, added up. */
export interface OverwriteSum {
  readonly kind: OriginKind;
  readonly tool: string | null;
  readonly ofKind: OriginKind;
  readonly ofTool: string | null;
  readonly edits: number;
  readonly chars: number;
}

/** Who took out whose text, where one of the two is AI: most first. */
export function overwritesOf(sums: readonly OverwriteSum[]): Overwrite[] {
  return sums
    .filter(({ kind, ofKind }) => kind === "ai" || ofKind === "ai")
    .map(({ kind, tool, ofKind, ofTool, edits, chars }) => ({
      by: makerOf(kind, tool),
      of: makerOf(ofKind, ofTool),
      edits,
      chars,
    }))
    .sort((one, other) => other.chars - one.chars || (keyOf(one) < keyOf(other) ? -1 : 1));
}

function makerOf(kind: OriginKind, tool: string | null): Origin {
  return kind === "ai" && tool !== null ? { kind, tool } : { kind };
}

function keyOf({ by, of }: Overwrite): string {
  return JSON.stringify([by, of]);
}
