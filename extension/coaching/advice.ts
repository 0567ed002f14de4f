import * as vscode from "vscode";
import type { Coach, Tip, TipAnswer } from "../../protocol/coaching.ts";
import { describeProblem, type Problem } from "../../protocol/errors.ts";
import { inform, warn } from "../messages.ts";
import { Scope } from "../scope.ts";
import type { Session } from "../session.ts";
import { readSetting } from "../settings.ts";
import { actions } from "./actions.ts";

export interface AdviceOptions {
  readonly session: Session;
  readonly onInvalid: (problem: Problem) => void;
  /** The tip that was said unasked and not answered yet. */
  readonly onTip: (tip: Tip | undefined) => void;
}

/** Shows a tip where the person wants it, and does what it offers. */
export class Advice implements vscode.Disposable {
  readonly #scope = new Scope();
  readonly #options: AdviceOptions;

  constructor(options: AdviceOptions) {
    this.#options = options;
    this.#scope.add(
      options.session.onNudged((tip) => {
        options.onTip(tip);
        if (readSetting("kept.coaching", options.onInvalid) === "messages") void this.#offer(tip);
      }),
    );
  }

  /** The tip there is now, because somebody asks for it. */
  async show(): Promise<void> {
    const coach = await this.#coach();
    if (!coach) return;
    if (coach.tip) return this.#offer(coach.tip);
    const none = coach.isOn
      ? vscode.l10n.t("There is no tip now. The Coach view shows what was tried.")
      : vscode.l10n.t("Tips are off: the setting {0} says so.", "kept.coaching");
    await inform(none);
  }

  /** Does what a tip offers; one that was done is over. */
  async take(id: unknown): Promise<void> {
    const coach = await this.#coach();
    const tip = [coach?.tip, ...(coach?.waiting ?? [])].find((each) => each?.id === id);
    if (!tip) return;
    if (tip.prompt) {
      if (tip.prompt.suggestion !== null) await copySuggestion(tip.prompt.suggestion);
      return;
    }
    const { session } = this.#options;
    const reply = await session.ask("kept/tipFiles", { tip: tip.id });
    const { files, model: place } = reply.ok ? reply.value : { files: [], model: null };
    const uris = files.map((uri) => vscode.Uri.parse(uri));
    const withModel = async (tool: string, text: string, model: string) => {
      const changed = await session.ask("kept/withModel", { tool, text, model });
      return changed.ok ? changed.value.text : null;
    };
    if (await actions[tip.action](uris, { place, withModel }))
      await this.answer({ answer: "done", tip: tip.id });
  }

  async answer(answer: TipAnswer): Promise<void> {
    this.#options.onTip(undefined);
    const reply = await this.#options.session.ask("kept/answerTip", answer);
    if (!reply.ok) await warn(describeProblem(reply.problem).message);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  async #offer(tip: Tip): Promise<void> {
    await this.#options.session.ask("kept/answerTip", { answer: "seen", tip: tip.id });
    if (tip.prompt) return this.#offerPrompt(tip, tip.prompt);
    const later = vscode.l10n.t("Later");
    const notForMe = vscode.l10n.t("Not for me…");
    const title = vscode.l10n.t(tip.actionTitle);
    const chosen = await inform(tip.message, title, later, notForMe);
    if (chosen === title) await this.take(tip.id);
    else if (chosen === later) await this.answer({ answer: "snooze", tip: tip.id });
    else if (chosen === notForMe) await this.#askWhy(tip);
  }

  /** Words of somebody's in the organisation: it says whose, and offers nothing but to copy. */
  async #offerPrompt(tip: Tip, { sender, contact, suggestion }: NonNullable<Tip["prompt"]>): Promise<void> {
    const copy = vscode.l10n.t("Copy the Suggested Prompt");
    const helped = vscode.l10n.t("Helped");
    const notForMe = vscode.l10n.t("Not for Me…");
    const from = contact === "" ? sender : `${sender}, ${contact}`;
    const said = vscode.l10n.t("{0} (From {1})", tip.message, from);
    const buttons = [...(suggestion === null ? [] : [copy]), helped, notForMe];
    const chosen = await inform(said, ...buttons);
    if (chosen === copy && suggestion !== null) {
      await copySuggestion(suggestion);
      return;
    }
    if (chosen === helped) return this.answer({ answer: "helped", tip: tip.id });
    if (chosen !== notForMe) return;
    const items: (vscode.QuickPickItem & { readonly answer: TipAnswer })[] = [
      { label: vscode.l10n.t("Not for me"), answer: { answer: "notForMe", tip: tip.id } },
      { label: vscode.l10n.t("Later"), answer: { answer: "snooze", tip: tip.id } },
      { label: vscode.l10n.t("Mute {0}", sender), answer: { answer: "muteSender", sender } },
    ];
    const why = await vscode.window.showQuickPick(items, { title: from });
    if (why) await this.answer(why.answer);
  }

  async #askWhy(tip: Tip): Promise<void> {
    const items: (vscode.QuickPickItem & { readonly answer: TipAnswer })[] = [
      { label: vscode.l10n.t("Not useful this time"), answer: { answer: "dismiss", tip: tip.id } },
      { label: vscode.l10n.t("Never this tip"), answer: { answer: "mute", tip: tip.id } },
      { label: vscode.l10n.t("No tips at all"), answer: { answer: "muteAll" } },
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: tip.title });
    if (chosen) await this.answer(chosen.answer);
  }

  async #coach(): Promise<Coach | undefined> {
    const { session } = this.#options;
    await session.settled();
    const reply = await session.ask("kept/coach", {});
    if (reply.ok) return reply.value;
    await warn(describeProblem(reply.problem).message);
    return undefined;
  }
}

/** To the clipboard, and nowhere else. */
async function copySuggestion(suggestion: string): Promise<void> {
  await vscode.env.clipboard.writeText(suggestion);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The suggested prompt is on the clipboard."), 6000);
}
