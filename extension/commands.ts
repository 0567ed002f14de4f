import * as vscode from "vscode";
import { digestMarkdown } from "../core/report/digest.ts";
import { describeProblem } from "../protocol/errors.ts";
import type { AcceptCommandId, CommandId } from "../protocol/commandIds.ts";
import { accept, type NoteAccept } from "./accept.ts";
import type { Advice } from "./coaching/advice.ts";
import type { Moments } from "./coaching/moments.ts";
import { connectTool, disconnectTools } from "./connectTools.ts";
import { deleteData } from "./data/deleteData.ts";
import { exportData } from "./data/exportData.ts";
import type { Host } from "./host.ts";
import { inform } from "./messages.ts";
import { offer } from "./notices.ts";
import { openConversation } from "./provenance/conversation.ts";
import { openUnread } from "./seenView.ts";
import { panelViewId, type Panel } from "./panel.ts";
import type { Provenance } from "./provenance/provenance.ts";
import { Scope } from "./scope.ts";
import type { Session } from "./session.ts";
import { addMachine } from "./sync/addMachine.ts";
import { chooseWork, joinOrganisation, leaveOrganisation, pauseSharing, showSent } from "./sync/sharing.ts";
import type { SinkHeaders } from "./sync/sinkHeaders.ts";

export interface CommandTargets {
  readonly session: Session;
  readonly host: Host;
  readonly sinkHeaders: SinkHeaders;
  readonly panel: Panel;
  readonly provenance: Provenance;
  readonly advice: Advice;
  readonly moments: Moments;
  readonly noteAccept: NoteAccept;
  readonly log: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
}

/** These are there while Kept is off or paused, too. */
type Always = "kept.turnOn" | "kept.turnOff" | "kept.pause" | "kept.resume";

/** The commands there are while Kept records. */
type WhileOn = Record<Exclude<CommandId, Always>, (argument?: unknown) => unknown>;

const reportDays = 30;

export function registerCommands(targets: CommandTargets): Scope {
  const { session, host, sinkHeaders, panel, provenance, advice, moments, noteAccept, log, extensionUri } =
    targets;
  const accepts = (id: AcceptCommandId) => (argument: unknown) => accept(id, argument, noteAccept);
  const table: WhileOn = {
    "kept.openPanel": () => vscode.commands.executeCommand(`${panelViewId}.focus`),
    "kept.openPanelAsEditor": () => panel.openAsEditor(),
    "kept.refreshPanel": () => panel.refresh(),
    "kept.copyReport": () => copyReport(session),
    "kept.openDigest": () => openDigest(session),
    "kept.showCatalogue": () => showCatalogue(extensionUri),
    "kept.exportData": () => exportData(session),
    "kept.deleteData": () => deleteData(session, host),
    "kept.connectTool": (tool) => connectTool(session, tool),
    "kept.stopHistory": () => session.ask("kept/stopHistory", {}),
    "kept.disconnectTools": () => disconnectTools(session),
    "kept.showTip": () => advice.show(),
    "kept.takeTip": (argument) => advice.take(argument),
    "kept.togglePresenting": () => moments.togglePresenting(),
    "kept.joinOrganisation": () => joinOrganisation(session, sinkHeaders),
    "kept.chooseWork": () => chooseWork(session),
    "kept.addMachine": () => addMachine(session),
    "kept.showSent": () => showSent(session),
    "kept.pauseSharing": () => pauseSharing(session, true),
    "kept.resumeSharing": () => pauseSharing(session, false),
    "kept.leaveOrganisation": () => leaveOrganisation(session, sinkHeaders),
    "kept.showStatus": () => showStatus(session),
    "kept.showLog": () => log.show(true),
    "kept.restart": () => session.restart(),
    "kept.explainLine": () => provenance.explainLine(),
    "kept.openConversation": () => openConversation(session),
    "kept.labelMine": () => provenance.label("human"),
    "kept.labelAi": () => provenance.label("ai"),
    "kept.withdrawLabel": () => provenance.label("withdrawn"),
    "kept.openUnread": (argument) => openUnread(argument),
    "kept.acceptCompletion": accepts("kept.acceptCompletion"),
    "kept.acceptNextWord": accepts("kept.acceptNextWord"),
    "kept.acceptNextLine": accepts("kept.acceptNextLine"),
    "kept.acceptNextEdit": accepts("kept.acceptNextEdit"),
  };
  const scope = new Scope();
  for (const [id, run] of Object.entries(table)) scope.add(vscode.commands.registerCommand(id, run));
  return scope;
}

async function copyReport(session: Session): Promise<void> {
  const reply = await session.ask("kept/report", { days: reportDays });
  if (!reply.ok) {
    const { message, whatToDo } = describeProblem(reply.problem);
    await offer(`${message} ${whatToDo}`, ["kept.restart", "kept.showLog"]);
    return;
  }
  await vscode.env.clipboard.writeText(reply.value.markdown);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The report is in the clipboard."), 4000);
}

async function openDigest(session: Session): Promise<void> {
  await session.settled();
  const reply = await session.ask("kept/digest", {});
  if (!reply.ok) {
    const { message, whatToDo } = describeProblem(reply.problem);
    await offer(`${message} ${whatToDo}`, ["kept.restart", "kept.showLog"]);
    return;
  }
  const content = digestMarkdown(reply.value);
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}

async function showCatalogue(extensionUri: vscode.Uri): Promise<void> {
  const catalogue = vscode.Uri.joinPath(extensionUri, "docs", "data.md");
  await vscode.commands.executeCommand("markdown.showPreview", catalogue);
}

async function showStatus(session: Session): Promise<void> {
  const { state } = session;
  if (state.state === "stopped") {
    const { message, whatToDo } = describeProblem(state.problem);
    await offer(`${message} ${whatToDo}`, ["kept.restart", "kept.showLog"]);
    return;
  }
  if (state.state === "running" && state.problems.length > 0) {
    const texts = state.problems
      .map(describeProblem)
      .map(({ message, whatToDo }) => `${message} ${whatToDo}`);
    await offer(texts.join(" "), ["kept.showLog", "kept.restart"]);
    return;
  }
  const chosen = await inform(
    state.state === "starting"
      ? vscode.l10n.t("Kept is starting.")
      : vscode.l10n.t("Kept is recording. Its database is in {0}.", session.folder),
    vscode.l10n.t("Open Panel"),
  );
  if (chosen !== undefined) await vscode.commands.executeCommand("kept.openPanel");
}
