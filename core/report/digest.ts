import { countOf } from "../countOf.ts";
import type { TipRecord } from "../../protocol/coaching.ts";
import type { Digest } from "../../protocol/digest.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { shownText } from "./shownText.ts";
import { percent } from "../percent.ts";
import { originWords } from "../provenance/provenanceWords.ts";
import { dollarsText } from "../requests/money.ts";

export interface DigestInput {
  /** Of the last seven days. */
  readonly week: Summary;
  /** Of the last fourteen, for what is compared with the week before. */
  readonly fortnight: Summary;
  readonly tips: readonly TipRecord[];
}

const mostOrigins = 5;
const effects = { helped: "helped", noChange: "no change", cannotTell: "cannot tell" } as const;

/** What the week came to, from the numbers of the panel. */
export function digestOf({ week, fortnight, tips }: DigestInput): Digest {
  return {
    ...{ from: week.from, to: week.to, synthetic: week.synthetic },
    says: [
      `Kept of what AI wrote: ${shareText(week.keptAi)}`,
      `Kept of what was typed: ${shareText(week.keptHuman)}`,
      ...[writtenText(fortnight), coverageText(week), costText(week)],
    ],
    origins: week.origins
      .slice(0, mostOrigins)
      .map(({ origin, edits, kept }) => ({ name: originWords(origin).join(" · "), edits, kept })),
    tips: tipsOf(tips, week.from),
  };
}

/** The same as a page of Markdown. */
export function digestMarkdown({ from, to, synthetic, says, origins, tips }: Digest): string {
  const [said, earlier] = [tips.filter(({ day }) => day === null), tips.filter(({ day }) => day !== null)];
  const lines = [
    `# Your week, ${from} to ${to}`,
    "",
    ...(synthetic ? ["**Demonstration: this history is made up.**", ""] : []),
    ...says.map((sentence) => `- ${sentence}`),
    ...(origins.length === 0 ? [] : ["", "| Written by | Edits | Kept |", "|---|---:|---|"]),
    ...origins.map(
      ({ name, edits, kept }) => `| ${plain(name)} | ${edits.toLocaleString("en")} | ${shareText(kept)} |`,
    ),
    ...tipLines("Tips", said),
    ...tipLines("What earlier tips came to", earlier),
  ];
  return `${lines.join("\n")}\n`;
}

function tipLines(title: string, tips: Digest["tips"]): string[] {
  if (tips.length === 0) return [];
  const lines = tips.map(
    ({ day, message, became }) => `- ${day === null ? "" : `${day}: `}${plain(message)} (${became})`,
  );
  return ["", `## ${title}`, "", ...lines];
}

function shareText({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null || low === null || high === null) {
    return `not enough data (${countOf(n, "edit")}, needs about ${needsMore.toLocaleString("en")} more)`;
  }
  return `${percent(value)} (${percent(low)} to ${percent(high)}, ${countOf(n, "edit")})`;
}

/** It describes; more is not better. */
function writtenText({ days }: Summary): string {
  const charsOf = (some: Summary["days"]) => some.reduce((sum, { inserted }) => sum + inserted.ai, 0);
  const [before, now] = [charsOf(days.slice(0, 7)), charsOf(days.slice(7))];
  return `AI inserted ${countOf(now, "character")}; ${before.toLocaleString("en")} in the week before`;
}

function coverageText({ coverage }: Summary): string {
  if (coverage.value === null) return "Nothing was inserted";
  return `The origin is known for ${percent(coverage.value)} of what was inserted`;
}

function costText({ requests }: Summary): string {
  const { spend, tasks } = requests;
  if (requests.requests === 0 && spend.nanoUsd === null) return "No request to a model is known of";
  const price = spend.nanoUsd === null ? "unpriced" : `${dollarsText(spend.nanoUsd)} by list price`;
  const unpriced =
    spend.nanoUsd !== null && spend.unpricedRequests > 0
      ? `, ${spend.unpricedRequests.toLocaleString("en")} of them unpriced`
      : "";
  return `${countOf(requests.requests, "request")}, ${price}${unpriced}; ${tasks.nothing} of ${countOf(tasks.tasks, "task")} kept nothing`;
}

/** Those of the week, and those whose effect came to be known in it. */
function tipsOf(tips: readonly TipRecord[], from: string): Digest["tips"] {
  const told = tips.filter(({ isHeldOut }) => !isHeldOut);
  const said = told.filter(({ state, day }) => state !== "new" && day >= from);
  const ended = told
    .filter(({ effect, day }) => effect !== null && day < from)
    .sort((one, other) => (one.day < other.day ? 1 : -1))
    .slice(0, mostOrigins);
  return [
    ...said.map(({ message, state }) => ({ day: null, message, became: state })),
    ...ended.map(({ day, message, effect }) => ({ day, message, became: effects[effect!] })),
  ];
}

/** A tool's name is somebody else's text: it must not break the page. */
function plain(text: string): string {
  return shownText(text)
    .replace(/[|\\`*_<>[\]]/g, "\\$&")
    .replace(/\s+/g, " ");
}
