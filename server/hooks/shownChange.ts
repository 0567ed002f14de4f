import { diffSequences } from "../../core/text/sequenceDiff.ts";

/** Comparisons; what is left then counts as wholly different. */
const patience = 1_000_000;

/** The lines that come and go, with a sign each: what else a tool's file holds is nobody's business. */
export function shownChange(before: string, after: string): string {
  const numbers = new Map<string, number>();
  const numbered = (text: string) => {
    const lines = text.split(/\r?\n/);
    const ids = lines.map((line) => {
      const known = numbers.get(line) ?? numbers.size;
      numbers.set(line, known);
      return known;
    });
    return { lines, ids };
  };
  const [old, made] = [numbered(before), numbered(after)];
  return diffSequences(old.ids, made.ids, { left: patience })
    .flatMap(({ firstStart, firstEnd, secondStart, secondEnd }) => [
      ...old.lines.slice(firstStart, firstEnd).map((line) => `- ${line}\n`),
      ...made.lines.slice(secondStart, secondEnd).map((line) => `+ ${line}\n`),
    ])
    .join("");
}
