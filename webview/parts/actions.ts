import { html } from "lit";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import type { CommandId } from "../../protocol/commandIds.ts";
import type { Language } from "../language.ts";
import { act } from "./act.ts";

export type ActionId =
  | "copyReport"
  | "openDigest"
  | "showCatalogue"
  | "exportData"
  | "deleteData"
  | "showLog"
  | "settings"
  | "restart"
  | "stopHistory"
  | "joinOrganisation"
  | "chooseWork"
  | "showSent"
  | "pauseSharing"
  | "resumeSharing"
  | "leaveOrganisation"
  | "turnOff";

const commandOf: Readonly<Record<Exclude<ActionId, "settings">, CommandId>> = {
  copyReport: "kept.copyReport",
  openDigest: "kept.openDigest",
  showCatalogue: "kept.showCatalogue",
  exportData: "kept.exportData",
  deleteData: "kept.deleteData",
  showLog: "kept.showLog",
  restart: "kept.restart",
  stopHistory: "kept.stopHistory",
  joinOrganisation: "kept.joinOrganisation",
  chooseWork: "kept.chooseWork",
  showSent: "kept.showSent",
  pauseSharing: "kept.pauseSharing",
  resumeSharing: "kept.resumeSharing",
  leaveOrganisation: "kept.leaveOrganisation",
  turnOff: "kept.turnOff",
};

/** A button that runs one of Kept's own commands, or opens its settings. */
export function actionButton(from: EventTarget, language: Language, id: ActionId, first = false) {
  const { actions } = language.text;
  const run = () =>
    act(from, id === "settings" ? { type: "openSettings" } : { type: "runCommand", command: commandOf[id] });
  return html`<vscode-button ?secondary=${!first} title=${actions[`${id}Does`]} @click=${run}
    >${actions[id]}</vscode-button
  >`;
}

/** A button that shows how a tool is made to tell Kept of its edits. */
export function connectButton(from: EventTarget, { text }: Language) {
  const run = () => act(from, { type: "runCommand", command: "kept.connectTool" });
  return html`<vscode-button title=${text.tools.connectDoes} @click=${run}
    >${text.tools.connect}</vscode-button
  >`;
}

export function tryAgainButton(from: EventTarget, language: Language) {
  return html`<vscode-button @click=${() => act(from, { type: "tryAgain" })}
    >${language.text.states.again}</vscode-button
  >`;
}
