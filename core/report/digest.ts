import type { TipRecord } from "../../protocol/coaching.ts";
import type { MeasuredShare } from "../../protocol/share.ts";
import type { Summary } from "../../protocol/summary.ts";
import { dollarsText } from "../requests/money.ts";
import { originKey } from "../origin/originKey.ts";
import { percent } from "../percent.ts";

export interface DigestInput {
  /** Of the last seven days. */
  readonly week: Summary;
  /** Of the last fourteen, for what is compared with the week before. */
  readonly fortnight: Summary;
  readonly tips: readonly TipRecord[];
}

const mostOrigins = 5;

/** The week in a page of Markdown, from the numbers of the panel. */
export function digestMarkdown({ week, fortnight, tips }: DigestInput): string {
  const lines = [
    `# Your week, ${week.from} to ${week.to}`,
    "",
    ...(week.synthetic ? ["**Demonstration: this history is made up.**", ""] : []),
    `- Kept of what AI wrote: ${shareText(week.keptAi)}`,
    `- Kept of what was typed: ${shareText(week.keptHuman)}`,
    `- ${writtenText(fortnight)}`,
    `- ${coverageText(week)}`,
    `- ${costText(week)}`,
    ...originLines(week),
    ...tipLines(tips, week.from),
  ];
  return `${lines.join("\n")}\n`;
}

function shareText({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null || low === null || high === null) {
    return `not enough data (${n} edits, needs about ${needsMore} more)`;
  }
  return `${percent(value)} (${percent(low)} to ${percent(high)}, ${n} edits)`;
}

/** It describes; more is not better. */
function writtenText({ days }: Summary): string {
  const charsOf = (some: Summary["days"]) => some.reduce((sum, { inserted }) => sum + inserted.ai, 0);
  const [before, now] = [charsOf(days.slice(0, 7)), charsOf(days.slice(7))];
  return `AI inserted ${now} characters; ${before} in the week before`;
}

function coverageText({ coverage }: Summary): string {
  if (coverage.value === null) return "Nothing was inserted";
  return `The origin is known for ${percent(coverage.value)} of what was inserted`;
}

function costText({ requests }: Summary): string {
  const { spend, tasks } = requests;
  if (requests.requests === 0) return "No request to a model is known of";
  const price = spend.nanoUsd === null ? "unpriced" : `${dollarsText(spend.nanoUsd)} by list price`;
  const unpriced =
    spend.nanoUsd !== null && spend.unpricedRequests > 0
      ? `, ${spend.unpricedRequests} of them unpriced`
      : "";
  return `${requests.requests} requests, ${price}${unpriced}; ${tasks.nothing} of ${tasks.tasks} tasks kept nothing`;
}

function originLines({ origins }: Summary): string[] {
  if (origins.length === 0) return [];
  return [
    "",
    "| origin | edits | kept |",
    "|---|---:|---|",
    ...origins
      .slice(0, mostOrigins)
      .map(({ origin, edits, kept }) => `| ${plain(originKey(origin))} | ${edits} | ${shareText(kept)} |`),
  ];
}

/** Those of the week, and those whose effect came to be known in it. */
function tipLines(tips: readonly TipRecord[], from: string): string[] {
  const said = tips.filter(({ isHeldOut, state, day }) => !isHeldOut && state !== "new" && day >= from);
  const ended = tips.filter(({ isHeldOut, effect, day }) => !isHeldOut && effect !== null && day < from);
  if (said.length + ended.length === 0) return [];
  const words = { helped: "helped", noChange: "no change", cannotTell: "cannot tell" } as const;
  const last = ended.sort((one, other) => (one.day < other.day ? 1 : -1)).slice(0, mostOrigins);
  return [
    "",
    "## Tips",
    "",
    ...said.map(({ message, state }) => `- ${plain(message)} (${state})`),
    ...last.map(({ message, effect, day }) => `- ${day}: ${plain(message)}: ${words[effect!]}`),
  ];
}

/** A tool's name is somebody else's text: it must not break the page. */
function plain(text: string): string {
  return text.replace(/[|\\`*_<>[\]]/g, "\\$&").replace(/\s+/g, " ");
}
