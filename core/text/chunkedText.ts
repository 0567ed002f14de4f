import type { TextView } from "./textReplacement.ts";

/** Code units. Small enough to rebuild at every keystroke, large enough that even long texts are few of them. */
const chunkLength = 2048;

interface Chunk {
  readonly text: string;
  readonly lineBreaks: number;
}

/**
 * A text that changes often. A string would be copied as a whole at every change; this rebuilds one small chunk. Lines
 * end with LF, CRLF or a lone CR, as in the Language Server Protocol.
 */
export class ChunkedText implements TextView {
  #chunks: Chunk[];
  #length: number;

  constructor(text: string) {
    this.#chunks = split(text);
    this.#length = text.length;
  }

  get length(): number {
    return this.#length;
  }

  slice(start: number, end: number): string {
    const parts: string[] = [];
    let offset = 0;
    for (const { text } of this.#chunks) {
      if (offset >= end) break;
      const next = offset + text.length;
      if (next > start) parts.push(text.slice(Math.max(0, start - offset), end - offset));
      offset = next;
    }
    return parts.length === 1 ? parts[0]! : parts.join("");
  }

  replace(start: number, end: number, text: string): void {
    const first = this.#chunkAt(start);
    let last = first;
    while (last.end < end)
      last = { index: last.index + 1, start: last.end, end: last.end + this.#size(last.index + 1) };
    const head = this.#text(first.index).slice(0, start - first.start);
    let tail = this.#text(last.index).slice(end - last.start);
    let to = last.index + 1;
    // A CRLF must not lie in two chunks, or it would count as two line breaks. `head` is never cut before an LF.
    if (tail === "" && to < this.#chunks.length) tail = this.#text(to++);
    this.#chunks.splice(first.index, to - first.index, ...split(head + text + tail));
    this.#length += text.length - (end - start);
  }

  /** Where a position counted in lines and characters from 0 lies. Positions outside the text count as its nearest. */
  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    if (line < 0) return 0;
    let linesLeft = line;
    let offset = 0;
    let index = 0;
    for (; index < this.#chunks.length; index++) {
      const { text, lineBreaks } = this.#chunks[index]!;
      if (lineBreaks >= linesLeft) break;
      linesLeft -= lineBreaks;
      offset += text.length;
    }
    if (index === this.#chunks.length) return this.#length;
    const start = offset + startOfLine(this.#text(index), linesLeft);
    return Math.min(start + Math.max(0, character), this.#endOfLine(start));
  }

  toString(): string {
    return this.#chunks.map(({ text }) => text).join("");
  }

  #chunkAt(offset: number): { index: number; start: number; end: number } {
    let start = 0;
    for (let index = 0; ; index++) {
      const end = start + this.#size(index);
      if (offset <= end || index === this.#chunks.length - 1) return { index, start, end };
      start = end;
    }
  }

  #endOfLine(start: number): number {
    for (let from = start; from < this.#length; from += chunkLength) {
      const found = this.slice(from, Math.min(this.#length, from + chunkLength)).search(/[\r\n]/);
      if (found !== -1) return from + found;
    }
    return this.#length;
  }

  #text(index: number): string {
    return this.#chunks[index]?.text ?? "";
  }

  #size(index: number): number {
    return this.#text(index).length;
  }
}

function split(text: string): Chunk[] {
  if (text.length <= 2 * chunkLength) return [{ text, lineBreaks: countLineBreaks(text) }];
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + chunkLength, text.length);
    if (text[end - 1] === "\r" && text[end] === "\n") end++;
    const part = text.slice(start, end);
    chunks.push({ text: part, lineBreaks: countLineBreaks(part) });
    start = end;
  }
  return chunks;
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

/** Offset at which a line begins in a chunk, after so many line breaks. */
function startOfLine(text: string, lineBreaks: number): number {
  let at = 0;
  for (let left = lineBreaks; left > 0; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) left--;
  }
  return at;
}
