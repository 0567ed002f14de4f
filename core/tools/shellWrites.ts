import type { PatchedFile } from "./applyPatch.ts";
import { filesOfCommand } from "./inPlaceEdits.ts";
import { commandsOfLine, type ShellCommand } from "./shellWords.ts";
import type { ToolText } from "./toolRecords.ts";

/** A word that stands for itself, in quotes or without. */
const word = String.raw`("[^"$\`\\]+"|'[^']+'|[\w@%+=:,./-]+)`;
const here = String.raw`<<(-?)\s*(\\?[\w.-]+|'[^']+'|"[^"$\`\\]+")`;
const into = String.raw`(>>?)\s*${word}`;
const rest = String.raw`\s*(?:(?:&&|\|\||;).*)?$`;

/** `cat > FILE <<END`, `cat <<END > FILE`, and `tee [-a] FILE <<END`. */
const forms = [
  { pattern: new RegExp(`^cat\\s*${into}\\s*${here}${rest}`), at: { mode: 1, file: 2, dash: 3, end: 4 } },
  { pattern: new RegExp(`^cat\\s*${here}\\s*${into}${rest}`), at: { dash: 1, end: 2, mode: 3, file: 4 } },
  {
    pattern: new RegExp(`^tee\\s+(-a\\s+)?${word}(?:\\s*>\\s*/dev/null)?\\s*${here}${rest}`),
    at: { mode: 1, file: 2, dash: 3, end: 4 },
  },
] as const;
const change = new RegExp(`^cd\\s+${word}\\s*(?:&&|;|$)\\s*`);

/**
 * The files that a command of a shell writes with text that stands in the command itself. What it does besides, and
 * what it leaves to other programs, nobody can tell from it.
 */
export function shellWrites(command: string): PatchedFile[] {
  // Most commands write nothing.
  if (!/<<|>|\b(?:g?sed|perl)\b/.test(command)) return [];
  const files: PatchedFile[] = [];
  const lines = command.split(/\r?\n/);
  let folder: string | undefined = "";
  /** Whether each line so far was one of whole commands: a quote or a loop that is open makes the next another thing. */
  let isPlain = true;
  for (let at = 0; at < lines.length; at++) {
    let line = lines[at]!.trim();
    for (let moved = change.exec(line); moved; moved = change.exec(line)) {
      const next = plain(moved[1]!);
      folder = next.startsWith("/") ? next : folder === undefined ? undefined : join(folder, next);
      line = line.slice(moved[0].length);
    }
    // Where it went then is not known.
    if (/\b(?:cd|pushd|popd)\b/.test(line)) folder = undefined;
    const placed = (file: string): string | undefined =>
      file.startsWith("/") ? file : folder === undefined ? undefined : join(folder, file);
    const opened = openedBy(line);
    if (!opened) {
      const commands: readonly ShellCommand[] | undefined = isPlain ? commandsOfLine(line) : undefined;
      isPlain = commands !== undefined;
      for (const { path, text } of commands?.flatMap(filesOfCommand) ?? []) {
        const place = placed(path);
        if (place !== undefined) files.push({ path: place, text });
      }
      continue;
    }
    const end = lines.findIndex(
      (each, index) => index > at && (opened.isIndented ? each.replace(/^\t+/, "") : each) === opened.end,
    );
    if (end === -1) return files;
    const body = lines
      .slice(at + 1, end)
      .map((each) => (opened.isIndented ? each.replace(/^\t+/, "") : each));
    const path = placed(opened.file);
    if (path !== undefined) files.push({ path, text: textOf(body, opened) });
    at = end;
  }
  return files;
}

interface Opened {
  readonly file: string;
  readonly end: string;
  readonly appends: boolean;
  /** Whether the shell leaves the text as it stands. */
  readonly isLiteral: boolean;
  readonly isIndented: boolean;
}

function openedBy(line: string): Opened | undefined {
  for (const { pattern, at } of forms) {
    const found = pattern.exec(line);
    if (!found) continue;
    const [mode, file, dash, end] = [found[at.mode], found[at.file]!, found[at.dash], found[at.end]!];
    return {
      file: plain(file),
      end: plain(end.replace(/^\\/, "")),
      appends: mode === ">>" || mode?.startsWith("-a") === true,
      isLiteral: /^['"\\]/.test(end),
      isIndented: dash === "-",
    };
  }
  return undefined;
}

function textOf(body: readonly string[], { appends, isLiteral }: Opened): ToolText {
  const after = body.map((line) => `${line}\n`).join("");
  // The shell puts something else in the place of these.
  if (!isLiteral && /[$`\\]/.test(after)) return { kind: "unsaid" };
  return appends ? { kind: "pieces", pieces: [{ after }] } : { kind: "whole", after };
}

function plain(quoted: string): string {
  return /^(["']).*\1$/.test(quoted) ? quoted.slice(1, -1) : quoted;
}

function join(folder: string, file: string): string {
  return folder === "" ? file : `${folder.replace(/\/$/, "")}/${file}`;
}
