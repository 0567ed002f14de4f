import { CodeActionTriggerKind } from "vscode-languageserver";
import type { CodeAction, CodeActionParams, CodeLens, Hover, Position, Range } from "vscode-languageserver";
import { explanationMarkdown } from "../../core/provenance/provenanceExplanation.ts";
import { labelTargets, type LabelTargets } from "../../core/provenance/provenanceLabel.ts";
import {
  kindRanges,
  lineAt,
  linesOf,
  originShares,
  partAt,
  partsOfLine,
  type ReadEdit,
  type ReadOrigin,
} from "../../core/provenance/provenanceLines.ts";
import { hoverText, markdownStyle, plainStyle, sharesTitle } from "../../core/provenance/provenanceWords.ts";
import type { Spans } from "../../core/spans/spans.ts";
import type { DocumentLines, LabelQuestion, Saying } from "../../protocol/provenance.ts";

/** An open document, and the edits its text comes from. */
export interface OwnedDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly spans: Spans;
  readonly readEdit: ReadEdit;
  /** The same for many edits, of which nothing but the origin is wanted. */
  readonly readOrigin: ReadOrigin;
}

/** The server's own command behind the code actions. The editor's commands have other names. */
export const labelCommand = "kept.server.label";

/** Shown only when asked for with text selected, so that no light bulb is lit for it. */
export const labelActionKind = "refactor.kept";

/** Quiet where the origin is unknown. */
export function hoverOf(
  { text, spans, readEdit }: OwnedDocument,
  { line: number, character }: Position,
  { now, markdown }: { readonly now: number; readonly markdown: boolean },
): Hover | null {
  const line = lineAt(text, number);
  if (!line) return null;
  const parts = partsOfLine(text, line, spans, readEdit);
  const part = partAt(line.start + character, line, parts, spans, readEdit);
  if (!part || part.origin.kind === "unknown") return null;
  const style = markdown ? markdownStyle : plainStyle;
  const others = parts.filter((other) => other !== part);
  return {
    contents: {
      kind: markdown ? "markdown" : "plaintext",
      value: hoverText(part, others, { spans, now, style }),
    },
  };
}

export function lensesOf({ spans, readOrigin }: OwnedDocument): CodeLens[] {
  const title = sharesTitle(originShares(spans, readOrigin));
  if (title === "") return [];
  const start = { line: 0, character: 0 };
  // Without a command: what stands behind it differs from editor to editor.
  return [{ range: { start, end: start }, command: { title, command: "" } }];
}

export function labelActions({ textDocument, range, context }: CodeActionParams): CodeAction[] {
  const isEmpty = range.start.line === range.end.line && range.start.character === range.end.character;
  const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
  const isWanted = context.only?.some((kind) => isWithin(labelActionKind, kind)) ?? true;
  if (isEmpty || !isAsked || !isWanted) return [];
  const action = (title: string, label: Saying): CodeAction => {
    const question: LabelQuestion = { uri: textDocument.uri, label, ranges: [range] };
    return { title, kind: labelActionKind, command: { title, command: labelCommand, arguments: [question] } };
  };
  return [
    action("Kept: I wrote this", "human"),
    action("Kept: AI wrote this", "ai"),
    action("Kept: Withdraw what I said", "withdrawn"),
  ];
}

export function documentLinesOf({ version, text, spans, readOrigin }: OwnedDocument): DocumentLines {
  return {
    version,
    ranges: kindRanges(text, spans, readOrigin),
    shares: originShares(spans, readOrigin),
  };
}

export function explanationOf(
  { uri, text, spans, readEdit, readOrigin }: OwnedDocument,
  number: number,
  now: number,
): string {
  const line = lineAt(text, number);
  return explanationMarkdown({
    name: nameOf(uri),
    line: number,
    parts: line ? partsOfLine(text, line, spans, readEdit) : [],
    spans,
    shares: originShares(spans, readOrigin),
    now,
  });
}

/** The edits a line comes from, the one with most of it first. */
export function editsOfLine({ text, spans, readEdit }: OwnedDocument, number: number): string[] {
  const line = lineAt(text, number);
  if (!line) return [];
  return partsOfLine(text, line, spans, readEdit).flatMap(({ edits }) => edits.map(({ id }) => id));
}

/** The edits in ranges of a document; an empty range stands for its whole line. */
export function targetsOf(
  { text, spans, readOrigin }: OwnedDocument,
  ranges: readonly Range[],
): LabelTargets {
  const lines = linesOf(text);
  const offsetOf = ({ line: number, character }: Position) => {
    const line = lines[number];
    return line ? Math.min(line.start + character, line.end) : text.length;
  };
  const offsets = ranges.map(({ start, end }) => {
    const from = offsetOf(start);
    const to = offsetOf(end);
    const line = lines[start.line];
    if (from === to && line) return { start: line.start, end: line.next };
    return { start: Math.min(from, to), end: Math.max(from, to) };
  });
  return labelTargets(spans, offsets, (id) => readOrigin(id) !== undefined);
}

/** Whether a kind is another or one of its kinds: `refactor.kept` is within `refactor`, and all are within "". */
function isWithin(kind: string, wanted: string): boolean {
  return wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`);
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
