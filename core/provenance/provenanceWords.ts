import type { Mode, Origin, OriginKind, Strength } from "../../protocol/origin.ts";
import type { LabelOutcome, Saying } from "../../protocol/provenance.ts";
import { resolveOrigin } from "../origin/origin.ts";
import { leftOf, type KnownEdit, type LinePart, type OriginShare } from "./provenanceLines.ts";
import type { Spans } from "../spans/spans.ts";
import { titleOfTool } from "../tools/toolTitle.ts";
import { percent } from "../percent.ts";

/** A sign for each kind, the same in the margin, so that nothing depends on colour. */
export const marks: Readonly<Record<OriginKind, string>> = {
  ai: "■",
  human: "○",
  tooling: "◇",
  external: "△",
  unknown: "·",
};

export const kindWords: Readonly<Record<OriginKind, string>> = {
  ai: "AI",
  human: "Human",
  tooling: "Tooling",
  external: "External",
  unknown: "Unknown",
};

export const modeWords: Readonly<Record<Mode, string>> = {
  completion: "completion",
  nextEdit: "next edit",
  inlineChat: "inline chat",
  chat: "chat",
  agent: "agent",
};

const strengthWords: Readonly<Record<Strength, string>> = {
  labelled: "You said so",
  exact: "Certain",
  matched: "Matched",
  inferred: "Inferred",
};

/** What the sources of evidence are. Any other is called what it calls itself. */
const sourceWords: ReadonlyMap<string, string> = new Map([
  ["acceptCommand", "a suggestion was accepted"],
  ["acceptPart", "a part of a suggestion was accepted"],
  ["detailedReason", "the editor's own account"],
  ["detailedReason.part", "the editor's own account, of a part that was accepted"],
  ["hook", "the tool said so as it worked"],
  ["keyboard", "it looks like typing"],
  ["log", "the tool's own log has the same text"],
  ["onlyCompleter", "only this tool's extension completes here"],
  ["paste", "pasted from text of known origin"],
  ["reload", "the file was read again from disk"],
  ["save", "it came with a save"],
  ["telemetry", "the tool's telemetry has the same text"],
]);

/** How a text is to be set: as Markdown, or for who shows plain text alone. */
export interface Style {
  readonly strong: (text: string) => string;
  /** Somebody else's text, such as a tool's name: nothing in it is to be taken for markup. */
  readonly quoted: (text: string) => string;
  readonly lineBreak: string;
}

export const markdownStyle: Style = {
  strong: (text) => `**${text}**`,
  quoted: escapeMarkdown,
  lineBreak: "  \n",
};

export const plainStyle: Style = { strong: (text) => text, quoted: oneLine, lineBreak: "\n" };

/** Two short lines on who wrote a part of a line, and a third where others wrote there too. */
export function hoverText(
  part: LinePart,
  others: readonly LinePart[],
  { spans, now, style }: { readonly spans: Spans; readonly now: number; readonly style: Style },
): string {
  const [kind, ...details] = originWords(part.origin);
  const first = [style.strong(`${marks[part.origin.kind]} ${kind!}`), ...details.map(style.quoted)];
  const edit = part.edits[0];
  const second = edit
    ? [
        certainty(edit, style),
        ageWords(now - edit.at),
        leftWords(part.edits, spans),
        ...(part.edits.length === 1 ? [`edit ${shortId(edit.id)}`] : []),
      ]
    : [];
  const beside = others.filter(({ visibleChars }) => visibleChars > 0);
  return [
    first.join(" · "),
    second.join(" · "),
    beside.length === 0
      ? ""
      : `Also on this line: ${beside.map(({ origin }) => style.quoted(originWords(origin).join(" "))).join(", ")}`,
  ]
    .filter((line) => line !== "")
    .join(style.lineBreak);
}

/** The kind, and of AI what is known of tool, mode and model. */
export function originWords(origin: Origin): string[] {
  if (origin.kind !== "ai") return [kindWords[origin.kind]];
  return [
    kindWords.ai,
    origin.tool === undefined ? "tool not known" : titleOfTool(origin.tool),
    ...(origin.mode === undefined ? [] : [modeWords[origin.mode]]),
    ...(origin.model === undefined ? [] : [origin.model]),
  ];
}

/** The shares of a text, in one line. Empty where the origin of nothing is known. */
export function sharesTitle(shares: readonly OriginShare[]): string {
  const whole = shares.reduce((sum, { chars }) => sum + chars, 0);
  if (whole === 0 || shares.every(({ origin }) => origin.kind === "unknown")) return "";
  return [...byKind(shares)]
    .map(([kind, chars]) => {
      const tools = kind === "ai" ? toolsOf(shares) : "";
      return `${marks[kind]} ${kindWords[kind]} ${percent(chars / whole)}${tools}`;
    })
    .join("  ");
}

/** How long ago, in the biggest unit that says something. */
export function ageWords(ms: number): string {
  const units = [
    [365 * 24 * 60, "year"],
    [30 * 24 * 60, "month"],
    [24 * 60, "day"],
    [60, "hour"],
    [1, "minute"],
  ] as const;
  const minutes = Math.floor(ms / 60_000);
  for (const [length, unit] of units) {
    const count = Math.floor(minutes / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}

export function certainty(edit: KnownEdit, style: Style): string {
  if (edit.strength === "labelled") return strengthWords.labelled;
  if (edit.strength === undefined) return edit.conflict ? "Tools contradict each other" : "Nobody said";
  const { sources } = resolveOrigin(edit, edit.evidence);
  const words = sources.map((source) => sourceWords.get(source) ?? style.quoted(source));
  const conflict = edit.conflict ? "; tools contradict each other" : "";
  return `${strengthWords[edit.strength]}${words.length > 0 ? `: ${words.join(", ")}` : ""}${conflict}`;
}

export function leftWords(edits: readonly KnownEdit[], spans: Spans): string {
  const { inserted, kept, restored } = leftOf(edits, spans);
  const several = edits.length > 1 ? `${edits.length} edits, ` : "";
  const back = restored > 0 ? `, ${restored} came back` : "";
  return `${several}${kept} of ${inserted} character${inserted === 1 ? "" : "s"} kept${back}`;
}

/** What became of a label. Empty where all went as one would expect. */
export function labelWords(
  { labelled, leftAlone, unknownChars, recorded }: LabelOutcome,
  label: Saying,
): string {
  if (!recorded) return "The label is not recorded: the database belongs to a newer Kept.";
  const sentences: string[] = [];
  if (leftAlone > 0) {
    const one = leftAlone === 1;
    sentences.push(
      `${one ? "An edit reaches" : `${leftAlone} edits reach`} far beyond the selection and ${one ? "was" : "were"} ` +
        "left alone: an edit is labelled as a whole, so select more of it.",
    );
  }
  if (labelled === 0 && leftAlone === 0 && label === "withdrawn") {
    sentences.push("You have said nothing of this text, so there is nothing to withdraw.");
  } else if (labelled === 0 && leftAlone === 0) {
    sentences.push(
      unknownChars > 0
        ? "Kept knows no edit that this text comes from, so there is nothing to label."
        : "There is no text here to label.",
    );
  }
  return sentences.join(" ");
}

export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** For text in the middle of a line. An address that stands bare in it becomes no link either. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~&@]|:(?=\/)|(?<=www)\./gi, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

function byKind(shares: readonly OriginShare[]): [OriginKind, number][] {
  const kinds = new Map<OriginKind, number>();
  for (const { origin, chars } of shares) kinds.set(origin.kind, (kinds.get(origin.kind) ?? 0) + chars);
  return [...kinds].sort(([, one], [, other]) => other - one);
}

/** The tools by what they wrote, in brackets. */
function toolsOf(shares: readonly OriginShare[]): string {
  const tools = new Set(
    shares.flatMap(({ origin }) => (origin.kind === "ai" && origin.tool !== undefined ? [origin.tool] : [])),
  );
  return tools.size === 0 ? "" : ` (${[...tools].map(titleOfTool).map(oneLine).join(", ")})`;
}
