import { LineTable } from "./lineTable.ts";
import type { TextReplacement, TextView } from "./textReplacement.ts";

export interface LineCounts {
  readonly linesInserted: number;
  readonly linesDeleted: number;
}

/**
 * How many lines of `original` the replacements touch, and how many they make of them. Replacements whose lines meet
 * are counted together, so that two on one line are one changed line.
 */
export function countLines(original: string, replacements: readonly TextReplacement[]): LineCounts {
  if (replacements.length === 0) return { linesInserted: 0, linesDeleted: 0 };
  const table = new LineTable(original);
  let linesInserted = 0;
  let linesDeleted = 0;
  for (const group of groupByLine(replacements, table)) {
    const counts = countGroup(original, group, table);
    linesInserted += counts.linesInserted;
    linesDeleted += counts.linesDeleted;
  }
  return { linesInserted, linesDeleted };
}

/** The whole lines of a text that hold a range of it, so that no more of it need be kept to count lines. */
export function lineWindow(text: TextView, from: number, to: number): { start: number; text: string } {
  const step = 512;
  let start = from;
  for (let end = from; end > 0; end -= step) {
    const before = text.slice(Math.max(0, end - step), end);
    const lineFeed = before.lastIndexOf("\n");
    start = end - before.length + lineFeed + 1;
    if (lineFeed !== -1) break;
  }
  let end = to;
  while (end < text.length) {
    const after = text.slice(end, Math.min(text.length, end + step));
    const lineFeed = after.indexOf("\n");
    end += lineFeed === -1 ? after.length : lineFeed + 1;
    if (lineFeed !== -1) break;
  }
  return { start, text: text.slice(start, end) };
}

function groupByLine(replacements: readonly TextReplacement[], table: LineTable): TextReplacement[][] {
  const groups: TextReplacement[][] = [];
  let lastLine: number | undefined;
  for (const replacement of replacements) {
    if (lastLine !== undefined && table.lineAt(replacement.start) === lastLine) {
      groups.at(-1)!.push(replacement);
    } else {
      groups.push([replacement]);
    }
    lastLine = table.lineAt(replacement.end);
  }
  return groups;
}

function countGroup(original: string, group: readonly TextReplacement[], table: LineTable): LineCounts {
  const start = group[0]!.start;
  const end = group.at(-1)!.end;
  const firstLine = table.lineAt(start);
  const lastLine = table.lineAt(end);
  const newLines = joinedText(original, group).split(/\r\n|\r|\n/);

  let linesDeleted = lastLine - firstLine + 1;
  let linesInserted = newLines.length;
  const addsToFirstLine = newLines[0] !== "" || (newLines.length === 1 && end !== table.endOf(lastLine));
  if (start === table.endOf(firstLine) && !addsToFirstLine) {
    linesDeleted--;
    linesInserted--;
  }
  const startsLastLine = end === table.startOf(lastLine);
  const lastLineIsLeft = linesInserted > 0 && linesDeleted > 0;
  const addsToLastLine =
    newLines.at(-1) !== "" || (newLines.length === 1 && start > table.startOf(firstLine));
  if (startsLastLine && lastLineIsLeft && !addsToLastLine) {
    linesDeleted--;
    linesInserted--;
  }
  return { linesInserted, linesDeleted };
}

/** The group as one replacement: what lies between its members belongs to it. */
function joinedText(original: string, group: readonly TextReplacement[]): string {
  let text = "";
  let position = group[0]!.start;
  for (const replacement of group) {
    text += original.slice(position, replacement.start) + replacement.text;
    position = replacement.end;
  }
  return text;
}
