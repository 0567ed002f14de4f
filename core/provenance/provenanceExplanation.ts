import type { Evidence } from "../../protocol/origin.ts";
import { resolveOrigin } from "../origin/origin.ts";
import { leftOf, type KnownEdit, type LinePart, type OriginShare } from "./provenanceLines.ts";
import {
  ageWords,
  certainty,
  escapeMarkdown,
  kindWords,
  markdownStyle,
  marks,
  originWords,
  sharesTitle,
} from "./provenanceWords.ts";
import type { Spans } from "../spans/spans.ts";
import { percent } from "../percent.ts";

export interface ExplainedLine {
  /** Name of the document, for the title. */
  readonly name: string;
  /** Counted from 0. */
  readonly line: number;
  readonly parts: readonly LinePart[];
  readonly spans: Spans;
  /** Of the whole document. */
  readonly shares: readonly OriginShare[];
  readonly now: number;
}

/** Edits beyond these are summed up: a typed line is one edit for each key. */
const mostEdits = 5;

/** All that is known of a line, as a Markdown document: its origins, their edits and what each reason says. */
export function explanationMarkdown({ name, line, parts, spans, shares, now }: ExplainedLine): string {
  const lines = [`# Line ${line + 1} of ${escapeMarkdown(name)}`, ""];
  if (parts.length === 0) lines.push("There is no text on this line.", "");
  for (const part of parts) lines.push(...partLines(part, spans, now));
  const title = sharesTitle(shares);
  if (title !== "") lines.push("## The whole document", "", escapeMarkdown(title), "");
  lines.push(
    "---",
    "",
    `Marks: ${(["ai", "human", "tooling", "external"] as const).map((kind) => `${marks[kind]} ${kindWords[kind]}`).join(", ")}; ` +
      "no mark means that the origin is unknown. What is kept was never removed since it was inserted.",
  );
  return `${lines.join("\n")}\n`;
}

function partLines(part: LinePart, spans: Spans, now: number): string[] {
  const [kind, ...details] = originWords(part.origin);
  const title = [`${marks[part.origin.kind]} ${kind!}`, ...details.map(escapeMarkdown)].join(" · ");
  const lines = [
    `## ${title}`,
    "",
    `${charWords(part.chars)}, ${percent(part.share)} of what can be seen of the line.`,
    "",
  ];
  if (part.unclaimedChars > 0) {
    lines.push(
      `No edit is known for ${charWords(part.unclaimedChars)}: the text was there before Kept followed this file, ` +
        "came in a way that could not be followed, or its edit is older than what Kept keeps.",
      "",
    );
  }
  for (const edit of part.edits.slice(0, mostEdits)) lines.push(...editLines(edit, spans, now));
  const more = part.edits.slice(mostEdits);
  if (more.length > 0) {
    const { inserted, kept } = leftOf(more, spans);
    lines.push(`And ${more.length} more edits: ${kept} of ${inserted} characters kept.`, "");
  }
  return lines;
}

function editLines(edit: KnownEdit, spans: Spans, now: number): string[] {
  const { inserted, kept, restored } = leftOf([edit], spans);
  const lines = [
    `**Edit ${escapeMarkdown(edit.id)}**, ${localTime(edit.at, edit.utcOffsetMinutes)}, ${ageWords(now - edit.at)}`,
    "",
    `- ${certainty(edit, markdownStyle)}.`,
    `- Inserted ${charWords(inserted)}; ${kept} kept${restored > 0 ? `, ${restored} came back after they were removed` : ""}.`,
  ];
  const { hint, conflict } = resolveOrigin(edit, edit.evidence);
  if (conflict) {
    lines.push(
      `- Claimed by ${conflict.map((one) => escapeMarkdown(originWords(one).join(" "))).join(" and ")}.`,
    );
  }
  if (hint) {
    lines.push(
      `- A heuristic takes it for ${escapeMarkdown(originWords(hint).join(" "))}. That is never enough to say so.`,
    );
  }
  lines.push("");
  if (edit.evidence.length === 0) return [...lines, "There is no evidence for who made it.", ""];
  lines.push("| evidence | strength | says | when |", "|---|---|---|---|");
  for (const item of edit.evidence) lines.push(evidenceRow(item, edit));
  return [...lines, ""];
}

function evidenceRow({ source, strength, origin, at }: Evidence, { utcOffsetMinutes }: KnownEdit): string {
  const says = escapeMarkdown(originWords(origin).join(" · "));
  return `| ${escapeMarkdown(source)} | ${strength} | ${says} | ${localTime(at, utcOffsetMinutes)} |`;
}

function charWords(count: number): string {
  return `${count} character${count === 1 ? "" : "s"}`;
}

/** Such as 2026-01-31 14:05:09, where the person was. */
function localTime(at: number, utcOffsetMinutes: number): string {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 19).replace("T", " ");
}
