import * as vscode from "vscode";
import { percent } from "../core/percent.ts";
import { dollarsText } from "../core/requests/money.ts";
import { describeProblem } from "../protocol/errors.ts";
import type { Tip } from "../protocol/coaching.ts";
import type { BudgetPace } from "../protocol/pace.ts";
import type { PanelState } from "../protocol/panel.ts";
import type { Work } from "../protocol/server.ts";
import type { Settings } from "../protocol/settings.ts";
import type { Summary } from "../protocol/summary.ts";
import { statusTooltip } from "./statusTooltip.ts";

/** One quiet item. It speaks up only when Kept cannot record. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("kept.status", vscode.StatusBarAlignment.Right, 90);
  #state: PanelState = { state: "starting" };
  #summary: Summary | undefined;
  #shows: Settings["kept.statusBar"];
  #tip: Tip | undefined;
  #works: readonly Work[] = [];

  constructor(shows: Settings["kept.statusBar"]) {
    this.#shows = shows;
    this.#item.name = vscode.l10n.t("Kept");
    this.#draw();
  }

  showState(state: PanelState): void {
    this.#state = state;
    // A server that ended says nothing of what it was at.
    if (state.state !== "running") this.#works = [];
    this.#draw();
  }

  showSummary(summary: Summary): void {
    this.#summary = summary;
    this.#draw();
  }

  showWorks(works: readonly Work[]): void {
    this.#works = works;
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
    const budget = this.#summary?.budget ?? undefined;
    const isQuiet = !trouble && !this.#tip && (budget?.state ?? "within") === "within";
    if (isQuiet && this.#shows === "nothing") {
      this.#item.hide();
      return;
    }
    const figure = figureOf(this.#shows, this.#summary);
    this.#item.text = trouble
      ? `$(warning) ${vscode.l10n.t("Kept")}`
      : `$(${this.#works.length > 0 ? "sync~spin" : marks[budget?.state ?? "within"]}) ${figure}${this.#tip ? " $(lightbulb)" : ""}`;
    this.#item.backgroundColor = backgroundOf(this.#state, budget?.state);
    this.#item.command = trouble ? "kept.showStatus" : this.#tip ? "kept.showTip" : "kept.openPanel";
    this.#item.tooltip = statusTooltip({
      trouble,
      state: this.#state,
      summary: this.#summary,
      tip: this.#tip,
      works: this.#works,
    });
    this.#item.accessibilityInformation = { label: vscode.l10n.t("Kept: {0}", trouble ?? figure) };
    this.#item.show();
  }
}

/** Beside the colour, which not every theme has. */
const marks = { within: "pass", near: "warning", over: "error" } as const;

function figureOf(shows: Settings["kept.statusBar"], summary: Summary | undefined): string {
  if (shows === "cost") {
    const nanoUsd = summary?.requests.spend.nanoUsd;
    return nanoUsd == null ? vscode.l10n.t("Kept") : vscode.l10n.t("{0} today", dollarsText(nanoUsd));
  }
  const share = summary?.keptAiToday;
  if (share?.value == null || share.needsMore > 0) return vscode.l10n.t("Kept");
  return vscode.l10n.t("{0} kept", percent(share.value));
}

function backgroundOf(
  { state }: PanelState,
  budget: BudgetPace["state"] | undefined,
): vscode.ThemeColor | undefined {
  if (budget === "over") return new vscode.ThemeColor("statusBarItem.errorBackground");
  if (state === "stopped" || budget === "near")
    return new vscode.ThemeColor("statusBarItem.warningBackground");
  return undefined;
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
