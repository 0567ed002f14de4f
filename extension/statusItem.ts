import * as vscode from "vscode";
import { describeProblem } from "../protocol/errors.ts";
import type { Tip } from "../protocol/coaching.ts";
import type { PanelState } from "../protocol/panel.ts";
import type { Settings } from "../protocol/settings.ts";
import type { Summary } from "../protocol/summary.ts";

/** One quiet item. It speaks up only when Kept cannot record. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("kept.status", vscode.StatusBarAlignment.Right, 90);
  #state: PanelState = { state: "starting" };
  #summary: Summary | undefined;
  #shows: Settings["kept.statusBar"];
  #tip: Tip | undefined;

  constructor(shows: Settings["kept.statusBar"]) {
    this.#shows = shows;
    this.#item.name = vscode.l10n.t("Kept");
    this.#draw();
  }

  showState(state: PanelState): void {
    this.#state = state;
    this.#draw();
  }

  showSummary(summary: Summary): void {
    this.#summary = summary;
    this.#draw();
  }

  /** Said unasked: a mark, and the sentence on hover, until it is answered. */
  showTip(tip: Tip | undefined): void {
    this.#tip = tip;
    this.#draw();
  }

  setShows(shows: Settings["kept.statusBar"]): void {
    this.#shows = shows;
    this.#draw();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #draw(): void {
    const trouble = troubleOf(this.#state);
    if (!trouble && !this.#tip && this.#shows === "nothing") {
      this.#item.hide();
      return;
    }
    this.#item.text = trouble
      ? `$(warning) ${vscode.l10n.t("Kept")}`
      : `$(pass) ${this.#figure()}${this.#tip ? " $(lightbulb)" : ""}`;
    this.#item.backgroundColor =
      this.#state.state === "stopped" ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.command = trouble ? "kept.showStatus" : this.#tip ? "kept.showTip" : "kept.openPanel";
    this.#item.tooltip = tooltip(trouble, this.#state, this.#summary, this.#tip);
    this.#item.accessibilityInformation = {
      label: trouble ? vscode.l10n.t("Kept: {0}", trouble) : vscode.l10n.t("Kept: {0}", this.#figure()),
    };
    this.#item.show();
  }

  #figure(): string {
    const share = this.#summary?.keptAiToday;
    if (share?.value == null || share.needsMore > 0) return vscode.l10n.t("Kept");
    return vscode.l10n.t("{0} % kept", Math.round(share.value * 100));
  }
}

function troubleOf(state: PanelState): string | undefined {
  if (state.state === "stopped") return describeProblem(state.problem).message;
  if (state.state !== "running") return undefined;
  const unwritten = state.problems.find(({ code }) => code === "store.full");
  if (unwritten) return describeProblem(unwritten).message;
  if (state.store !== "disk") {
    const problem = state.problems[0];
    return problem ? describeProblem(problem).message : vscode.l10n.t("Nothing is written to disk.");
  }
  return undefined;
}

function tooltip(
  trouble: string | undefined,
  state: PanelState,
  summary: Summary | undefined,
  tip: Tip | undefined,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (trouble) return text.appendText(trouble);
  if (state.state === "starting") return text.appendText(vscode.l10n.t("Kept is starting."));
  if (!summary) return text.appendText(vscode.l10n.t("Kept is recording. No numbers yet."));
  const { keptAiToday, coverage } = summary;
  text.appendMarkdown(`**${vscode.l10n.t("Kept today")}**\n\n`);
  if (keptAiToday.value === null) text.appendText(vscode.l10n.t("No AI edits today."));
  else if (keptAiToday.needsMore > 0) {
    text.appendText(
      vscode.l10n.t(
        "{0} AI edits today: not enough data, needs about {1} more.",
        keptAiToday.n,
        keptAiToday.needsMore,
      ),
    );
  } else {
    text.appendText(
      vscode.l10n.t(
        "{0} % of what AI wrote today is still there ({1}–{2} %, {3} edits).",
        Math.round(keptAiToday.value * 100),
        Math.round((keptAiToday.low ?? 0) * 100),
        Math.round((keptAiToday.high ?? 1) * 100),
        keptAiToday.n,
      ),
    );
  }
  if (coverage.value !== null) {
    text.appendMarkdown("\n\n");
    text.appendText(
      vscode.l10n.t("Origin known for {0} % of what was inserted.", Math.round(coverage.value * 100)),
    );
  }
  if (tip) {
    text.appendMarkdown(`\n\n**${vscode.l10n.t("Tip")}**\n\n`);
    text.appendText(tip.message);
  }
  return text;
}
