import * as vscode from "vscode";
import { percent, unbroken } from "../core/percent.ts";
import { escapeMarkdown } from "../core/provenance/provenanceWords.ts";
import { dollarsText } from "../core/requests/money.ts";
import type { Tip } from "../protocol/coaching.ts";
import type { BudgetPace } from "../protocol/pace.ts";
import type { PanelState } from "../protocol/panel.ts";
import type { Work } from "../protocol/server.ts";
import type { MeasuredShare } from "../protocol/share.ts";
import type { Summary } from "../protocol/summary.ts";
import type { CommandId } from "../protocol/commandIds.ts";

interface Shown {
  readonly trouble: string | undefined;
  readonly state: PanelState;
  readonly summary: Summary | undefined;
  readonly tip: Tip | undefined;
  readonly works: readonly Work[];
}

const links = [
  ["kept.openPanel", "Open Panel"],
  ["kept.openDigest", "Open Weekly Digest"],
  ["kept.showTip", "Show Tip"],
  ["kept.stopHistory", "Stop Reading What Was Before"],
] as const satisfies readonly (readonly [CommandId, string])[];

/** What stands behind the status bar item: of what, since when, how sure. */
export function statusTooltip({ trouble, state, summary, tip, works }: Shown): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: links.map(([command]) => command) };
  if (trouble) return paragraph(text, trouble);
  if (state.state === "starting") return paragraph(text, vscode.l10n.t("Kept is starting."));
  if (summary) numbers(text, summary);
  else paragraph(text, vscode.l10n.t("Kept is recording. No numbers yet."));
  for (const work of works) paragraph(text, workText(work));
  if (tip) {
    text.appendMarkdown(`**${vscode.l10n.t("Tip")}**\n\n`);
    paragraph(text, tip.message);
  }
  const offered = links.filter(
    ([command]) =>
      (command !== "kept.showTip" || tip) && (command !== "kept.stopHistory" || works.length > 0),
  );
  text.appendMarkdown(
    offered.map(([command, title]) => `[${vscode.l10n.t(title)}](command:${command})`).join(" · "),
  );
  return text;
}

function numbers(text: vscode.MarkdownString, summary: Summary): void {
  const { coverage } = summary;
  text.appendMarkdown(`**${vscode.l10n.t("Kept today")}**\n\n`);
  paragraph(text, keptText(summary.keptAiToday));
  if (coverage.value !== null) {
    paragraph(text, vscode.l10n.t("Origin known for {0} of what was inserted.", percent(coverage.value)));
  }
  paragraph(text, costText(summary));
  if (summary.budget) paragraph(text, budgetText(summary.budget));
}

/** How far long work is. */
function workText({ work, done, all }: Work): string {
  return work === "records"
    ? vscode.l10n.t("Reading what tools recorded before: file {0} of {1}.", done, all)
    : vscode.l10n.t("Looking at a history for the first time: commit {0} of {1}.", done, all);
}

/** Not by `appendText`, which lets no line end between words. */
function paragraph(text: vscode.MarkdownString, words: string): vscode.MarkdownString {
  return text.appendMarkdown(`${unbroken(escapeMarkdown(words))}\n\n`);
}

function keptText({ value, low, high, n, needsMore }: MeasuredShare): string {
  if (value === null) return vscode.l10n.t("No AI edits today.");
  if (needsMore > 0) {
    return n === 1
      ? vscode.l10n.t("1 AI edit today: not enough data, needs about {0} more.", needsMore)
      : vscode.l10n.t("{0} AI edits today: not enough data, needs about {1} more.", n, needsMore);
  }
  return vscode.l10n.t(
    "{0} of what AI wrote today is still there ({1} to {2}, {3} edits).",
    percent(value),
    percent(low ?? 0),
    percent(high ?? 1),
    n,
  );
}

/** What has no price is said, never taken for nothing. */
function costText({ requests: { requests, spend } }: Summary): string {
  if (requests === 0) return vscode.l10n.t("No request to a model is known of today.");
  if (spend.nanoUsd === null) {
    return requests === 1
      ? vscode.l10n.t("1 request today, none with a known price.")
      : vscode.l10n.t("{0} requests today, none with a known price.", requests);
  }
  const dollars = dollarsText(spend.nanoUsd);
  const priced =
    requests === 1
      ? vscode.l10n.t("1 request today: {0} by list price.", dollars)
      : vscode.l10n.t("{0} requests today: {1} by list price.", requests, dollars);
  return spend.unpricedRequests === 0
    ? priced
    : `${priced} ${vscode.l10n.t("Without a known price: {0}.", spend.unpricedRequests)}`;
}

function budgetText({ budgetNanoUsd, spentNanoUsd, share, monthShare, forecast }: BudgetPace): string {
  const now = vscode.l10n.t(
    "This month: {0} of {1}, {2} of the budget, with {3} of the month over.",
    dollarsText(spentNanoUsd),
    dollarsText(budgetNanoUsd),
    percent(share),
    percent(monthShare),
  );
  if (!forecast) return now;
  const { nanoUsd, low, high } = forecast;
  const then = vscode.l10n.t(
    "At its end about {0} ({1} to {2}), by the same weekdays of eight weeks.",
    dollarsText(nanoUsd),
    dollarsText(low),
    dollarsText(high),
  );
  return `${now} ${then}`;
}
